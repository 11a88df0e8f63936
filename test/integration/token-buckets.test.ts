import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { PostgresBuckets } from '../../src/modules/scheduler/quotas/postgres-buckets.js';
import { RedisBuckets } from '../../src/modules/scheduler/quotas/redis-buckets.js';
import { bucketFor, type TokenBuckets } from '../../src/modules/scheduler/quotas/token-buckets.js';
import { startRedis, type RedisServer } from '../support/redis.js';
import { testDatabase } from '../support/runtime.js';

const CLIENTS = 6;
const RUN_MS = 3_000;
const WINDOW_SECONDS = 1;

/** Deterministic numbers in [0, 1). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

const redis: RedisServer | undefined = await startRedis();
let database: DatabaseTarget;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  for (const close of closing) await close();
  await redis?.stop();
  await database?.release();
});

const stores: [string, () => Promise<TokenBuckets>][] = [
  [
    'PostgreSQL',
    async () => {
      const source = await new DataSource({
        type: 'postgres',
        url: database.application.url,
        poolSize: 2,
      }).initialize();
      closing.push(() => source.destroy());
      return new PostgresBuckets(source);
    },
  ],
];
if (redis !== undefined)
  stores.push([
    'Redis',
    async () => {
      const client = new Redis(redis.url);
      closing.push(() => client.disconnect());
      return new RedisBuckets(client);
    },
  ]);

describe.each(stores)('token buckets in %s', (name, open) => {
  it('are taken all or none, given back and held', async () => {
    const buckets = await open();
    const [wide, narrow] = [bucketFor(`${name}:wide`, 100, 60), bucketFor(`${name}:narrow`, 1, 60)];
    const first = await buckets.reserve([wide, narrow]);
    expect(first.granted).toBe(true);
    const second = await buckets.reserve([wide, narrow]);
    expect(second.granted).toBe(false);
    expect(second.granted ? 0 : second.waitMs).toBeGreaterThan(50_000);
    if (first.granted) await buckets.giveBack([wide, narrow], first.at);
    // What has come back since is not given back twice.
    await sleep(20);
    const third = await buckets.reserve([narrow]);
    expect(third.granted ? 0 : third.waitMs).toBeLessThan(5_000);
    const gate = { key: `${name}:gate`, burst: 1, intervalMs: 0 };
    for (let n = 0; n < 5; n += 1) expect((await buckets.reserve([gate])).granted).toBe(true);
    await buckets.hold([gate], 300);
    const held = await buckets.reserve([gate]);
    expect(held.granted ? 0 : held.waitMs).toBeGreaterThan(0);
    await expect.poll(async () => (await buckets.reserve([gate])).granted).toBe(true);
  });

  it.each([1, 2, 3])(
    'never exceed a quota in any window, whoever comes when, and let everybody through: seed %i',
    async (seed) => {
      const limits = new Map([
        ['platform', 40],
        ['account', 15],
        ['campaign', 25],
      ]);
      const bucketOf = (kind: string, of: number) =>
        bucketFor(`${name}:${seed}:${kind}:${of}`, limits.get(kind) ?? 1, WINDOW_SECONDS);
      const used = new Map<string, number[]>();
      const through = Array.from({ length: CLIENTS }, () => 0);
      const client = async (me: number): Promise<void> => {
        const buckets = await open();
        const draw = numbers(seed * 100 + me);
        const end = Date.now() + RUN_MS;
        while (Date.now() < end) {
          const wanted = [
            bucketOf('platform', 0),
            bucketOf('account', me % 3),
            bucketOf('campaign', Math.floor(draw() * 2)),
          ].toSorted(() => draw() - 0.5);
          const grant = await buckets.reserve(wanted);
          if (!grant.granted) {
            await sleep(Math.min(grant.waitMs, 200));
            continue;
          }
          if (draw() < 0.25) {
            await sleep(draw() * 30);
            await buckets.giveBack(wanted, grant.at);
            continue;
          }
          through[me] = (through[me] ?? 0) + 1;
          for (const { key } of wanted) used.set(key, [...(used.get(key) ?? []), grant.at]);
        }
      };
      await Promise.all(through.map((_, me) => client(me)));
      for (const [key, times] of used) {
        const limit = limits.get(key.split(':')[2] ?? '') ?? 0;
        const sorted = times.toSorted((a, b) => a - b);
        for (const [index, at] of sorted.entries()) {
          const inside = sorted.slice(index).filter((each) => each < at + WINDOW_SECONDS * 1_000).length;
          expect(inside).toBeLessThanOrEqual(limit);
        }
      }
      expect(Math.min(...through)).toBeGreaterThan(0);
    },
  );
});

it.skipIf(redis !== undefined)('token buckets in Redis were not tried: there is no redis-server', () => {
  expect(redis).toBeUndefined();
});
