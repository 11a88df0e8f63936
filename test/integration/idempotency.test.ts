import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { PinoLogger } from 'nestjs-pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { IdempotencyService, type RequestScope } from '../../src/core/idempotency/idempotency.service.js';
import { Sealing } from '../../src/core/secrets/index.js';
import { testApplication, type TestApplication } from '../support/application.js';

const request = { gender: 'female', count: 20, country: 'MX', seed: 'once', persist: true };

let test: TestApplication;
let dataSource: DataSource;

beforeAll(async () => {
  test = await testApplication({}, 'api');
  dataSource = test.app.get(DataSource);
});
afterAll(() => test.close());

const post = (key: string, body: object = request, url = '/api/populate') =>
  test.call<{ job_id: string; code: string }>('POST', url, body, { 'idempotency-key': key });
const jobs = async (): Promise<number> => {
  const [row] = await dataSource.query<{ n: string }[]>('SELECT count(*) AS n FROM jobs');
  return Number(row?.n);
};

const issue = async (scopes: string[]): Promise<string> => {
  const issued = await test.call<{ secret: string }>('POST', '/api/keys', { name: 'x', scopes });
  return issued.body.secret;
};

describe('Idempotency-Key', () => {
  it('carries a request out once and repeats its answer', async () => {
    const key = randomUUID();
    const before = await jobs();
    const first = await post(key);
    const second = await post(key);
    expect(first.status).toBe(202);
    expect(second).toMatchObject({ status: 202, body: first.body });
    expect(second.headers).toMatchObject({
      location: first.headers['location'],
      'content-type': first.headers['content-type'],
      'idempotency-replayed': 'true',
    });
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    expect(await jobs()).toBe(before + 1);
  });

  it('lets one of twenty at once through', async () => {
    const key = randomUUID();
    const before = await jobs();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(key)));
    const carried = answers.filter(({ status }) => status === 202);
    expect(new Set(carried.map(({ body }) => body.job_id)).size).toBe(1);
    const others = answers.filter(({ status }) => status !== 202);
    expect(others.every(({ status, body }) => status === 409 && body.code === 'idempotency_key_in_use')).toBe(
      true,
    );
    expect(await jobs()).toBe(before + 1);
  });

  it('refuses the key for another request, body or path', async () => {
    const key = randomUUID();
    await post(key);
    for (const other of [
      await post(key, { ...request, count: 21 }),
      await post(key, request, '/api/populate?export=csv'),
    ]) {
      expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    }
  });

  it('takes the order of fields for nothing', async () => {
    const key = randomUUID();
    const first = await post(key);
    const reversed = Object.fromEntries(Object.entries(request).toReversed());
    expect((await post(key, reversed)).body).toEqual(first.body);
  });

  it('gives a key back when the request was refused', async () => {
    const key = randomUUID();
    const unknown = { agent: randomUUID(), template: 'street_art_campaign' };
    expect((await post(key, unknown, '/api/content/draft')).status).toBe(404);
    expect((await post(key)).status).toBe(202);
  });

  it('belongs to one caller and one key', async () => {
    const key = randomUUID();
    const first = await post(key);
    expect((await post(`${key}x`)).body.job_id).not.toBe(first.body.job_id);
    await dataSource.query('UPDATE idempotency_keys SET caller_id = $1 WHERE key = $2', [randomUUID(), key]);
    expect((await post(key)).body.job_id).not.toBe(first.body.job_id);
  });

  it('belongs to one credential: a narrow one of the same user is handed nothing of a wide one', async () => {
    const key = randomUUID();
    const [wide, narrow] = [
      await issue(['populations:create', 'jobs:read']),
      await issue(['populations:create']),
    ];
    const answers: string[] = [];
    for (const secret of [wide, narrow, wide, narrow]) {
      const headers = { 'x-api-key': secret, 'idempotency-key': key };
      const answer = await test.app.inject({
        method: 'POST',
        url: '/api/populate',
        headers,
        payload: request,
      });
      answers.push(answer.json<{ job_id: string }>().job_id);
    }
    const session = await post(key);
    expect(new Set([answers[0], answers[1], session.body.job_id]).size).toBe(3);
    expect([answers[2], answers[3]]).toEqual([answers[0], answers[1]]);
  });

  it('belongs to what the token of a client is narrowed to', async () => {
    const key = randomUUID();
    const made = await test.call<{ id: string }>('POST', '/api/users', {
      username: 'repeater',
      kind: 'service',
      role: 'operator',
    });
    const issued = await test.call<{ secret: string }>('POST', '/api/keys', {
      name: 'x',
      kind: 'client_secret',
      user_id: made.body.id,
    });
    const jobOf = async (scope: string): Promise<string> => {
      const fields = {
        grant_type: 'client_credentials',
        client_id: 'repeater',
        client_secret: issued.body.secret,
      };
      const granted = await test.app.inject({
        method: 'POST',
        url: '/oauth/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ ...fields, ...(scope !== '' && { scope }) }).toString(),
      });
      const authorization = `Bearer ${granted.json<{ access_token: string }>().access_token}`;
      const answer = await test.call<{ job_id: string }>('POST', '/api/populate', request, {
        authorization,
        'idempotency-key': key,
      });
      return answer.body.job_id;
    };
    const whole = await jobOf('');
    const narrow = await jobOf('populations:create');
    expect(narrow).not.toBe(whole);
    expect(await jobOf('')).toBe(whole);
    expect(await jobOf('jobs:read populations:create')).toBe(await jobOf('populations:create jobs:read'));
  });

  it('does nothing twice when the server died between the commit and the answer', async () => {
    const key = randomUUID();
    await post(key);
    const before = await jobs();
    const die = (state: string, age: string) =>
      dataSource.query(
        `UPDATE idempotency_keys SET state = $2, renewed_at = now() - $3::interval, status = NULL, body = NULL WHERE key = $1`,
        [key, state, age],
      );
    await die('committed', '10 seconds');
    expect(await post(key)).toMatchObject({ status: 409, body: { code: 'idempotency_key_in_use' } });
    await die('committed', '2 minutes');
    expect(await post(key)).toMatchObject({ status: 409, body: { code: 'idempotency_answer_lost' } });
    expect(await jobs()).toBe(before);
    await die('running', '2 minutes');
    expect((await post(key)).status).toBe(202);
    expect(await jobs()).toBe(before + 1);
  });

  it('is marked by the transaction that has the effect', async () => {
    const key = randomUUID();
    const seen: unknown[] = [];
    const spy = {
      afterTransactionCommit: async () => {
        seen.push(
          ...(await dataSource.query<unknown[]>('SELECT state FROM idempotency_keys WHERE key = $1', [key])),
        );
      },
    };
    dataSource.subscribers.push(spy);
    await post(key);
    dataSource.subscribers.splice(dataSource.subscribers.indexOf(spy), 1);
    expect(seen).toContainEqual({ state: 'committed' });
  });

  it.each(['', 'x'.repeat(256), 'clé'])('refuses the key %j', async (key) => {
    const answer = await post(key);
    expect(answer).toMatchObject({ status: 422, body: { code: 'idempotency_key_invalid' } });
  });
});

