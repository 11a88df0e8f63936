import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../core/database/index.js';
import { Job, type JobStatus } from './job.entity.js';
import { telling } from './job.events.js';

/** What a job begins with. */
export type NewJob = Pick<
  Job,
  | 'id'
  | 'name'
  | 'payload'
  | 'links'
  | 'after_ids'
  | 'on_parent_failure'
  | 'traceparent'
  | 'priority'
  | 'key'
  | 'key_concurrency'
  | 'key_rate'
  | 'key_seconds'
  | 'dedup_key'
  | 'timeout_seconds'
  | 'most_failures'
  | 'schedule'
  | 'due_at'
> & { delay_seconds: number };

/** Enough of a job to tell its queue of it. */
export type ReadyJob = Pick<Job, 'id' | 'queue' | 'name'>;

/** Which jobs: all conditions together. */
export interface JobFilter {
  status?: readonly JobStatus[] | undefined;
  queue?: string | undefined;
  name?: string | undefined;
  /** The id of the user who asked. */
  created_by?: string | undefined;
  /** The id of the job that they follow. */
  after?: string | undefined;
  /** Whether they failed more often than they may. */
  dead_letter?: boolean | undefined;
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
    .equal('jobs.dead_letter', filter.dead_letter)
    .add(filter.after, (id) => `jobs.after_ids @> ARRAY[${id}::uuid] AND jobs.after_ids <> '{}'`)
    .within('jobs.created_at', filter.created_after, filter.created_before);
}

/** Ends that a job came to because of those before it. */
const PREDECESSOR = `error ->> 'code' IN ('predecessor_failed', 'predecessor_cancelled')`;

/** What people and services do with jobs: accept, list, cancel, put back. */
@Injectable()
export class JobsRepository {
  /**
   * Adds jobs of one queue and one user. Those that are ready take their turns behind the others of their owner, and no earlier than
   * what is being taken; one whose `dedup_key` an unfinished job of its name has is left out.
   */
  insert(
    manager: EntityManager,
    queue: string,
    createdBy: string | null,
    jobs: readonly NewJob[],
  ): Promise<Job[]> {
    return manager.query<Job[]>(
      telling(
        `INSERT INTO jobs (id, queue, created_by, owner, turn, waiting, run_at, name, payload, links, after_ids,
           on_parent_failure, traceparent, priority, key, key_concurrency, key_rate, key_seconds, dedup_key,
           timeout_seconds, most_failures, schedule, due_at)
         SELECT fresh.id, $1, $2::uuid, COALESCE($2::text, ''),
           CASE WHEN fresh.after_ids = '{}' AND fresh.delay_seconds <= 0 THEN fresh.n + GREATEST(
             (SELECT turn FROM job_turns WHERE queue = $1),
             (SELECT max(turn) FROM jobs WHERE queue = $1 AND owner = COALESCE($2::text, '')
                AND status IN ('queued', 'running')), 0) END,
           fresh.after_ids <> '{}', now() + make_interval(secs => fresh.delay_seconds), fresh.name, fresh.payload, fresh.links,
           fresh.after_ids, fresh.on_parent_failure, fresh.traceparent, fresh.priority, fresh.key, fresh.key_concurrency,
           fresh.key_rate, fresh.key_seconds, fresh.dedup_key, fresh.timeout_seconds, fresh.most_failures, fresh.schedule, fresh.due_at
         FROM ROWS FROM (jsonb_to_recordset($3) AS (id uuid, delay_seconds float8, name text, payload jsonb,
           links jsonb, after_ids uuid[], on_parent_failure text, traceparent text, priority smallint, key text,
           key_concurrency integer, key_rate integer, key_seconds integer, dedup_key text, timeout_seconds integer,
           most_failures integer, schedule text, due_at timestamptz)) WITH ORDINALITY AS fresh(id, delay_seconds, name,
           payload, links, after_ids, on_parent_failure, traceparent, priority, key, key_concurrency, key_rate,
           key_seconds, dedup_key, timeout_seconds, most_failures, schedule, due_at, n)
         ON CONFLICT DO NOTHING RETURNING jobs.*`,
      ),
      [queue, createdBy, JSON.stringify(jobs)],
    );
  }

  find(manager: EntityManager, id: string): Promise<Job | null> {
    return manager.getRepository(Job).findOneBy({ id });
  }

