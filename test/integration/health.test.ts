import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { MIGRATIONS } from '../../migrations/index.js';
import { downgradeDatabase, upgradeDatabase } from '../../src/core/database/migrator.js';
import { VERSION } from '../../src/core/version.js';
import { createHttpApplication } from '../../src/http-application.js';
import { openRuntime, type Runtime } from '../../src/runtime.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { Laboratory, query } from '../support/embedded-postgres.js';
import { startRedis } from '../support/redis.js';
import { testConfig, testRuntime } from '../support/runtime.js';

interface Report {
  status: string;
  version: string;
  details: Record<string, { status: string; duration_ms: number; message?: string }>;
}

/** Signals a process and its children: every backend of PostgreSQL leads a group of its own. */
function signalTree(pid: number, signal: 'SIGSTOP' | 'SIGCONT'): void {
  process.kill(pid, signal);
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const file = `/proc/${name}/stat`;
    const stat = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (new RegExp(String.raw`\) \S ${pid} `).test(stat)) process.kill(Number(name), signal);
  }
}

async function probe(app: NestFastifyApplication, url: string) {
  const started = performance.now();
  const { statusCode, body } = await app.inject(url);
  return { status: statusCode, report: JSON.parse(body) as Report, ms: performance.now() - started };
}

describe('probes of a healthy API', () => {
  let test: TestApplication;
  beforeAll(async () => {
    test = await testApplication();
  });
  afterAll(() => test.close());

  it('/health answers exactly this, to anybody', async () => {
    const { body } = await test.app.inject('/health');
    expect(body).toBe(`{"status":"ok","version":"${VERSION}"}`);
  });

  it.each(['/healthz', '/readyz'])('%s names every dependency and how long it took', async (url) => {
    const { status, report } = await probe(test.app, url);
    expect(status).toBe(200);
    const up = { status: 'up', duration_ms: expect.any(Number) as number };
    expect(report).toEqual({
      status: 'ok',
      version: VERSION,
      details: { database: up, schema: up, queue: up, files: up },
    });
  });
});

describe('a schema that is not the one of this version', () => {
  let test: TestApplication;
  beforeAll(async () => {
    test = await testApplication({}, 'api');
  });
  afterAll(() => test.close());
  const change = (sql: string): Promise<unknown> => query(test.runtime.database.owner.url, sql);
  const schema = async (url: string) => {
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const { status, report } = await probe(test.app, url);
    return { status, schema: report.details['schema'] };
  };

  it('is told, with what a newer version added, and serves on: upgrades migrate first', async () => {
    await change(`INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'AddFuture9999999999999')`);
    expect(await schema('/readyz')).toMatchObject({
      status: 200,
      schema: { status: 'up', message: 'a newer version added AddFuture9999999999999' },
    });
    await change(`DELETE FROM migrations WHERE timestamp = 9999999999999`);
    expect((await schema('/readyz')).schema).not.toHaveProperty('message');
  });

  it.each(['/readyz', '/healthz'])('makes %s say no and what is missing when it is older', async (url) => {
    await downgradeDatabase(test.runtime.database, 1);
    expect(await schema(url)).toMatchObject({
      status: 503,
      schema: { status: 'down', message: `the database lacks ${MIGRATIONS.at(-1)?.name}` },
    });
    await upgradeDatabase(test.runtime.database);
    expect((await schema(url)).status).toBe(200);
  });
});

describe('a process that is being stopped', () => {
  it('is alive and healthy, but not ready, while load balancers notice', async () => {
    const runtime = await testRuntime({ API_SHUTDOWN_DELAY_SECONDS: '1' });
    const app = await createHttpApplication(compose('api', runtime));
    await app.listen(0, '127.0.0.1');
    const started = performance.now();
    const closing = app.close();
    expect(await probe(app, '/readyz')).toMatchObject({ status: 503, report: { status: 'shutting_down' } });
    expect((await probe(app, '/healthz')).status).toBe(200);
    expect((await app.inject('/health')).statusCode).toBe(200);
    await closing;
    expect(performance.now() - started).toBeGreaterThan(950);
    await runtime.close();
  });
});

describe('a command of the command line', () => {
  it('opens no port of its own and waits for nobody', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = String((other.address() as AddressInfo).port);
    const runtime = await testRuntime({ PROMETHEUS_PORT: taken, API_SHUTDOWN_DELAY_SECONDS: '30' });
    const app = await createHttpApplication(compose('all', runtime, false));
    await app.init();
    expect((await probe(app, '/healthz')).status).toBe(200);
    const started = performance.now();
    await app.close();
    expect(performance.now() - started).toBeLessThan(5_000);
    other.close();
    await runtime.close();
  });
});

