import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { PostgresBuckets } from '../../src/modules/scheduler/quotas/postgres-buckets.js';
import { RedisBuckets } from '../../src/modules/scheduler/quotas/redis-buckets.js';
import { bucketFor, type TokenBuckets } from '../../src/modules/scheduler/quotas/token-buckets.js';
import { startRedis, type RedisServer } from '../support/redis.js';
import { testDatabase } from '../support/runtime.js';

/** Processes: two for each agent, and two others for each account. */
const CLIENTS = 6;
const RUN_MS = 4_000;
const WINDOW_SECONDS = 1;
const CLIENT = join(PROJECT_ROOT, 'test', 'support', 'bucket-client.mjs');

const LIMITS = { platform: 40, account: 15, agent: 14, campaign: 25 };

/** A process of its own that takes tokens. */
class BucketClient {
  private readonly child: ChildProcess;
  readonly ready: Promise<unknown>;

  constructor(options: object) {
    this.child = fork(CLIENT, [JSON.stringify(options)], { execArgv: [] });
    this.ready = this.said();
  }

  async run(): Promise<{ through: number; used: Record<string, number[]> }> {
    const told = this.said();
    this.child.send('go');
    return (await told) as { through: number; used: Record<string, number[]> };
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** The next message. @throws when the process ends before */
  private said(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`a client ended with ${code}`));
      this.child.once('exit', ended);
      this.child.once('message', (message) => {
        this.child.off('exit', ended);
        resolve(message);
      });
    });
  }
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
      return new RedisBuckets(client, 'test');
    },
  ]);

const urlOf = (store: string): string => (store === 'Redis' ? (redis?.url ?? '') : database.application.url);

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
      const prefix = `${name}:${seed}`;
      const clients = Array.from({ length: CLIENTS }, (_, me) => {
        const options = { limits: LIMITS, windowSeconds: WINDOW_SECONDS, runMs: RUN_MS, seed, me };
        return new BucketClient({ store: name, url: urlOf(name), prefix, ...options });
      });
      closing.push(() => clients.map((client) => client.kill()));
      for (const client of clients) await client.ready;
      const told = await Promise.all(clients.map((client) => client.run()));
      const times = new Map<string, number[]>();
      for (const { used } of told)
        for (const [key, at] of Object.entries(used)) times.set(key, [...(times.get(key) ?? []), ...at]);
      // One platform, three accounts, three agents, two campaigns.
      expect(times.size).toBe(9);
      for (const [key, unsorted] of times) {
        const limit = LIMITS[key.split(':')[2] as keyof typeof LIMITS];
        const sorted = unsorted.toSorted((a, b) => a - b);
        for (const [index, at] of sorted.entries()) {
          const inside = sorted.slice(index).filter((each) => each < at + WINDOW_SECONDS * 1_000).length;
          expect(inside).toBeLessThanOrEqual(limit);
        }
      }
      const through = told.map((each) => each.through);
      const mean = through.reduce((sum, each) => sum + each, 0) / CLIENTS;
      // Several of each window's tokens were used, and nobody got less than an eighth of an equal part.
      expect(mean).toBeGreaterThan(2);
      expect(Math.min(...through)).toBeGreaterThanOrEqual(mean / 8);
    },
    90_000,
  );
});

it.skipIf(redis !== undefined)('token buckets in Redis were not tried: there is no redis-server', () => {
  expect(redis).toBeUndefined();
});
