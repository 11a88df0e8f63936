import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { withLogFields } from '../../core/logging/index.js';
import type { JobContext } from '../jobs/index.js';
import { RunKeepers } from './checkpoints/run-keepers.js';
import { RunTurns } from './deciders/run-turns.js';
import { RunWaits } from './deciders/turn-taking.js';
import { executeFeedSim } from './feedsim/feedsim.execution.js';
import { executeRun, type FinishedRun, type RunWatch } from './run.execution.js';
import { RunRecorder, type RunJobResult } from './run.recorder.js';
import { RunInputs } from './run.inputs.js';
import { RunStore } from './run.store.js';
import type { RunWithStatus } from './runs.repository.js';
import { RunsService } from './runs.service.js';
import type { FeedScenario } from './scenarios/scenario.schema.js';
import { prepareSimulation } from './simulation.rules.js';
import { SimulationError } from './simulation.errors.js';
import type { SimulationJob } from './run-acceptance.js';
import { stagesOf } from './stages.js';

/** Does the long work of a run. */
@Injectable()
export class RunBuilder {
  constructor(
    private readonly runs: RunsService,
    private readonly store: RunStore,
    private readonly inputs: RunInputs,
    private readonly recorder: RunRecorder,
    private readonly keepers: RunKeepers,
    private readonly turns: RunTurns,
  ) {}

  /**
   * Everything before the commit can be done again; what is committed is there once, its files before it.
   * @returns nothing where the run waits for decisions, and its job with it
   */
  async build(job: SimulationJob, context: JobContext): Promise<RunJobResult | undefined> {
    const run = await this.runs.get(job.run_id);
    const { seed, scenario, job_id } = run;
    if (job_id !== context.jobId) {
      const message = `run ${run.id} has gone on with another job, ${job_id}`;
      throw new SimulationError('conflict', 'run_gone_on', message);
    }
    for (;;) {
      try {
        return await withLogFields({ seed, scenario }, () => this.execute(run, job, context));
      } catch (error) {
        if (!(error instanceof RunWaits)) throw error;
        const waits = (manager: EntityManager) => this.turns.stillWaits(manager, run.id, error.tick);
        if (await context.postpone(error.until, waits)) return undefined;
      }
    }
  }

  private async execute(run: RunWithStatus, job: SimulationJob, context: JobContext): Promise<RunJobResult> {
    const progress = (ticks: number, note: string): void => context.progress(ticks, run.ticks, note);
    progress(run.ticks_done, 'loading');
    const simulate = await this.prepare(run, { signal: context.signal, progress }, context);
    context.signal.throwIfAborted();
    const scratch = this.store.openScratch(run.id);
    try {
      const finished = await simulate(scratch);
      progress(run.ticks, 'storing');
      const { stored, pending } = await this.store.put(run.id, scratch, finished.files, context.signal);
      try {
        return await context.complete(async (manager) => {
          const made = { ...finished, files: stored };
          const result = await this.recorder.record(manager, run, made, job, context.signal);
          pending.handOver();
          return result;
        });
      } finally {
        await pending.discard();
      }
    } finally {
      await this.store.discard(scratch);
    }
  }

  /** What runs the scenario's model and writes into a folder. */
  private async prepare(
    run: RunWithStatus,
    watch: RunWatch,
    context: JobContext,
  ): Promise<(folder: string) => Promise<FinishedRun>> {
    const { definition, ticks } = run;
    if (definition.model === 'feedsim') return (folder) => executeFeedSim(definition, run, folder, watch);
    const { input, versions } = await this.inputs.load(definition, run);
    const stages = stagesOf(run);
    const known = { ...input, stages: stages.map((stage) => stage.definition) };
    const prepare = (scenario: FeedScenario) => prepareSimulation({ ...known, scenario });
    const plan = { stages, ticks, keeper: this.keepers.of(run), turns: this.turns.of(run, context), prepare };
    return (folder) => executeRun(plan, folder, versions, watch);
  }
}
