import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AgentsService, PopulationNotPersisted, type Requester } from '../agents/index.js';
import type { Forecast, WritingRequest, WritingTape } from '../../core/llm/index.js';
import { JobsService } from '../jobs/index.js';
import { ContentError } from './content.errors.js';
import { checkBatchSize } from './content.rules.js';
import { batchDraftsPath, type RequestedBatch } from './dto/draft-batch.dto.js';
import { type BatchDraft, DraftBatchesRepository } from './draft-batches.repository.js';
import type { DraftBatch } from './draft-batch.entity.js';
import type { ContextRequest } from './draft-contexts.js';
import { batchIdOf, type DraftBatchJob } from './draft-record.js';
import { Drafter } from './drafter.js';
import type { DraftWriting } from './models/post-writer.js';
import { variationsOutOfRange } from './writing/compose-draft.js';
import { VARIATIONS_MAX, VARIATIONS_MIN } from './templates/template.schema.js';
import { TemplateLibrary, templateOf } from './templates/template-library.js';

/** Drafts to write for every agent of a population. */
export interface DraftBatchRequest extends ContextRequest {
  population: string;
  /** The current version of a template by its name, or `name@version`. */
  template: string;
  draftsPerAgent: number;
  seed?: string | undefined;
  variations?: number | undefined;
  /** Who writes, where it is a language model. */
  writing?: DraftWriting | undefined;
  /** The text of the post that is answered, for a model to read. */
  post?: string | undefined;
}

/** The batch, and whether a job was accepted for it. */
export interface SubmittedBatch {
  batch: RequestedBatch;
  accepted: boolean;
  /** What a model will need where its cassette has none of the drafts; only of a batch that one is to write. */
  writing?: { tape: WritingTape; forecast: Forecast };
}

/** Accepts the drafting for whole populations, and reads what came of it. */
@Injectable()
export class DraftBatchesService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly templates: TemplateLibrary,
    private readonly agents: AgentsService,
    private readonly drafter: Drafter,
    private readonly jobs: JobsService,
    private readonly repository: DraftBatchesRepository,
  ) {}

  /**
   * Does what {@link submitWithin} does, in a transaction of its own, and settles before it who writes.
   * @throws as {@link submitWithin} and `PostWriter.prepare` do
   */
  async submit(
    { writer, cassette, cassette_mode, ...request }: DraftBatchRequest & WritingRequest,
    requester: Requester,
  ): Promise<SubmittedBatch> {
    const seed = this.drafter.contexts.seed(request.seed);
    const own = [request.template, request.population, request.draftsPerAgent, seed];
    const writing = await this.drafter.prepare({ writer, cassette, cassette_mode }, own);
    const post = writing && (await this.drafter.contexts.postOf(request, this.dataSource.manager));
    const settled = { ...request, seed, writing, post };
    const forecast = writing && (await this.forecast(settled, writing));
    const submitted = await this.dataSource.transaction((manager) =>
      this.submitWithin(manager, settled, requester),
    );
    if (writing === undefined || forecast === undefined || !submitted.accepted) return submitted;
    return { ...submitted, writing: { tape: writing.tape, forecast } };
  }

  /**
   * Accepts, in the manager's transaction, a job that writes the drafts, unless the same request has been met before.
   * @param after the job that makes the population, where it is not there yet; the population goes by its id then
   * @throws DocumentStoreError `template_not_found`; ContentError `variations_out_of_range`, `too_many_drafts`;
   *   PopulationNotFound and PopulationNotPersisted
   */
  async submitWithin(
    manager: EntityManager,
    request: DraftBatchRequest,
    requester: Requester,
    after?: string,
  ): Promise<SubmittedBatch> {
    const document = await this.templates.get(request.template, manager);
    const template = document.value;
    const { variations = null } = request;
    if (variations !== null && !(variations >= VARIATIONS_MIN && variations <= VARIATIONS_MAX)) {
      throw variationsOutOfRange(variations);
    }
    const batch: DraftBatchJob = {
      population_id:
        after === undefined ? await this.checkedPopulation(manager, request) : request.population,
      template: template.id,
      template_version: template.version,
      template_digest: template.digest,
      seed: this.drafter.contexts.seed(request.seed),
      drafts_per_agent: request.draftsPerAgent,
      variations,
      context: (await this.drafter.contexts.of(template, request, manager)) ?? null,
      ...(request.writing !== undefined && { writing: request.writing }),
      ...(request.post !== undefined && { post: request.post }),
      actor: requester.name,
    };
    const id = batchIdOf(template, batch);
    const found = await this.repository.find(manager, id);
    if (found !== null) return { batch: found, accepted: false };
    await this.templates.pin(manager, document);
    const job = await this.jobs.submit(manager, {
      queue: 'content',
      name: 'content.draft',
      payload: batch,
      links: { drafts: batchDraftsPath(batch) },
      after,
      createdBy: requester.id,
    });
    const writer = batch.writing?.writer ?? null;
    return { batch: { ...batch, id, job_id: job.id, drafts: null, writer }, accepted: true };
  }

  /**
   * The drafts of a batch, whatever else was drafted for its population: agent by agent in the order of their ids, each
   * agent's own by index.
   * @throws ContentError `batch_not_found`, `template_lost`
   */
  async drafts(batchId: string): Promise<{ batch: DraftBatch; drafts: BatchDraft[] }> {
    const { manager } = this.dataSource;
    const batch = await this.repository.find(manager, batchId);
    if (batch === null)
      throw new ContentError('not_found', 'batch_not_found', `there is no batch ${batchId}`);
    const template = await templateOf(this.templates, batch);
    const drafts = await this.repository.drafts(manager, batch);
    const own = drafts.filter(
      ({ language, variation_count }) =>
        variation_count === (batch.variations ?? template.languages.get(language)?.variationCount),
    );
    return { batch, drafts: own };
  }

  /** What a batch will need, judged by its first draft. */
  private async forecast(request: DraftBatchRequest, writing: DraftWriting): Promise<Forecast | undefined> {
    const { manager } = this.dataSource;
    const { value: template } = await this.templates.get(request.template, manager);
    const populationId = await this.checkedPopulation(manager, request);
    const { count } = await this.agents.population(populationId, manager);
    const context = await this.drafter.contexts.of(template, request, manager);
    const { seed = '', variations, post } = request;
    for await (const [agent] of this.agents.eachAgents(populationId)) {
      if (agent === undefined) break;
      const of = { template, agent, populationId, choice: { seed, index: 0, variations, context } };
      return this.drafter.forecast(of, { writing, post }, count * request.draftsPerAgent);
    }
    return undefined;
  }

  /** The id of a population that is there and not too large. */
  private async checkedPopulation(
    manager: EntityManager,
    { population: name, draftsPerAgent }: DraftBatchRequest,
  ): Promise<string> {
    const population = await this.agents.population(name, manager);
    if (!population.persisted) throw new PopulationNotPersisted(population.id);
    checkBatchSize(population.count, draftsPerAgent);
    return population.id;
  }
}
