import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { compose } from '../../src/composition.js';
import { createHttpApplication } from '../../src/http-application.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller, openSession } from '../support/caller.js';

const PASSWORD = 'seven lanterns at dusk';

interface Tokens {
  access_token: string;
  refresh_token: string;
}

let test: TestApplication;
/** Another process on the same database, as far as it can be had in one. */
let other: Awaited<ReturnType<typeof createHttpApplication>>;

beforeAll(async () => {
  test = await testApplication({ AZT3KNET_ADMIN_PASSWORD: PASSWORD }, 'api');
  other = await createHttpApplication(compose('api', test.runtime));
  await other.init();
  await other.getHttpAdapter().getInstance().ready();
});
afterAll(async () => {
  await other.close();
  await test.close();
});

const login = async (): Promise<Tokens> =>
  (
    await test.call<Tokens>('POST', '/api/auth/login', {
      username: 'admin',
      password: PASSWORD,
    })
  ).body;
const post = (url: string, token: string, body?: object) =>
  test.call('POST', url, body, { authorization: `Bearer ${token}` });
const me = async (token: string, app = test.app) =>
  (await app.inject({ url: '/api/users/me', headers: { authorization: `Bearer ${token}` } })).statusCode;
/** Milliseconds until a token holds nowhere. */
async function untilRefused(token: string): Promise<number> {
  const started = performance.now();
  for (const app of [test.app, other]) {
    while ((await me(token, app)) !== 401) {
      if (performance.now() - started > 5_000) throw new Error('the token still holds');
      await sleep(10);
    }
  }
  return performance.now() - started;
}

