import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminAccount } from '../../src/modules/auth/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller } from '../support/caller.js';

const GOOD = 'violet harbour seven lanterns';

interface Tokens {
  access_token: string;
  refresh_token: string;
}

let test: TestApplication;
beforeAll(async () => {
  test = await testApplication({}, 'api');
});
afterAll(() => test.close());

const sql = (text: string, values: unknown[] = []) => test.app.get(DataSource).query<unknown[]>(text, values);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const login = async (username: string): Promise<Tokens> =>
  (await test.call<Tokens>('POST', '/api/auth/login', { username, password: GOOD })).body;
const person = async (username: string): Promise<void> => {
  await test.call('POST', '/api/users', { username, role: 'viewer', password: GOOD });
  await sql('UPDATE users SET must_change_password = false WHERE username = $1', [username]);
};

describe('whoever took over a session', () => {
  it.each([
    ['password', { new_password: 'another password of mine' }],
    ['totp', {}],
    ['totp/remove', { code: '000000' }],
  ])('guesses the password at %s no faster than at the log-in', async (route, body) => {
    const username = `owner-${route.replace('/', '-')}`;
    await person(username);
    const as = bearer((await login(username)).access_token);
    const codes: unknown[] = [];
    for (let n = 0; n < 7; n += 1) {
      const guess = { ...body, current_password: `wrong ${n}` };
      codes.push((await test.call('POST', `/api/users/me/${route}`, guess, as)).body['code']);
    }
    expect(codes).toEqual([...Array<string>(5).fill('password_wrong'), 'login_blocked', 'login_blocked']);
    const [told] = await sql(
      `SELECT 1 FROM audit JOIN users ON users.id::text = subject_id WHERE action = 'auth.block' AND username = $1`,
      [username],
    );
    expect(told).toBeDefined();
  });

  it('changes nothing that guards the account without the password', async () => {
    await person('careful');
    const as = bearer((await login('careful')).access_token);
    for (const [route, body] of [
      ['password', { new_password: 'another password of mine' }],
      ['totp', {}],
      ['totp/remove', { code: '000000' }],
    ] as const) {
      const answer = await test.call('POST', `/api/users/me/${route}`, body, as);
      expect(answer.body).toMatchObject({ status: 422, errors: [{ field: 'current_password' }] });
    }
  });
});

const enters = async (password: string): Promise<number> =>
  (await test.call('POST', '/api/auth/login', { username: 'keeper', password })).status;

describe('a password', () => {
  it('holds as it was given, and for as long as its owner wants', async () => {
    await person('keeper');
    await sql(`UPDATE users SET password_changed_at = now() - interval '10 years' WHERE username = 'keeper'`);
    expect([
      await enters(GOOD.toUpperCase()),
      await enters(`${GOOD} `),
      await enters(GOOD.slice(0, -1)),
    ]).toEqual([401, 401, 401]);
    expect(await enters(GOOD)).toBe(200);
  });

  it('that an administrator resets leaves the authenticator, and is a first one', async () => {
    await person('forgetful');
    const as = bearer((await login('forgetful')).access_token);
    const begun = await test.call('POST', '/api/users/me/totp', { current_password: GOOD }, as);
    const totp = new TOTP({ secret: Secret.fromBase32(String(begun.body['secret'])) });
    await test.call('POST', '/api/users/me/totp/confirm', { code: totp.generate() }, as);
    const [user] = (await sql(`SELECT id FROM users WHERE username = 'forgetful'`)) as { id: string }[];
    const password = 'copper meadow two windows';
    expect(
      (await test.call('POST', `/api/users/${user?.id}/reset-password`, { password })).status,
    ).toBeLessThan(300);
    const credentials = { username: 'forgetful', password };
    expect((await test.call('POST', '/api/auth/login', credentials)).body).toMatchObject({
      code: 'totp_required',
    });
    const totp_code = totp.generate({ timestamp: Date.now() + 30_000 });
    const entered = await test.call<Tokens>('POST', '/api/auth/login', { ...credentials, totp_code });
    expect(
      (await test.call('GET', '/api/jobs', undefined, bearer(entered.body.access_token))).body,
    ).toMatchObject({
      code: 'change_password_first',
    });
  });
});

const refresh = async (token: string) =>
  test.call<Tokens>('POST', '/api/auth/refresh', undefined, bearer(token));
/** Makes the sessions of a person so many days older. */
const age = (column: string, days: number) =>
  sql(
    `UPDATE sessions SET ${column} = ${column} - make_interval(days => $1)
     WHERE user_id = (SELECT id FROM users WHERE username = 'sleeper') AND revoked_at IS NULL`,
    [days],
  );

