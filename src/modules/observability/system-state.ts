import { WORKER_CONNECTION } from '../../core/database/index.js';

/** Asks the database; rows by column name. */
export type Query = (sql: string, parameters?: unknown[]) => Promise<Record<string, unknown>[]>;

/** What all processes of a system have between them, as the database knows it. */
export interface SystemState {
  /** Unfinished jobs: what an index holds, however long the history is. */
  jobs: { queue: string; status: 'queued' | 'running'; count: number }[];
  /** Worker processes that live. */
  workers: number;
  outbox: {
    /** Events that nobody was sent yet. */
    unpublished: number;
    /** Age of the oldest of them; 0 without one. */
    lagSeconds: number;
  };
  /** Decisions that wait for people. */
  reviews: {
    waiting: number;
    /** Those that should have been closed by now. */
    overdue: number;
  };
}

/** Reads the state. */
export async function readSystemState(query: Query): Promise<SystemState> {
  const [jobs, [rest], [reviews]] = [
    await query(
      `SELECT queue, status, count(*)::int AS count FROM jobs WHERE status IN ('queued', 'running')
       GROUP BY queue, status ORDER BY queue, status`,
    ),
    await query(
      `SELECT (SELECT count(*)::int FROM pg_stat_activity
               WHERE datname = current_database() AND application_name = $1) AS workers,
              COALESCE(sum(events), 0)::int AS unpublished,
              COALESCE(EXTRACT(EPOCH FROM clock_timestamp() - min(occurred_at)), 0)::float8 AS lag
       FROM event_batches WHERE position IS NULL`,
      [WORKER_CONNECTION],
    ),
    await query(
      `SELECT count(*)::int AS waiting, count(*) FILTER (WHERE due_at <= now())::int AS overdue
       FROM reviews WHERE status <> 'closed'`,
    ),
  ];
  return {
    jobs: jobs as unknown as SystemState['jobs'],
    workers: Number(rest?.['workers']),
    outbox: { unpublished: Number(rest?.['unpublished']), lagSeconds: Number(rest?.['lag']) },
    reviews: { waiting: Number(reviews?.['waiting']), overdue: Number(reviews?.['overdue']) },
  };
}
