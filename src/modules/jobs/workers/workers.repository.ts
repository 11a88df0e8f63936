import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { QUEUES, type QueueKey } from '../../../core/config/index.js';
import { JobQueue, Worker, WORKER_PHASES } from './worker.entity.js';

/** `silent`: it lives and does not say so; `gone`: its process has ended. */
export const WORKER_STATUSES = [...WORKER_PHASES, 'silent', 'gone'] as const;
export type WorkerStatus = (typeof WORKER_STATUSES)[number];

/** A worker as others see it. */
export interface SeenWorker extends Worker {
  status: WorkerStatus;
  /** Seconds since its last beat. */
  silence: number;
  /** Jobs that carry its key in the database. */
  held: number;
}

/** A queue as others see it: its row, or what one begins with, and what waits in it. */
export interface SeenQueue extends Omit<JobQueue, 'attempts' | 'errors'> {
  attempts: number;
  errors: number;
  /** Workers that take its jobs, and how many jobs they may have at once between them. */
  workers: number;
  slots: number;
  /** Of which the strongest could have, as it was started. */
  widest: number;
  /** Seconds that the job whose turn it is could have been started for; 0 without one. */
  oldest_seconds: number;
}

/** What a worker reads of what is wanted. */
export interface Wanted {
  desired_state: Worker['desired_state'];
  desired_concurrency: number | null;
  queues: Pick<JobQueue, 'queue' | 'paused' | 'concurrency'>[];
}

/** What a worker says of itself. */
export type WorkerBeat = Pick<Worker, 'id' | 'phase' | 'running' | 'rss_mb' | 'event_loop_lag_ms'>;

/** Attempts at the jobs of a queue that have ended since they were last counted. */
export interface AttemptCount {
  queue: QueueKey;
  attempts: number;
  errors: number;
}

/** After so many seconds without a beat a worker is silent. */
const SILENT_SECONDS = 10;

const PRESENT = `EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND (classid::bigint << 32 | objid::bigint) = workers.key)`;

const SILENCE = 'EXTRACT(EPOCH FROM clock_timestamp() - last_heartbeat)::float8';

const SEEN = `SELECT workers.*, ${SILENCE} AS silence,
    (SELECT count(*)::int FROM jobs WHERE status = 'running' AND worker = workers.key) AS held,
    CASE WHEN NOT ${PRESENT} THEN 'gone' WHEN ${SILENCE} > ${SILENT_SECONDS} THEN 'silent' ELSE phase END AS status
  FROM workers`;

