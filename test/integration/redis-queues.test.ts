import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { RedisBudgets } from '../../src/core/rate-limit/redis-budgets.js';
import { HandlesJob, type JobContext, type JobName } from '../../src/modules/jobs/index.js';
import { RedisBuckets } from '../../src/modules/scheduler/quotas/redis-buckets.js';
import { bucketFor } from '../../src/modules/scheduler/quotas/token-buckets.js';
import { jobLaboratory } from '../support/job-laboratory.js';
import { freePort, startRedis } from '../support/redis.js';
import { testRuntime } from '../support/runtime.js';

@Injectable()
class Handlers {
  @HandlesJob('test.slow' as JobName)
  async slow(_payload: object, context: JobContext): Promise<void> {
    await sleep(50);
    await context.complete(() => Promise.resolve({}));
  }
}

const probe = await startRedis();
await probe?.stop();
const missing = probe === undefined;

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

describe('queues on Redis', () => {
  const children: ChildProcess[] = [];
  const folders: string[] = [];
  const serve = async (port: number, ...options: string[]): Promise<ChildProcess> => {
    const folder = mkdtempSync(join(tmpdir(), 'azt3knet-redis-'));
    folders.push(folder);
    const common = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    const child = spawn('redis-server', [...options, ...common], { stdio: ['ignore', 'pipe', 'ignore'] });
    children.push(child);
    await once(child.stdout, 'data');
    child.stdout.resume();
    return child;
  };
  afterEach(async () => {
    for (const child of children.splice(0)) await kill(child);
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  it('refuse a server that throws keys away', async (context) => {
    context.skip(missing, 'redis-server is not installed');
    const redis = await startRedis(undefined, 'allkeys-lru');
    await expect(testRuntime({ REDIS_URL: redis?.url ?? '' })).rejects.toMatchObject({
      code: 'queue_evicts',
      message: expect.stringContaining('maxmemory-policy noeviction') as string,
    });
    await redis?.stop();
  });

  it('of two installations are apart in one server, whatever else they count there', async (context) => {
    context.skip(missing, 'redis-server is not installed');
    const redis = await startRedis();
    const environment = { REDIS_URL: redis?.url ?? '' };
    // The first takes no tickets of its own: another one that took them would be seen.
    const first = await jobLaboratory(Handlers, 0, environment);
    const second = await jobLaboratory(Handlers, 2, environment);
    const client = new Redis(environment.REDIS_URL);
    try {
      await first.submit(...Array.from({ length: 10 }, () => ({ name: 'test.slow' })));
      const namespaces = [first, second].map(({ runtime }) => runtime.queue.namespace);
      expect(new Set(namespaces).size).toBe(2);
      const waiting = (): Promise<number> => client.llen(`${namespaces[0]}:content:wait`);
      await expect.poll(waiting).toBe(10);
      const [job] = await second.submit({ name: 'test.slow' });
      expect(await second.ended(job?.id ?? '')).toMatchObject({ status: 'completed' });
      expect(await waiting()).toBe(10);
      const keys = await client.keys('*');
      expect(keys.filter((key) => !namespaces.some((each) => key.includes(each)))).toEqual([]);

      const quotas = namespaces.map((namespace) => new RedisBuckets(client, namespace));
      const bucket = bucketFor('platform:sandbox:60', 1, 60);
      for (const buckets of quotas) expect(await buckets.reserve([bucket])).toMatchObject({ granted: true });
      const budgets = namespaces.map((namespace) => new RedisBudgets(client, namespace));
      const draw = { key: 'caller:admin', points: 5, limit: 5, windowMs: 60_000 };
      for (const store of budgets) expect(await store.draw(draw)).toMatchObject({ granted: 5 });
      for (const store of budgets) await store.close();
    } finally {
      client.disconnect();
      await first.close();
      await second.close();
      await redis?.stop();
    }
  });

  it('lose nothing when the server dies in the middle of work and comes back empty', async (context) => {
    context.skip(missing, 'redis-server is not installed');
    const port = await freePort();
    const first = await serve(port);
    const lab = await jobLaboratory(Handlers, 2, { REDIS_URL: `redis://127.0.0.1:${port}/0` });
    const jobs = await lab.submit(...Array.from({ length: 40 }, () => ({ name: 'test.slow' })));
    await sleep(300);
    await kill(first);
    jobs.push(...(await lab.submit(...Array.from({ length: 10 }, () => ({ name: 'test.slow' })))));
    await sleep(500);
    await serve(port);
    for (const { id } of jobs)
      expect(await lab.ended(id)).toMatchObject({ status: 'completed', attempts: 1 });
    await lab.close();
  });

  it('find the master by the Sentinels, and another after it has died', async (context) => {
    context.skip(missing, 'redis-server is not installed');
    const [master, replica, sentinel] = [await freePort(), await freePort(), await freePort()];
    const old = await serve(master);
    await serve(replica, '--replicaof', '127.0.0.1', `${master}`);
    const folder = mkdtempSync(join(tmpdir(), 'azt3knet-sentinel-'));
    folders.push(folder);
    const file = join(folder, 'sentinel.conf');
    writeFileSync(
      file,
      [
        `port ${sentinel}`,
        'bind 127.0.0.1',
        `sentinel monitor lab 127.0.0.1 ${master} 1`,
        'sentinel down-after-milliseconds lab 1000',
        'sentinel failover-timeout lab 3000',
      ].join('\n'),
    );
    const watcher = spawn('redis-server', [file, '--sentinel'], { stdio: ['ignore', 'pipe', 'ignore'] });
    children.push(watcher);
    await once(watcher.stdout, 'data');
    watcher.stdout.resume();
    const lab = await jobLaboratory(Handlers, 2, {
      REDIS_URL: 'redis://nobody.invalid:6379/0',
      REDIS_SENTINELS: `127.0.0.1:${sentinel}`,
      REDIS_SENTINEL_MASTER: 'lab',
    });
    const jobs = await lab.submit(...Array.from({ length: 20 }, () => ({ name: 'test.slow' })));
    // The Sentinel must have heard of the replica.
    await sleep(3_000);
    await kill(old);
    jobs.push(...(await lab.submit(...Array.from({ length: 20 }, () => ({ name: 'test.slow' })))));
    for (const { id } of jobs)
      expect(await lab.ended(id)).toMatchObject({ status: 'completed', attempts: 1 });
    await expect
      .poll(() => Promise.race([lab.runtime.queue.ping().then(() => true), sleep(500, false)]), {
        timeout: 40_000,
      })
      .toBe(true);
    await lab.close();
  }, 90_000);
});
