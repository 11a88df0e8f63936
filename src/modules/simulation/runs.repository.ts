import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { JobStatus } from '../jobs/index.js';
import type { Totals } from './report/report-data.js';
import { RunFileRecord } from './run-file.entity.js';
import { RunTick } from './run-tick.entity.js';
import { Run } from './run.entity.js';
import type { StoredRunFile } from './run.store.js';

/** A run with the status of its job. */
export type RunWithStatus = Run & { status: JobStatus };

/** What a finished run leaves in the database. */
export interface RunResults {
  checksum: number;
  totals: Totals;
  ticks: readonly Omit<RunTick, 'run_id'>[];
  files: readonly StoredRunFile[];
}

const SELECT = 'SELECT runs.*, jobs.status FROM runs JOIN jobs ON jobs.id = runs.job_id';

@Injectable()
export class RunsRepository {
  async insert(
    manager: EntityManager,
    run: Omit<Run, 'checksum' | 'totals' | 'created_at' | 'completed_at'>,
  ): Promise<void> {
    await manager.getRepository(Run).insert(run);
  }

  async find(manager: EntityManager, id: string): Promise<RunWithStatus | undefined> {
    const [run] = await manager.query<RunWithStatus[]>(`${SELECT} WHERE runs.id = $1`, [id]);
    return run;
  }

  /** Runs, the newest first, those before a place in that order. */
  newest(
    manager: EntityManager,
    scenario: string | undefined,
    before: { created_at: string; id: string } | undefined,
    limit: number,
  ): Promise<(RunWithStatus & { place: string })[]> {
    // The place keeps the microseconds that a Date loses.
    return manager.query(
      `SELECT runs.*, jobs.status, runs.created_at::text AS place FROM runs JOIN jobs ON jobs.id = runs.job_id
       WHERE ($1::text IS NULL OR scenario = $1)
         AND ($2::timestamptz IS NULL OR (runs.created_at, runs.id) < ($2::timestamptz, $3::uuid))
       ORDER BY runs.created_at DESC, runs.id DESC LIMIT $4`,
      [scenario ?? null, before?.created_at ?? null, before?.id ?? null, limit],
    );
  }

  files(manager: EntityManager, runId: string): Promise<RunFileRecord[]> {
    return manager.getRepository(RunFileRecord).find({ where: { run_id: runId }, order: { name: 'ASC' } });
  }

  ticks(manager: EntityManager, runId: string): Promise<RunTick[]> {
    return manager.getRepository(RunTick).find({ where: { run_id: runId }, order: { tick: 'ASC' } });
  }

  /** Stores the results of a run and marks it completed. */
  async complete(manager: EntityManager, runId: string, results: RunResults): Promise<void> {
    const { checksum, totals, ticks, files } = results;
    await manager.query('UPDATE runs SET checksum = $2, totals = $3, completed_at = now() WHERE id = $1', [
      runId,
      checksum,
      JSON.stringify(totals),
    ]);
    await manager.query(
      `INSERT INTO run_ticks (run_id, tick, active, idle, posts, exposures, reactions, comments, replies, reposts,
                              mean_depth, reached, acted)
       SELECT $1, given.* FROM jsonb_to_recordset($2::jsonb) AS given (
         tick integer, active integer, idle integer, posts integer, exposures integer, reactions integer,
         comments integer, replies integer, reposts integer, mean_depth double precision, reached integer,
         acted integer)`,
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
