import type { RandomKey } from '../../engine/random.js';
import type { AgentProfile } from './agent.profile.js';
import { AgentIdentifiers, uuidFromDigest } from './generator/identifiers.js';
import { specificationDigest, type NormalSpecification } from './population.specification.js';

/**
 * Makes the agents of one population. Agent `index` is a pure function of the specification and the index: whoever
 * asks, in whatever order, gets the same bytes.
 */
export abstract class PopulationGenerator {
  /** SHA-256 of the canonical specification, in hexadecimal. */
  readonly digest: string;
  /** The population's id, a version-4-shaped UUID from the digest. */
  readonly id: string;
  protected readonly identifiers: AgentIdentifiers;
  /** What everything but the identifiers is drawn with. */
  protected readonly key: RandomKey;

  constructor(readonly specification: NormalSpecification) {
    const digest = specificationDigest(specification);
    const word = (index: number): number => digest.readUInt32BE(4 * index);
    this.digest = digest.toString('hex');
    this.id = uuidFromDigest(digest.subarray(16));
    this.identifiers = new AgentIdentifiers({ k0: word(0), k1: word(1) });
    this.key = { k0: word(2), k1: word(3) };
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

  protected requireIndex(index: number): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.count) {
      throw new RangeError(`agent ${index} of a population of ${this.count}`);
    }
  }
}
