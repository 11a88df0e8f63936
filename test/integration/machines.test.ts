import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { BlobJanitor, openBlobStore } from '../../src/core/blobs/index.js';
import { openQueueBackend } from '../../src/core/queue/index.js';
import { createHttpApplication } from '../../src/http-application.js';
import { JobsService } from '../../src/modules/jobs/index.js';
import type { Runtime } from '../../src/runtime.js';
import { all, sha256 } from '../support/blob-sample.js';
import { testConfig, testRuntime } from '../support/runtime.js';
import { S3Server } from '../support/s3-server.js';
import { isFinished, watchJob } from '../support/watch-job.js';

const PASSWORD = 'a password for the tests of machines';
type Body = Record<string, unknown>;

/** An API and a worker with a data folder each: they share a database and a bucket, and no folder. */
describe('an API and a worker on two machines', () => {
  let server: S3Server;
  let machines: Runtime[];
  let api: NestFastifyApplication;
  let worker: INestApplicationContext;
  let authorization: string;

  beforeAll(async () => {
    server = await S3Server.start();
    const environment = { ...server.environment, AZT3KNET_ADMIN_PASSWORD: PASSWORD };
    const first = await testRuntime(environment);
    await (await openBlobStore(first.config)).setup(false);
    const config = testConfig(environment);
    const queue = await openQueueBackend(config, first.database, () => {});
    machines = [first, { ...first, config, queue, close: () => queue.close() }];
    api = await createHttpApplication(compose('api', first));
    await api.init();
    await api.getHttpAdapter().getInstance().ready();
    worker = await NestFactory.createApplicationContext(compose('worker', machines[1] as Runtime), {
      logger: false,
    });
    const payload = { username: 'admin', password: PASSWORD };
    const login = await api.inject({ method: 'POST', url: '/api/v1/auth/login', payload });
    authorization = `Bearer ${String(login.json<Body>()['access_token'])}`;
  });

  afterAll(async () => {
    await worker.close();
    await api.close();
    for (const machine of machines.toReversed()) await machine.close();
    await server.close();
  });

  async function post(url: string, payload: object): Promise<Body> {
    const answer = await api.inject({ method: 'POST', url, payload, headers: { authorization } });
    return answer.json<Body>();
  }

  async function done(id: unknown): Promise<string> {
    for await (const job of watchJob(api.get(JobsService, { strict: false }), String(id))) {
      if (isFinished(job)) return job.status;
    }
    throw new Error('unreachable');
  }

  it('serves what the worker made, though the connections to the storage break', async () => {
    server.fail(/PUT .*\/exports\//, { code: 'SlowDown' }, 1);
    server.fail(/PUT .*report\.html/, { drop: true }, 1);
    const population = { gender: 'female', count: 60, country: 'MX', seed: 'machines' };
    const asked = await post('/api/populate', { ...population, persist: true, export: 'jsonl' });
    expect(await done(asked['job_id'])).toBe('completed');
    const accepted = await post('/api/simulations/metro_cdmx/run', {
      ticks: 10,
      seed: 'machines',
      population_id: asked['population_id'],
    });
    expect(await done(accepted['job_id'])).toBe('completed');

    const links = { ...(asked['links'] as Body), ...(accepted['links'] as Body) };
    for (const url of [links['export'], links['report']]) {
      server.fail(/GET .*/, { dropAfter: 100 }, 1);
      const answer = await api.inject({ url: String(url), headers: { authorization } });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['etag']).toBe(`"${sha256(answer.rawPayload)}"`);
    }
    for (const { config } of machines) {
      for (const folder of ['exports', 'runs']) expect(existsSync(join(config.dataDir, folder))).toBe(false);
    }
    const janitor = api.get(BlobJanitor, { strict: false });
    expect(await janitor.check(true)).toMatchObject({ checked: 6, lost: [] });
    expect(await all(janitor.orphans(new Date(Date.now() + 60_000), false))).toEqual([]);
  }, 60_000);

  it('answers 503 while the storage does not answer, and the job tries again', async () => {
    const page = await api.inject({ url: '/api/v1/exports', headers: { authorization } });
    const [made] = page.json<{ exports: { id: string }[] }>().exports;
    server.fail(/GET .*\/exports\//, { code: 'InternalError' }, 100);
    const answer = await api.inject({
      url: `/api/v1/exports/${made?.id}/file`,
      headers: { authorization },
    });
    expect(answer.json()).toMatchObject({ status: 503, code: 'blob_storage_unavailable' });
    expect(answer.body).not.toContain(server.credentials.secretKey);
    server.forgetFailures();
    // More often than one request is tried, less often than a job is.
    server.fail(/PUT .*\/exports\//, { drop: true }, 5);
    const population = { gender: 'male', count: 20, country: 'MX', seed: 'again', export: 'csv' };
    expect(await done((await post('/api/populate', population))['job_id'])).toBe('completed');
  }, 60_000);
});
