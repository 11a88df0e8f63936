import pg from 'pg';
import { poolConfig, type DatabaseTarget } from '../database/index.js';
import { PATIENCE_MS, type BudgetStore, type Draw, type Grant } from './budget-store.js';

const SWEEP_MS = 300_000;

/**
 * One statement for the draws of a batch, and so atomic: `granted` is what this very draw was given. Its clock stands still while it
 * waits, and all take their rows in one order, so that none waits for another that waits for it.
 */
const DRAW = `
  INSERT INTO spent_budgets AS b (key, spent, granted, ends_at)
  SELECT key, least(points, $3::int), least(points, $3::int), statement_timestamp() + $4 * interval '1 ms'
  FROM unnest($1::text[], $2::int[]) AS draws (key, points) ORDER BY key
  ON CONFLICT (key) DO UPDATE SET
    spent = CASE WHEN b.ends_at > statement_timestamp() THEN least(b.spent + excluded.spent, $3::int) ELSE excluded.spent END,
    granted = CASE WHEN b.ends_at > statement_timestamp() THEN greatest(0, least(excluded.spent, $3::int - b.spent))
                   ELSE excluded.granted END,
    ends_at = CASE WHEN b.ends_at > statement_timestamp() THEN b.ends_at ELSE excluded.ends_at END
  RETURNING key, granted, $3::int - spent AS left,
    greatest(0, ceil(extract(epoch FROM ends_at - statement_timestamp()) * 1000))::int AS reset`;
/** Draws in one statement. */
const BATCH = 200;
const CONNECTIONS = 2;

interface Waiting {
  draw: Draw;
  resolve: (grant: Grant) => void;
  reject: (error: unknown) => void;
}

interface Row {
  key: string;
  granted: number;
  left: number;
  reset: number;
}

/**
 * Budgets as rows. Connections of its own, so that it does not wait behind the queries of requests; what is drawn while they are at
 * work goes out together, so that a flood from everywhere costs them little more than a few callers do.
 */
export class PostgresBudgets implements BudgetStore {
  private readonly pool: pg.Pool;
  private timer: NodeJS.Timeout | undefined;
  private waiting: Waiting[] = [];
  private running = 0;

  constructor(target: DatabaseTarget) {
    this.pool = new pg.Pool({
      ...poolConfig(target.application),
      max: CONNECTIONS,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    // A server that goes is noticed by the next draw.
    this.pool.on('error', () => {});
  }

  draw(draw: Draw): Promise<Grant> {
    this.timer ??= setInterval(() => void this.sweep(), SWEEP_MS).unref();
    return new Promise((resolve, reject) => {
      this.waiting.push({ draw, resolve, reject });
      void this.flush();
    });
  }

  private async flush(): Promise<void> {
    const batch = this.running < CONNECTIONS ? this.takeBatch() : [];
    const first = batch[0]?.draw;
    if (first === undefined) return;
    this.running += 1;
    try {
      const values = [
        batch.map(({ draw }) => draw.key),
        batch.map(({ draw }) => draw.points),
        first.limit,
        first.windowMs,
      ];
      const { rows } = await this.pool.query<Row>({ name: 'draw_budgets', text: DRAW, values });
      const grants = new Map(rows.map((row) => [row.key, row]));
      for (const { draw, resolve } of batch) {
        const { granted, left, reset: resetMs } = grants.get(draw.key) as Row;
        resolve({ granted, left, resetMs });
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.running -= 1;
      void this.flush();
    }
  }

  /** Those who wait longest, of one kind of budget, each key once. */
  private takeBatch(): Waiting[] {
    const first = this.waiting[0]?.draw;
    const keys = new Set<string>();
    const batch: Waiting[] = [];
    this.waiting = this.waiting.filter((each) => {
      const { key, limit, windowMs } = each.draw;
      const fits = limit === first?.limit && windowMs === first.windowMs;
      if (!fits || keys.has(key) || batch.length >= BATCH) return true;
      keys.add(key);
      batch.push(each);
      return false;
    });
    return batch;
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
