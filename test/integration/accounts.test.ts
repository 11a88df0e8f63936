import { Secret, TOTP } from 'otpauth';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApplication, type Answered, type TestApplication } from '../support/application.js';
import { makeCaller } from '../support/caller.js';

const GOOD = 'violet harbour seven lanterns';
type Body = Record<string, unknown>;

let test: TestApplication;
beforeAll(async () => {
  test = await testApplication(
    { API_MAX_REQUESTS: '5000', ADMIN_API_KEY: 'a-key-of-the-operator-of-32-characters-and-more' },
    'api',
  );
});
afterAll(() => test.close());

const call = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  body?: object,
  headers?: Record<string, string>,
): Promise<Answered<Body>> => test.call<Body>(method, url, body, headers);
const bearer = (token: unknown) => ({ authorization: `Bearer ${String(token)}` });
const login = (username: string, password: string, extra: object = {}) =>
  call('POST', '/api/auth/login', { username, password, ...extra });
/** A request without the administrator's token. */
async function bare(method: 'GET' | 'POST', url: string, headers: Record<string, string>, payload?: string) {
  const answer = await test.app.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: answer.body === '' ? {} : answer.json<Body>(),
  };
}
const use = (key: string, url = '/api/populations') => bare('GET', url, { 'x-api-key': key });
const actions = async (subject: unknown): Promise<string[]> =>
  (
    await test.app
      .get(DataSource)
      .query<{ action: string }[]>('SELECT action FROM audit WHERE subject_id = $1 ORDER BY sequence', [
        subject,
      ])
  ).map(({ action }) => action);

