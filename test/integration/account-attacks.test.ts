import { Secret, TOTP } from 'otpauth';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller } from '../support/caller.js';

const GOOD = 'violet harbour seven lanterns';
const NEXT = 'amber orchard nine bridges';

let test: TestApplication;
beforeAll(async () => {
  test = await testApplication({ API_MAX_REQUESTS: '5000' }, 'api');
});
afterAll(() => test.close());

const login = (username: string, remoteAddress: string, password = GOOD) =>
  test.app.inject({
    method: 'POST',
    url: '/api/auth/login',
    remoteAddress,
    payload: { username, password },
  });
const person = (username: string) =>
  test.call('POST', '/api/users', { username, role: 'viewer', password: GOOD });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const tokenOf = (answer: Awaited<ReturnType<typeof login>>): string =>
  answer.json<{ access_token: string }>().access_token;
const statusesOf = (answers: readonly { statusCode: number }[]): number[] =>
  [...new Set(answers.map(({ statusCode }) => statusCode))].toSorted((a, b) => a - b);

describe('many at once', () => {
  it('who log in as one user do not wait for each other for ever', async () => {
    await person('crowd');
    for (let burst = 0; burst < 3; burst += 1) {
      const answers = await Promise.all(Array.from({ length: 48 }, (_, n) => login('crowd', `192.0.2.${n}`)));
      expect(statusesOf(answers)).toEqual([200]);
    }
  }, 60_000);

  it('who give a role that is not there are told so', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        test.call('POST', '/api/users', { username: `bot-${n}`, kind: 'service', role: 'nope' }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]));
  });

  it('guesses are counted while they wait', async () => {
    await person('quick');
    const guesses = Array.from({ length: 40 }, (_, n) => login('quick', '198.51.100.1', `wrong ${n}`));
    const answers = await Promise.all(guesses);
    const checked = answers.filter(({ statusCode }) => statusCode === 401);
    // Five are free, and two are at work when the fifth is counted.
    expect(checked.length).toBeLessThanOrEqual(8);
    expect(statusesOf(answers)).toEqual([401, 429]);
  });

  it('log-ins by an old password do not outlive its change', async () => {
    await person('changing');
    const as = bearer(tokenOf(await login('changing', '203.0.113.1')));
    const body = { current_password: GOOD, new_password: NEXT };
    const racing = Array.from({ length: 20 }, (_, n) => login('changing', `203.0.113.${n + 2}`));
    expect((await test.call('POST', '/api/users/me/password', body, as)).status).toBe(204);
    const tokens = (await Promise.all(racing)).filter(({ statusCode }) => statusCode === 200).map(tokenOf);
    const alive = await Promise.all(
      tokens.map(async (token) => (await test.call('GET', '/api/users/me', undefined, bearer(token))).status),
    );
    expect(alive.filter((status) => status !== 401)).toEqual([]);
  });

  it('of one user take no place of another who confirms a password', async () => {
    await person('greedy');
    await person('modest');
    const greedy = bearer(tokenOf(await login('greedy', '198.51.100.7')));
    const modest = bearer(tokenOf(await login('modest', '198.51.100.8')));
    const same = { current_password: GOOD, new_password: GOOD };
    const flood = Array.from({ length: 75 }, () => test.call('POST', '/api/users/me/password', same, greedy));
    const body = { current_password: GOOD, new_password: NEXT };
    expect((await test.call('POST', '/api/users/me/password', body, modest)).status).toBe(204);
    const statuses = new Set((await Promise.all(flood)).map(({ status }) => status));
    expect(statuses.has(503)).toBe(true);
  });
});

describe('somebody of a smaller rank', () => {
  it('changes and deletes no role that may do what he may not', async () => {
    await test.call('PUT', '/api/roles/boss', { permissions: ['simulations:run', 'populations:create'] });
    await test.call('PUT', '/api/roles/clerk', { permissions: ['roles:write', 'users:write'] });
    const { authorization } = await makeCaller(test.app, 'clerk');
    const emptied = await test.call('PUT', '/api/roles/boss', { permissions: [] }, { authorization });
    expect(emptied.body).toMatchObject({ status: 403, code: 'permissions_beyond' });
    const deleted = await test.call('DELETE', '/api/roles/boss', undefined, { authorization });
    expect(deleted.body).toMatchObject({ status: 403, code: 'permissions_beyond' });
  });

  it('ends no sessions of who may do more', async () => {
    await test.call('PUT', '/api/roles/warden', {
      permissions: ['sessions:read', 'sessions:revoke', 'populations:read'],
    });
    await test.call('PUT', '/api/roles/guest', { permissions: ['populations:read'] });
    const { authorization } = await makeCaller(test.app, 'warden');
    const [above, below] = [await makeCaller(test.app, 'operator'), await makeCaller(test.app, 'guest')];
    const end = (url: string) => test.call('DELETE', url, undefined, { authorization });
    for (const url of [`/api/sessions/${above.sessionId}`, `/api/users/${above.userId}/sessions`])
      expect((await end(url)).body).toMatchObject({ status: 403, code: 'permissions_beyond' });
    expect(
      (await test.call('GET', '/api/users/me', undefined, { authorization: above.authorization })).status,
    ).toBe(200);
    expect((await end(`/api/sessions/${below.sessionId}`)).status).toBe(204);
    expect((await end(`/api/users/${below.userId}/sessions`)).body).toMatchObject({ ended: 0 });
  });

  it('makes no key for the machine itself, nor a name that looks like another', async () => {
    const source = test.app.get(DataSource);
    const [cli] = await source.query<{ id: string }[]>(
      `INSERT INTO users (id, username, role) VALUES (gen_random_uuid(), 'cli', 'admin')
       ON CONFLICT (username) DO UPDATE SET role = 'admin' RETURNING id`,
    );
    const issued = await test.call('POST', '/api/keys', { name: 'x', user_id: cli?.id });
    expect(issued.body).toMatchObject({ status: 422, code: 'user_reserved' });
    for (const username of ['Admin', 'CLI', 'Grace']) expect((await person(username)).status).toBe(422);
  });
});

