import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { RunMeasures } from '../measures/run-measures.js';
import type { Totals } from '../report/report-data.js';
import type { RunStatus } from '../runs.repository.js';
import type { Experiment, ExperimentDeletion, ExperimentRun } from './experiment.entity.js';
import type { TickMeasure } from './outcomes.js';

/** How an experiment ends: `incomplete` is one without all runs that nothing works on. */
const ENDS = ['completed', 'incomplete', 'cancelled'] as const;
/** What has become of an experiment: `cancelling` is one whose last runs were told to stop. */
export const EXPERIMENT_STATUSES = ['queued', 'running', 'cancelling', ...ENDS] as const;
export type ExperimentStatus = (typeof EXPERIMENT_STATUSES)[number];

/** Whether no run of an experiment is left to do. */
export function hasEnded(status: ExperimentStatus): status is (typeof ENDS)[number] {
  return (ENDS as readonly ExperimentStatus[]).includes(status);
}

/** An experiment with what its runs have come to. */
export type ExperimentState = Experiment & {
  status: ExperimentStatus;
  runs: number;
  completed: number;
  /** Ticks of all runs that are done. */
  ticks_done: number;
  first_started_at: Date | null;
};

/** An arm with a seed, and what has become of its run; null where there is none. */
export type ExperimentRunState = Pick<ExperimentRun, 'seed' | 'arm' | 'run_id' | 'preparing'> & {
  status: RunStatus | null;
  job_id: string | null;
  /** Status of the job that its job follows; null where it follows none. */
  before: string | null;
  checksum: string | null;
  totals: Totals | null;
  measures: RunMeasures | null;
};

/** What an experiment begins with. */
export type NewExperiment = Omit<Experiment, 'interim_looks' | 'created_at' | 'cancelled_at' | 'told_at'>;

const COUNTS = `SELECT count(*)::int AS runs,
    count(*) FILTER (WHERE jobs.status = 'completed')::int AS completed,
    count(*) FILTER (WHERE jobs.status IN ('queued', 'running'))::int AS unfinished,
    count(*) FILTER (WHERE jobs.status IN ('queued', 'running') AND jobs.cancel_requested_at IS NULL)::int AS going,
    count(jobs.started_at)::int AS started,
    min(jobs.started_at) AS first_started_at,
    coalesce(sum(CASE WHEN jobs.status = 'completed' THEN runs.ticks ELSE least(jobs.progress_done, runs.ticks) END), 0)::float8
      AS ticks_done
  FROM experiment_runs AS planned LEFT JOIN runs ON runs.id = planned.run_id LEFT JOIN jobs ON jobs.id = runs.job_id
  WHERE planned.experiment_id = experiments.id`;
// A run whose people or texts are still being made, and were told to stop, would go on behind what never comes.
const PREPARING_STOPS = `EXISTS (
    SELECT FROM experiment_runs AS planned JOIN jobs ON jobs.id = ANY(planned.preparing)
    WHERE planned.experiment_id = experiments.id AND jobs.status = 'running' AND jobs.cancel_requested_at IS NOT NULL)`;
const STATUS = `CASE
    WHEN counts.unfinished > 0 OR starting.status IN ('queued', 'running') THEN CASE
      WHEN experiments.cancelled_at IS NOT NULL AND counts.going = 0
        AND (starting.status NOT IN ('queued', 'running') OR starting.cancel_requested_at IS NOT NULL) THEN 'cancelling'
      WHEN counts.started > 0 THEN 'running' ELSE 'queued' END
    WHEN counts.completed = counts.runs THEN 'completed'
    WHEN experiments.cancelled_at IS NOT NULL THEN CASE WHEN ${PREPARING_STOPS} THEN 'cancelling' ELSE 'cancelled' END
    ELSE 'incomplete' END`;
const SELECT = `experiments.*, counts.runs, counts.completed, counts.ticks_done, counts.first_started_at, ${STATUS} AS status`;
const TABLES = `experiments JOIN jobs AS starting ON starting.id = experiments.job_id CROSS JOIN LATERAL (${COUNTS}) AS counts`;

export const EXPERIMENT_SORTS = ['created_at', 'name'] as const;
export type ExperimentSort = (typeof EXPERIMENT_SORTS)[number];

const LIST = new Listing<ExperimentSort>({
  name: 'experiments',
  select: SELECT,
  from: TABLES,
  id: 'experiments.id',
  sorts: {
    created_at: { sql: 'experiments.created_at', type: 'timestamptz' },
    name: { sql: 'experiments.name COLLATE "C"', type: 'text' },
  },
});

