import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { WebSocket } from 'ws';
import { compose } from '../../src/composition.js';
import { openQueueBackend } from '../../src/core/queue/index.js';
import { createHttpApplication } from '../../src/http-application.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { startRedis, type RedisServer } from '../support/redis.js';
import { testConfig } from '../support/runtime.js';

const SECRET = 'a secret that both processes of a test share';
/** Long enough that no window ends within a test that does not wait for it. */
const LONG = '600';

interface Answer {
  statusCode: number;
  headers: Record<string, unknown>;
  json: () => unknown;
}

const whoami = (app: NestFastifyApplication, authorization: string): Promise<Answer> =>
  app.inject({ url: '/api/v1/users/me', headers: { authorization } });

const admitted = (answers: readonly Answer[]): number =>
  answers.filter(({ statusCode }) => statusCode === 200).length;

const stores: [string, () => Promise<RedisServer | undefined>][] = [['PostgreSQL', async () => undefined]];
const probe = await startRedis();
await probe?.stop();
if (probe !== undefined) stores.push(['Redis', () => startRedis()]);

describe.each(stores)('limits counted in %s', (_, start) => {
  let redis: RedisServer | undefined;
  let test: TestApplication;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    redis = await start();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });
  afterAll(() => redis?.stop());

  const settings = (environment: Record<string, string>): Record<string, string> => ({
    API_SECRET_KEY: SECRET,
    RATE_LIMIT_WINDOW_SECONDS: LONG,
    ...(redis !== undefined && { REDIS_URL: redis.url }),
    ...environment,
  });

  async function open(environment: Record<string, string>): Promise<void> {
    test = await testApplication(settings(environment), 'api');
    closing.push(() => test.close());
  }

  /** Another process in all but name: it shares the database and Redis with the first, and nothing else. */
  async function another(environment: Record<string, string>): Promise<NestFastifyApplication> {
    const config = testConfig(settings(environment));
    const { database } = test.runtime;
    const queue = await openQueueBackend(config, database, () => {});
    const runtime = { config, database, queue, close: () => queue.close() };
    const app = await createHttpApplication(compose('api', runtime), config.api);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    closing.push(async () => {
      await app.close();
      await runtime.close();
    });
    return app;
  }

  it.each([20, 300])('admit exactly %d of three times as many at once, in two processes', async (limit) => {
    const environment = { RATE_LIMIT_REQUESTS: String(limit) };
    await open(environment);
    const apps = [test.app, await another(environment)];
    const answers = await Promise.all(
      Array.from({ length: 3 * limit }, (__, i) =>
        whoami(apps[i % 2] as NestFastifyApplication, test.authorization),
      ),
    );
    expect(admitted(answers)).toBe(limit);
    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(2 * limit);
  });

  it('never admit more, and nearly all, when the requests are spread unevenly', async () => {
    const environment = { RATE_LIMIT_REQUESTS: '400' };
    await open(environment);
    const other = await another(environment);
    let count = 0;
    for (let i = 0; i < 600; i += 1) {
      const app = i % 7 === 0 ? other : test.app;
      if ((await whoami(app, test.authorization)).statusCode === 200) count += 1;
    }
    expect(count).toBeLessThanOrEqual(400);
    expect(count).toBeGreaterThan(390);
  });

  const burst = (): Promise<Answer[]> =>
    Promise.all(Array.from({ length: 8 }, () => whoami(test.app, test.authorization)));

  it('admit again when the window has passed', async () => {
    await open({ RATE_LIMIT_REQUESTS: '5', RATE_LIMIT_WINDOW_SECONDS: '2' });
    const first = await burst();
    expect(admitted(first)).toBe(5);
    const refused = first.find(({ statusCode }) => statusCode === 429);
    const seconds = Number(refused?.headers['retry-after']);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(2);
    await setTimeout(seconds * 1_000 + 20);
    expect(admitted(await burst())).toBe(5);
  });

  it('say in every answer what is left', async () => {
    await open({ RATE_LIMIT_REQUESTS: '3', RATE_LIMIT_GROUPS: 'auth=2, jobs=1' });
    const first = await whoami(test.app, test.authorization);
    expect(first.headers['ratelimit-policy']).toBe('"caller";q=3;w=600, "group-auth";q=2;w=600');
    expect(first.headers['ratelimit']).toMatch(/^"caller";r=2;t=(600|599), "group-auth";r=1;t=(600|599)$/);
    await whoami(test.app, test.authorization);
    const refused = await whoami(test.app, test.authorization);
    expect(refused.statusCode).toBe(429);
    expect(refused.headers).toMatchObject({
      'content-type': expect.stringContaining('application/problem+json') as string,
      'retry-after': expect.stringMatching(/^(600|599)$/) as string,
    });
    expect(refused.headers['ratelimit']).toMatch(/^"caller";r=0;t=\d+, "group-auth";r=0;t=\d+$/);
    expect(refused.json()).toMatchObject({
      status: 429,
      code: 'rate_limited',
      detail: expect.stringMatching(
        /^the limit "group-auth" is 2 requests in 600 s; try again in \d+ s$/,
      ) as string,
    });
    // A group has a budget of its own, and the caller's counts what groups refuse.
    const jobs = await test.app.inject({
      url: '/api/v1/jobs',
      headers: { authorization: test.authorization },
    });
    expect(jobs.statusCode).toBe(429);
    expect(jobs.headers['ratelimit']).toMatch(/^"caller";r=0;/);
  });

  it('leave a user what a key in a loop may not have', async () => {
    await open({ RATE_LIMIT_REQUESTS: '9', RATE_LIMIT_KEY_REQUESTS: '2' });
    const { body } = await test.call<{ secret: string }>('POST', '/api/keys', { name: 'a loop' });
    const asked = () => test.app.inject({ url: '/api/v1/users/me', headers: { 'x-api-key': body.secret } });
    const [first, second] = [await asked(), await asked()];
    expect([first, second].map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    // A request counts for both, and both are told.
    expect(first.headers['ratelimit-policy']).toBe('"key";q=2;w=600, "caller";q=9;w=600');
    expect(second.headers['ratelimit']).toMatch(/^"key";r=0;t=\d+, "caller";r=6;t=\d+$/);
    for (let n = 0; n < 20; n += 1) {
      const refused = await asked();
      expect(refused.statusCode).toBe(429);
      expect(refused.headers['ratelimit-policy']).toBe('"key";q=2;w=600');
    }
    // One request made the key, two came with it.
    expect((await whoami(test.app, test.authorization)).headers['ratelimit']).toMatch(/^"caller";r=5;/);
  });

  it('count the keys of a user together, however many there are', async () => {
    await open({ RATE_LIMIT_REQUESTS: '9', RATE_LIMIT_GROUPS: 'jobs=3' });
    const { authorization } = test;
    const issue = async (n: number): Promise<string> => {
      const issued = await test.call<{ secret: string }>('POST', '/api/keys', { name: `key ${n}` });
      return issued.body.secret;
    };
    const secrets = [await issue(1), await issue(2), await issue(3)];
    const asked = async (url: string): Promise<number[]> => {
      const answers = await Promise.all(
        secrets.flatMap((key) => [1, 2].map(() => test.app.inject({ url, headers: { 'x-api-key': key } }))),
      );
      return answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b);
    };
    expect(await asked('/api/v1/jobs')).toEqual([200, 200, 200, 429, 429, 429]);
    expect(await asked('/api/v1/users/me')).toEqual([429, 429, 429, 429, 429, 429]);
    expect((await whoami(test.app, authorization)).statusCode).toBe(429);
  });

  it('count requests for tokens of clients apart from log-ins of people', async () => {
    await open({ RATE_LIMIT_LOGINS: '3', RATE_LIMIT_TOKEN_REQUESTS: '5' });
    const remoteAddress = '203.0.113.20';
    const count = async (times: number, url: string, payload: object): Promise<number> => {
      const asked = { method: 'POST', url, payload, remoteAddress } as const;
      const answers = await Promise.all(Array.from({ length: times }, () => test.app.inject(asked)));
      return answers.filter(({ statusCode }) => statusCode === 401).length;
    };
    const client = { grant_type: 'client_credentials', client_id: 'nobody', client_secret: 'wrong' };
    expect(await count(9, '/oauth/token', client)).toBe(5);
    expect(await count(9, '/api/v1/auth/login', { username: 'nobody', password: 'wrong' })).toBe(3);
  });

  it('count attempts to log in by address, and nobody is locked out by another', async () => {
    await open({ RATE_LIMIT_LOGINS: '4' });
    const login = (remoteAddress: string): Promise<Answer> =>
      test.app.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        payload: { username: 'nobody', password: 'wrong' },
        remoteAddress,
      });
    const attack = await Promise.all(Array.from({ length: 20 }, () => login('203.0.113.9')));
    expect(attack.filter(({ statusCode }) => statusCode === 401)).toHaveLength(4);
    expect(attack.filter(({ statusCode }) => statusCode === 429)).toHaveLength(16);
    expect((await login('203.0.113.10')).statusCode).toBe(401);
    // One customer has a /64, and an IPv4 address is one however it is written.
    const six = await Promise.all(Array.from({ length: 6 }, (__, i) => login(`2001:db8:0:7::${i + 1}`)));
    expect(six.filter(({ statusCode }) => statusCode === 401)).toHaveLength(4);
    expect((await login('2001:db8:0:8::1')).statusCode).toBe(401);
    expect((await login('::ffff:203.0.113.9')).statusCode).toBe(429);
    // Who is logged in works on, also from there.
    expect((await whoami(test.app, test.authorization)).statusCode).toBe(200);
  });
});

