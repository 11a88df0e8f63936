import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Authenticator } from '../../src/core/http/index.js';
import { TokenService } from '../../src/modules/auth/tokens/token.service.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller, openSession } from '../support/caller.js';

let test: TestApplication;
beforeAll(async () => {
  test = await testApplication({ API_TRUST_PROXY: '127.0.0.1' }, 'api');
});
afterAll(() => test.close());

const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });
const call = async (headers: Record<string, string>): Promise<number> =>
  (await test.call('GET', '/api/v1/roles', undefined, headers)).status;
/** What the audit says of an action, without what no test can know. */
const told = (action: string, subject: string) => async () =>
  test.app
    .get(DataSource)
    .query<object[]>(
      'SELECT actor, subject_type, data FROM audit WHERE action = $1 AND subject_id = $2 ORDER BY sequence',
      [action, subject],
    );
const use = (address: string): object => ({
  actor: 'admin',
  subject_type: 'key',
  data: { address, count: 1 },
});
const reject = (credential: string, count: number): object => ({
  actor: 'anonymous',
  subject_type: 'address',
  data: { credential, count },
});
const SOON = { timeout: 12_000 };

describe('the audit tells of a key', () => {
  it('that is used, once for each address and not for each request', async () => {
    const made = await test.call('POST', '/api/v1/keys', { name: 'noted' });
    const { key, secret } = made.body as { key: { id: string }; secret: string };
    for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.1']) {
      const headers = { ...from(address), 'x-api-key': secret };
      const answer = await test.app.inject({ url: '/api/v1/roles', headers });
      expect(answer.statusCode).toBe(200);
    }
    await expect.poll(told('key.use', key.id), SOON).toEqual([use('192.0.2.1'), use('192.0.2.2')]);
  });

  it('that is not known, once a minute for each address and not for each request', async () => {
    for (let n = 0; n < 30; n += 1) {
      const answer = await test.app.inject({
        url: '/api/v1/roles',
        headers: { ...from('192.0.2.10'), 'x-api-key': `azt_${String(n).padStart(8, '0')}_forged` },
      });
      expect(answer.statusCode).toBe(401);
    }
    await expect.poll(told('access.reject', '192.0.2.10'), SOON).toEqual([reject('key', 30)]);
  });
});

describe('the audit tells of a token', () => {
  it('that is forged, and of one whose session has ended', async () => {
    expect(await call({ ...from('192.0.2.20'), authorization: 'Bearer a.forged.token' })).toBe(401);
    const { userId, sessionId, authorization } = await makeCaller(test.app, 'viewer');
    await test.app.get(DataSource).query('UPDATE sessions SET revoked_at = now() WHERE id = $1', [sessionId]);
    expect(await call({ ...from('192.0.2.20'), authorization })).toBe(401);
    const { token } = await openSession(test.app, userId);
    const refresh = { ...from('192.0.2.20'), authorization: `Bearer ${token}` };
    expect((await test.call('POST', '/api/v1/auth/refresh', undefined, refresh)).status).toBe(401);
    await expect
      .poll(told('access.reject', '192.0.2.20'), SOON)
      .toEqual([reject('token', 2), reject('session', 1)]);
  });

  it('that a stream was opened with, where it does not hold', async () => {
    const authenticator = test.app.get(Authenticator, { strict: false });
    await expect(authenticator.authenticate('a.forged.token')).rejects.toThrow(/token/);
    await expect.poll(told('access.reject', 'unknown'), SOON).toEqual([reject('token', 1)]);
  });

  it('that is missing, or has expired, by no word: that is every day’s', async () => {
    expect((await test.app.inject({ url: '/api/v1/roles', headers: from('192.0.2.30') })).statusCode).toBe(
      401,
    );
    const { userId: sub, sessionId: sid } = await makeCaller(test.app, 'viewer');
    const old = await test.app.get(TokenService, { strict: false }).sign({ sub, sid }, 'access', -10);
    expect(await call({ ...from('192.0.2.30'), authorization: `Bearer ${old}` })).toBe(401);
    const refresh = { ...from('192.0.2.30'), authorization: `Bearer ${old}` };
    expect((await test.call('POST', '/api/v1/auth/refresh', undefined, refresh)).status).toBe(401);
    expect(await call({ ...from('192.0.2.31'), authorization: 'Bearer forged' })).toBe(401);
    await expect.poll(told('access.reject', '192.0.2.31'), SOON).toHaveLength(1);
    expect(await told('access.reject', '192.0.2.30')()).toEqual([]);
  });

  it('that a client did not get', async () => {
    for (const client_secret of ['guess one', 'guess two', 'guess three']) {
      const form = { grant_type: 'client_credentials', client_id: 'nightly', client_secret };
      const answer = await test.app.inject({
        method: 'POST',
        url: '/oauth/token',
        headers: { ...from('192.0.2.40'), 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(form).toString(),
      });
      expect(answer.statusCode).toBe(401);
    }
    await expect
      .poll(told('auth.refuse_token', '192.0.2.40'), SOON)
      .toEqual([
        { actor: 'anonymous', subject_type: 'address', data: { reason: 'invalid_client', count: 3 } },
      ]);
  });
});

it('the audit tells of an enrolment that begins', async () => {
  const password = 'violet harbour seven lanterns';
  const made = await test.call('POST', '/api/v1/users', { username: 'beginner', role: 'viewer', password });
  await test.app
    .get(DataSource)
    .query('UPDATE users SET must_change_password = false WHERE id = $1', [made.body['id']]);
  const login = { username: 'beginner', password };
  const { body } = await test.call<{ access_token: string }>('POST', '/api/v1/auth/login', login);
  const authorization = `Bearer ${body.access_token}`;
  const begin = { current_password: password };
  expect((await test.call('POST', '/api/v1/users/me/totp', begin, { authorization })).body).toMatchObject({
    uri: expect.any(String),
  });
  expect(await told('user.begin_totp', String(made.body['id']))()).toEqual([
    { actor: 'beginner', subject_type: 'user', data: {} },
  ]);
});