describe('a person', () => {
  it('is made with a first password, changes it, and only then does anything else', async () => {
    const made = await call('POST', '/api/users', { username: 'grace', role: 'operator', password: GOOD });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ username: 'grace', kind: 'person', must_change_password: true });
    expect(JSON.stringify(made.body)).not.toContain('argon2');
    const first = (await login('grace', GOOD)).body;
    const mine = bearer(first['access_token']);
    expect((await call('GET', '/api/jobs', undefined, mine)).body).toMatchObject({
      status: 403,
      code: 'change_password_first',
    });
    expect((await call('GET', '/api/users/me', undefined, mine)).body).toMatchObject({
      todo: 'change_password',
    });
    const change = (current_password: string, new_password: string) =>
      call('POST', '/api/users/me/password', { current_password, new_password }, mine);
    expect((await change('not the password', `${GOOD} two`)).body).toMatchObject({ code: 'password_wrong' });
    expect((await change(GOOD, GOOD)).body).toMatchObject({ code: 'password_same' });
    expect((await change(GOOD, 'grace is my name')).body).toMatchObject({ code: 'password_weak' });
    await call('GET', '/api/jobs', undefined, mine);
    expect((await change(GOOD, `${GOOD} two`)).status).toBe(204);
    expect((await call('GET', '/api/jobs', undefined, mine)).status).toBe(200);
    expect((await login('grace', GOOD)).status).toBe(401);
    expect(await actions(made.body['id'])).toEqual(['user.create', 'auth.login', 'user.change_password']);
  });

  it.each([
    [{ username: 'x', role: 'viewer' }, 'password_missing'],
    [{ username: 'x', role: 'viewer', password: 'password1234' }, 'password_weak'],
    [{ username: 'x', role: 'viewer', password: 'short' }, 'password_weak'],
    [{ username: 'x', role: 'viewer', password: 'abcdefghijklm' }, 'password_weak'],
    [{ username: 'x', role: 'viewer', password: 'aaaaaaaaaaaaaaaa' }, 'password_weak'],
    [{ username: 'x', role: 'viewer', password: '123456789012' }, 'password_weak'],
    [{ username: 'x', role: 'sultan', password: GOOD }, 'role_unknown'],
    [{ username: 'cli', role: 'viewer', password: GOOD }, 'username_reserved'],
    [{ username: 'admin', role: 'viewer', password: GOOD }, 'username_taken'],
    [{ username: 'x', kind: 'service', role: 'viewer', password: GOOD }, 'password_unwanted'],
    [{ username: '-x', role: 'viewer', password: GOOD }, 'input_invalid'],
    [{ username: 'x', role: 'viewer', password: GOOD, active: false }, 'input_invalid'],
  ])('is refused as %j: %s', async (body, code) => {
    const answer = await call('POST', '/api/users', body);
    expect([409, 422]).toContain(answer.status);
    expect(answer.body).toMatchObject({ code });
  });

  it.each(['cli', 'system', 'anonymous', 'local', 'others', 'unknown', 'worker'])(
    'does not have the name %s, which the audit has for itself',
    async (username) => {
      const answer = await call('POST', '/api/users', { username, kind: 'service', role: 'viewer' });
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ code: 'username_reserved', errors: [{ field: 'username' }] });
    },
  );

  it('has another role, or none to act by, within a second; the last administrator stays', async () => {
    const { userId, authorization } = await makeCaller(test.app, 'viewer', 'ada');
    const url = `/api/users/${userId}`;
    const etag = async () => String((await call('GET', url)).headers['etag']);
    expect(
      (await call('PATCH', url, { role: 'operator' }, { authorization: test.authorization })).status,
    ).toBe(428);
    expect((await call('PATCH', url, { role: 'operator' }, { 'if-match': '"old"' })).status).toBe(412);
    const changed = await call('PATCH', url, { role: 'operator' }, { 'if-match': await etag() });
    expect(changed.body).toMatchObject({ role: 'operator' });
    const cancel = () => call('POST', '/api/jobs/bulk-cancel', {}, { authorization });
    await expect.poll(async () => (await cancel()).status).not.toBe(403);
    expect((await call('PATCH', url, { active: false }, { 'if-match': await etag() })).status).toBe(200);
    await expect.poll(async () => (await cancel()).status).toBe(401);
    const me = await call('GET', '/api/users/me');
    const admin = `/api/users/${String(me.body['id'])}`;
    const tag = String((await call('GET', admin)).headers['etag']);
    expect((await call('PATCH', admin, { role: 'viewer' }, { 'if-match': tag })).body).toMatchObject({
      code: 'last_administrator',
    });
    expect(await actions(userId)).toEqual(['user.grant', 'user.disable']);
  });

  it('may do no more to others than they may themselves', async () => {
    await call('PUT', '/api/roles/clerk', {
      permissions: ['users:read', 'users:write', 'keys:write', 'roles:write'],
    });
    const { authorization } = await makeCaller(test.app, 'clerk');
    const as = { authorization };
    const admin = String((await call('GET', '/api/users/me')).body['id']);
    const refused = { status: 403, code: 'permissions_beyond' };
    expect(
      (await call('POST', '/api/users', { username: 'eve', role: 'admin', password: GOOD }, as)).body,
    ).toMatchObject(refused);
    expect(
      (await call('POST', `/api/users/${admin}/reset-password`, { password: GOOD }, as)).body,
    ).toMatchObject(refused);
    expect((await call('POST', `/api/users/${admin}/reset-totp`, undefined, as)).body).toMatchObject(refused);
    expect((await call('POST', '/api/keys', { name: 'x', user_id: admin }, as)).body).toMatchObject(refused);
    expect(
      (await call('PATCH', `/api/users/${admin}`, { active: false }, { ...as, 'if-match': '*' })).body,
    ).toMatchObject(refused);
    expect(
      (await call('PUT', '/api/roles/more', { permissions: ['populations:delete'] }, as)).body,
    ).toMatchObject({
      status: 422,
      code: 'permissions_beyond',
    });
  });
});

const guess = (username: string, remoteAddress = '192.0.2.9', password = 'wrong') =>
  test.app.inject({
    method: 'POST',
    url: '/api/auth/login',
    remoteAddress,
    payload: { username, password },
  });

/** The status that somebody gets who is known at an address or two. */
const from = async (remoteAddress: string, password: string): Promise<number> =>
  (await guess('regular', remoteAddress, password)).statusCode;