const claim = (service: IdempotencyService, caller: string, scope: RequestScope = {}) =>
  service.scope.run(scope, () =>
    service.claim({ callerId: caller, credential: 'session', key: 'key' }, 'hash'),
  );
const write = (service: IdempotencyService, scope: RequestScope, actor: string) =>
  service.scope.run(scope, () =>
    dataSource.transaction((manager) =>
      manager.query(
        `WITH batch AS (INSERT INTO event_batches (events) VALUES (1) RETURNING id)
         INSERT INTO outbox SELECT id, 1, $1, 'a', '{}' FROM batch`,
        [actor],
      ),
    ),
  );
const written = async (topics: string[]) =>
  (
    await dataSource.query<{ topic: string }[]>('SELECT topic FROM outbox WHERE topic = ANY($1)', [topics])
  ).map(({ topic }) => topic);

it('what an answer tells is sealed where it is kept', async () => {
  const key = randomUUID();
  const made = await test.call<{ secret: string }>(
    'POST',
    '/api/keys',
    { name: 'kept' },
    { 'idempotency-key': key },
  );
  const again = await test.call<{ secret: string }>(
    'POST',
    '/api/keys',
    { name: 'kept' },
    { 'idempotency-key': key },
  );
  expect(again.body).toEqual(made.body);
  const rows = await dataSource.query<object[]>('SELECT * FROM idempotency_keys WHERE key = $1', [key]);
  expect(rows).toHaveLength(1);
  expect(made.body.secret).toMatch(/^azt_/);
  expect(JSON.stringify(rows)).not.toContain(made.body.secret);
});

describe('a key whose request takes longer than its lease', () => {
  const LEASE_MS = 400;
  const processes: IdempotencyService[] = [];

  /** What another process of the same laboratory does with keys. */
  function start(): IdempotencyService {
    const service = new IdempotencyService(dataSource, new PinoLogger({}), test.app.get(Sealing), LEASE_MS);
    service.onModuleInit();
    processes.push(service);
    return service;
  }
  afterEach(() => {
    for (const service of processes.splice(0)) {
      service.onApplicationShutdown();
      dataSource.subscribers.splice(dataSource.subscribers.indexOf(service), 1);
    }
  });

  it('stays with it while its process carries it out, before and after the effect', async () => {
    const [slow, other, caller] = [start(), start(), randomUUID()];
    const scope: RequestScope = {};
    expect(await claim(slow, caller, scope)).toBeUndefined();
    await setTimeout(3 * LEASE_MS);
    await expect(claim(other, caller)).rejects.toMatchObject({ code: 'idempotency_key_in_use' });
    await write(slow, scope, caller);
    await setTimeout(3 * LEASE_MS);
    await expect(claim(other, caller)).rejects.toMatchObject({ code: 'idempotency_key_in_use' });
    const answer = { status: 202, headers: {}, body: 'done' };
    if (scope.request !== undefined) await slow.answer(scope.request, answer);
    expect(await claim(other, caller)).toEqual(answer);
  });

  it('is taken over once nobody renews it, and what the late one did is undone', async () => {
    const [stuck, other, caller] = [start(), start(), randomUUID()];
    const [late, next] = [`late ${caller}`, `next ${caller}`];
    const [first, second]: RequestScope[] = [{}, {}];
    await claim(stuck, caller, first);
    stuck.onApplicationShutdown();
    await setTimeout(2 * LEASE_MS);
    expect(await claim(other, caller, second)).toBeUndefined();
    await expect(write(stuck, first ?? {}, late)).rejects.toMatchObject({ code: 'idempotency_key_lost' });
    if (first?.request !== undefined) await stuck.release(first.request);
    await write(other, second ?? {}, next);
    expect(await written([late, next])).toEqual([next]);
    await expect(claim(other, caller)).rejects.toMatchObject({ code: 'idempotency_key_in_use' });
  });
});