it('a block is lifted by a new first password', async () => {
  await person('clumsy');
  for (let n = 0; n < 7; n += 1)
    await test.call('POST', '/api/auth/login', { username: 'clumsy', password: `wrong ${n}` });
  const enter = async (password: string): Promise<number> =>
    (await test.call('POST', '/api/auth/login', { username: 'clumsy', password })).status;
  expect(await enter(GOOD)).toBe(429);
  const [user] = (await sql(`SELECT id FROM users WHERE username = 'clumsy'`)) as { id: string }[];
  const password = 'copper meadow two windows';
  await test.call('POST', `/api/users/${user?.id}/reset-password`, { password });
  expect(await enter(password)).toBe(200);
});

describe('a session', () => {
  it('ends after seven days without use', async () => {
    await person('sleeper');
    const idle = await login('sleeper');
    await age('expires_at', 6);
    const next = await refresh(idle.refresh_token);
    expect(next.status).toBe(200);
    await age('expires_at', 7);
    expect((await refresh(next.body.refresh_token)).status).toBe(401);
    // Nor does its access token hold, which itself has not expired.
    await expect
      .poll(
        async () =>
          (await test.call('GET', '/api/users/me', undefined, bearer(next.body.access_token))).status,
        { timeout: 1_000 },
      )
      .toBe(401);
  });

  it('ends after thirty days, however often it is used', async () => {
    const { refresh_token } = await login('sleeper');
    await age('created_at', 29);
    const next = await refresh(refresh_token);
    expect(next.status).toBe(200);
    const [row] = await sql(
      `SELECT extract(epoch FROM expires_at - sessions.created_at) / 86400 AS days FROM sessions
       JOIN users ON users.id = user_id WHERE username = 'sleeper' ORDER BY last_used_at DESC LIMIT 1`,
    );
    expect(Number((row as { days: string }).days)).toBeCloseTo(30, 3);
    await age('created_at', 1);
    await age('expires_at', 1);
    expect((await refresh(next.body.refresh_token)).status).toBe(401);
  });
});

describe('the account admin', () => {
  it('may be switched off once there is another administrator', async () => {
    await test.call('POST', '/api/users', { username: 'ada', role: 'admin', password: GOOD });
    const [admin] = (await sql(`SELECT id FROM users WHERE username = 'admin'`)) as { id: string }[];
    const off = await test.call('PATCH', `/api/users/${admin?.id}`, { active: false }, { 'if-match': '*' });
    expect(off.body).toMatchObject({ active: false });
    await expect.poll(async () => (await test.call('GET', '/api/jobs')).status, { timeout: 1_000 }).toBe(401);
  });
});

// The strategy of passport is one for the process: what has another application comes last.
describe('the generated password of the administrator', () => {
  it.each([
    ['production', 403],
    ['development', 200],
  ])('in the environment %s: a first one, or one that may stay', async (environment, status) => {
    const fresh = await testApplication({ AZT3KNET_ENVIRONMENT: environment }, 'api');
    try {
      expect((await fresh.call('GET', '/api/users')).status).toBe(status);
    } finally {
      await fresh.close();
    }
  });
});

describe('the file of the generated password', () => {
  it.each(['himself', 'another'])('goes once the password of admin is changed by %s', async (who) => {
    const fresh = await testApplication({}, 'api');
    try {
      const file = join(fresh.runtime.config.dataDir, 'admin-password');
      expect(existsSync(file)).toBe(true);
      const current_password = fresh.app.get(AdminAccount, { strict: false }).generatedPassword;
      const id = (await fresh.call('GET', '/api/users/me')).body['id'];
      const { authorization } = await makeCaller(fresh.app, 'admin');
      const [route, body, headers] =
        who === 'himself'
          ? ['me/password', { current_password, new_password: GOOD }, {}]
          : [`${String(id)}/reset-password`, { password: GOOD }, { authorization }];
      expect((await fresh.call('POST', `/api/users/${route}`, body, headers)).status).toBe(204);
      expect(existsSync(file)).toBe(false);
    } finally {
      await fresh.close();
    }
  });
});

describe('API_REQUIRE_TOTP', () => {
  it('lets nobody who logs in do anything before an authenticator is enrolled', async () => {
    const strict = await testApplication({ API_REQUIRE_TOTP: 'true' }, 'api');
    try {
      await strict.call('POST', '/api/users', { username: 'x', role: 'viewer', password: GOOD });
      expect((await strict.call('GET', '/api/jobs')).body).toMatchObject({ code: 'enrol_totp_first' });
      const password = strict.app.get(AdminAccount, { strict: false }).generatedPassword;
      const begun = await strict.call('POST', '/api/users/me/totp', { current_password: password });
      const totp = new TOTP({ secret: Secret.fromBase32(String(begun.body['secret'])) });
      expect(
        (await strict.call('POST', '/api/users/me/totp/confirm', { code: totp.generate() })).status,
      ).toBe(204);
      await expect
        .poll(async () => (await strict.call('GET', '/api/jobs')).status, { timeout: 1_000 })
        .toBe(200);
      const made = await strict.call('POST', '/api/users', { username: 'x', role: 'viewer', password: GOOD });
      expect(made.status).toBe(201);
    } finally {
      await strict.close();
    }
  });
});
