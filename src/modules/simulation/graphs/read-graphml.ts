import { type FileEdge, type ImportedNetwork, NetworkCollector, networkError } from './imported-network.js';
import { readXml, type XmlElement } from './xml-reader.js';

/**
 * Reads GraphML (http://graphml.graphdrawing.org): nodes, edges with their direction, and the edge attribute `weight`. Other
 * data is passed over; a graph within a node is refused.
 * @throws SimulationError `network_invalid` with the line
 */
export function readGraphml(text: string, file: string): ImportedNetwork {
  const collector = new NetworkCollector(file);
  const state = new GraphmlState(collector, file);
  readXml(text, file, {
    open: (element, line) => state.open(element, line),
    close: (name, content) => state.close(name, content),
  });
  if (!state.found) throw networkError(file, 1, 'has no element graph');
  return collector.finish(true);
}

class GraphmlState {
  found = false;
  private directed = true;
  /** Keys of the edge attribute `weight`. */
  private readonly weights = new Set<string>();
  private edge: { of: FileEdge; line: number } | undefined;
  private key: string | undefined;

  constructor(
    private readonly collector: NetworkCollector,
    private readonly file: string,
  ) {}

  open({ name, attributes }: XmlElement, line: number): void {
    if (name === 'graph') this.graph(attributes['edgedefault'], line);
    else if (name === 'key') this.declare(attributes);
    else if (name === 'node') this.collector.node(attributes['id'], line);
    else if (name === 'data') this.key = attributes['key'];
    else if (name === 'edge') {
      const { source, target, directed } = attributes;
      const own = directed === undefined ? this.directed : directed === 'true';
      this.edge = { of: { source, target, weight: undefined, directed: own }, line };
    }
  }

  close(name: string, content: string): void {
    if (name === 'data' && this.edge !== undefined && this.weights.has(this.key ?? '')) {
      this.edge = { ...this.edge, of: { ...this.edge.of, weight: content } };
    }
    if (name !== 'edge' || this.edge === undefined) return;
    this.collector.edge(this.edge.of, this.edge.line);
    this.edge = undefined;
  }

  private graph(edgedefault: string | undefined, line: number): void {
    if (this.found) throw networkError(this.file, line, 'has more than one element graph');
    if (edgedefault !== 'directed' && edgedefault !== 'undirected')
      throw networkError(this.file, line, 'edgedefault of graph is directed or undirected');
    this.found = true;
    this.directed = edgedefault === 'directed';
  }

  private declare(key: Readonly<Record<string, string>>): void {
    const forEdges = key['for'] === 'edge' || key['for'] === 'all';
    if (forEdges && key['attr.name'] === 'weight') this.weights.add(key['id'] ?? '');
  }
}
