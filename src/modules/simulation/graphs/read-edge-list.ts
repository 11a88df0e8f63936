import { readTable } from '../read-table.js';
import { type ImportedNetwork, NetworkCollector, networkError } from './imported-network.js';

const COLUMNS = 'source,target or source,target,weight';

/** Reads an edge list: CSV with the columns source, target and perhaps weight; each line is a follow. @throws SimulationError */
export function readEdgeList(text: string, file: string): ImportedNetwork {
  const collector = new NetworkCollector(file);
  const { names, rows } = readTable(text, (line, problem) => networkError(file, line, problem));
  const [source, target, weight] = ['source', 'target', 'weight'].map((name) => names.indexOf(name));
  if (source === undefined || target === undefined || source < 0 || target < 0)
    throw networkError(file, 1, `the first line names the columns: ${COLUMNS}`);
  for (const { line, fields } of rows) {
    const value = fields[weight ?? -1];
    collector.edge({ source: fields[source], target: fields[target], weight: value, directed: true }, line);
  }
  return collector.finish(false);
}
