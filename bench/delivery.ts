import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Queue, Worker, type ConnectionOptions } from 'bullmq';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { compose } from '../src/composition.js';
import { loadConfig } from '../src/core/config/index.js';
import { poolConfig } from '../src/core/database/index.js';
import { HandlesJob, JobsService, type JobName } from '../src/modules/jobs/index.js';
import { openRuntime, type Runtime } from '../src/runtime.js';
import { figure, printFigures, type Figure } from './figure.js';
import { startRedis } from './redis-server.js';

// Jobs that do nothing, added in batches and processed fifty at once: by BullMQ alone, and by the jobs layer, whose truth is in
// PostgreSQL whatever carries its tickets. One run, one process, one backend after the other; rounds of the two take turns, each of
// as many jobs as BullMQ does in a few seconds.

const FEWEST = 2_000;
const MOST = Number(process.env['BENCH_JOBS'] ?? 10_000);
const ROUND_SECONDS = 3;
const BATCH = 500;
const CONCURRENCY = 50;
const ROUNDS = 3;
const POLL_MS = 5;
const NOOP = 'bench.noop' as JobName;

const processed = { left: 0, resolve: (): void => {} };

function one(): void {
  processed.left -= 1;
  if (processed.left === 0) processed.resolve();
}

@Injectable()
class Handlers {
  @HandlesJob(NOOP)
  noop(): Promise<object> {
    one();
    return Promise.resolve({});
  }
}

@Module({ providers: [Handlers] })
class Root {}

/** Whoever processes jobs. */
interface Contender {
  add: (count: number) => Promise<unknown>;
  /** Whether something of what was added is not done with. */
  busy: () => Promise<boolean>;
  close: () => Promise<void>;
}

/** Jobs in a second, when they are added in batches and processed meanwhile. */
async function rate({ add, busy }: Contender, jobs: number): Promise<number> {
  processed.left = jobs;
  const all = new Promise<void>((resolve) => (processed.resolve = resolve));
  const started = performance.now();
  for (let added = 0; added < jobs; added += BATCH) await add(Math.min(BATCH, jobs - added));
  await all;
  while (await busy()) await sleep(POLL_MS);
  return jobs / ((performance.now() - started) / 1_000);
}

/** On a queue of its own; in PostgreSQL it takes the owner of the schema to make one. */
async function bullmq({ database, queue: backend }: Runtime): Promise<Contender> {
  const pool =
    backend.kind === 'postgres'
      ? new pg.Pool({ ...poolConfig(database.owner, 'bullmq'), max: 16 })
      : undefined;
  const connection = pool === undefined ? backend.connection : (pool as unknown as ConnectionOptions);
  const queue = new Queue('bench', { connection });
  const worker = new Worker('bench', () => Promise.resolve(one()), { connection, concurrency: CONCURRENCY });
  queue.on('error', () => {});
  worker.on('error', () => {});
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
  const opts = { removeOnComplete: true, removeOnFail: true };
  return {
    add: (count) =>
      queue.addBulk(Array.from({ length: count }, (_, n) => ({ name: NOOP, data: { n }, opts }))),
    busy: async () => (await queue.getJobCountByTypes('waiting', 'active')) > 0,
    close: async () => {
      await worker.close();
      await queue.close();
      await pool?.end();
    },
  };
}

async function layer(runtime: Runtime): Promise<Contender> {
  const root: DynamicModule = { module: Root, imports: [compose('worker', runtime)] };
  const app = await NestFactory.createApplicationContext(root, { logger: false });
  const [jobs, dataSource] = [app.get(JobsService, { strict: false }), app.get(DataSource)];
  const unfinished = `SELECT 1 FROM jobs WHERE queue = 'content' AND status IN ('queued', 'running') LIMIT 1`;
  return {
    add: (count) =>
      dataSource.transaction((manager) =>
        jobs.submitMany(
          manager,
          Array.from({ length: count }, (_, n) => ({ queue: 'content', name: NOOP, payload: { n } })),
        ),
      ),
    busy: async () => (await dataSource.query<unknown[]>(unfinished)).length > 0,
    close: () => app.close(),
  };
}

async function measure(backend: string, environment: Record<string, string>): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'azt3knet-bench-'));
  const named = { AZT3KNET_DATA_DIR: dataDir, AZT3KNET_LOG_LEVEL: 'silent', ...environment };
  const config = loadConfig(named, dataDir);
  const worker = { ...config.worker, queues: ['content'] as const, concurrency: CONCURRENCY };
  const runtime = await openRuntime({ ...config, worker }, () => {});
  const [raw, own] = [await bullmq(runtime), await layer(runtime)];
  try {
    const warm = await rate(raw, BATCH);
    await rate(own, BATCH);
    const jobs = Math.min(MOST, Math.max(FEWEST, Math.round((warm * ROUND_SECONDS) / BATCH) * BATCH));
    const best = { raw: 0, own: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      best.raw = Math.max(best.raw, await rate(raw, jobs));
      best.own = Math.max(best.own, await rate(own, jobs));
    }
    return [
      figure('delivery', `no-op jobs, BullMQ on ${backend}`, best.raw, 'jobs/s'),
      figure('delivery', `no-op jobs, jobs layer with ${backend}`, best.own, 'jobs/s'),
      figure('delivery', `jobs layer ÷ BullMQ on ${backend}`, best.own / best.raw, '×', 0.8),
    ];
  } finally {
    await raw.close();
    await own.close();
    await runtime.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const figures = await measure('PostgreSQL', {});
const server = await startRedis();
if (server === undefined)
  process.stderr.write('redis-server is not installed: PostgreSQL alone was measured\n');
else figures.push(...(await measure('Redis', { REDIS_URL: server.url })));
await server?.stop();
printFigures(figures);
