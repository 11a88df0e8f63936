import type { EntityManager } from 'typeorm';
import type { AgentProfile } from './agent.profile.js';
import type { NormalSpecification } from './population.specification.js';

/** The agents of a population in their order, whether they are made as they are asked for or were written before. */
export interface AgentSource {
  readonly id: string;
  /** SHA-256, hexadecimal, of what they are made from. */
  readonly digest: string;
  readonly specification: NormalSpecification;
  readonly count: number;

  /**
   * All agents, in arrays of `chunk`; a million need the memory of one chunk.
   * @param options `manager`: of the transaction that this is a part of
   */
  chunks(options?: {
    chunk?: number;
    manager?: EntityManager;
  }): Iterable<AgentProfile[]> | AsyncIterable<AgentProfile[]>;
}
