import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import { AgentsService, PopulationNotPersisted, type Requester } from '../agents/index.js';
import { JobsService } from '../jobs/index.js';
import { checkBatchSize, seedOf } from './content.rules.js';
import { batchDraftsPath, type RequestedBatch } from './dto/draft-batch.dto.js';
import { DraftBatchesRepository } from './draft-batches.repository.js';
import { batchIdOf, type DraftBatchJob } from './draft-record.js';
import { variationsOutOfRange } from './writing/compose-draft.js';
import { VARIATIONS_MAX, VARIATIONS_MIN } from './templates/template.schema.js';
import { TemplateLibrary } from './templates/template-library.js';

/** Drafts to write for every agent of a population. */
export interface DraftBatchRequest {
  population: string;
  template: string;
  draftsPerAgent: number;
  seed?: string | undefined;
  variations?: number | undefined;
}

/** Accepts the drafting for whole populations. */
@Injectable()
export class DraftBatchesService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly templates: TemplateLibrary,
    private readonly agents: AgentsService,
    private readonly jobs: JobsService,
    private readonly repository: DraftBatchesRepository,
  ) {}

  /**
   * Accepts a job that writes the drafts, unless the same request has been met before.
   * @param after the job that makes the population, where it is not there yet; the population goes by its id then
   * @returns the batch, and whether a job was accepted for it
   * @throws ContentError `template_not_found`, `variations_out_of_range`, `too_many_drafts`; PopulationNotFound and
   *   PopulationNotPersisted
   */
  async submit(
    request: DraftBatchRequest,
    requester: Requester,
    after?: string,
  ): Promise<{ batch: RequestedBatch; accepted: boolean }> {
    const template = this.templates.get(request.template);
    const { variations = null } = request;
    if (variations !== null && !(variations >= VARIATIONS_MIN && variations <= VARIATIONS_MAX)) {
      throw variationsOutOfRange(variations);
    }
    const batch: DraftBatchJob = {
      population_id: after === undefined ? await this.checkedPopulation(request) : request.population,
      template: template.id,
      template_version: template.version,
      seed: seedOf(request.seed, this.config.defaultSeed),
      drafts_per_agent: request.draftsPerAgent,
      variations,
      actor: requester.name,
    };
    const id = batchIdOf(template, batch);
    const { manager } = this.dataSource;
    const found = await this.repository.find(manager, id);
    if (found !== null) return { batch: found, accepted: false };
    const job = await this.dataSource.transaction((inside) =>
      this.jobs.submit(inside, {
        queue: 'content',
        name: 'content.draft',
        payload: batch,
        links: { drafts: batchDraftsPath(batch) },
        after,
        createdBy: requester.id,
      }),
    );
    return { batch: { ...batch, id, job_id: job.id, drafts: null }, accepted: true };
  }

  /** The id of a population that is there and not too large. */
  private async checkedPopulation({ population: name, draftsPerAgent }: DraftBatchRequest): Promise<string> {
    const population = await this.agents.population(name);
    if (!population.persisted) throw new PopulationNotPersisted(population.id);
    checkBatchSize(population.count, draftsPerAgent);
    return population.id;
  }
}
