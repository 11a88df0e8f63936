import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { ApiProxy } from '../../src/modules/bots/gateway/api-proxy.js';
import { BotLogFiles } from '../../src/modules/bots/executor/bot-log-files.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { botLaboratory, type BotLaboratory } from '../support/bot-laboratory.js';
import { logsOf, processesOf, startBot, untilBot } from '../support/bots.js';
import { ChatClient } from '../support/chat.js';
import { testConfig, testRuntime } from '../support/runtime.js';

describe('the token of a bot', () => {
  let laboratory: BotLaboratory;
  let authorization: string;
  let mode = 0;
  const status = async (method: 'GET' | 'POST', url: string, payload?: object): Promise<number> =>
    (
      await laboratory.test.app.inject({
        method,
        url,
        headers: { authorization },
        ...(payload !== undefined && { payload }),
      })
    ).statusCode;

  beforeAll(async () => {
    laboratory = await botLaboratory();
    const { test, blueprints } = laboratory;
    await startBot(test, 'watcher', 'bots/monitoring_bot.ts');
    await untilBot(test, 'watcher', (bot) => bot.status === 'running');
    const file = join(blueprints, 'run', 'watcher', 'token');
    mode = statSync(file).mode;
    authorization = `Bearer ${readFileSync(file, 'utf8')}`;
  });
  afterAll(() => laboratory.close());

  it('opens what its blueprint lists, and nothing else', async () => {
    expect(mode & 0o077).toBe(0);
    expect(await status('GET', '/api/v1/jobs')).toBe(200);
    expect(await status('GET', '/api/v1/runs')).toBe(200);
    // Its owner may all of these.
    expect(await status('GET', '/api/v1/bots')).toBe(403);
    expect(await status('GET', '/api/v1/users')).toBe(403);
    expect(await status('POST', '/api/v1/bots/watcher/stop')).toBe(403);
  });

  it('opens no account, and makes no key of its owner', async () => {
    expect(await status('POST', '/api/v1/keys', { name: 'mine' })).toBe(403);
    expect(await status('GET', '/api/v1/keys')).toBe(403);
  });

  it('takes part in no conversation of its owner', async () => {
    const { app } = laboratory.test;
    const [bot] = await app
      .get(DataSource)
      .query<{ owner_id: string }[]>(`SELECT owner_id FROM bots WHERE id = 'watcher'`);
    const token = authorization.replace('Bearer ', '');
    const { host } = new URL(await app.getUrl());
    const client = await ChatClient.open(host, `/ws/command/${bot?.owner_id}?token=${token}&format=json`);
    await expect.poll(() => client.closed, { timeout: 10_000 }).toBe(4403);
    expect(client.frames.filter(({ type }) => type === 'ready')).toEqual([]);
  });

  it('holds no longer than its process', async () => {
    await laboratory.test.call('POST', '/api/v1/bots/watcher/stop');
    await untilBot(laboratory.test, 'watcher', (bot) => bot.status === 'stopped');
    await expect.poll(() => status('GET', '/api/v1/jobs')).toBe(401);
  });
});

describe('the way of bots to the API', () => {
  it('leads to the API and nowhere else on its server', async () => {
    const asked: string[] = [];
    const api = createServer(({ url = '' }, response) => {
      asked.push(url);
      response.end('{}');
    });
    const config = testConfig();
    const proxy = new ApiProxy({ ...config, bots: { ...config.bots, apiUrl: await listening(api) } });
    const host = createServer((request, response) => void proxy.pass(request, response));
    const { port } = new URL(await listening(host));
    const status = (path: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get({ port, path }, ({ statusCode }) => resolve(statusCode)).once('error', reject);
      });
    try {
      expect(await status('/api/v1/jobs?limit=1')).toBe(200);
      for (const path of ['/api/../metrics', '/api/%2e%2e/metrics', '/api/v1/../../docs', '/api\\..\\docs'])
        expect([path, await status(path)]).toEqual([path, 400]);
      expect(asked).toEqual(['/api/v1/jobs?limit=1']);
    } finally {
      api.close();
      host.close();
    }
  });
});

/** Where a server listens, which it does from here on. */
async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a worker', () => {
  let api: TestApplication;

  beforeAll(async () => {
    api = await testApplication(
      { API_SECRET_KEY: 'a secret for the tests of bots, which is long enough' },
      'api',
    );
    await api.app.listen(0, '127.0.0.1');
  });
  afterAll(() => api.close());

  it('runs the bots of an API that runs none, and leads them to it', async () => {
    await startBot(api, 'far-analytics', 'bots/analytics_bot.py', { configuration: { interval_seconds: 1 } });
    const { config, queue } = await testRuntime(
      {
        API_SECRET_KEY: 'a secret for the tests of bots, which is long enough',
        AZT3KNET_BOTS_API_URL: await api.app.getUrl(),
      },
      Promise.resolve(api.runtime.database),
    );
    const runtime = { config, queue, database: api.runtime.database, close: () => queue.close() };
    const worker = await NestFactory.createApplicationContext(compose('worker', runtime), { logger: false });
    await untilBot(api, 'far-analytics', (bot) => bot.status === 'running');
    await expect.poll(() => logsOf(api, 'far-analytics'), { timeout: 40_000 }).toContain('analysed');
    await worker.close();
    expect(processesOf('far-analytics')).toEqual([]);
    await untilBot(api, 'far-analytics', (bot) => bot.status === 'stopped' && bot.reason === 'ServerStopped');
    await runtime.close();
    rmSync(config.dataDir, { recursive: true, force: true });
  }, 120_000);
});

describe('what a bot prints', () => {
  const folder = mkdtempSync(join(tmpdir(), 'azt3knet-logs-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is read once, line by line, and its file is begun anew', () => {
    mkdirSync(folder, { recursive: true });
    const logs = new BotLogFiles(folder);
    const file = logs.fileOf('stdout');
    appendFileSync(file, 'one\ntwo\nthr');
    expect(logs.read().lines.map(({ message }) => message)).toEqual(['one', 'two']);
    appendFileSync(file, 'ee\n');
    expect(logs.read().lines.map(({ message }) => message)).toEqual(['three']);
    // Another process goes on where this one is.
    expect(new BotLogFiles(folder).read().lines).toEqual([]);
    appendFileSync(file, `${'noise\n'.repeat(300_000)}last\n`);
    const { lines, dropped } = logs.read();
    expect(dropped).toBeGreaterThan(1_000_000);
    expect(lines.at(-1)?.message).toBe('last');
    expect(statSync(file).size).toBe(0);
    expect(existsSync(`${file}.1`)).toBe(true);
    appendFileSync(file, 'after\n');
    expect(logs.read().lines.map(({ message }) => message)).toEqual(['after']);
  });
});