describe('a session', () => {
  it('is listed, and ends by its owner, everywhere within a second', async () => {
    const [first, second] = [await login(), await login()];
    expect([await me(first.access_token), await me(first.access_token, other)]).toEqual([200, 200]);
    const listed = await test.call<{ sessions: { id: string; current: boolean }[] }>(
      'GET',
      '/api/users/me/sessions?active=true',
      undefined,
      { authorization: `Bearer ${first.access_token}` },
    );
    expect(listed.body.sessions.length).toBeGreaterThanOrEqual(2);
    expect(listed.body.sessions.filter(({ current }) => current)).toHaveLength(1);
    expect((await post('/api/auth/logout', first.access_token)).status).toBe(204);
    expect(await untilRefused(first.access_token)).toBeLessThan(1_000);
    expect((await post('/api/auth/refresh', first.refresh_token)).status).toBe(401);
    expect(await me(second.access_token)).toBe(200);
  });

  it('goes on with every refresh token once', async () => {
    let tokens = await login();
    for (let round = 0; round < 5; round += 1) {
      const { status, body } = await post('/api/auth/refresh', tokens.refresh_token);
      expect(status).toBe(200);
      tokens = body as unknown as Tokens;
    }
    expect(await me(tokens.access_token)).toBe(200);
  });

  it('ends with all of its tokens when a refresh token is used again', async () => {
    const stolen = await login();
    const next = (await post('/api/auth/refresh', stolen.refresh_token)).body as unknown as Tokens;
    expect(await me(next.access_token, other)).toBe(200);
    expect((await post('/api/auth/refresh', stolen.refresh_token)).status).toBe(401);
    expect(await untilRefused(next.access_token)).toBeLessThan(1_000);
    expect((await post('/api/auth/refresh', next.refresh_token)).status).toBe(401);
    const [row] = await test.app
      .get(DataSource)
      .query<{ count: number }[]>(`SELECT count(*)::int AS count FROM audit WHERE action = 'session.reuse'`);
    expect(row?.count).toBe(1);
  });

  it('gives one of twenty who refresh at once the next tokens', async () => {
    const { refresh_token } = await login();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post('/api/auth/refresh', refresh_token)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(19);
  });

  it('is nobody else’s to end', async () => {
    const [mine, theirs] = [await makeCaller(test.app, 'operator'), await makeCaller(test.app, 'operator')];
    const answer = await test.call('DELETE', `/api/users/me/sessions/${theirs.sessionId}`, undefined, {
      authorization: mine.authorization,
    });
    expect(answer.status).toBe(404);
    expect(await me(theirs.token)).toBe(200);
  });

  it('ends with all others by logout everywhere, and by an administrator', async () => {
    const caller = await makeCaller(test.app, 'viewer');
    const another = await openSession(test.app, caller.userId);
    const { body } = await post('/api/auth/logout-everywhere', caller.token);
    expect(body).toMatchObject({ ended: 2 });
    expect(await untilRefused(another.token)).toBeLessThan(1_000);
    const third = await openSession(test.app, caller.userId);
    expect((await test.call('DELETE', `/api/sessions/${third.sessionId}`)).status).toBe(204);
    expect(await untilRefused(third.token)).toBeLessThan(1_000);
  });

  it('that listens to events hears nothing a second after it has ended', async () => {
    const caller = await makeCaller(test.app, 'viewer');
    await test.app.listen(0, '127.0.0.1');
    const { port } = test.app.getHttpServer().address() as { port: number };
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/events`, {
      headers: { authorization: caller.authorization },
    });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('{"action":"subscribe","topics":["jobs.*"]}');
    await sleep(300);
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    const started = performance.now();
    await test.call('DELETE', `/api/sessions/${caller.sessionId}`);
    expect(await closed).toBe(4401);
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});

const jwks = async (app = test.app) =>
  (await app.inject({ url: '/.well-known/jwks.json' })).json<{ keys: Record<string, string>[] }>().keys;

describe('the keys that sign', () => {
  it('are published without what is private', async () => {
    const keys = await jwks();
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0] ?? {}).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    // RSA of 3,072 bits, with the usual exponent.
    expect([Buffer.from(keys[0]?.['n'] ?? '', 'base64url').length, keys[0]?.['e']]).toEqual([384, 'AQAB']);
    const [row] = await test.app
      .get(DataSource)
      .query<{ private_key: string }[]>('SELECT private_key FROM signing_keys');
    expect(row?.private_key).toMatch(/^v1\.\w+\.[\w-]+$/);
  });

  it('rotate in every process, and what the old one signed goes on to hold', async () => {
    const before = await login();
    const { status, body } = await test.call('POST', '/api/signing-keys/rotate', {});
    expect(status).toBe(201);
    const after = await login();
    const kid = (
      JSON.parse(Buffer.from(after.access_token.split('.')[0] ?? '', 'base64url').toString()) as {
        kid: string;
      }
    ).kid;
    expect(kid).toBe(body['kid']);
    // The other process has never seen the new key.
    expect([await me(before.access_token, other), await me(after.access_token, other)]).toEqual([200, 200]);
    expect(await jwks(other)).toHaveLength(2);
  });

  it('are revoked within a second, with all that they signed', async () => {
    const tokens = await login();
    expect(await me(tokens.access_token, other)).toBe(200);
    await test.call(
      'POST',
      '/api/signing-keys/rotate',
      { revoke: true },
      { authorization: test.authorization },
    );
    expect(await untilRefused(tokens.access_token)).toBeLessThan(1_000);
    const again = await login();
    const active = await test.call<{ sessions: { current: boolean }[] }>(
      'GET',
      '/api/users/me/sessions?active=true',
      undefined,
      { authorization: `Bearer ${again.access_token}` },
    );
    expect(active.body.sessions.map(({ current }) => current)).toEqual([true]);
    expect([await me(again.access_token), await me(again.access_token, other)]).toEqual([200, 200]);
    expect(await jwks()).toHaveLength(1);
    const list = await test.call<{ signing_keys: { revoked_at: string | null }[] }>(
      'GET',
      '/api/signing-keys',
      undefined,
      { authorization: `Bearer ${again.access_token}` },
    );
    expect(list.body.signing_keys.map(({ revoked_at }) => revoked_at === null)).toEqual([true, false, false]);
  });
});