describe('guessing', () => {
  it('blocks a name for an address, for longer each time, and nobody else', async () => {
    await call('POST', '/api/users', { username: 'victim', role: 'viewer', password: GOOD });
    for (let n = 0; n < 5; n += 1)
      expect((await guess('victim', '192.0.2.1', `wrong ${n}`)).statusCode).toBe(401);
    const blocked = await guess('victim', '192.0.2.1', GOOD);
    expect(blocked.statusCode).toBe(429);
    expect(Number(blocked.headers['retry-after'])).toBeGreaterThan(0);
    expect(blocked.json()).toMatchObject({ code: 'login_blocked' });
    expect((await guess('victim', '192.0.2.2', GOOD)).statusCode).toBe(200);
    expect((await guess('grace', '192.0.2.1', GOOD)).statusCode).toBe(401);
    const [row] = await test.app
      .get(DataSource)
      .query<{ data: object }[]>(`SELECT data FROM audit WHERE action = 'auth.block'`);
    expect(row?.data).toMatchObject({ username: 'victim', address: '192.0.2.1', seconds: 1 });
  });

  it('does not tell a name that is there from one that is not', async () => {
    for (const username of ['grace', 'nobody-at-all']) {
      const statuses: number[] = [];
      for (let n = 0; n < 7; n += 1) statuses.push((await guess(username)).statusCode);
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    }
  });

  it('by strangers locks nobody out where he has logged in before', async () => {
    await call('POST', '/api/users', { username: 'regular', role: 'viewer', password: GOOD });
    expect(await from('2001:db8:0:7::1', GOOD)).toBe(200);
    for (let n = 0; n < 50; n += 1) expect(await from(`203.0.113.${n}`, 'wrong')).toBe(401);
    expect(await from('203.0.113.99', GOOD)).toBe(429);
    expect(await from('2001:db8:0:8::1', GOOD)).toBe(429);
    expect(await from('2001:db8:0:7:aaaa::9', GOOD)).toBe(200);
    // And a known place is no place to guess from.
    for (let n = 0; n < 5; n += 1) expect(await from('2001:db8:0:7::1', 'wrong')).toBe(401);
    expect(await from('2001:db8:0:7::1', GOOD)).toBe(429);
  });

  it('of a thousand at once leaves the API and other users alone', async () => {
    await call('POST', '/api/users', { username: 'calm', role: 'viewer', password: GOOD });
    expect((await login('calm', GOOD)).status).toBe(200);
    const flood = Array.from({ length: 1_000 }, (_, n) =>
      test.app.inject({
        method: 'POST',
        url: '/api/auth/login',
        remoteAddress: `198.51.100.${n % 250}`,
        payload: { username: `guess-${n % 100}`, password: 'wrong' },
      }),
    );
    const started = performance.now();
    expect((await call('GET', '/api/users/me')).status).toBe(200);
    const waited = performance.now() - started;
    // Who has logged in here before does not stand in line with strangers.
    expect((await login('calm', GOOD)).status).toBe(200);
    const answers = await Promise.all(flood);
    const statuses = new Set(answers.map(({ statusCode }) => statusCode));
    expect([...statuses].toSorted((a, b) => a - b)).toEqual([401, 503]);
    expect(waited).toBeLessThan(5_000);
  }, 60_000);
});

describe('an authenticator', () => {
  it('is enrolled, asked for at log-ins, takes a code once, and is removed', async () => {
    await call('POST', '/api/users', { username: 'tess', role: 'viewer', password: GOOD });
    await test.app
      .get(DataSource)
      .query(`UPDATE users SET must_change_password = false WHERE username = 'tess'`);
    const first = bearer((await login('tess', GOOD)).body['access_token']);
    const begin = (current_password: string) =>
      call('POST', '/api/users/me/totp', { current_password }, first);
    expect((await begin('not the password')).body).toMatchObject({ status: 422, code: 'password_wrong' });
    const elsewhere = bearer((await login('tess', GOOD)).body['access_token']);
    const begun = await begin(GOOD);
    expect(begun.body['uri']).toMatch(/^otpauth:\/\/totp\/Azt3kNet:tess\?/);
    const totp = new TOTP({ secret: Secret.fromBase32(String(begun.body['secret'])) });
    const code = (steps = 0) => totp.generate({ timestamp: Date.now() + steps * 30_000 });
    // It does not count yet.
    expect((await login('tess', GOOD)).status).toBe(200);
    const wrong = code() === '000000' ? '000001' : '000000';
    expect((await call('POST', '/api/users/me/totp/confirm', { code: wrong }, first)).body).toMatchObject({
      code: 'totp_wrong',
      errors: [{ field: 'code' }],
    });
    expect((await call('POST', '/api/users/me/totp/confirm', { code: code(-1) }, first)).status).toBe(204);
    await expect
      .poll(async () => (await call('GET', '/api/users/me', undefined, elsewhere)).status, { timeout: 1_000 })
      .toBe(401);
    expect((await call('GET', '/api/users/me', undefined, first)).status).toBe(200);
    expect((await login('tess', GOOD)).body).toMatchObject({ status: 401, code: 'totp_required' });
    expect((await login('tess', 'wrong', { totp_code: code() })).body).toMatchObject({
      code: 'login_failed',
    });
    const used = code();
    expect((await login('tess', GOOD, { totp_code: used })).status).toBe(200);
    expect((await login('tess', GOOD, { totp_code: used })).body).toMatchObject({
      code: 'totp_wrong',
      errors: [{ field: 'totp_code' }],
    });
    const logins = await test.app
      .get(DataSource)
      .query<{ factors: string[] }[]>(
        `SELECT data -> 'factors' AS factors FROM audit WHERE action = 'auth.login' AND actor = 'tess' ORDER BY sequence DESC`,
      );
    expect(logins.map(({ factors }) => factors).slice(0, 2)).toEqual([['password', 'totp'], ['password']]);
    const [row] = await test.app
      .get(DataSource)
      .query<{ id: string; totp_secret: string }[]>(
        `SELECT id, totp_secret FROM users WHERE username = 'tess'`,
      );
    expect(row?.totp_secret).toMatch(/^v1\./);
    expect((await call('POST', `/api/users/${row?.id}/reset-totp`)).status).toBe(204);
    const again = await call('POST', `/api/users/${row?.id}/reset-totp`);
    expect(again.body).toMatchObject({ status: 409, code: 'totp_missing' });
    expect((await actions(row?.id)).filter((action) => action === 'user.reset_totp')).toHaveLength(1);
    expect((await call('GET', '/api/users?role=nosuch')).body).toMatchObject({
      status: 422,
      detail: expect.stringContaining('must be one of admin, ') as string,
    });
    expect((await login('tess', GOOD)).status).toBe(200);
  });
});