describe('a stuck PostgreSQL', () => {
  const laboratory = new Laboratory();
  let app: NestFastifyApplication;
  let runtime: Runtime;
  let postmaster: number;

  beforeAll(async () => {
    const config = testConfig();
    runtime = await openRuntime({ ...config, dataDir: laboratory.dataDir }, () => {});
    postmaster = laboratory.serverPid() as number;
    app = await createHttpApplication(compose('api', runtime));
    await app.init();
  });
  afterAll(async () => {
    signalTree(postmaster, 'SIGCONT');
    await app.close();
    await runtime.close();
    await laboratory.close();
  });

  it('makes probes say so in time, and is asked one question only, until it goes on', async () => {
    expect((await probe(app, '/readyz')).status).toBe(200);
    signalTree(postmaster, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const answers = await Promise.all(Array.from({ length: 30 }, () => probe(app, '/readyz')));
    for (const { status, report, ms } of answers) {
      expect(status).toBe(503);
      expect(report.status).toBe('error');
      expect(report.details['database']).toMatchObject({
        status: 'down',
        message: 'timeout of 2000ms exceeded',
      });
      expect(ms).toBeLessThan(3_000);
    }
    for (let times = 0; times < 3; times += 1) expect((await probe(app, '/healthz')).status).toBe(503);
    const metrics = await app.inject('/metrics');
    expect(metrics.statusCode).toBe(200);
    expect(metrics.body).toContain('azt3knet_database_up 0\n');
    expect(metrics.body).not.toMatch(/^azt3knet_(?:jobs|workers|outbox_lag_seconds)[ {]/m);
    // The pool of ten is not used up by probes.
    expect(Number(/connections\{state="active"\} (\d+)/.exec(metrics.body)?.[1])).toBeLessThanOrEqual(3);
    expect((await app.inject('/health')).statusCode).toBe(200);

    signalTree(postmaster, 'SIGCONT');
    await expect.poll(() => probe(app, '/readyz').then(({ status }) => status), { timeout: 5_000 }).toBe(200);
  });
});

describe('a stuck Redis', async () => {
  const redis = await startRedis();
  afterAll(() => redis?.stop());

  it.skipIf(redis === undefined)('is down while it is stuck, and the others are up', async () => {
    const runtime = await testRuntime({ REDIS_URL: redis?.url ?? '' });
    const app = await createHttpApplication(compose('api', runtime));
    await app.init();
    redis?.freeze(true);
    const { status, report, ms } = await probe(app, '/healthz');
    expect(status).toBe(503);
    expect(report.details).toMatchObject({ queue: { status: 'down' }, database: { status: 'up' } });
    expect(ms).toBeLessThan(3_000);
    redis?.freeze(false);
    await expect
      .poll(() => probe(app, '/healthz').then((found) => found.status), { timeout: 5_000 })
      .toBe(200);
    await app.close();
    await runtime.close();
  });
});

describe('the port of the operations', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  it('serves probes and metrics of a worker, and nothing else', async () => {
    const port = 20_000 + (process.pid % 20_000);
    const runtime = await testRuntime({ PROMETHEUS_PORT: String(port) });
    closing.push(() => runtime.close());
    const context = await NestFactory.createApplicationContext(compose('worker', runtime), { logger: false });
    closing.push(() => context.close());
    const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
    expect(await (await ask('/health')).json()).toEqual({ status: 'ok', version: VERSION });
    expect((await ask('/readyz')).status).toBe(200);
    expect((await ask('/healthz?verbose')).status).toBe(200);
    const metrics = await ask('/metrics');
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await metrics.text()).toContain('azt3knet_workers 1\n');
    expect((await ask('/api/v1/jobs')).status).toBe(404);
    expect((await ask('/metrics', { method: 'POST' })).status).toBe(405);

    const second = await testRuntime({ PROMETHEUS_PORT: String(port) });
    closing.push(() => second.close());
    const start = NestFactory.createApplicationContext(compose('worker', second), {
      logger: false,
      abortOnError: false,
    });
    await expect(start).rejects.toThrow(/cannot listen on .*EADDRINUSE.*; set API_HOST or PROMETHEUS_PORT/);
  });
});
