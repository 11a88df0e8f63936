import { z } from 'zod';
import { links, synthetic, time, uuid, wire } from '../../../core/http/index.js';
import { decisionPath } from '../../compliance/index.js';
import { jobPath } from '../../jobs/index.js';
import type { RunFileRecord } from '../run-file.entity.js';
import { RUN_STATUSES, type RunWithStatus } from '../runs.repository.js';
import type { AcceptedRun } from '../run-acceptance.js';
import { RunMeasuresDto } from './run-measures.dto.js';
import { runFilePath, runLinks } from './run-links.js';

export const scenario = z
  .string()
  .max(64)
  .meta({ examples: ['metro_cdmx'] });
export const runPopulation = uuid
  .nullable()
  .meta({ description: 'Null for a model whose agents are no population.' });
const version = z.string().meta({ examples: ['1.0.0'] });

export const AcceptedRunDto = wire(
  'AcceptedRun',
  z
    .strictObject({
      synthetic,
      job_id: uuid.meta({ description: 'The job that runs the simulation.' }),
      jobs: z
        .strictObject({ population: uuid.nullable(), content: uuid.nullable(), simulation: uuid })
        .meta({ description: 'The jobs in their order; null where what a job makes was there already.' }),
      run_id: uuid,
      scenario,
      scenario_version: version,
      seed: z.string().meta({ examples: ['20241005'] }),
      ticks: z.int().meta({ examples: [120] }),
      population_id: runPopulation,
      links,
    })
    .describe('The answer to a request for a run.'),
);
export type AcceptedRunDto = z.infer<typeof AcceptedRunDto>;

export function acceptedRunDto({ run, jobs }: AcceptedRun): AcceptedRunDto {
  return {
    synthetic: true,
    job_id: jobs.simulation,
    jobs,
    run_id: run.id,
    scenario: run.scenario,
    scenario_version: run.scenario_version,
    seed: run.seed,
    ticks: run.ticks,
    population_id: run.population_id,
    links: { job: jobPath(jobs.simulation), ...runLinks(run.id) },
  };
}

const count = z.number();

export const RunTotalsDto = wire(
  'RunTotals',
  z
    .strictObject({
      active: count.meta({ description: 'Times that an agent opened the feed.' }),
      idle: count.meta({ description: 'Of these, times that it only read.' }),
      posts: count,
      exposures: count,
      reactions: count,
      comments: count.meta({ description: 'Replies included.' }),
      replies: count,
      reposts: count,
      reached: count.meta({ description: 'Different agents that were shown anything.' }),
      acted: count.meta({ description: 'Different agents that posted or interacted.' }),
    })
    .describe('Sums over all ticks of a run.'),
);
export type RunTotalsDto = z.infer<typeof RunTotalsDto>;

/** Totals in one order; a jsonb column has its own. */
export function runTotalsDto({
  active,
  idle,
  posts,
  exposures,
  reactions,
  ...rest
}: RunTotalsDto): RunTotalsDto {
  const { comments, replies, reposts, reached, acted } = rest;
  return { active, idle, posts, exposures, reactions, comments, replies, reposts, reached, acted };
}

/** A run without its files and links. */
const runFields = {
  synthetic,
  id: uuid,
  scenario,
  scenario_version: version,
  scenario_digest: z.string().meta({ description: 'SHA-256 of the scenario’s meaning.' }),
  seed: z.string().meta({ examples: ['20241005'] }),
  ticks: z.int().meta({ examples: [120] }),
  ticks_done: z.int().meta({
    description:
      'Completed ticks so far; of a run that is queued, paused, cancelled or failed those of the checkpoint that it goes on from, 0 ' +
      'where it has none.',
    examples: [60],
  }),
  population_id: runPopulation,
  job_id: uuid,
  decision_id: uuid
    .nullable()
    .meta({ description: 'What the guard said of the scenario’s words and the seed.' }),
  status: z
    .enum(RUN_STATUSES)
    .meta({ description: 'Of the run’s job, or `paused`, or `waiting` for decisions from outside.' }),
  waits_for: z
    .strictObject({
      tick: z.int().meta({ description: 'From 0.' }),
      agents: z.int().meta({ description: 'For how many agents decisions are missing.' }),
      due_at: time.meta({ description: 'When the run goes on without them.' }),
    })
    .nullable()
    .meta({ description: 'The decisions that a `waiting` run waits for; null for any other.' }),
  checksum: z
    .string()
    .nullable()
    .meta({ description: 'Fingerprint of every event; null until the run is completed.' }),
  totals: RunTotalsDto.nullable().meta({ description: 'Null until the run is completed.' }),
  links,
  created_at: time,
  completed_at: time.nullable(),
};