describe('the limit of an address', () => {
  let test: TestApplication;
  afterEach(() => test.close());

  const at = (remoteAddress: string, url: string, headers: Record<string, string> = {}): Promise<Answer> =>
    test.app.inject({ url, remoteAddress, headers });
  const limit = { RATE_LIMIT_ADDRESS_REQUESTS: '6', RATE_LIMIT_WINDOW_SECONDS: LONG };

  /** How many of these requests were not too many. */
  const forge = async (count: number, remote: string, forwarded: (i: number) => string): Promise<number> => {
    const answers = await Promise.all(
      Array.from({ length: count }, (_, i) => at(remote, '/nowhere', { 'x-forwarded-for': forwarded(i) })),
    );
    return answers.filter(({ statusCode }) => statusCode !== 429).length;
  };

  it('stops forged tokens before they are looked at, and spares who is known', async () => {
    test = await testApplication(limit, 'api');
    const forged = { authorization: test.authorization.slice(0, -9) };
    const statuses: number[] = [];
    for (let i = 0; i < 10; i += 1) {
      statuses.push((await at('198.51.100.1', '/api/v1/users/me', forged)).statusCode);
    }
    expect(statuses).toEqual([...Array(6).fill(401), ...Array(4).fill(429)] as number[]);
    const known = { authorization: test.authorization };
    for (let i = 0; i < 20; i += 1) {
      expect((await at('198.51.100.2', '/api/v1/users/me', known)).statusCode).toBe(200);
    }
    expect((await at('198.51.100.2', '/api/v1/users/me', forged)).headers['ratelimit']).toMatch(
      /^"address";r=5;/,
    );
  });

  it('counts paths that are not there and pages, and no probes', async () => {
    test = await testApplication(limit, 'api');
    const from = '198.51.100.3';
    for (const url of ['/docs', '/redoc', '/nowhere', '/api/v1/nowhere', '/docs/openapi.json', '/metrics']) {
      expect((await at(from, url)).headers['ratelimit-policy']).toBe('"address";q=6;w=600');
    }
    expect((await at(from, '/docs')).statusCode).toBe(429);
    for (const url of ['/health', '/healthz', '/readyz']) {
      expect((await at(from, url)).statusCode).toBe(200);
    }
  });

  it('believes X-Forwarded-For of nobody, unless they are trusted', async () => {
    test = await testApplication(limit, 'api');
    expect(await forge(12, '10.1.2.3', (i) => `192.0.2.${i}`)).toBe(6);
    await test.close();
    test = await testApplication({ ...limit, API_TRUST_PROXY: '10.0.0.0/8, 192.0.2.250' }, 'api');
    // Behind the proxy everybody counts for himself,
    expect(await forge(12, '10.1.2.3', (i) => `192.0.2.${i}`)).toBe(12);
    // what a client claims before the proxy adds its address is not believed,
    expect(await forge(12, '10.1.2.3', (i) => `192.0.2.${i}, 198.51.100.9, 10.9.9.9`)).toBe(6);
    // with the port, or the brackets, that some proxies write too,
    expect(await forge(12, '10.1.2.3', (i) => `192.0.2.${i + 100}:${5_000 + i}, 10.9.9.9:443`)).toBe(12);
    expect(await forge(12, '10.1.2.3', (i) => `192.0.2.240:${5_000 + i}`)).toBe(6);
    expect(await forge(12, '10.1.2.3', (i) => `[2001:db8:${i}::1]:${5_000 + i}`)).toBe(12);
    // what is no address counts as the proxy that says it,
    expect(await forge(12, '10.1.2.4', (i) => `nonsense ${i}`)).toBe(6);
    expect(await forge(12, '10.1.2.5', (i) => `192.0.2.${i}, nonsense ${i}`)).toBe(6);
    // and who is no proxy is not believed either.
    expect(await forge(12, '198.51.100.8', (i) => `192.0.2.${i}`)).toBe(6);
  });
});