it('a name is found however it is written', async () => {
  await person('writer');
  expect((await login('Writer', '192.0.2.200')).statusCode).toBe(200);
});

it('a key says that it is the key that may not', async () => {
  const issued = await test.call<{ secret: string }>('POST', '/api/keys', {
    name: 'narrow',
    scopes: ['populations:read'],
  });
  const headers = { 'x-api-key': issued.body.secret };
  const answer = await test.app.inject({ url: '/api/jobs', headers });
  expect(answer.json()).toMatchObject({
    code: 'permission_denied',
    detail: expect.stringContaining('this key does not have the permission jobs:read') as string,
  });
});

describe('what was given', () => {
  it('does not grow: a key that somebody else made', async () => {
    const made = await test.call('POST', '/api/users', {
      username: 'junior',
      kind: 'service',
      role: 'viewer',
    });
    const id = (made.body as { id: string }).id;
    const issued = await test.call<{ secret: string }>('POST', '/api/keys', { name: 'gift', user_id: id });
    const { etag } = (await test.call('GET', `/api/users/${id}`)).headers;
    const raised = { role: 'admin' };
    expect((await test.call('PATCH', `/api/users/${id}`, raised, { 'if-match': String(etag) })).status).toBe(
      200,
    );
    const headers = { 'x-api-key': issued.body.secret };
    expect((await test.app.inject({ url: '/api/populations', headers })).statusCode).toBe(200);
    expect((await test.app.inject({ url: '/api/users', headers })).statusCode).toBe(403);
  });

  it('holds for one thing: a first password enrols no authenticator', async () => {
    await person('fresh');
    const as = bearer(tokenOf(await login('fresh', '192.0.2.50')));
    const answer = await test.call('POST', '/api/users/me/totp', { current_password: GOOD }, as);
    expect(answer.body).toMatchObject({ status: 403, code: 'change_password_first' });
  });

  it('is forgotten: a place that its user threw out', async () => {
    await person('careful');
    const thief = tokenOf(await login('careful', '192.0.2.60'));
    const own = bearer(tokenOf(await login('careful', '192.0.2.61')));
    const { body } = await test.call<{ sessions: { id: string; current: boolean }[] }>(
      'GET',
      '/api/users/me/sessions',
      undefined,
      own,
    );
    const other = body.sessions.find(({ current }) => !current)?.id ?? '';
    expect((await test.call('DELETE', `/api/users/me/sessions/${other}`, undefined, own)).status).toBe(204);
    expect((await test.call('GET', '/api/users/me', undefined, bearer(thief))).status).toBe(401);
    for (let n = 0; n < 50; n += 1) await login('careful', `203.0.113.${n}`, 'wrong');
    expect((await login('careful', '192.0.2.60', 'wrong')).statusCode).toBe(429);
    expect((await login('careful', '192.0.2.61')).statusCode).toBe(200);
  });
});

it('codes that would remove an authenticator are guessed as slowly as passwords', async () => {
  await person('guarded');
  const first = bearer(tokenOf(await login('guarded', '192.0.2.70')));
  const changed = { current_password: GOOD, new_password: NEXT };
  await test.call('POST', '/api/users/me/password', changed, first);
  const begun = await test.call<{ secret: string }>(
    'POST',
    '/api/users/me/totp',
    { current_password: NEXT },
    first,
  );
  const totp = new TOTP({ secret: Secret.fromBase32(begun.body.secret) });
  const confirmed = await test.call('POST', '/api/users/me/totp/confirm', { code: totp.generate() }, first);
  expect(confirmed.status).toBe(204);
  const right = totp.generate();
  const codes: unknown[] = [];
  for (let n = 0; n < 7; n += 1) {
    const code = String((Number(right) + 500_000 + n) % 1_000_000).padStart(6, '0');
    const answer = await test.call(
      'POST',
      '/api/users/me/totp/remove',
      { current_password: NEXT, code },
      first,
    );
    codes.push(answer.body['code']);
  }
  expect(codes.slice(-2)).toEqual(['login_blocked', 'login_blocked']);
});

it('nobody takes away their own password or authenticator as if they were somebody else', async () => {
  const { token, userId } = await makeCaller(test.app, 'admin');
  const mine = (path: string, body?: object) =>
    test.app.inject({
      method: 'POST',
      url: `/api/users/${userId}/${path}`,
      headers: bearer(token),
      ...(body !== undefined && { payload: body }),
    });
  for (const answer of [await mine('reset-totp'), await mine('reset-password', { password: NEXT })])
    expect(answer.json()).toMatchObject({ status: 403, code: 'own_account' });
});

it('everybody who administrates enrols an authenticator, whatever the role is called', async () => {
  const strict = await testApplication({ API_REQUIRE_ADMIN_TOTP: 'true' }, 'api');
  try {
    const source = strict.app.get(DataSource);
    await source.query(`INSERT INTO roles (name, description, permissions) VALUES ('twin', '', $1)`, [
      ['users:read', 'users:write'],
    ]);
    const { token, userId } = await makeCaller(strict.app, 'twin');
    await source.query(`UPDATE users SET password_hash = '$argon2id$x' WHERE id = $1`, [userId]);
    const answer = await strict.app.inject({ url: '/api/users', headers: bearer(token) });
    expect(answer.json()).toMatchObject({ status: 403, code: 'enrol_totp_first' });
  } finally {
    await strict.close();
  }
});
