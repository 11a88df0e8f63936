import { type ImportedNetwork, NetworkCollector, networkError } from './imported-network.js';
import { readXml } from './xml-reader.js';

const TYPES = ['directed', 'undirected', 'mutual'];

/**
 * Reads GEXF (https://gexf.net): nodes, and edges with their type and weight; an edge that is undirected or mutual is a follow in
 * both directions. Other data is passed over.
 * @throws SimulationError `network_invalid` with the line
 */
export function readGexf(text: string, file: string): ImportedNetwork {
  const collector = new NetworkCollector(file);
  let kind: string | undefined;
  const typeOf = (given: string | undefined, what: string, line: number): string => {
    const type = given ?? kind ?? 'undirected';
    if (!TYPES.includes(type)) throw networkError(file, line, `${what} is ${TYPES.join(', ')}`);
    return type;
  };
  readXml(text, file, {
    open({ name, attributes }, line) {
      if (name === 'graph') kind = typeOf(attributes['defaultedgetype'], 'defaultedgetype of graph', line);
      else if (name === 'node') collector.node(attributes['id'], line);
      else if (name === 'edge') {
        const { source, target, weight, type } = attributes;
        const directed = typeOf(type, 'type of edge', line) === 'directed';
        collector.edge({ source, target, weight, directed }, line);
      }
    },
    close() {},
  });
  if (kind === undefined) throw networkError(file, 1, 'has no element graph');
  return collector.finish(true);
}
