import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../core/database/index.js';
import type { TickMeasures, TickMetrics } from '../../engine/index.js';
import { JOB_STATUSES, type JobStatus } from '../jobs/index.js';
import type { RunMeasures } from './measures/run-measures.js';
import type { Totals } from './report/report-data.js';
import { RunFileRecord } from './run-file.entity.js';
import { RunTick } from './run-tick.entity.js';
import { Run, type Resumption } from './run.entity.js';
import type { StoredRunFile } from './run.store.js';

/** What has become of a run: what has of its job, that it was paused, or that it waits for decisions. */
export const RUN_STATUSES = [...JOB_STATUSES, 'paused', 'waiting'] as const;
export type RunStatus = JobStatus | 'paused' | 'waiting';

/** What a run is that a job is still to do. */
export const UNFINISHED: readonly RunStatus[] = ['queued', 'running', 'waiting'];

/** The decisions that a run waits for. */
export interface AwaitedDecisions {
  tick: number;
  /** For how many agents they are missing. */
  agents: number;
  /** When the run goes on without them, RFC 3339. */
  due_at: string;
}

/** A run with its status, and how far it is. */
export type RunWithStatus = Run & {
  status: RunStatus;
  waits_for: AwaitedDecisions | null;
  /** Completed ticks: of one that stands still, those of the checkpoint that it would go on from. */
  ticks_done: number;
};

/** What a tick leaves; a model without a feed has no measures. */
export type RecordedTick = TickMetrics & { acted: number } & Partial<TickMeasures>;

/** What a finished run leaves in the database. */
export interface RunResults {
  checksum: number;
  totals: Totals;
  measures: RunMeasures | null;
  ticks: readonly RecordedTick[];
  files: readonly StoredRunFile[];
}

/** Which runs: all conditions together. */
export interface RunFilter {
  scenario?: string | undefined;
  seed?: string | undefined;
  status?: readonly RunStatus[] | undefined;
  population?: string | undefined;
  created_after?: string | undefined;
  created_before?: string | undefined;
  completed_after?: string | undefined;
  completed_before?: string | undefined;
}

/** The job of a paused run was cancelled; it goes on with another. That of a run that waits may be in its queue. */
const STATUS = `CASE
  WHEN runs.paused_at IS NOT NULL AND jobs.status = 'cancelled' THEN 'paused'
  WHEN turn.run_id IS NOT NULL AND jobs.status IN ('queued', 'running') THEN 'waiting'
  ELSE jobs.status END`;
/** A job that has begun says how far it is, but for what it was before its first word. */
const TICKS_DONE = `CASE WHEN runs.completed_at IS NOT NULL THEN runs.ticks ELSE LEAST(runs.ticks, GREATEST(
  CASE WHEN jobs.status = 'running' THEN jobs.progress_done END,
  (SELECT max(kept.tick) FROM run_checkpoints AS kept WHERE kept.run_id = runs.id AND kept.part = 'state'), 0))::int END`;
const SELECT = `runs.*, ${STATUS} AS status, ${TICKS_DONE} AS ticks_done, CASE WHEN ${STATUS} = 'waiting' THEN jsonb_build_object(
  'tick', turn.tick, 'agents', turn.asked - (SELECT count(*)::int FROM jsonb_object_keys(turn.decisions)),
  'due_at', to_char(turn.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) END AS waits_for`;
const TABLES = `runs JOIN jobs ON jobs.id = runs.job_id LEFT JOIN run_turns AS turn
  ON turn.run_id = runs.id AND turn.settled_at IS NULL AND turn.due_at IS NOT NULL`;

export const RUN_SORTS = ['created_at', 'scenario', 'ticks'] as const;
export type RunSort = (typeof RUN_SORTS)[number];
export const REPORT_SORTS = ['completed_at', 'scenario'] as const;
export type ReportSort = (typeof REPORT_SORTS)[number];

const SCENARIO = { sql: 'runs.scenario COLLATE "C"', type: 'text' } as const;

export const RUN_LIST = new Listing<RunSort>({
  name: 'runs',
  select: SELECT,
  from: TABLES,
  id: 'runs.id',
  sorts: {
    created_at: { sql: 'runs.created_at', type: 'timestamptz' },
    scenario: SCENARIO,
    ticks: { sql: 'runs.ticks', type: 'integer' },
  },
});

/** Of completed runs alone, since others have no moment of completion. */
export const REPORT_LIST = new Listing<ReportSort>({
  name: 'reports',
  select: SELECT,
  from: TABLES,
  id: 'runs.id',
  sorts: { completed_at: { sql: 'runs.completed_at', type: 'timestamptz' }, scenario: SCENARIO },
});

export function runConditions(filter: RunFilter): Conditions {
  return new Conditions()
    .equal('runs.scenario', filter.scenario)
    .equal('runs.seed', filter.seed)
    .oneOf(`(${STATUS})`, filter.status)
    .equal('runs.population_id', filter.population)
    .within('runs.created_at', filter.created_after, filter.created_before)
    .within('runs.completed_at', filter.completed_after, filter.completed_before);
}

/** What a run begins with. */
export type NewRun = Omit<
  Run,
  'checksum' | 'totals' | 'measures' | 'created_at' | 'completed_at' | 'paused_at' | 'resumed'
>;

@Injectable()
export class RunsRepository {
  async insert(manager: EntityManager, run: NewRun): Promise<void> {
    await manager.getRepository(Run).insert(run);
  }

  async find(manager: EntityManager, id: string): Promise<RunWithStatus | undefined> {
    const [run] = await manager.query<RunWithStatus[]>(`SELECT ${SELECT} FROM ${TABLES} WHERE runs.id = $1`, [
      id,
    ]);
    return run;
  }