  /** How many of these ids are of jobs. */
  async count(manager: EntityManager, ids: readonly string[]): Promise<number> {
    const [row] = await manager.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM jobs WHERE id = ANY($1::uuid[])',
      [ids],
    );
    return row?.count ?? 0;
  }

  /** The unfinished job of a name with a `dedup_key`. */
  async duplicate(manager: EntityManager, name: string, key: string): Promise<Job | undefined> {
    const [row] = await manager.query<Job[]>(
      `SELECT * FROM jobs WHERE name = $1 AND dedup_key = $2 AND status IN ('queued', 'running')`,
      [name, key],
    );
    return row;
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

  /** Ends a queued job, or asks a running one to stop; only the end is an event. */
  async requestCancel(manager: EntityManager, id: string): Promise<Job | undefined> {
    const [ended] = await manager.query<Job[]>(
      telling(
        `UPDATE jobs SET cancel_requested_at = now(), status = 'cancelled', finished_at = now()
         WHERE id = $1 AND status = 'queued' RETURNING jobs.*`,
      ),
      [id],
    );
    if (ended) return ended;
    const [rows] = await manager.query<[Job[], number]>(
      `UPDATE jobs SET cancel_requested_at = COALESCE(cancel_requested_at, now())
       WHERE id = $1 AND status = 'running' RETURNING *`,
      [id],
    );
    // It may have gone back to its queue in between.
    return rows[0] ?? this.requestCancelAgain(manager, id);
  }

  /**
   * The same of many: queued ones end, each with its event, running ones are asked to stop. Waits for nobody: those that are being written
   * at this moment are left out, as are those that were asked before.
   */
  async requestCancelMany(manager: EntityManager, ids: readonly string[]): Promise<Job[]> {
    const ended = await manager.query<Job[]>(
      telling(
        `UPDATE jobs SET cancel_requested_at = now(), status = 'cancelled', finished_at = now() WHERE id IN (
           SELECT id FROM jobs WHERE id = ANY($1::uuid[]) AND status = 'queued' FOR UPDATE SKIP LOCKED)
         RETURNING jobs.*`,
      ),
      [ids],
    );
    const [asked] = await manager.query<[Job[], number]>(
      `UPDATE jobs SET cancel_requested_at = now() WHERE id IN (
         SELECT id FROM jobs WHERE id = ANY($1::uuid[]) AND status = 'running' AND cancel_requested_at IS NULL
         FOR UPDATE SKIP LOCKED)
       RETURNING *`,
      [ids],
    );
    return [...ended, ...asked];
  }

  /** Which of these jobs are not finished, and were not asked to stop. */
  async uncancelled(manager: EntityManager, ids: readonly string[]): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT id FROM jobs WHERE id = ANY($1::uuid[]) AND status IN ('queued', 'running') AND cancel_requested_at IS NULL`,
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  /** Lets a queued job that waits for a time run now. @returns it, where it waited */
  async wake(manager: EntityManager, id: string): Promise<Job | undefined> {
    const [rows] = await manager.query<[Job[], number]>(
      `UPDATE jobs SET run_at = clock_timestamp()
       WHERE id = $1 AND status = 'queued' AND NOT waiting AND run_at > clock_timestamp() RETURNING *`,
      [id],
    );
    return rows[0];
  }

  /**
   * Puts a job that failed or was cancelled back in its queue, with those that ended because of it; their attempts count anew.
   * @returns them, the job itself first; none when it has not ended so
   */
  revive(manager: EntityManager, id: string): Promise<Job[]> {
    return manager.query<Job[]>(
      `${telling(
        `UPDATE jobs SET status = 'queued', attempts = 0, failures = 0, error = NULL, dead_letter = false, turn = NULL,
           progress_done = 0, progress_total = NULL, progress_note = NULL,
           run_at = now(), waiting = after_ids <> '{}', cancel_requested_at = NULL, started_at = NULL, finished_at = NULL
         WHERE status IN ('failed', 'cancelled') AND id IN (
           WITH RECURSIVE back AS (
             SELECT $1::uuid AS id UNION
             SELECT jobs.id FROM jobs JOIN back ON jobs.after_ids @> ARRAY[back.id] AND jobs.after_ids <> '{}'
             WHERE jobs.status IN ('failed', 'cancelled') AND ${PREDECESSOR}
           ) SELECT id FROM back)
           AND EXISTS (SELECT FROM jobs AS first WHERE first.id = $1 AND first.status IN ('failed', 'cancelled'))
         RETURNING jobs.*`,
      )} ORDER BY id <> $1`,
      [id],
    );
  }

  /**
   * Dead letters of a queue from the last day that self-healing never put back, where a job of the same name that was accepted later
   * has been completed; the oldest first.
   */
  async mendable(manager: EntityManager, queue: string, most: number): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `WITH dead AS (
         SELECT id, name, finished_at FROM jobs
         WHERE dead_letter AND NOT redriven AND queue = $1 AND finished_at > now() - interval '1 day'
         ORDER BY finished_at LIMIT $2),
       names AS (SELECT name, max(finished_at) AS last FROM dead GROUP BY name)
       SELECT dead.id FROM dead JOIN names USING (name)
       WHERE EXISTS (SELECT FROM jobs WHERE jobs.name = names.name AND jobs.queue = $1 AND jobs.status = 'completed'
                       AND NOT jobs.redriven AND jobs.created_at > names.last)
       ORDER BY dead.finished_at, dead.id`,
      [queue, most],
    );
    return rows.map(({ id }) => id);
  }

  /** Puts a dead letter back for self-healing, as {@link revive} does, and marks it. */
  async redrive(manager: EntityManager, id: string): Promise<Job[]> {
    const [marked] = await manager.query<[{ id: string }[], number]>(
      `UPDATE jobs SET redriven = true WHERE id = $1 AND dead_letter AND NOT redriven AND NOT EXISTS (
         SELECT FROM jobs AS other WHERE other.name = jobs.name AND other.dedup_key = jobs.dedup_key
           AND other.status IN ('queued', 'running'))
       RETURNING id`,
      [id],
    );
    return marked.length === 0 ? [] : this.revive(manager, id);
  }

  /** Of the jobs of a queue that self-healing has put back: how many are not finished, and how many became dead letters since then. */
  async redriven(
    manager: EntityManager,
    queue: string,
    since: Date,
  ): Promise<{ unfinished: number; dead: number }> {
    const [row] = await manager.query<[{ unfinished: number; dead: number }]>(
      `SELECT (SELECT count(*)::int FROM jobs WHERE queue = $1 AND status IN ('queued', 'running') AND redriven) AS unfinished,
         (SELECT count(*)::int FROM jobs WHERE queue = $1 AND dead_letter AND redriven AND finished_at >= $2) AS dead`,
      [queue, since],
    );
    return row;
  }

  private async requestCancelAgain(manager: EntityManager, id: string): Promise<Job | undefined> {
    const job = await this.find(manager, id);
    return job?.status === 'queued' ? this.requestCancel(manager, id) : undefined;
  }
}
