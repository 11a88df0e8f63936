import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { AgentSource } from '../agent.source.js';
import { GeneratorChanged } from '../agents.errors.js';
import { createGenerator } from '../create-generator.js';
import type { Population } from '../population.entity.js';
import type { PopulationGenerator } from '../population.generator.js';
import { specificationOf } from '../population.specification.js';
import type { WritingUsage } from '../../../core/llm/index.js';
import type { WritingTally } from './writer.js';
import { WrittenPopulation } from './written-population.js';
import { WritingsRepository } from './writings.repository.js';

/** What came of a writing, as results, manifests and audits tell it. */
export type WritingSummary = WritingTally & { cassette: string; usage: WritingUsage };

/** Finds the agents of populations again: those that rules make, and those that were written. */
@Injectable()
export class WrittenPopulations {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly writings: WritingsRepository,
  ) {}

  /** The agents of a population that is there. @throws GeneratorChanged when they could not be made again */
  async sourceOf({
    id,
    specification,
    writing_id,
  }: Pick<Population, 'id' | 'specification' | 'writing_id'>): Promise<AgentSource> {
    const generator = await createGenerator(specificationOf(specification));
    if (generator.id !== id) throw new GeneratorChanged();
    return writing_id === null ? generator : this.open(generator, writing_id);
  }

  /** The agents of a complete writing. */
  open(generator: PopulationGenerator, writingId: string): WrittenPopulation {
    return new WrittenPopulation(generator, writingId, this.dataSource, this.writings);
  }

  /** What came of a writing; null where rules wrote. */
  async summaryOf(
    writingId: string | null,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<WritingSummary | null> {
    const writing = writingId === null ? undefined : await this.writings.find(manager, writingId);
    if (writing === undefined) return null;
    const { cassette, tally, usage } = writing;
    return { cassette, ...tally, usage };
  }

  /** Deletes what was written for a population, but for the writing that it has. */
  async clear(manager: EntityManager, populationId: string, kept: string | null): Promise<void> {
    await this.writings.removeOthers(manager, populationId, kept);
  }
}