  /** A page of runs. @throws InvalidCursor */
  page(
    manager: EntityManager,
    filter: RunFilter,
    request: PageRequest<RunSort>,
  ): Promise<Page<RunWithStatus>> {
    return RUN_LIST.page<RunWithStatus>(manager, runConditions(filter), request);
  }

  /** A page of runs that have a report. @throws InvalidCursor */
  reported(
    manager: EntityManager,
    filter: RunFilter,
    request: PageRequest<ReportSort>,
  ): Promise<Page<RunWithStatus>> {
    const conditions = runConditions(filter).require('runs.completed_at IS NOT NULL');
    return REPORT_LIST.page<RunWithStatus>(manager, conditions, request);
  }

  /** The runs of a population with the status of their jobs, the oldest first. */
  ofPopulation(manager: EntityManager, populationId: string): Promise<RunWithStatus[]> {
    return manager.query<RunWithStatus[]>(
      `SELECT ${SELECT} FROM ${TABLES} WHERE population_id = $1 ORDER BY runs.created_at, runs.id`,
      [populationId],
    );
  }

  /** The runs of an experiment that are there, in the order of its file. */
  ofExperiment(manager: EntityManager, experimentId: string): Promise<RunWithStatus[]> {
    return manager.query<RunWithStatus[]>(
      `SELECT ${SELECT} FROM ${TABLES} JOIN experiment_runs AS planned ON planned.run_id = runs.id
       WHERE planned.experiment_id = $1 ORDER BY planned.place`,
      [experimentId],
    );
  }

  /** Locks a run until the transaction ends. */
  async lock(manager: EntityManager, id: string): Promise<void> {
    await manager.query('SELECT 1 FROM runs WHERE id = $1 FOR UPDATE', [id]);
  }

  /** Says whether a run was asked to pause. */
  async notePause(manager: EntityManager, id: string, paused: boolean): Promise<void> {
    await manager.query('UPDATE runs SET paused_at = CASE WHEN $2 THEN now() END WHERE id = $1', [
      id,
      paused,
    ]);
  }

  /** Gives a run that was stopped another job. */
  async goOn(manager: EntityManager, id: string, jobId: string): Promise<void> {
    await manager.query('UPDATE runs SET paused_at = NULL, job_id = $2 WHERE id = $1', [id, jobId]);
  }

  /** Says where a run went on. */
  async noteResumption(manager: EntityManager, id: string, resumption: Resumption): Promise<void> {
    await manager.query('UPDATE runs SET resumed = $2 WHERE id = $1', [id, JSON.stringify(resumption)]);
  }

  /** Deletes runs with their ticks and the rows of their files. @returns the ids of those that were there */
  async delete(manager: EntityManager, ids: readonly string[]): Promise<Set<string>> {
    const [rows] = await manager.query<[{ id: string }[], number]>(
      // In one order, so that two who delete several wait instead of deadlocking.
      `DELETE FROM runs WHERE id IN (SELECT id FROM runs WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE) RETURNING id`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Where the files of runs are. */
  filesOf(manager: EntityManager, ids: readonly string[]): Promise<Pick<RunFileRecord, 'blob_key'>[]> {
    return manager.query('SELECT blob_key FROM run_files WHERE run_id = ANY($1::uuid[])', [ids]);
  }

  files(manager: EntityManager, runId: string): Promise<RunFileRecord[]> {
    return manager.getRepository(RunFileRecord).find({ where: { run_id: runId }, order: { name: 'ASC' } });
  }

  ticks(manager: EntityManager, runId: string): Promise<RunTick[]> {
    return manager.getRepository(RunTick).find({ where: { run_id: runId }, order: { tick: 'ASC' } });
  }

  /** Names a file that is there before the run begins. */
  async addFile(manager: EntityManager, runId: string, file: StoredRunFile): Promise<void> {
    await manager.getRepository(RunFileRecord).insert({ ...file, run_id: runId, bytes: String(file.bytes) });
  }

  /** Stores the results of a run and marks it completed. */
  async complete(manager: EntityManager, runId: string, results: RunResults): Promise<void> {
    const { checksum, totals, measures, ticks, files } = results;
    await manager.query(
      'UPDATE runs SET checksum = $2, totals = $3, measures = $4, completed_at = now() WHERE id = $1',
      [runId, checksum, JSON.stringify(totals), measures && JSON.stringify(measures)],
    );
    await manager.query(
      `INSERT INTO run_ticks (run_id, tick, active, idle, posts, exposures, reactions, comments, replies, reposts,
                              mean_depth, reached, acted, digest, actions, silent, author_entropy, topic_entropy,
                              attention_gini, labelled_prevalence, compliance_ratio, repost_ei_index,
                              repost_modularity, largest_cascade, deepest_cascade)
       SELECT $1, given.* FROM jsonb_to_recordset($2::jsonb) AS given (
         tick integer, active integer, idle integer, posts integer, exposures integer, reactions integer,
         comments integer, replies integer, reposts integer, mean_depth double precision, reached integer,
         acted integer, digest text, actions jsonb, silent double precision, author_entropy double precision,
         topic_entropy double precision, attention_gini double precision, labelled_prevalence double precision,
         compliance_ratio double precision, repost_ei_index double precision, repost_modularity double precision,
         largest_cascade integer, deepest_cascade integer)`,
      [runId, JSON.stringify(ticks)],
    );
    await manager.query(
      `INSERT INTO run_files (run_id, name, media_type, bytes, sha256, blob_key)
       SELECT $1, given.* FROM jsonb_to_recordset($2::jsonb) AS given (
         name text, media_type text, bytes bigint, sha256 text, blob_key text)`,
      [runId, JSON.stringify(files)],
    );
  }
}
