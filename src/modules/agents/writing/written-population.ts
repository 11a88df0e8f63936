import type { DataSource, EntityManager } from 'typeorm';
import type { AgentProfile } from '../agent.profile.js';
import type { AgentSource } from '../agent.source.js';
import type { PopulationGenerator } from '../population.generator.js';
import type { NormalSpecification } from '../population.specification.js';
import type { WritingsRepository } from './writings.repository.js';

const CHUNK = 1_000;

/** Agents whose skeletons rules draw, with what a language model has written in its place. */
export class WrittenPopulation implements AgentSource {
  /** @param writingId of a writing that is complete */
  constructor(
    private readonly generator: PopulationGenerator,
    private readonly writingId: string,
    private readonly dataSource: DataSource,
    private readonly writings: WritingsRepository,
  ) {}

  get id(): string {
    return this.generator.id;
  }

  get digest(): string {
    return this.generator.digest;
  }

  get specification(): NormalSpecification {
    return this.generator.specification;
  }

  get count(): number {
    return this.generator.count;
  }

  async *chunks({
    chunk = CHUNK,
    manager = this.dataSource.manager,
  }: { chunk?: number; manager?: EntityManager } = {}): AsyncGenerator<AgentProfile[]> {
    let from = 0;
    for (const agents of this.generator.chunks({ chunk })) {
      const texts = await this.writings.texts(manager, this.writingId, from, from + agents.length);
      if (texts.length < agents.length) throw new Error(`the writing ${this.writingId} is not complete`);
      yield agents.map((agent, at) => Object.assign(agent, texts[at]));
      from += agents.length;
    }
  }
}