describe('a key', () => {
  it.each([
    [90, {}],
    [30, { expires_in_days: 30 }],
    [null, { expires_in_days: null }],
  ])('holds for %s days', async (days, wish) => {
    const { authorization } = await makeCaller(test.app, 'operator');
    const issued = await call('POST', '/api/keys', { name: 'nightly', ...wish }, { authorization });
    expect(issued.status).toBe(201);
    const { created_at, expires_at } = (
      issued.body as { key: { created_at: string; expires_at: string | null } }
    ).key;
    const held = expires_at === null ? null : (Date.parse(expires_at) - Date.parse(created_at)) / 86_400_000;
    expect(held && Math.round(held)).toBe(days);
  });

  it('is told once, calls with what it may, rotates and is revoked within a second', async () => {
    const { authorization } = await makeCaller(test.app, 'operator');
    const as = { authorization };
    const issued = await call(
      'POST',
      '/api/keys',
      { name: 'nightly', scopes: ['populations:read'], expires_in_days: 30 },
      as,
    );
    expect(issued.status).toBe(201);
    const { secret, key } = issued.body as { secret: string; key: Body };
    expect(secret.startsWith(`${String(key['prefix'])}_`)).toBe(true);
    expect((await use(secret)).status).toBe(200);
    expect((await use(secret, '/api/content/drafts')).body).toMatchObject({
      status: 403,
      code: 'permission_denied',
    });
    expect((await use(secret, '/api/users/me/sessions')).body).toMatchObject({ code: 'session_needed' });
    expect((await use(`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`)).status).toBe(401);
    const rotated = await call(
      'POST',
      `/api/keys/${String(key['id'])}/rotate`,
      { overlap_seconds: 3600 },
      as,
    );
    const next = rotated.body as { secret: string; key: Body };
    expect([(await use(secret)).status, (await use(next.secret)).status]).toEqual([200, 200]);
    // It would last no longer than the overlap.
    const again = await call('POST', `/api/keys/${String(key['id'])}/rotate`, {}, as);
    expect(again.body).toMatchObject({ status: 409, code: 'key_replaced' });
    expect((await call('DELETE', `/api/keys/${String(key['id'])}`, undefined, as)).status).toBe(204);
    await expect.poll(async () => (await use(secret)).status, { timeout: 1_000 }).toBe(401);
    expect((await use(next.secret)).status).toBe(200);
    const list = await call('GET', '/api/keys?active=true', undefined, as);
    expect(
      (list.body['keys'] as Body[]).map(({ name }) => String(name)).toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['nightly']);
    expect(JSON.stringify(list.body)).not.toContain(next.secret.slice(15));
    expect(await actions(key['id'])).toEqual(['key.issue', 'key.revoke']);
  });

  it('of another is not there, unless one may see keys', async () => {
    const [mine, theirs] = [await makeCaller(test.app, 'viewer'), await makeCaller(test.app, 'viewer')];
    const issued = await call('POST', '/api/keys', { name: 'mine' }, { authorization: mine.authorization });
    const { id } = issued.body['key'] as { id: string };
    const as = { authorization: theirs.authorization };
    expect((await call('GET', `/api/keys/${id}`, undefined, as)).status).toBe(404);
    expect((await call('DELETE', `/api/keys/${id}`, undefined, as)).status).toBe(404);
    expect((await call('GET', `/api/keys?user_id=${mine.userId}`, undefined, as)).body['keys']).toEqual([]);
    expect((await call('GET', `/api/keys/${id}`)).status).toBe(200);
  });

  it('of the configuration acts as the administrator', async () => {
    const me = await bare('GET', '/api/users/me', {
      'x-api-key': 'a-key-of-the-operator-of-32-characters-and-more',
    });
    expect(me.body).toMatchObject({ username: 'admin', role: 'admin' });
    expect((await bare('GET', '/api/users/me', { 'x-api-key': 'another' })).status).toBe(401);
    const both = { 'x-api-key': 'x', authorization: test.authorization };
    expect((await bare('GET', '/api/users/me', both)).status).toBe(401);
  });
});

