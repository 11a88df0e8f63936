import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Requester } from '../agents/index.js';
import { JobsService } from '../jobs/index.js';
import { runLinks } from './dto/run-links.js';
import type { RecordDecision } from './run.decision.js';
import type { RequiredSources } from './run.sources.js';
import { RunsRepository, type RunWithStatus } from './runs.repository.js';
import { scenarioDigest } from './scenarios/scenario.loader.js';
import type { Scenario } from './scenarios/scenario.schema.js';

/** What a simulation job is told. */
export interface SimulationJob {
  run_id: string;
  /** Who asked: a user name, or `system`. */
  actor: string;
  agent_states?: boolean;
}

/** A run that was accepted, with the jobs that lead to it, in their order. */
export interface AcceptedRun {
  run: RunWithStatus;
  jobs: { population: string | null; content: string | null; simulation: string };
}

/** A run from its start, settled in all that its result depends on. */
export interface SettledRun {
  readonly id: string;
  readonly scenario: Scenario;
  readonly seed: string;
  readonly ticks: number;
  /** Nothing for a model without people. */
  readonly sources: RequiredSources | undefined;
  readonly checkpoint_every?: number | undefined;
  readonly agent_states?: boolean | undefined;
}

/** Writes runs with the jobs that do them. */
@Injectable()
export class RunAcceptance {
  constructor(
    private readonly jobs: JobsService,
    private readonly repository: RunsRepository,
  ) {}

  /** Accepts a run in the manager's transaction; its job waits for what the sources still wait for. */
  async accept(
    manager: EntityManager,
    { id, scenario, seed, ticks, sources, checkpoint_every, agent_states }: SettledRun,
    decide: RecordDecision,
    requester: Requester,
  ): Promise<AcceptedRun> {
    const earlier = jobsOf(sources);
    const job = await this.jobs.submit(manager, {
      queue: 'simulation',
      name: 'simulation.run',
      payload: {
        run_id: id,
        actor: requester.name,
        agent_states: agent_states === true,
      } satisfies SimulationJob,
      links: runLinks(id),
      after: earlier.content ?? earlier.population ?? undefined,
      createdBy: requester.id,
    });
    const decision = await decide(manager);
    await this.repository.insert(manager, {
      id,
      scenario: scenario.id,
      scenario_version: scenario.version,
      scenario_digest: scenarioDigest(scenario),
      definition: scenario,
      seed,
      ticks,
      population_id: sources?.population.id ?? null,
      draft_batch_id: sources?.content.batch.id ?? null,
      job_id: job.id,
      decision_id: decision.id,
      checkpoint_every: checkpoint_every ?? null,
      created_by: requester.id ?? null,
      parent_id: null,
      branch_tick: null,
      trunk: null,
    });
    const run = (await this.repository.find(manager, id)) as RunWithStatus;
    return { run, jobs: { ...earlier, simulation: job.id } };
  }
}

/** The jobs that come before a simulation. */
export function jobsOf(
  sources: RequiredSources | undefined,
): Pick<AcceptedRun['jobs'], 'population' | 'content'> {
  if (sources === undefined) return { population: null, content: null };
  const { population, content } = sources;
  return { population: population.job?.id ?? null, content: content.accepted ? content.batch.job_id : null };
}
