import { EdgeList } from '../../../engine/index.js';
import { SimulationError } from '../simulation.errors.js';

/** The longest text of a network. */
export const MAX_NETWORK_CHARACTERS = 512_000;
/** The longest id of a node. */
const MAX_ID = 200;

/** A network as a file tells it: edges between the places of `ids`; source follows target. */
export interface ImportedNetwork {
  readonly ids: readonly string[];
  readonly edges: EdgeList;
}

/** A network that cannot be read; the message begins with the file and the line. */
export function networkError(file: string, line: number, problem: string): SimulationError {
  const message = `${file}:${line}: ${problem}`;
  return new SimulationError('invalid', 'network_invalid', message, [
    { field: 'network', message: problem, line },
  ]);
}

/** One edge as a file gives it. */
export interface FileEdge {
  readonly source: string | undefined;
  readonly target: string | undefined;
  /** As text; nothing means 1. */
  readonly weight: string | undefined;
  readonly directed: boolean;
}

/** Collects the nodes and edges of a file. An edge from a node to itself is left out. */
export class NetworkCollector {
  private readonly places = new Map<string, number>();
  /** Where a node was first named, until it is declared. */
  private readonly undeclared = new Map<string, number>();
  private readonly edges = new EdgeList();

  constructor(private readonly file: string) {}

  /** Declares a node. @throws SimulationError `network_invalid` */
  node(id: string | undefined, line: number): void {
    const known = this.checked(id, 'a node has no id', line);
    if (this.places.has(known) && !this.undeclared.has(known))
      throw networkError(this.file, line, `the node ${JSON.stringify(known)} is there already`);
    this.placeOf(known);
    this.undeclared.delete(known);
  }

  /** Adds an edge, in both directions where it has none. @throws SimulationError `network_invalid` */
  edge({ source, target, weight, directed }: FileEdge, line: number): void {
    const from = this.named(this.checked(source, 'an edge has no source', line), line);
    const to = this.named(this.checked(target, 'an edge has no target', line), line);
    const value = weight === undefined || weight === '' ? 1 : Number(weight);
    if (!(value >= 0 && value <= 1e9))
      throw networkError(
        this.file,
        line,
        `the weight ${JSON.stringify(weight?.slice(0, 40))} is no number from 0 to 1e9`,
      );
    if (from === to) return;
    this.edges.addWeighted(from, to, value);
    if (!directed) this.edges.addWeighted(to, from, value);
  }

  /** The network. @param strict whether every node of an edge must have been declared. @throws SimulationError `network_invalid` */
  finish(strict: boolean): ImportedNetwork {
    const [first] = this.undeclared;
    if (strict && first !== undefined)
      throw networkError(
        this.file,
        first[1],
        `an edge names the node ${JSON.stringify(first[0])}, which is not there`,
      );
    if (this.places.size === 0) throw networkError(this.file, 1, 'there is no node');
    return { ids: [...this.places.keys()], edges: this.edges };
  }

  private checked(id: string | undefined, missing: string, line: number): string {
    if (id === undefined || id === '') throw networkError(this.file, line, missing);
    if (id.length > MAX_ID) throw networkError(this.file, line, `an id is longer than ${MAX_ID} characters`);
    return id;
  }

  private named(id: string, line: number): number {
    if (!this.places.has(id)) this.undeclared.set(id, line);
    return this.placeOf(id);
  }

  private placeOf(id: string): number {
    const known = this.places.get(id);
    if (known !== undefined) return known;
    this.places.set(id, this.places.size);
    return this.places.size - 1;
  }
}
