import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Job, JobFailure } from './job.entity.js';
import { telling } from './job.events.js';
import type { ReadyJob } from './jobs.repository.js';

/** An attempt at a job: what it writes is refused once a later one has begun. */
export interface JobHold {
  id: string;
  token: string;
}

/** A job that a process has taken, and how long it could have been taken before. */
export type ClaimedJob = Job & { lease_token: string; waited_seconds: number };

/** What a process must know of an attempt of its own. */
export type HoldState = 'held' | 'cancelled' | 'lost';

/** A result to be written as the completion of a job. */
export type Completion = JobHold & { result: object };

const HELD = `id = $1 AND status = 'running' AND lease_token = $2`;

/** What becomes of a running job that nobody runs any more, but for its turn. */
const WITHOUT_WORKER = `
  worker = NULL, lease_expires_at = NULL, deadline_at = NULL,
  status = CASE WHEN cancel_requested_at IS NULL THEN 'queued' ELSE 'cancelled' END,
  finished_at = CASE WHEN cancel_requested_at IS NULL THEN NULL ELSE clock_timestamp() END`;

/** It has had its turn, and gets another behind those of its owner. */
const QUEUED_OR_CANCELLED = `${WITHOUT_WORKER}, turn = NULL`;

/**
 * What an attempt had done is nothing of the next one, which may go on from somewhere: how far it is, and of how much, is not known
 * until it says so. A job that ends keeps what it had done.
 */
const ANEW = `${QUEUED_OR_CANCELLED},
  progress_done = CASE WHEN cancel_requested_at IS NULL THEN 0 ELSE progress_done END,
  progress_total = CASE WHEN cancel_requested_at IS NULL THEN NULL ELSE progress_total END,
  progress_note = CASE WHEN cancel_requested_at IS NULL THEN NULL ELSE progress_note END`;

const ENDED = 'worker = NULL, lease_expires_at = NULL, deadline_at = NULL, finished_at = clock_timestamp()';

function idsAndTokens(holds: readonly JobHold[]): [string[], string[]] {
  return [holds.map(({ id }) => id), holds.map(({ token }) => token)];
}

