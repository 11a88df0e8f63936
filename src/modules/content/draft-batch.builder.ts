import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { EventsService } from '../../core/events/index.js';
import { AgentsService } from '../agents/index.js';
import type { JobContext } from '../jobs/index.js';
import { draftsCompleted } from './content.events.js';
import { checkBatchSize } from './content.rules.js';
import { DraftBatchesRepository } from './draft-batches.repository.js';
import { batchIdOf, makeDraft, type DraftBatchJob } from './draft-record.js';
import { DraftStore } from './draft-store.js';
import { PackedDrafts } from './packed-drafts.js';
import type { CompiledTemplate } from './templates/compiled-template.js';
import { TemplateLibrary, templateOf } from './templates/template-library.js';

/** What a drafting job made. */
export interface DraftBatchResult {
  population_id: string;
  template: string;
  template_version: string;
  seed: string;
  drafts: number;
  /** False when the drafts were there already. */
  created: boolean;
}

/** After so many drafts the event loop gets its turn: some ten milliseconds of work. */
const DRAFTS_A_TURN = 100;
/** Does the long work of drafting for a population. */
@Injectable()
export class DraftBatchBuilder {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly templates: TemplateLibrary,
    private readonly agents: AgentsService,
    private readonly store: DraftStore,
    private readonly batches: DraftBatchesRepository,
    private readonly events: EventsService,
  ) {}

  /** Composes every draft, then commits them with their decisions and the batch; before that nothing is stored. */
  async build(job: DraftBatchJob, context: JobContext): Promise<void> {
    const template = await templateOf(this.templates, job);
    const id = batchIdOf(template, job);
    const there = await this.batches.find(this.dataSource.manager, id);
    if (there !== null) {
      await context.complete(() => Promise.resolve(resultOf(job, there.drafts, false)));
      return;
    }
    const drafts = await this.compose(job, template, context);
    context.progress(drafts.size, drafts.size, 'deciding and storing');
    await context.complete((manager) => this.commit(manager, { id, job, drafts, jobId: context.jobId }));
  }

  private async compose(
    job: DraftBatchJob,
    template: CompiledTemplate,
    context: JobContext,
  ): Promise<PackedDrafts> {
    const { population_id, drafts_per_agent, seed, variations, context: about } = job;
    const { count } = await this.agents.population(population_id);
    checkBatchSize(count, drafts_per_agent);
    const { manager } = this.dataSource;
    const measure = await this.store.originality.forBatch(manager, population_id, count * drafts_per_agent);
    const drafts = new PackedDrafts();
    for await (const agents of this.agents.eachAgents(population_id)) {
      for (const agent of agents) {
        for (let index = 0; index < drafts_per_agent; index += 1) {
          const choice = { seed, index, variations: variations ?? undefined, context: about ?? undefined };
          const draft = makeDraft(template, agent, population_id, choice);
          drafts.add({ ...draft, originality: measure(draft) });
          if (drafts.size % DRAFTS_A_TURN > 0) continue;
          context.signal.throwIfAborted();
          context.progress(drafts.size, count * drafts_per_agent, 'composing');
          await setImmediate();
        }
      }
    }
    return drafts;
  }

  private async commit(manager: EntityManager, work: FinishedWork): Promise<DraftBatchResult> {
    const { id, job, drafts, jobId } = work;
    const { actor, ...batch } = job;
    const claimed = await this.batches.claim(manager, { ...batch, id, job_id: jobId, drafts: drafts.size });
    if (!claimed) return resultOf(job, drafts.size, false);
    const { population_id, template, seed } = batch;
    const completed = { population_id, template, seed, drafts: drafts.size, job_id: jobId };
    await this.events.emit(manager, draftsCompleted(completed));
    await this.store.addMany(manager, batch, drafts.unpack(), actor);
    return resultOf(job, drafts.size, true);
  }
}

interface FinishedWork {
  id: string;
  job: DraftBatchJob;
  drafts: PackedDrafts;
  jobId: string;
}

function resultOf(job: DraftBatchJob, drafts: number, created: boolean): DraftBatchResult {
  const { population_id, template, template_version, seed } = job;
  return { population_id, template, template_version, seed, drafts, created };
}