describe('the WebSocket', () => {
  let test: TestApplication;
  afterEach(() => test.close());

  async function connect(headers: Record<string, string>): Promise<WebSocket> {
    const { port } = test.app.getHttpServer().address() as AddressInfo;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/events`, { headers });
    await once(socket, 'open');
    return socket;
  }

  it('shares the budget of the caller with requests', async () => {
    test = await testApplication({ RATE_LIMIT_REQUESTS: '6', RATE_LIMIT_WINDOW_SECONDS: LONG }, 'api');
    await test.app.listen(0, '127.0.0.1');
    const { authorization } = test;
    expect((await whoami(test.app, authorization)).headers['ratelimit']).toMatch(/^"caller";r=5;/);
    const socket = await connect({ authorization });
    const heard: { type: string; problem?: { status: number; code: string } }[] = [];
    socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as never));
    for (let i = 0; i < 5; i += 1) socket.send('{"action":"ping"}');
    await expect.poll(() => heard.length).toBe(6);
    expect(heard.map(({ type }) => type)).toEqual(['authenticated', 'pong', 'pong', 'pong', 'pong', 'error']);
    expect(heard[5]?.problem).toMatchObject({ status: 429, code: 'rate_limited' });
    expect((await whoami(test.app, authorization)).statusCode).toBe(429);
    const refused = await connect({ authorization });
    expect((await once(refused, 'close'))[0]).toBe(4429);
    socket.close();
  });

  it('counts connections without a valid token for their address', async () => {
    test = await testApplication(
      { RATE_LIMIT_ADDRESS_REQUESTS: '3', RATE_LIMIT_WINDOW_SECONDS: LONG },
      'api',
    );
    await test.app.listen(0, '127.0.0.1');
    const codes: unknown[] = [];
    // The log-in of the test was one.
    for (let i = 0; i < 3; i += 1) {
      const socket = await connect({ authorization: 'Bearer forged' });
      codes.push((await once(socket, 'close'))[0]);
    }
    expect(codes).toEqual([4401, 4401, 4429]);
  });
});

describe('a store that does not answer', () => {
  it.skipIf(probe === undefined)('lets callers work and nobody log in, until it is back', async () => {
    const redis = await startRedis();
    if (redis === undefined) throw new Error('redis-server went missing');
    const environment = { REDIS_URL: redis.url, RATE_LIMIT_REQUESTS: '3', RATE_LIMIT_LOGINS: '50' };
    const test = await testApplication({ ...environment, RATE_LIMIT_WINDOW_SECONDS: '2' }, 'api');
    const login = (): Promise<Answer> =>
      test.app.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        payload: { username: 'nobody', password: 'wrong' },
      });
    try {
      await whoami(test.app, test.authorization);
      redis.freeze(true);
      // What was drawn before is used up.
      await setTimeout(2_100);
      const started = performance.now();
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => whoami(test.app, test.authorization)),
      );
      expect(admitted(answers)).toBe(30);
      expect(performance.now() - started).toBeLessThan(5_000);
      const refused = await login();
      expect(refused.statusCode).toBe(503);
      expect(refused.json()).toMatchObject({ code: 'rate_limit_unavailable' });
      redis.freeze(false);
      await expect.poll(async () => (await login()).statusCode, { timeout: 10_000 }).toBe(401);
      await expect
        .poll(async () => (await whoami(test.app, test.authorization)).statusCode, { timeout: 10_000 })
        .toBe(429);
    } finally {
      redis.freeze(false);
      await test.close();
      await redis.stop();
    }
  });

  it('is the same with PostgreSQL', async () => {
    const test = await testApplication(
      { RATE_LIMIT_REQUESTS: '3', RATE_LIMIT_LOGINS: '50', RATE_LIMIT_ADDRESS_REQUESTS: '3' },
      'api',
    );
    try {
      await test.app.get(DataSource).query('DELETE FROM spent_budgets');
      const runtime = test.runtime.database.owner.url;
      const owner = await new DataSource({ type: 'postgres', url: runtime }).initialize();
      await owner.query('ALTER TABLE spent_budgets RENAME TO gone');
      const forged = await test.app.inject({ url: '/nowhere', remoteAddress: '198.51.100.4' });
      expect(forged.statusCode).toBe(404);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => whoami(test.app, test.authorization)),
      );
      expect(admitted(answers)).toBe(10);
      const login = await test.app.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        payload: { username: 'nobody', password: 'wrong' },
        remoteAddress: '198.51.100.5',
      });
      expect(login.statusCode).toBe(503);
      expect(login.json()).toMatchObject({ code: 'rate_limit_unavailable' });
      await owner.destroy();
    } finally {
      await test.close();
    }
  });
});