/** Which experiments: all conditions together. */
export interface ExperimentFilter {
  name?: string | undefined;
  scenario?: string | undefined;
  status?: readonly ExperimentStatus[] | undefined;
}

@Injectable()
export class ExperimentsRepository {
  /** Writes an experiment and all that it is to run. @returns false where one with its digest is there already */
  async insert(manager: EntityManager, experiment: NewExperiment): Promise<boolean> {
    const { definition, arms, id } = experiment;
    const columns = Object.keys(experiment);
    const values = Object.values({
      ...experiment,
      definition: JSON.stringify(definition),
      arms: JSON.stringify(arms),
    });
    const inserted = await manager.query<unknown[]>(
      `INSERT INTO experiments (${columns.join(', ')}) VALUES (${columns.map((_, place) => `$${place + 1}`).join(', ')})
       ON CONFLICT DO NOTHING RETURNING id`,
      values,
    );
    if (inserted.length === 0) return false;
    await manager.query(
      `INSERT INTO experiment_runs (experiment_id, seed, arm, place)
       SELECT $1, seed, arm, (row_number() OVER (ORDER BY s, a))::int - 1
       FROM unnest($2::text[]) WITH ORDINALITY AS seeds (seed, s) CROSS JOIN unnest($3::text[]) WITH ORDINALITY AS arms (arm, a)`,
      [id, definition.seeds, arms.map(({ name }) => name)],
    );
    return true;
  }

  async find(manager: EntityManager, id: string): Promise<ExperimentState | undefined> {
    const [found] = await manager.query<ExperimentState[]>(
      `SELECT ${SELECT} FROM ${TABLES} WHERE experiments.id = $1`,
      [id],
    );
    return found;
  }

  /** Locks the experiment of a digest until the transaction ends. @returns its id */
  async lockDigest(manager: EntityManager, digest: string): Promise<string | undefined> {
    const [row] = await manager.query<{ id: string }[]>(
      'SELECT id FROM experiments WHERE digest = $1 FOR UPDATE',
      [digest],
    );
    return row?.id;
  }

  /** Locks an experiment until the transaction ends. @returns whether it was cancelled */
  async lock(manager: EntityManager, id: string): Promise<boolean> {
    const [row] = await manager.query<{ cancelled: boolean }[]>(
      'SELECT cancelled_at IS NOT NULL AS cancelled FROM experiments WHERE id = $1 FOR UPDATE',
      [id],
    );
    return row?.cancelled ?? true;
  }

  /** A page of experiments. @throws InvalidCursor */
  page(
    manager: EntityManager,
    { name, scenario, status }: ExperimentFilter,
    request: PageRequest<ExperimentSort>,
  ): Promise<Page<ExperimentState>> {
    const conditions = new Conditions()
      .equal('experiments.name', name)
      .equal('experiments.scenario', scenario)
      .oneOf(`(${STATUS})`, status);
    return LIST.page<ExperimentState>(manager, conditions, request);
  }

  /** What an experiment runs, in the order of its file. @param seed of this one alone */
  runs(manager: EntityManager, id: string, seed?: string): Promise<ExperimentRunState[]> {
    return manager.query<ExperimentRunState[]>(
      `SELECT planned.seed, planned.arm, planned.run_id, planned.preparing, runs.job_id, runs.checksum, runs.totals, runs.measures,
         CASE WHEN runs.paused_at IS NOT NULL AND jobs.status = 'cancelled' THEN 'paused' ELSE jobs.status END AS status,
         (SELECT earlier.status FROM jobs AS earlier
          WHERE earlier.id = ANY(jobs.after_ids) AND earlier.status IN ('failed', 'cancelled') LIMIT 1) AS before
       FROM experiment_runs AS planned LEFT JOIN runs ON runs.id = planned.run_id LEFT JOIN jobs ON jobs.id = runs.job_id
       WHERE planned.experiment_id = $1 AND ($2::text IS NULL OR planned.seed = $2) ORDER BY planned.place`,
      [id, seed ?? null],
    );
  }

  /** Says which run does an arm with a seed, and which jobs prepare it. */
  async assign(
    manager: EntityManager,
    id: string,
    { seed, arm, run_id, preparing }: Pick<ExperimentRun, 'seed' | 'arm' | 'preparing'> & { run_id: string },
  ): Promise<void> {
    await manager.query(
      'UPDATE experiment_runs SET run_id = $4, preparing = $5 WHERE experiment_id = $1 AND seed = $2 AND arm = $3',
      [id, seed, arm, run_id, preparing],
    );
  }

