import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../../../core/config/index.js';
import type { JobContext } from '../../jobs/index.js';
import type { AgentSource } from '../agent.source.js';
import { AgentsRepository } from '../agents.repository.js';
import type { Population } from '../population.entity.js';
import { createGenerator } from '../create-generator.js';
import type { PopulationGenerator } from '../population.generator.js';
import {
  preparePopulation,
  type PopulationRequest,
  type PreparedPopulation,
  type PreparedWriting,
} from '../population.request.js';
import { specificationOf } from '../population.specification.js';
import type { Progress } from '../population.steps.js';
import { PopulationWriter } from './population-writer.js';
import type { WritingRequest, WritingTape } from '../../../core/llm/index.js';
import type { WritingTally } from './writer.js';
import { WrittenPopulations, type WritingSummary } from './written-populations.js';

/** The agents of a population with all their texts. */
export interface PopulationText {
  source: AgentSource;
  /** Null where rules wrote. */
  writingId: string | null;
  summary?: WritingSummary | undefined;
}

/** Gives a population job its agents: made by rules, written before, or written now. */
@Injectable()
export class PopulationAuthors {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly agents: AgentsRepository,
    private readonly writer: PopulationWriter,
    private readonly written: WrittenPopulations,
  ) {}

  /** Settles a request, and who writes. @throws InvalidSpecification, PopulationTooLarge; LlmError, CassetteError where a model is to write */
  prepare(request: PopulationRequest): Promise<PreparedPopulation> {
    return preparePopulation(request, this.config, (drawn, asked) => this.findWriter(drawn, asked));
  }

  /**
   * Finds out what would write a population that rules have drawn, and what that will take.
   * @throws LlmError where no model can be asked; CassetteError; InvalidSpecification
   */
  private async findWriter(
    drawn: PopulationGenerator,
    asked: WritingRequest,
  ): Promise<{ generator: PopulationGenerator; writing: PreparedWriting }> {
    const tape = this.writer.tapeOf(asked, `people-${drawn.digest.slice(0, 16)}`);
    const writer = await this.writer.identify(tape);
    const generator = await createGenerator({ ...specificationOf(drawn.specification), writer });
    return { generator, writing: { tape, forecast: await this.writer.forecast(generator, tape) } };
  }

  /**
   * What was first written for a population is its text; until then, each job has a writing of its own.
   * @throws as {@link PopulationWriter.write}
   */
  async textOf(
    generator: PopulationGenerator,
    tape: WritingTape | undefined,
    context: JobContext,
    progress: Progress,
  ): Promise<PopulationText> {
    if (generator.specification.writer === undefined) return { source: generator, writingId: null };
    progress.next('writing');
    const there = (await this.populationOf(generator))?.writing_id ?? undefined;
    const writingId = there ?? context.jobId;
    if (there === undefined) {
      if (tape === undefined) throw new Error(`nobody has written the population ${generator.id}`);
      const told = (agents: number): void => progress.done(agents);
      await this.writer.write(generator, { id: writingId, tape, signal: context.signal, told });
    }
    const summary = (await this.written.summaryOf(writingId)) ?? undefined;
    return { source: this.written.open(generator, writingId), writingId, summary };
  }

  /** The population, once somebody has made it. */
  populationOf({ id }: PopulationGenerator): Promise<Population | null> {
    return this.agents.findPopulation(this.dataSource.manager, id);
  }

  summaryOf(writingId: string | null): Promise<WritingSummary | null> {
    return this.written.summaryOf(writingId);
  }

  clear(manager: EntityManager, populationId: string, kept: string): Promise<void> {
    return this.written.clear(manager, populationId, kept);
  }
}

/** What of a summary is the same when the writing is replayed. */
export function tallyOf({ usage: _usage, cassette: _cassette, ...tally }: WritingSummary): WritingTally {
  return tally;
}
