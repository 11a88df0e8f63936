import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../core/database/index.js';
import { Job, type JobFailure, type JobStatus } from './job.entity.js';

/** Who holds a started job. */
export interface JobHold {
  id: string;
  worker: string;
  attempt: number;
}

/** What a job begins with. */
export type NewJob = Pick<
  Job,
  'id' | 'queue' | 'name' | 'payload' | 'links' | 'after_id' | 'created_by' | 'traceparent'
>;

/** A job that a process has taken, and how long it could have been taken before. */
export type ClaimedJob = Job & { waited_seconds: number };

/** A queued job is ready when its time has come and the job it follows, if any, is completed. */
const READY = `jobs.status = 'queued' AND jobs.run_at <= now() AND jobs.cancel_requested_at IS NULL
  AND (jobs.after_id IS NULL OR EXISTS (
    SELECT 1 FROM jobs AS earlier WHERE earlier.id = jobs.after_id AND earlier.status = 'completed'))`;

/** What becomes of a running job that nobody runs any more. */
const QUEUED_OR_CANCELLED = `
  status = CASE WHEN cancel_requested_at IS NULL THEN 'queued' ELSE 'cancelled' END,
  finished_at = CASE WHEN cancel_requested_at IS NULL THEN NULL ELSE now() END`;

const HELD = `id = $1 AND status = 'running' AND worker = $2 AND attempts = $3`;

/** TypeORM answers an UPDATE … RETURNING with the rows and their number. */
type Updated = [Job[], number];

/** Which jobs: all conditions together. */
export interface JobFilter {
  status?: readonly JobStatus[] | undefined;
  queue?: string | undefined;
  name?: string | undefined;
  /** The id of the user who asked. */
  created_by?: string | undefined;
  /** The id of the job that they follow. */
  after?: string | undefined;
  created_after?: string | undefined;
  created_before?: string | undefined;
}

export const JOB_SORTS = ['created_at'] as const;
export type JobSort = (typeof JOB_SORTS)[number];

export const JOB_LIST = new Listing<JobSort>({
  name: 'jobs',
  select: 'jobs.*',
  from: 'jobs',
  id: 'jobs.id',
  sorts: { created_at: { sql: 'jobs.created_at', type: 'timestamptz' } },
});

export function jobConditions(filter: JobFilter): Conditions {
  return new Conditions()
    .oneOf('jobs.status', filter.status)
    .equal('jobs.queue', filter.queue)
    .equal('jobs.name', filter.name)
    .equal('jobs.created_by', filter.created_by)
    .equal('jobs.after_id', filter.after)
    .within('jobs.created_at', filter.created_after, filter.created_before);
}

@Injectable()
export class JobsRepository {
  async insert(manager: EntityManager, job: NewJob): Promise<Job> {
    const [row] = await manager.query<Job[]>(
      `INSERT INTO jobs (id, queue, name, payload, links, after_id, created_by, traceparent)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *`,
      [
        job.id,
        job.queue,
        job.name,
        JSON.stringify(job.payload),
        JSON.stringify(job.links),
        job.after_id,
        job.created_by,
        job.traceparent,
      ],
    );
    return row as Job;
  }

  find(manager: EntityManager, id: string): Promise<Job | null> {
    return manager.getRepository(Job).findOneBy({ id });
  }

  /** A page of jobs. @throws InvalidCursor */
  page(manager: EntityManager, filter: JobFilter, request: PageRequest<JobSort>): Promise<Page<Job>> {
    return JOB_LIST.page<Job>(manager, jobConditions(filter), request);
  }