  /** Gives an experiment another job that starts what is missing. */
  async startAgain(manager: EntityManager, id: string, jobId: string): Promise<void> {
    await manager.query(
      'UPDATE experiments SET cancelled_at = NULL, told_at = NULL, job_id = $2 WHERE id = $1',
      [id, jobId],
    );
  }

  /** @returns whether it was not cancelled before */
  async noteCancel(manager: EntityManager, id: string): Promise<boolean> {
    const [, count] = await manager.query<[unknown, number]>(
      'UPDATE experiments SET cancelled_at = now() WHERE id = $1 AND cancelled_at IS NULL',
      [id],
    );
    return count > 0;
  }

  async noteLook(manager: EntityManager, id: string): Promise<void> {
    await manager.query('UPDATE experiments SET interim_looks = interim_looks + 1 WHERE id = $1', [id]);
  }

  /** The values of a measure, tick by tick, of each completed run of an experiment. @param to exclusive */
  async tickValues(
    manager: EntityManager,
    id: string,
    measure: TickMeasure,
    [from, to]: readonly [number, number],
  ): Promise<Map<string, (number | null)[]>> {
    const rows = await manager.query<{ run_id: string; values: (number | null)[] }[]>(
      `SELECT run_id, array_agg((${columnOf(measure)})::float8 ORDER BY tick) AS values FROM run_ticks
       WHERE run_id IN (SELECT run_id FROM experiment_runs WHERE experiment_id = $1) AND tick >= $2 AND tick < $3
       GROUP BY run_id`,
      [id, from, to],
    );
    return new Map(rows.map(({ run_id, values }) => [run_id, values]));
  }

  /** Locks experiments that nothing works on any more and whose end was not told, until the transaction ends. */
  async untold(manager: EntityManager, limit: number): Promise<ExperimentState[]> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT id FROM experiments WHERE told_at IS NULL
         AND NOT EXISTS (SELECT FROM jobs WHERE jobs.id = experiments.job_id AND status IN ('queued', 'running'))
         AND NOT EXISTS (
           SELECT FROM experiment_runs JOIN runs ON runs.id = experiment_runs.run_id JOIN jobs ON jobs.id = runs.job_id
           WHERE experiment_runs.experiment_id = experiments.id AND jobs.status IN ('queued', 'running'))
       LIMIT $1 FOR UPDATE SKIP LOCKED`,
      [limit],
    );
    const found: ExperimentState[] = [];
    for (const { id } of rows) {
      const experiment = await this.find(manager, id);
      if (experiment !== undefined) found.push(experiment);
    }
    return found;
  }

  async noteTold(manager: EntityManager, id: string): Promise<void> {
    await manager.query('UPDATE experiments SET told_at = now() WHERE id = $1', [id]);
  }

  /** Deletes an experiment; that it was registered is remembered. Its runs are deleted apart. */
  async delete(
    manager: EntityManager,
    { id, name, digest, created_at, completed, runs }: ExperimentState,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO experiment_deletions (id, name, digest, registered_at, completed, runs)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, name, digest, created_at, completed, runs],
    );
    await manager.query('DELETE FROM experiments WHERE id = $1', [id]);
  }

  /** Experiments of a name that were registered before another and have been deleted, the oldest first. */
  deleted(manager: EntityManager, { name, created_at }: Experiment): Promise<ExperimentDeletion[]> {
    return manager.query<ExperimentDeletion[]>(
      'SELECT * FROM experiment_deletions WHERE name = $1 AND registered_at < $2 ORDER BY registered_at, id',
      [name, created_at],
    );
  }

  /** Experiments of a name that were registered before another, the oldest first. */
  earlier(manager: EntityManager, { name, created_at, id }: Experiment): Promise<Experiment[]> {
    return manager.query<Experiment[]>(
      'SELECT * FROM experiments WHERE name = $1 AND created_at < $2 AND id <> $3 ORDER BY created_at, id',
      [name, created_at, id],
    );
  }
}

/** The value of a measure in a row of run_ticks, as SQL. */
function columnOf(measure: TickMeasure): string {
  const [name, action] = measure.split('.');
  return action === undefined ? measure : `${name} ->> '${action}'`;
}
