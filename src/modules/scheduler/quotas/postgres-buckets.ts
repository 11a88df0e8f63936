import type { DataSource } from 'typeorm';
import { grantOf, TokenBuckets, type Bucket, type Grant } from './token-buckets.js';

/** Buckets as rows. Each call is one statement, whose function locks its rows in one order. */
export class PostgresBuckets extends TokenBuckets {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async reserveEach(acts: readonly (readonly Bucket[])[]): Promise<Grant[]> {
    const rows = await this.dataSource.query<{ wait_ms: number; at_ms: number }[]>(
      'SELECT wait_ms, at_ms FROM reserve_tokens($1::jsonb) ORDER BY nth',
      [
        JSON.stringify(
          acts.map((buckets) => buckets.map(({ key, burst, intervalMs: step }) => ({ key, burst, step }))),
        ),
      ],
    );
    return rows.map(({ wait_ms, at_ms }) => grantOf(wait_ms, at_ms));
  }

  async giveBack(buckets: readonly Bucket[], at: number): Promise<void> {
    await this.dataSource.query('SELECT return_tokens($1::text[], $2::float8[], $3::float8)', [
      buckets.map(({ key }) => key),
      buckets.map(({ intervalMs }) => intervalMs),
      at,
    ]);
  }

  async hold(buckets: readonly Bucket[], ms: number): Promise<void> {
    const keys = buckets.map(({ key }) => key).toSorted();
    const full = new Map(buckets.map(({ key, burst, intervalMs }) => [key, (burst - 1) * intervalMs]));
    await this.dataSource.query(
      `INSERT INTO token_buckets AS b (key, full_at)
       SELECT key, extract(epoch FROM clock_timestamp()) * 1000 + ms FROM unnest($1::text[], $2::float8[]) AS held (key, ms)
       ON CONFLICT (key) DO UPDATE SET full_at = greatest(b.full_at, excluded.full_at)`,
      [keys, keys.map((key) => ms + (full.get(key) ?? 0))],
    );
  }
}
