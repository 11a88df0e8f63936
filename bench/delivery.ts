import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Queue, Worker } from 'bullmq';
import { DataSource } from 'typeorm';
import { compose } from '../src/composition.js';
import { loadConfig } from '../src/core/config/index.js';
import { HandlesJob, JobsService, type JobName } from '../src/modules/jobs/index.js';
import { openRuntime, type Runtime } from '../src/runtime.js';
import { figure, printFigures, type Figure } from './figure.js';

// Jobs that do nothing, added in batches and processed fifty at once: by BullMQ alone, and by the jobs layer, whose truth is in
// PostgreSQL whatever carries its tickets. One run, one process, one backend after the other.

const JOBS = Number(process.env['BENCH_JOBS'] ?? 10_000);
const BATCH = 500;
const CONCURRENCY = 50;
const ROUNDS = 3;
const NOOP = 'bench.noop' as JobName;

const processed = { count: 0, resolve: (): void => {} };

function one(): void {
  processed.count += 1;
  if (processed.count === JOBS) processed.resolve();
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

/** Seconds that adding all jobs in batches, and processing them meanwhile, takes. */
async function seconds(add: (count: number) => Promise<unknown>, end: () => Promise<void>): Promise<number> {
  processed.count = 0;
  const all = new Promise<void>((resolve) => (processed.resolve = resolve));
  const started = performance.now();
  for (let added = 0; added < JOBS; added += BATCH) await add(BATCH);
  await all;
  await end();
  return (performance.now() - started) / 1_000;
}

async function bullmq({ queue: { connection } }: Runtime): Promise<number> {
  const queue = new Queue('bench', { connection });
  const worker = new Worker('bench', () => Promise.resolve(one()), { connection, concurrency: CONCURRENCY });
  queue.on('error', () => {});
  worker.on('error', () => {});
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
  const opts = { removeOnComplete: true, removeOnFail: true };
  const add = (count: number): Promise<unknown> =>
    queue.addBulk(Array.from({ length: count }, (_, n) => ({ name: NOOP, data: { n }, opts })));
  const drained = async (): Promise<void> => {
    while ((await queue.getJobCountByTypes('waiting', 'active')) > 0);
  };
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) best = Math.min(best, await seconds(add, drained));
  await worker.close();
  await queue.close();
  return JOBS / best;
}

async function layer(runtime: Runtime): Promise<number> {
  const root: DynamicModule = { module: Root, imports: [compose('worker', runtime)] };
  const app = await NestFactory.createApplicationContext(root, { logger: false });
  const [jobs, dataSource] = [app.get(JobsService, { strict: false }), app.get(DataSource)];
  const add = (count: number): Promise<unknown> =>
    dataSource.transaction((manager) =>
      jobs.submitMany(
        manager,
        Array.from({ length: count }, (_, n) => ({ queue: 'content', name: NOOP, payload: { n } })),
      ),
    );
  const completed = async (): Promise<void> => {
    const unfinished = `SELECT 1 FROM jobs WHERE status <> 'completed' LIMIT 1`;
    while ((await dataSource.query<unknown[]>(unfinished)).length > 0);
  };
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) best = Math.min(best, await seconds(add, completed));
  await app.close();
  return JOBS / best;
}

async function measure(backend: string, environment: Record<string, string>): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'azt3knet-bench-'));
  const named = { AZT3KNET_DATA_DIR: dataDir, AZT3KNET_LOG_LEVEL: 'silent', ...environment };
  const config = loadConfig(named, dataDir);
  const worker = { ...config.worker, queues: ['content'] as const, concurrency: CONCURRENCY };
  const runtime = await openRuntime({ ...config, worker }, () => {});
  try {
    const raw = await bullmq(runtime);
    const own = await layer(runtime);
    return [
      figure('delivery', `no-op jobs, BullMQ on ${backend}`, raw, 'jobs/s'),
      figure('delivery', `no-op jobs, jobs layer with ${backend}`, own, 'jobs/s'),
      figure('delivery', `jobs layer ÷ BullMQ on ${backend}`, own / raw, '×', 0.8),
    ];
  } finally {
    await runtime.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** A Redis of its own, where redis-server is installed. */
async function redis(): Promise<{ url: string; stop(): Promise<void> } | undefined> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  const started = await Promise.race([
    once(server.stdout, 'data').then(() => true),
    once(server, 'error').then(() => false),
  ]);
  if (!started) return undefined;
  server.stdout.resume();
  return {
    url: `redis://127.0.0.1:${port}/0`,
    stop: async () => {
      server.kill('SIGTERM');
      await once(server, 'exit');
    },
  };
}

const figures = await measure('PostgreSQL', {});
const server = await redis();
if (server === undefined)
  process.stderr.write('redis-server is not installed: PostgreSQL alone was measured\n');
else figures.push(...(await measure('Redis', { REDIS_URL: server.url })));
await server?.stop();
printFigures(figures);
