import type { DataSource } from 'typeorm';
import { TokenBuckets, type Bucket, type Grant } from './token-buckets.js';

const VALUES = (buckets: readonly Bucket[]): [string[], number[], number[]] => [
  buckets.map(({ key }) => key),
  buckets.map(({ burst }) => burst),
  buckets.map(({ intervalMs }) => intervalMs),
];

/** Buckets as rows. Each call is one statement, whose function locks its rows in one order. */
export class PostgresBuckets extends TokenBuckets {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async reserve(buckets: readonly Bucket[]): Promise<Grant> {
    const [row] = await this.dataSource.query<{ wait_ms: number; at_ms: number }[]>(
      'SELECT wait_ms, at_ms FROM reserve_tokens($1::text[], $2::float8[], $3::float8[])',
      VALUES(buckets),
    );
    const { wait_ms: waitMs = 0, at_ms: at = 0 } = row ?? {};
    return waitMs > 0 ? { granted: false, waitMs: Math.ceil(waitMs) } : { granted: true, at };
  }

  async giveBack(buckets: readonly Bucket[], at: number): Promise<void> {
    const [keys, , intervals] = VALUES(buckets);
    await this.dataSource.query('SELECT return_tokens($1::text[], $2::float8[], $3::float8)', [
      keys,
      intervals,
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