export const RunSummaryDto = wire(
  'RunSummary',
  z.strictObject(runFields).describe('A run as lists show it; the run itself names its files.'),
);
type RunSummaryDto = z.infer<typeof RunSummaryDto>;

export const RunDto = wire(
  'Run',
  z
    .strictObject({
      ...runFields,
      measures: RunMeasuresDto.nullable().meta({
        description: 'Null until the run is completed, and for a model without a feed.',
      }),
      branch: z
        .strictObject({
          run_id: uuid.nullable().meta({ description: 'Null when that run was deleted.' }),
          tick: z.int().meta({ description: 'The first tick that may be another than in that run.' }),
        })
        .nullable()
        .meta({ description: 'Where it parted from another run; null when it parted from none.' }),
      checkpoint_every: z
        .int()
        .nullable()
        .meta({ description: 'Ticks between two checkpoints; null: by the configuration.' }),
      resumed: z
        .strictObject({
          tick: z.int().meta({ description: 'Ticks that were not done again.' }),
          skipped: z
            .array(z.strictObject({ tick: z.int(), reason: z.string() }))
            .meta({ description: 'Later checkpoints that could not be used, and why.' }),
        })
        .nullable()
        .meta({ description: 'How it went on last after it was stopped; null when it never was.' }),
      files: z.array(
        z.strictObject({
          name: z.string().meta({ examples: ['events.parquet'] }),
          media_type: z.string(),
          bytes: z.string(),
          sha256: z.string(),
          href: z.string().meta({ description: 'Path of the file.' }),
        }),
      ),
    })
    .describe('One execution of a scenario.'),
);
export type RunDto = z.infer<typeof RunDto>;

export function runSummaryDto(run: RunWithStatus): RunSummaryDto {
  return {
    synthetic: true,
    id: run.id,
    scenario: run.scenario,
    scenario_version: run.scenario_version,
    scenario_digest: run.scenario_digest,
    seed: run.seed,
    ticks: run.ticks,
    ticks_done: run.ticks_done,
    population_id: run.population_id,
    job_id: run.job_id,
    decision_id: run.decision_id,
    status: run.status,
    waits_for: run.waits_for,
    checksum: run.checksum,
    totals: run.totals && runTotalsDto(run.totals),
    links: {
      job: jobPath(run.job_id),
      ...(run.decision_id !== null && { decision: decisionPath(run.decision_id) }),
      ...runLinks(run.id),
    },
    created_at: run.created_at.toISOString(),
    completed_at: run.completed_at?.toISOString() ?? null,
  };
}

export function runDto(run: RunWithStatus, files: readonly RunFileRecord[]): RunDto {
  const described = files.map(({ name, media_type, bytes, sha256 }) => ({
    name,
    media_type,
    bytes,
    sha256,
    href: runFilePath(run.id, name),
  }));
  const { parent_id, branch_tick, checkpoint_every, resumed } = run;
  return {
    ...runSummaryDto(run),
    measures: run.measures as RunDto['measures'],
    branch: branch_tick === null ? null : { run_id: parent_id, tick: branch_tick },
    checkpoint_every,
    resumed,
    files: described,
  };
}
