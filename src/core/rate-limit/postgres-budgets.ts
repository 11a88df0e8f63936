import pg from 'pg';
import { poolConfig, type DatabaseTarget } from '../database/index.js';
import { PATIENCE_MS, type BudgetStore, type Draw, type Grant } from './budget-store.js';

const SWEEP_MS = 300_000;

/** One statement, and so atomic: `granted` is what this very draw was given. Its clock stands still while it waits. */
const DRAW = `
  INSERT INTO spent_budgets AS b (key, spent, granted, ends_at)
  VALUES ($1, least($2::int, $3::int), least($2::int, $3::int), statement_timestamp() + $4 * interval '1 ms')
  ON CONFLICT (key) DO UPDATE SET
    spent = CASE WHEN b.ends_at > statement_timestamp() THEN least(b.spent + $2::int, $3::int) ELSE excluded.spent END,
    granted = CASE WHEN b.ends_at > statement_timestamp() THEN greatest(0, least($2::int, $3::int - b.spent))
                   ELSE excluded.granted END,
    ends_at = CASE WHEN b.ends_at > statement_timestamp() THEN b.ends_at ELSE excluded.ends_at END
  RETURNING granted, $3::int - spent AS left,
    greatest(0, ceil(extract(epoch FROM ends_at - statement_timestamp()) * 1000))::int AS reset`;

interface Row {
  granted: number;
  left: number;
  reset: number;
}

/** Budgets as rows. Two connections of its own, so that it does not wait behind the queries of requests. */
export class PostgresBudgets implements BudgetStore {
  private readonly pool: pg.Pool;
  private timer: NodeJS.Timeout | undefined;

  constructor(target: DatabaseTarget) {
    this.pool = new pg.Pool({
      ...poolConfig(target.application),
      max: 2,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    // A server that goes is noticed by the next draw.
    this.pool.on('error', () => {});
  }

  async draw({ key, points, limit, windowMs }: Draw): Promise<Grant> {
    this.timer ??= setInterval(() => void this.sweep(), SWEEP_MS).unref();
    const values = [key, points, limit, windowMs];
    const { rows } = await this.pool.query<Row>({ name: 'draw_budget', text: DRAW, values });
    const { granted, left, reset: resetMs } = rows[0] as Row;
    return { granted, left, resetMs };
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.pool.end();
  }

  private async sweep(): Promise<void> {
    const text = 'DELETE FROM spent_budgets WHERE ends_at < now()';
    // What stays is swept the next time.
    await this.pool.query(text).catch(() => {});
  }
}