  /** The ids of unfinished jobs whose payload has these fields, the oldest first. */
  async unfinishedWith(manager: EntityManager, payload: Readonly<Record<string, string>>): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT id FROM jobs WHERE status IN ('queued', 'running') AND payload @> $1::jsonb ORDER BY created_at, id`,
      [JSON.stringify(payload)],
    );
    return rows.map(({ id }) => id);
  }

  /** Ready jobs that no queue has been told of, or not within `againAfterSeconds`. */
  readyToDispatch(manager: EntityManager, againAfterSeconds: number): Promise<Job[]> {
    return manager.query<Job[]>(
      `SELECT * FROM jobs WHERE ${READY}
         AND (dispatched_at IS NULL OR dispatched_at < now() - make_interval(secs => $1))
       ORDER BY created_at LIMIT 500`,
      [againAfterSeconds],
    );
  }

  async markDispatched(manager: EntityManager, ids: string[]): Promise<void> {
    await manager.query('UPDATE jobs SET dispatched_at = now() WHERE id = ANY($1::uuid[])', [ids]);
  }

  /** Takes a ready job for a process; nothing when another was faster or it is not ready. */
  async claim(manager: EntityManager, id: string, worker: string): Promise<ClaimedJob | undefined> {
    const [rows] = await manager.query<[ClaimedJob[], number]>(
      `UPDATE jobs SET status = 'running', attempts = attempts + 1, worker = $2, progress_done = 0,
         progress_note = NULL, started_at = COALESCE(started_at, now())
       WHERE id = $1 AND ${READY} RETURNING *, EXTRACT(EPOCH FROM clock_timestamp() - GREATEST(run_at,
         (SELECT finished_at FROM jobs AS earlier WHERE earlier.id = jobs.after_id)))::float8 AS waited_seconds`,
      [id, worker],
    );
    return rows[0];
  }

  /** Writes progress; nothing when the job is no longer held. */
  async progress(
    manager: EntityManager,
    hold: JobHold,
    done: number,
    total: number | null,
    note: string | null,
  ): Promise<Job | undefined> {
    const [rows] = await manager.query<Updated>(
      `UPDATE jobs SET progress_done = $4, progress_total = $5, progress_note = $6 WHERE ${HELD} RETURNING *`,
      [hold.id, hold.worker, hold.attempt, done, total, note],
    );
    return rows[0];
  }

  /** Whether the job should stop: somebody asked for it, or it is no longer held. */
  async shouldStop(manager: EntityManager, hold: JobHold): Promise<boolean> {
    const rows = await manager.query<{ stop: boolean }[]>(
      `SELECT cancel_requested_at IS NOT NULL AS stop FROM jobs WHERE ${HELD}`,
      [hold.id, hold.worker, hold.attempt],
    );
    return rows[0]?.stop ?? true;
  }

  async complete(manager: EntityManager, hold: JobHold, result: object): Promise<Job | undefined> {
    const [rows] = await manager.query<Updated>(
      `UPDATE jobs SET status = 'completed', result = $4, worker = NULL, finished_at = clock_timestamp(),
         progress_done = COALESCE(progress_total, progress_done)
       WHERE ${HELD} AND cancel_requested_at IS NULL RETURNING *`,
      [hold.id, hold.worker, hold.attempt, JSON.stringify(result)],
    );
    return rows[0];
  }

  async finish(
    manager: EntityManager,
    hold: JobHold,
    status: 'failed' | 'cancelled',
    error: JobFailure | null,
  ): Promise<Job | undefined> {
    const [rows] = await manager.query<Updated>(
      `UPDATE jobs SET status = $4, error = $5, worker = NULL, finished_at = now() WHERE ${HELD} RETURNING *`,
      [hold.id, hold.worker, hold.attempt, status, error && JSON.stringify(error)],
    );
    return rows[0];
  }

  /**
   * Puts a held job back; with `delaySeconds` it counts as a failure that may pass. One that is to be cancelled is
   * cancelled: nobody would take it again.
   */
  async requeue(manager: EntityManager, hold: JobHold, delaySeconds?: number): Promise<Job | undefined> {
    const [rows] = await manager.query<Updated>(
      `UPDATE jobs SET worker = NULL, dispatched_at = NULL, ${QUEUED_OR_CANCELLED},
         failures = failures + CASE WHEN $4::float8 IS NULL THEN 0 ELSE 1 END,
         run_at = now() + make_interval(secs => COALESCE($4::float8, 0))
       WHERE ${HELD} RETURNING *`,
      [hold.id, hold.worker, hold.attempt, delaySeconds ?? null],
    );
    return rows[0];
  }

  /** Ends a queued job, or asks a running one to stop. */
  async requestCancel(manager: EntityManager, id: string): Promise<Job | undefined> {
    const [rows] = await manager.query<Updated>(
      `UPDATE jobs SET cancel_requested_at = COALESCE(cancel_requested_at, now()),
         status = CASE status WHEN 'queued' THEN 'cancelled' ELSE status END,
         finished_at = CASE status WHEN 'queued' THEN now() ELSE finished_at END
       WHERE id = $1 AND status IN ('queued', 'running') RETURNING *`,
      [id],
    );
    return rows[0];
  }

  /** Puts back the running jobs of processes that are gone: nobody holds the advisory lock of their key any more. */
  async recoverLost(manager: EntityManager): Promise<Job[]> {
    const [rows] = await manager.query<Updated>(
      `UPDATE jobs SET worker = NULL, dispatched_at = NULL, ${QUEUED_OR_CANCELLED}
       WHERE status = 'running' AND NOT EXISTS (
         SELECT 1 FROM pg_locks
         WHERE locktype = 'advisory' AND granted AND objsubid = 1
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
           AND (classid::bigint << 32 | objid::bigint) = jobs.worker)
       RETURNING *`,
    );
    return rows;
  }

  /** Ends the queued jobs that follow a job that failed or was cancelled. */
  async endFollowers(manager: EntityManager): Promise<Job[]> {
    const [rows] = await manager.query<Updated>(
      `UPDATE jobs SET status = CASE earlier.status WHEN 'cancelled' THEN 'cancelled' ELSE 'failed' END,
         finished_at = now(),
         error = jsonb_build_object('code', 'predecessor_' || earlier.status,
           'message', 'the job before it, ' || earlier.id || ', ' ||
             CASE earlier.status WHEN 'cancelled' THEN 'was cancelled' ELSE 'failed' END)
       FROM jobs AS earlier
       WHERE jobs.after_id = earlier.id AND jobs.status = 'queued' AND earlier.status IN ('failed', 'cancelled')
       RETURNING jobs.*`,
    );
    return rows;
  }

  /** How many jobs ended more than `days` ago and have no row that refers to them. */
  async countForgettable(manager: EntityManager, days: number): Promise<number> {
    const condition = await this.forgettable(manager);
    const [row] = await manager.query<{ jobs: string }[]>(
      `SELECT count(*) AS jobs FROM jobs WHERE ${condition}`,
      [days],
    );
    return Number(row?.jobs);
  }

  /** Deletes up to `limit` of them, the oldest first. Returns how many. */
  async forget(manager: EntityManager, days: number, limit: number): Promise<number> {
    const condition = await this.forgettable(manager);
    const [, count] = await manager.query<Updated>(
      `DELETE FROM jobs WHERE id IN (
         SELECT id FROM jobs WHERE ${condition} ORDER BY finished_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [days, limit],
    );
    return count;
  }

  /** The tables that refer to jobs belong to other modules: the database knows them. */
  private async forgettable(manager: EntityManager): Promise<string> {
    const references = await manager.query<{ reference: string }[]>(
      `SELECT format('%s WHERE %I = jobs.id', conrelid::regclass, attname) AS reference
       FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
       WHERE contype = 'f' AND confrelid = 'jobs'::regclass AND conrelid <> confrelid ORDER BY 1`,
    );
    const unnamed = references.map(({ reference }) => ` AND NOT EXISTS (SELECT 1 FROM ${reference})`);
    return `status IN ('completed', 'failed', 'cancelled') AND finished_at < now() - make_interval(days => $1)
      AND NOT EXISTS (SELECT 1 FROM jobs AS later WHERE later.after_id = jobs.id)${unnamed.join('')}`;
  }

  followers(manager: EntityManager, id: string): Promise<Job[]> {
    return manager.getRepository(Job).findBy({ after_id: id, status: 'queued' });
  }
}
