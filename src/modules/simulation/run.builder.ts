import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../core/audit/index.js';
import { EventsService } from '../../core/events/index.js';
import type { JobContext } from '../jobs/index.js';
import { runCompleted } from './run.events.js';
import { executeRun, type FinishedRun } from './run.execution.js';
import { RunInputs } from './run.inputs.js';
import { RunStore } from './run.store.js';
import { RunsRepository, type RunWithStatus } from './runs.repository.js';
import { prepareSimulation } from './simulation.rules.js';
import type { SimulationJob } from './simulation.service.js';

/** What a simulation job made. */
export interface RunJobResult {
  run_id: string;
  scenario: string;
  seed: string;
  ticks: number;
  checksum: string;
  posts: number;
  exposures: number;
  reactions: number;
  comments: number;
  reposts: number;
}

/** Does the long work of a run. */
@Injectable()
export class RunBuilder {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: RunsRepository,
    private readonly store: RunStore,
    private readonly inputs: RunInputs,
    private readonly events: EventsService,
    private readonly audit: AuditService,
  ) {}

  /** Everything before the commit happens in a scratch folder and can be done again; what is committed is there once. */
  async build(job: SimulationJob, context: JobContext): Promise<void> {
    const run = await this.repository.find(this.dataSource.manager, job.run_id);
    if (run === undefined) throw new Error(`the run ${job.run_id} of a job is not there`);
    const progress = (ticks: number, note: string): void => context.progress(ticks, run.ticks, note);
    progress(0, 'loading');
    const { input, versions } = await this.inputs.load(run);
    context.signal.throwIfAborted();
    const scratch = await this.store.openScratch(run.id);
    try {
      const watch = { signal: context.signal, progress };
      const finished = await executeRun(prepareSimulation(input), run.ticks, scratch, versions, watch);
      context.signal.throwIfAborted();
      await context.complete(async (manager) => {
        const result = await this.commit(manager, run, finished, job.actor);
        await this.store.publish(run.id, scratch);
        return result;
      });
    } finally {
      await this.store.discard(scratch);
    }
  }

  private async commit(
    manager: EntityManager,
    run: RunWithStatus,
    { report, files }: FinishedRun,
    actor: string,
  ): Promise<RunJobResult> {
    const { checksum, totals, per_tick: ticks } = report;
    await this.repository.complete(manager, run.id, { checksum, totals, ticks, files });
    const { posts, exposures, reactions, comments, reposts } = totals;
    const result = {
      run_id: run.id,
      scenario: run.scenario,
      seed: run.seed,
      ticks: run.ticks,
      checksum: String(checksum),
      posts,
      exposures,
      reactions,
      comments,
      reposts,
    };
    await this.events.emit(manager, runCompleted(result));
    // The audit chain comes last: its writers wait for each other.
    await this.audit.append(manager, {
      actor,
      action: 'simulation.complete',
      subject: { type: 'run', id: run.id },
      data: { ...result, digests: report.digests },
    });
    return result;
  }
}
