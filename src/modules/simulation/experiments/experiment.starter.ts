import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Requester } from '../../agents/index.js';
import type { JobContext } from '../../jobs/index.js';
import { jobsOf, RunAcceptance } from '../run-acceptance.js';
import { RunControl } from '../run-control.js';
import { RunSources, type RequiredSources } from '../run.sources.js';
import {
  ExperimentsRepository,
  type ExperimentRunState,
  type ExperimentState,
} from './experiments.repository.js';
import type { ExperimentJob } from './experiments.service.js';
import type { ResolvedArm } from './registration.js';

/** What a job that starts the runs of an experiment made. */
export interface ExperimentJobResult {
  experiment_id: string;
  runs: number;
}

/**
 * Starts the runs of an experiment, seed by seed: all arms of a seed in one transaction, with the same people and texts. What is there
 * already is left alone, so that this can be done again at any point.
 */
@Injectable()
export class ExperimentStarter {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: ExperimentsRepository,
    private readonly sources: RunSources,
    private readonly acceptance: RunAcceptance,
    private readonly control: RunControl,
  ) {}

  /** @throws whatever a run of the scenario is refused for */
  async start(
    { experiment_id: id, actor, actor_id }: ExperimentJob,
    context: JobContext,
  ): Promise<ExperimentJobResult> {
    const experiment = await this.repository.find(this.dataSource.manager, id);
    if (experiment === undefined) throw new Error(`the experiment ${id} of a job is not there`);
    const requester: Requester = { name: actor, ...(actor_id !== null && { id: actor_id }) };
    const { seeds } = experiment.definition;
    for (const [place, seed] of seeds.entries()) {
      context.signal.throwIfAborted();
      await this.startSeed(experiment, seed, requester, context);
      context.progress(place + 1, seeds.length, 'starting runs');
    }
    return context.complete(() => Promise.resolve({ experiment_id: id, runs: experiment.runs }));
  }

  private async startSeed(
    experiment: ExperimentState,
    seed: string,
    requester: Requester,
    context: JobContext,
  ): Promise<void> {
    const runs = await this.repository.runs(this.dataSource.manager, experiment.id, seed);
    for (const { status, run_id, before } of runs) {
      if (run_id === null || !isStopped(status) || isLost(before)) continue;
      await context.write(async (manager) => {
        if (await this.repository.lock(manager, experiment.id)) return;
        await this.control.resumeWithin(manager, run_id, requester);
      });
    }
    if (!runs.some(isMissing)) return;
    const [{ definition } = noArms()] = experiment.arms;
    const decide = await this.sources.decision(definition, seed, requester);
    await context.write(async (manager) => {
      if (await this.repository.lock(manager, experiment.id)) return;
      const missing = (await this.repository.runs(manager, experiment.id, seed)).filter(isMissing);
      if (missing.length === 0) return;
      const request = { population_id: experiment.definition.population, seed };
      const sources = await this.sources.require(manager, definition, request, requester);
      for (const { arm } of missing) {
        const resolved = experiment.arms.find(({ name }) => name === arm) ?? noArms();
        await this.startRun(manager, { experiment, seed, arm: resolved, sources }, decide, requester);
      }
    });
  }

  private async startRun(
    manager: EntityManager,
    {
      experiment,
      seed,
      arm,
      sources,
    }: {
      experiment: ExperimentState;
      seed: string;
      arm: ResolvedArm;
      sources: RequiredSources | undefined;
    },
    decide: Parameters<RunAcceptance['accept']>[2],
    requester: Requester,
  ): Promise<void> {
    const run = { id: randomUUID(), scenario: arm.definition, seed, ticks: experiment.ticks, sources };
    await this.acceptance.accept(manager, run, decide, requester);
    const { population, content } = jobsOf(sources);
    const preparing = [population, content].filter((id) => id !== null);
    await this.repository.assign(manager, experiment.id, { seed, arm: arm.name, run_id: run.id, preparing });
  }
}

/** A run that can go on from where it was. */
function isStopped(status: ExperimentRunState['status']): boolean {
  return status === 'paused' || status === 'cancelled' || status === 'failed';
}

/** What a job waits for that does not come. */
function isLost(before: string | null): boolean {
  return before === 'cancelled' || before === 'failed';
}

/** One that was never started, was deleted, or whose people or texts were never made. */
function isMissing({ run_id, status, before }: ExperimentRunState): boolean {
  return run_id === null || status === null || (isStopped(status) && isLost(before));
}

function noArms(): never {
  throw new Error('the experiment has no such arm');
}
