import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TokenService } from '../../src/modules/auth/tokens/token.service.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller, openSession } from '../support/caller.js';

const OPERATOR_KEY = 'a-key-of-the-operator-of-32-characters-and-more';

let test: TestApplication;
let base: string;
beforeAll(async () => {
  test = await testApplication({ API_TRUST_PROXY: '127.0.0.1', ADMIN_API_KEY: OPERATOR_KEY }, 'api');
  await test.app.listen(0, '127.0.0.1');
  base = `127.0.0.1:${(test.app.getHttpServer().address() as AddressInfo).port}`;
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

/** A WebSocket that says this when it is open, and the code that it is closed with. */
function webSocket(address: string, token: string): { socket: WebSocket; closed: Promise<number> } {
  const socket = new WebSocket(`ws://${base}/ws/events`, { headers: from(address) });
  socket.once('open', () => socket.send(JSON.stringify({ action: 'authenticate', token })));
  return { socket, closed: once(socket, 'close').then(([code]) => code as number) };
}
const sse = (address: string, headers: Record<string, string>): Promise<Response> =>
  fetch(`http://${base}/api/v1/events?topics=jobs.*`, { headers: { ...from(address), ...headers } });

describe('the audit tells of streams', () => {
  it('that were opened with what does not hold, and from where', async () => {
    expect(await webSocket('192.0.2.50', 'a.forged.token').closed).toBe(4401);
    await expect.poll(told('access.reject', '192.0.2.50'), SOON).toEqual([reject('token', 1)]);
  });

  it('that keys opened, and from where', async () => {
    const made = await test.call('POST', '/api/v1/keys', { name: 'listening' });
    const { key, secret } = made.body as { key: { id: string }; secret: string };
    const { socket, closed } = webSocket('192.0.2.60', secret);
    await once(socket, 'message');
    const { body } = await sse('192.0.2.61', { 'x-api-key': secret });
    // Long enough for both to be looked at again.
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    socket.close();
    await Promise.all([closed, body?.cancel()]);
    await expect.poll(told('key.use', key.id), SOON).toEqual([use('192.0.2.60'), use('192.0.2.61')]);
  });

  it('by no word when a session ends that has some: nobody has tried anything', async () => {
    const { authorization } = await makeCaller(test.app, 'viewer');
    const { socket, closed } = webSocket('192.0.2.70', authorization.replace('Bearer ', ''));
    await once(socket, 'message');
    const stream = await sse('192.0.2.71', { authorization });
    expect((await test.call('POST', '/api/v1/auth/logout', undefined, { authorization })).status).toBe(204);
    expect(await closed).toBe(4401);
    expect(await stream.text()).toContain('revoked');
    expect(await webSocket('192.0.2.72', 'a.forged.token').closed).toBe(4401);
    await expect.poll(told('access.reject', '192.0.2.72'), SOON).toHaveLength(1);
    for (const address of ['192.0.2.70', '192.0.2.71', 'unknown'])
      expect(await told('access.reject', address)()).toEqual([]);
  });
});

it('the key of the configuration opens streams, which go on', async () => {
  const { socket } = webSocket('192.0.2.80', OPERATOR_KEY);
  const [message] = (await once(socket, 'message')) as [Buffer];
  expect(JSON.parse(message.toString())).toMatchObject({ type: 'authenticated', username: 'admin' });
  const { body } = await sse('192.0.2.81', { 'x-api-key': OPERATOR_KEY });
  let hasEnded = false;
  const read = body?.pipeTo(new WritableStream({ close: () => void (hasEnded = true) }), {
    signal: AbortSignal.timeout(1_500),
  });
  await expect(read).rejects.toThrow(/timeout/);
  expect(hasEnded).toBe(false);
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.terminate();
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