describe('a service account', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  let id: string;
  let secret: string;
  beforeAll(async () => {
    const made = await call('POST', '/api/users', {
      username: 'nightly-export',
      kind: 'service',
      role: 'operator',
    });
    id = String(made.body['id']);
    const issued = await call('POST', '/api/keys', { name: 'first', kind: 'client_secret', user_id: id });
    secret = String(issued.body['secret']);
  });
  const token = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    bare('POST', '/oauth/token', { ...form, ...headers }, new URLSearchParams(fields).toString());
  const grant = { grant_type: 'client_credentials' };

  it('exchanges its secret for access tokens that may do what was asked for', async () => {
    const client = { client_id: 'nightly-export', client_secret: secret };
    const { status, headers, body } = await token({
      ...grant,
      ...client,
      scope: 'populations:read jobs:read',
    });
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 1800,
      scope: 'populations:read jobs:read',
    });
    const as = bearer(body['access_token']);
    expect((await bare('GET', '/api/populations', as)).status).toBe(200);
    expect((await bare('GET', '/api/content/drafts', as)).status).toBe(403);
    const basic = Buffer.from(`nightly-export:${secret}`).toString('base64');
    expect((await token(grant, { authorization: `Basic ${basic}` })).status).toBe(200);
    expect((await login('nightly-export', secret)).status).toBe(401);
    expect((await bare('GET', '/api/populations', { 'x-api-key': secret })).status).toBe(401);
  });

  it.each([
    [{ client_id: 'nightly-export', client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ client_id: 'admin', client_secret: 'SECRET' }, 401, 'invalid_client'],
    [{ client_id: 'nightly-export' }, 401, 'invalid_client'],
    [{ client_id: 'nightly-export', client_secret: 'SECRET', scope: 'users:write' }, 400, 'invalid_scope'],
    [
      { client_id: 'nightly-export', client_secret: 'SECRET', grant_type: 'password' },
      400,
      'unsupported_grant_type',
    ],
    [{ client_id: 'nightly-export', client_secret: 'SECRET', grant_type: '' }, 400, 'invalid_request'],
    [{ client_id: 'nightly-export', client_secret: '' }, 401, 'invalid_client'],
  ])('is refused as RFC 6749 says: %j', async (fields, status, error) => {
    const given = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, value === 'SECRET' ? secret : value]),
    );
    const answer = await token({ ...grant, ...given });
    expect([answer.status, answer.body['error']]).toEqual([status, error]);
    expect(answer.headers['content-type']).toContain('application/json');
  });

  it.each([
    ['a field that is there twice', form, 'scope=jobs:read&scope=drafts:read'],
    ['an unknown field that is there twice', form, 'audience=a&audience=b'],
    ['a body of another type', { 'content-type': 'text/plain' }, 'grant_type=client_credentials'],
    ['a text without end', form, `client_id=${'x'.repeat(5_000)}`],
    ['JSON that is none', { 'content-type': 'application/json' }, '{'],
    ['JSON that would pollute', { 'content-type': 'application/json' }, '{"__proto__":{"x":1}}'],
  ])('is told of %s as RFC 6749 says', async (_, type, payload) => {
    const { status, headers, body } = await bare('POST', '/oauth/token', type, payload);
    expect([status, body['error']]).toEqual([400, 'invalid_request']);
    expect(body['error_description']).toMatch(/^[ !#-[\]-~]+$/);
    expect(headers['content-type']).toContain('application/json');
  });

  it('is answered as RFC 6749 says where it says more than is known here', async () => {
    const client = { client_id: 'nightly-export', client_secret: secret };
    const more = await token({
      ...grant,
      ...client,
      audience: 'https://lab.example',
      '"\\é': 'x',
      scope: '',
    });
    expect([more.status, more.headers['pragma']]).toEqual([200, 'no-cache']);
    const basic = (client_id: string) => ({
      authorization: `Basic ${Buffer.from(`${client_id}:${secret}`).toString('base64')}`,
    });
    const answers = [
      await token({ ...grant, client_id: 'nightly-export' }, basic('nightly-export')),
      await token({ ...grant, client_id: 'somebody' }, basic('nightly-export')),
      await token({ ...grant, ...client }, basic('nightly-export')),
      await token(grant, basic('somebody')),
      await token({ ...grant, ...client }, { authorization: 'Bearer x' }),
    ];
    expect(answers.map(({ status, body }) => [status, body['error']])).toEqual([
      [200, undefined],
      [400, 'invalid_request'],
      [400, 'invalid_request'],
      [401, 'invalid_client'],
      [401, 'invalid_client'],
    ]);
    expect(answers[4]?.headers['www-authenticate']).toMatch(/^Basic /);
  });

  it('has tokens that end with its secret, within a second', async () => {
    const { body } = await token({ ...grant, client_id: 'nightly-export', client_secret: secret });
    const as = bearer(body['access_token']);
    expect((await bare('GET', '/api/populations', as)).status).toBe(200);
    const keys = (await call('GET', `/api/keys?user_id=${id}`)).body['keys'] as { id: string }[];
    for (const key of keys) await call('DELETE', `/api/keys/${key.id}`);
    await expect
      .poll(async () => (await bare('GET', '/api/populations', as)).status, { timeout: 1_000 })
      .toBe(401);
  });
});

