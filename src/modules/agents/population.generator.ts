import { RandomStream, type RandomKey } from '../../engine/random.js';
import type { AgentProfile } from './agent.profile.js';
import type { AgentSource } from './agent.source.js';
import type { HandleMaker } from './generator/handles.js';
import { AgentIdentifiers, subkey, uuidFromDigest } from './generator/identifiers.js';
import { foldToAscii } from './generator/text.js';
import { drawingKey, specificationDigest, type NormalSpecification } from './population.specification.js';

/** The use of randomness that no generator has. */
const OTHER_HANDLES = 201;

/**
 * Makes the agents of one population. Agent `index` is a pure function of the specification and the index: whoever
 * asks, in whatever order, gets the same bytes.
 */
export abstract class PopulationGenerator implements AgentSource {
  /** SHA-256 of the canonical specification, in hexadecimal. */
  readonly digest: string;
  /** The population's id, a version-4-shaped UUID from the digest. */
  readonly id: string;
  protected readonly identifiers: AgentIdentifiers;
  /** What everything but the identifiers is drawn with. */
  protected readonly key: RandomKey;
  private readonly handleStream: RandomStream;

  constructor(readonly specification: NormalSpecification) {
    const digest = specificationDigest(specification);
    const drawing = drawingKey(specification);
    const word = (index: number): number => digest.readUInt32BE(4 * index);
    this.digest = digest.toString('hex');
    this.id = uuidFromDigest(digest.subarray(16));
    this.identifiers = new AgentIdentifiers({ k0: word(0), k1: word(1) });
    this.key = drawing;
    this.handleStream = new RandomStream(subkey(this.key, OTHER_HANDLES), 0);
  }

  /** How many agents there are. */
  get count(): number {
    return this.specification.count;
  }

  /**
   * @param index an integer in [0, count)
   * @throws RangeError for any other
   */
  abstract profile(index: number): AgentProfile;

  /** The handle of an agent that has another name than the one drawn: different from any other of the population. */
  handleOf(index: number, name: string): string {
    this.handleStream.restart(index);
    const parts = name.split(' ').map(foldToAscii);
    const [givenHandle = ''] = parts;
    return this.handles.handle(
      index,
      { full: name, givenHandle, familyHandle: parts.at(-1) ?? '' },
      this.handleStream,
    );
  }

  /** Every sentence that a biography of this population can have. */
  abstract biographySentences(): Iterable<string>;

  /**
   * Agents in order, in arrays of `chunk`, so that a million need the memory of one chunk.
   * @param options `to` is exclusive and may be beyond the end
   */
  *chunks(options: { from?: number; to?: number; chunk?: number } = {}): Generator<AgentProfile[]> {
    const { from = 0, to = this.count, chunk = 1000 } = options;
    const end = Math.min(to, this.count);
    for (let start = from; start < end; start += chunk) {
      const agents: AgentProfile[] = [];
      const stop = Math.min(start + chunk, end);
      for (let index = start; index < stop; index += 1) agents.push(this.profile(index));
      yield agents;
    }
  }

  /** Agents in order, one by one. */
  *profiles(): Generator<AgentProfile> {
    for (const agents of this.chunks()) yield* agents;
  }

  /** The first agents, at most as many as there are. */
  preview(count: number): AgentProfile[] {
    return Array.from({ length: Math.min(count, this.count) }, (_, index) => this.profile(index));
  }

  protected abstract get handles(): HandleMaker;

  protected requireIndex(index: number): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.count) {
      throw new RangeError(`agent ${index} of a population of ${this.count}`);
    }
  }
}