/** What attempts at jobs write. Each change is one statement, with its event: a process that is stopped between two holds no lock. */
@Injectable()
export class JobLeasesRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Takes up to `most` ready jobs of a queue for a process, in the order of their priorities and turns. */
  async claim(queue: string, most: number, worker: string, leaseSeconds: number): Promise<ClaimedJob[]> {
    return this.dataSource.query<ClaimedJob[]>(
      `${telling(
        'SELECT * FROM claim_jobs($1, $2, $3, $4)',
        '*, EXTRACT(EPOCH FROM clock_timestamp() - run_at)::float8 AS waited_seconds',
      )} ORDER BY priority, lease_token`,
      [queue, most, worker, leaseSeconds],
    );
  }

  /** Prolongs leases; not of jobs that are past their deadline, nor of those that are being written at this moment. */
  async renew(holds: readonly JobHold[], leaseSeconds: number, graceSeconds: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE jobs SET lease_expires_at = clock_timestamp() + make_interval(secs => $3) WHERE id IN (
         SELECT jobs.id FROM jobs JOIN unnest($1::uuid[], $2::bigint[]) AS held(id, token)
           ON jobs.id = held.id AND jobs.lease_token = held.token
         WHERE status = 'running' AND (deadline_at IS NULL OR deadline_at + make_interval(secs => $4) > clock_timestamp())
         FOR UPDATE OF jobs SKIP LOCKED)`,
      [...idsAndTokens(holds), leaseSeconds, graceSeconds],
    );
  }

  /** How the attempts of a process stand. */
  async states(holds: readonly JobHold[]): Promise<Map<string, HoldState>> {
    const rows = await this.dataSource.query<{ id: string; state: HoldState }[]>(
      `SELECT held.id, CASE WHEN jobs.id IS NULL THEN 'lost' WHEN cancel_requested_at IS NULL THEN 'held'
         ELSE 'cancelled' END AS state
       FROM unnest($1::uuid[], $2::bigint[]) AS held(id, token)
       LEFT JOIN jobs ON jobs.id = held.id AND jobs.lease_token = held.token AND jobs.status = 'running'`,
      idsAndTokens(holds),
    );
    return new Map(rows.map(({ id, state }) => [id, state]));
  }

  /** Writes progress, unless the job is no longer held. */
  async progress(hold: JobHold, done: number, total: number | null, note: string | null): Promise<void> {
    await this.dataSource.query(
      telling(
        `UPDATE jobs SET progress_done = $3, progress_total = $4, progress_note = $5 WHERE ${HELD} RETURNING jobs.*`,
        'id',
        `'job.progress'`,
      ),
      [hold.id, hold.token, done, total, note],
    );
  }

  /** Locks a job that is held against another claim until the transaction ends. @returns whether it is held */
  async guard(manager: EntityManager, { id, token }: JobHold): Promise<boolean> {
    const rows = await manager.query<unknown[]>(`SELECT 1 FROM jobs WHERE ${HELD} FOR NO KEY UPDATE`, [
      id,
      token,
    ]);
    return rows.length > 0;
  }

  /** Completes a job in the manager's transaction. @returns whether it was held, and not to be cancelled */
  async complete(manager: EntityManager, { id, token }: JobHold, result: object): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      telling(
        `UPDATE jobs SET status = 'completed', result = $3, ${ENDED},
           progress_done = COALESCE(progress_total, progress_done)
         WHERE ${HELD} AND cancel_requested_at IS NULL RETURNING jobs.*`,
        'id',
      ),
      [id, token, JSON.stringify(result)],
    );
    return rows.length > 0;
  }

  /**
   * Completes jobs that have nothing but a result.
   * @returns the ids of those that were held, and not to be cancelled; and whether any job waits for others
   */
  async completeMany(completions: readonly Completion[]): Promise<{ held: Set<string>; followed: boolean }> {
    const rows = await this.dataSource.query<{ id: string; followed: boolean }[]>(
      telling(
        `UPDATE jobs SET status = 'completed', result = done.result, ${ENDED},
           progress_done = COALESCE(progress_total, progress_done)
         FROM unnest($1::uuid[], $2::bigint[], $3::jsonb[]) AS done(id, token, result)
         WHERE jobs.id = done.id AND jobs.status = 'running' AND jobs.lease_token = done.token
           AND jobs.cancel_requested_at IS NULL RETURNING jobs.*`,
        `id, EXISTS (SELECT FROM jobs WHERE status = 'queued' AND waiting) AS followed`,
      ),
      [...idsAndTokens(completions), completions.map(({ result }) => JSON.stringify(result))],
    );
    return { held: new Set(rows.map(({ id }) => id)), followed: rows[0]?.followed ?? false };
  }

  async fail(hold: JobHold, error: JobFailure, deadLetter: boolean): Promise<void> {
    await this.dataSource.query(
      telling(
        `UPDATE jobs SET status = 'failed', error = $3, dead_letter = $4, failures = failures + $4::boolean::int, ${ENDED}
         WHERE ${HELD} RETURNING jobs.*`,
        'id',
      ),
      [hold.id, hold.token, JSON.stringify(error), deadLetter],
    );
  }

  async cancel(hold: JobHold): Promise<void> {
    await this.dataSource.query(
      telling(`UPDATE jobs SET status = 'cancelled', ${ENDED} WHERE ${HELD} RETURNING jobs.*`, 'id'),
      [hold.id, hold.token],
    );
  }

  /**
   * Puts a held job back; with `delaySeconds` it counts as a failure that may pass. One that is to be cancelled is
   * cancelled: nobody would take it again.
   */
  async requeue(hold: JobHold, delaySeconds?: number): Promise<ReadyJob[]> {
    return this.dataSource.query<ReadyJob[]>(
      telling(
        `UPDATE jobs SET ${ANEW},
           failures = failures + CASE WHEN $3::float8 IS NULL THEN 0 ELSE 1 END,
           run_at = clock_timestamp() + make_interval(secs => COALESCE($3::float8, 0))
         WHERE ${HELD} RETURNING jobs.*`,
        'id, queue, name',
      ),
      [hold.id, hold.token, delaySeconds ?? null],
    );
  }

  /** Puts back held jobs that have not begun: they are the next, and neither an attempt nor a start of their keys counts. */
  async handBack(holds: readonly JobHold[]): Promise<ReadyJob[]> {
    return this.dataSource.query<ReadyJob[]>(
      telling(
        `UPDATE jobs SET ${WITHOUT_WORKER}, attempts = attempts - 1,
           started_at = CASE WHEN attempts > 1 THEN started_at END,
           turn = COALESCE((SELECT turn FROM job_turns WHERE job_turns.queue = jobs.queue), 0)
         FROM unnest($1::uuid[], $2::bigint[]) AS held(id, token)
         WHERE jobs.id = held.id AND jobs.status = 'running' AND jobs.lease_token = held.token RETURNING jobs.*`,
        'id, queue, name',
        `'job.' || status`,
        `UPDATE job_rates SET tokens = tokens + back.starts
         FROM (SELECT queue, key, count(*) AS starts FROM changed WHERE key_rate IS NOT NULL GROUP BY queue, key) AS back
         WHERE job_rates.queue = back.queue AND job_rates.key = back.key`,
      ),
      idsAndTokens(holds),
    );
  }

  /** Puts a held job back until a time, in the manager's transaction; the attempt does not count. @returns whether it was held */
  async postpone(manager: EntityManager, { id, token }: JobHold, until: Date): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      telling(
        `UPDATE jobs SET ${QUEUED_OR_CANCELLED}, attempts = attempts - 1, run_at = $3 WHERE ${HELD} RETURNING jobs.*`,
        'id',
      ),
      [id, token, until],
    );
    return rows.length > 0;
  }

  /** Puts back the running jobs of a process, in the manager's transaction, but for those that are being written at this moment. */
  handBackAllOf(manager: EntityManager, worker: string): Promise<(ReadyJob & Pick<Job, 'status'>)[]> {
    return manager.query(
      telling(
        `UPDATE jobs SET ${ANEW} WHERE id IN (
           SELECT id FROM jobs WHERE status = 'running' AND worker = $1 FOR UPDATE SKIP LOCKED)
         RETURNING jobs.*`,
        'id, queue, name, status',
      ),
      [worker],
    );
  }

  /**
   * Puts back the running jobs of processes that are gone (nobody holds the advisory lock of their key any more) or that
   * have not prolonged their leases.
   */
  async recoverLost(): Promise<(ReadyJob & Pick<Job, 'status'>)[]> {
    return this.dataSource.query(
      telling(
        `UPDATE jobs SET ${ANEW} WHERE id IN (
           SELECT id FROM jobs
           WHERE status = 'running' AND (lease_expires_at IS NULL OR lease_expires_at < clock_timestamp() OR NOT EXISTS (
             SELECT 1 FROM pg_locks
             WHERE locktype = 'advisory' AND granted AND objsubid = 1
               AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
               AND (classid::bigint << 32 | objid::bigint) = jobs.worker))
           FOR UPDATE SKIP LOCKED)
         RETURNING jobs.*`,
        'id, queue, name, status',
      ),
    );
  }
}
