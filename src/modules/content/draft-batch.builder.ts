import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { noUsage, usageOf } from '../../core/llm/index.js';
import { AgentsService } from '../agents/index.js';
import type { JobContext } from '../jobs/index.js';
import { checkBatchSize } from './content.rules.js';
import { DraftBatchesRepository } from './draft-batches.repository.js';
import { batchIdOf, type DraftBatchJob, type DraftOf, type NewDraft } from './draft-record.js';
import { DraftStore } from './draft-store.js';
import { Drafter, type WrittenAs } from './drafter.js';
import { countWriting, noBatchTally, type BatchWriting } from './models/batch-tally.js';
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
  /** Of them, those that the guard held when they were made; 0 when the drafts were there already. */
  held: number;
  /** False when the drafts were there already. */
  created: boolean;
  /** What came of the writing; only where a language model wrote. */
  writing?: BatchWriting;
}

/** After so many drafts the event loop gets its turn: some ten milliseconds of work. */
const DRAFTS_A_TURN = 100;
/** Drafts that a model is asked for at once: as many calls as servers may bear. */
const CALLS_AT_ONCE = 32;

/** Does the long work of drafting for a population. */
@Injectable()
export class DraftBatchBuilder {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly templates: TemplateLibrary,
    private readonly agents: AgentsService,
    private readonly store: DraftStore,
    private readonly batches: DraftBatchesRepository,
    private readonly drafter: Drafter,
  ) {}

  /** Makes every draft, then commits them with their decisions and the batch; before that nothing is stored. */
  async build(job: DraftBatchJob, context: JobContext): Promise<void> {
    const template = await templateOf(this.templates, job);
    const id = batchIdOf(template, job);
    const there = await this.batches.find(this.dataSource.manager, id);
    if (there !== null) {
      await context.complete(() =>
        Promise.resolve(resultOf(job, { drafts: there.drafts, held: 0, created: false }, there.writing)),
      );
      return;
    }
    const { drafts, writing } = await this.makeAll(job, template, context);
    context.progress(drafts.size, drafts.size, 'deciding and storing');
    const work = { id, job, drafts, writing, jobId: context.jobId };
    await context.complete((manager) => this.commit(manager, work));
  }

  private async makeAll(
    job: DraftBatchJob,
    template: CompiledTemplate,
    context: JobContext,
  ): Promise<Pick<FinishedWork, 'drafts' | 'writing'>> {
    const { population_id, drafts_per_agent } = job;
    const { count } = await this.agents.population(population_id);
    checkBatchSize(count, drafts_per_agent);
    const { manager } = this.dataSource;
    const measure = await this.store.originality.forBatch(manager, population_id, count * drafts_per_agent);
    const session = job.writing && (await this.drafter.sameSession(job.writing));
    const { writing, post } = job;
    const drafts = new PackedDrafts();
    const tally = noBatchTally();
    const note = writing === undefined ? 'composing' : 'writing';
    for await (const window of this.windows(job, template)) {
      const made = await this.makeWindow(window, { writing, session, post, signal: context.signal });
      for (const draft of made) {
        drafts.add({ ...draft, originality: measure(draft) });
        if (draft.metadata.writing !== undefined) countWriting(tally, draft.metadata.writing);
      }
      context.signal.throwIfAborted();
      context.progress(drafts.size, count * drafts_per_agent, note);
      await setImmediate();
    }
    if (writing === undefined || session === undefined) return { drafts, writing: null };
    const { cassette } = writing.tape;
    return { drafts, writing: { cassette, ...tally, usage: usageOf(noUsage(), session) } };
  }

  /** What is to be made, agent by agent, in windows: of rules, some milliseconds of work; of models, calls at once. */
  private async *windows(job: DraftBatchJob, template: CompiledTemplate): AsyncGenerator<DraftOf[]> {
    const { population_id: populationId, drafts_per_agent, seed, variations, context } = job;
    const size = job.writing === undefined ? DRAFTS_A_TURN : CALLS_AT_ONCE;
    let window: DraftOf[] = [];
    for await (const agents of this.agents.eachAgents(populationId)) {
      for (const agent of agents) {
        for (let index = 0; index < drafts_per_agent; index += 1) {
          const choice = { seed, index, variations: variations ?? undefined, context: context ?? undefined };
          window.push({ template, agent, populationId, choice });
          if (window.length < size) continue;
          yield window;
          window = [];
        }
      }
    }
    if (window.length > 0) yield window;
  }

  /** The drafts of a window in its order; the first failure ends the others. */
  private async makeWindow(
    window: readonly DraftOf[],
    as: WrittenAs & { signal: AbortSignal },
  ): Promise<NewDraft[]> {
    const failure = new AbortController();
    const signal = AbortSignal.any([as.signal, failure.signal]);
    try {
      return await Promise.all(window.map((of) => this.drafter.make(of, { ...as, signal })));
    } catch (error) {
      failure.abort(error);
      throw error;
    }
  }

  private async commit(manager: EntityManager, work: FinishedWork): Promise<DraftBatchResult> {
    const { id, job, drafts, writing, jobId } = work;
    const { actor, writing: as, post: _post, ...batch } = job;
    const written = { writer: as?.writer ?? null, writing };
    const claimed = await this.batches.claim(manager, {
      ...batch,
      ...written,
      id,
      job_id: jobId,
      drafts: drafts.size,
    });
    if (!claimed) return resultOf(job, { drafts: drafts.size, held: 0, created: false }, writing);
    const { population_id, template, seed } = batch;
    const completed = { population_id, template, seed, drafts: drafts.size, job_id: jobId };
    await this.store.announce(manager, completed);
    const held = await this.store.addMany(manager, batch, drafts.unpack(), actor);
    return resultOf(job, { drafts: drafts.size, held, created: true }, writing);
  }
}

interface FinishedWork {
  id: string;
  job: DraftBatchJob;
  drafts: PackedDrafts;
  writing: BatchWriting | null;
  jobId: string;
}

function resultOf(
  job: DraftBatchJob,
  counts: Pick<DraftBatchResult, 'drafts' | 'held' | 'created'>,
  writing: BatchWriting | null,
): DraftBatchResult {
  const { population_id, template, template_version, seed } = job;
  const made = { population_id, template, template_version, seed, ...counts };
  return writing === null ? made : { ...made, writing };
}