describe('a role', () => {
  it('of this installation may do what it lists, and changes for those who have it', async () => {
    await call('PUT', '/api/roles/reader', { description: 'Reads.', permissions: ['populations:read'] });
    const { authorization, username } = await makeCaller(test.app, 'reader');
    const drafts = () => call('GET', '/api/content/drafts', undefined, { authorization });
    expect((await drafts()).status).toBe(403);
    await call('PUT', '/api/roles/reader', { permissions: ['populations:read', 'drafts:read'] });
    await expect.poll(async () => (await drafts()).status, { timeout: 1_000 }).toBe(200);
    expect((await call('DELETE', '/api/roles/reader')).body).toMatchObject({ code: 'role_in_use' });
    await test.app.get(DataSource).query(`UPDATE users SET role = 'viewer' WHERE username = $1`, [username]);
    expect((await call('DELETE', '/api/roles/reader')).status).toBe(204);
    expect((await call('PUT', '/api/roles/admin', { permissions: [] })).body).toMatchObject({
      code: 'role_built_in',
    });
    expect((await call('PUT', '/api/roles/x', { permissions: ['fly'] })).status).toBe(422);
    const { body } = await call('GET', '/api/roles');
    expect((body['roles'] as Body[]).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['admin', 'operator', 'viewer', 'user', 'clerk']),
    );
  });
});

describe('refusals', () => {
  it('are in the audit, the same ones once with their count', async () => {
    const { userId, authorization } = await makeCaller(test.app, 'user');
    for (let n = 0; n < 3; n += 1) await call('GET', '/api/users', undefined, { authorization });
    const found = () =>
      test.app
        .get(DataSource)
        .query<{ data: object }[]>(
          `SELECT data FROM audit WHERE action = 'access.refuse' AND subject_id = $1`,
          [userId],
        );
    await expect
      .poll(found, { timeout: 10_000 })
      .toEqual([{ data: { permission: 'users:read', route: '/api/v1/users', count: 3 } }]);
  });
});