/** All SQL about workers and what is wanted of queues. */
@Injectable()
export class WorkersRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Writes the row of a worker that begins, or whose row was lost. */
  async arrive(
    worker: Pick<Worker, 'id' | 'key' | 'host' | 'pid' | 'queues' | 'concurrency' | 'memory_limit_mb'>,
  ): Promise<void> {
    const { id, key, host, pid, queues, concurrency, memory_limit_mb } = worker;
    await this.dataSource.query(
      `INSERT INTO workers (id, key, host, pid, queues, concurrency, memory_limit_mb) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT DO NOTHING`,
      [id, key, host, pid, queues, concurrency, memory_limit_mb],
    );
  }

  /** Says that a worker lives and how it is. @returns what is wanted of it; undefined where it has no row */
  async beat(beat: WorkerBeat): Promise<Wanted | undefined> {
    const { id, phase, running, rss_mb, event_loop_lag_ms } = beat;
    const [rows] = await this.dataSource.query<[Wanted[], number]>(
      `UPDATE workers SET phase = $2, running = $3, rss_mb = $4, event_loop_lag_ms = $5, last_heartbeat = clock_timestamp()
       WHERE id = $1 RETURNING desired_state, desired_concurrency,
         COALESCE((SELECT jsonb_agg(jsonb_build_object('queue', queue, 'paused', paused, 'concurrency', q.concurrency))
                   FROM job_queues AS q WHERE q.queue = ANY (workers.queues)), '[]') AS queues`,
      [id, phase, running, rss_mb, event_loop_lag_ms],
    );
    return rows[0];
  }

  /** Adds attempts to what is known of their queues. */
  async count(counts: readonly AttemptCount[]): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO job_queues (queue, attempts, errors) SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[])
       ON CONFLICT (queue) DO UPDATE SET attempts = job_queues.attempts + excluded.attempts,
         errors = job_queues.errors + excluded.errors`,
      [
        counts.map(({ queue }) => queue),
        counts.map(({ attempts }) => attempts),
        counts.map(({ errors }) => errors),
      ],
    );
  }

  async leave(id: string): Promise<void> {
    await this.dataSource.query('DELETE FROM workers WHERE id = $1', [id]);
  }

  /** All workers, the oldest first. */
  workers(manager: EntityManager): Promise<SeenWorker[]> {
    return manager.query(`${SEEN} ORDER BY started_at, id`);
  }

  async worker(manager: EntityManager, id: string): Promise<SeenWorker | undefined> {
    const [row] = await manager.query<SeenWorker[]>(`${SEEN} WHERE id = $1`, [id]);
    return row;
  }

  /** Writes what is wanted of a worker; what is undefined stays. @returns whether it is there */
  async wantWorker(
    manager: EntityManager,
    id: string,
    change: Partial<Pick<Worker, 'desired_state' | 'desired_concurrency' | 'healing'>>,
    actor: string,
  ): Promise<boolean> {
    // Who says how it is healed has not said what it is to do.
    const steers = change.desired_state !== undefined || change.desired_concurrency !== undefined;
    const { affected } = await manager
      .createQueryBuilder()
      .update(Worker)
      // What is wanted may be nothing new.
      .set({ id, ...change, ...(steers && { changed_by: actor }) })
      .where({ id })
      .execute();
    return affected === 1;
  }

  /** All queues, in their order. */
  async queues(manager: EntityManager): Promise<SeenQueue[]> {
    return manager.query(
      `SELECT names.queue, COALESCE(paused, false) AS paused, q.concurrency, q.healing, q.changed_by, changed_at,
         COALESCE(attempts, 0)::float8 AS attempts, COALESCE(errors, 0)::float8 AS errors,
         takers.workers, takers.slots, takers.widest,
         COALESCE(EXTRACT(EPOCH FROM clock_timestamp() - LEAST(
           (SELECT run_at FROM jobs WHERE queue = names.queue AND status = 'queued' AND turn IS NOT NULL AND key IS NULL
            ORDER BY priority, turn LIMIT 1),
           (SELECT min(run_at) FROM jobs WHERE queue = names.queue AND status = 'queued' AND turn IS NULL AND NOT waiting
              AND run_at <= now()))), 0)::float8 AS oldest_seconds
       FROM unnest($1::text[]) WITH ORDINALITY AS names (queue, place)
       LEFT JOIN job_queues AS q ON q.queue = names.queue
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS workers, COALESCE(max(w.concurrency), 0)::int AS widest,
           COALESCE(sum(LEAST(w.concurrency, w.desired_concurrency, q.concurrency)), 0)::int AS slots
         FROM (${SEEN}) AS w WHERE names.queue = ANY (w.queues) AND w.status = 'running'
       ) AS takers ORDER BY place`,
      [QUEUES],
    );
  }

  /** Writes what is wanted of a queue; what is undefined stays. */
  async wantQueue(
    manager: EntityManager,
    queue: QueueKey,
    change: Partial<Pick<JobQueue, 'paused' | 'concurrency' | 'healing'>>,
    actor: string,
  ): Promise<void> {
    const steers = change.paused !== undefined || change.concurrency !== undefined;
    await manager.query('INSERT INTO job_queues (queue) VALUES ($1) ON CONFLICT DO NOTHING', [queue]);
    await manager
      .createQueryBuilder()
      .update(JobQueue)
      .set({ queue, ...change, ...(steers && { changed_by: actor, changed_at: () => 'now()' }) })
      .where({ queue })
      .execute();
  }

  /** Forgets workers whose processes ended a while ago. */
  async forgetGone(manager: EntityManager, seconds: number): Promise<void> {
    await manager.query(`DELETE FROM workers WHERE ${SILENCE} > $1 AND NOT ${PRESENT}`, [seconds]);
  }
}
