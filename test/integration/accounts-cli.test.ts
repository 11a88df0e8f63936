import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApplication, type TestApplication } from '../support/application.js';
import { openSession } from '../support/caller.js';
import { HostedProgram } from '../support/command-host.js';
import type { Ended } from '../support/program.js';

/** What both seal with. */
const KEY = 'a key of 32 characters and some more';
const FIRST = 'violet harbour seven lanterns';

let test: TestApplication;
/** Works on the application of the test, as its administrator. */
let program: HostedProgram;
/** Works on the same database by itself. */
let local: HostedProgram;

beforeAll(async () => {
  test = await testApplication({ API_SECRET_KEY: KEY }, 'api');
  await test.app.listen(0, '127.0.0.1');
  const { port } = test.app.getHttpServer().address() as { port: number };
  program = new HostedProgram({
    AZT3KNET_API_URL: `http://127.0.0.1:${port}`,
    AZT3KNET_API_TOKEN: test.authorization.replace('Bearer ', ''),
    COLUMNS: '80',
  });
  const { owner, application } = test.runtime.database;
  local = new HostedProgram({
    DATABASE_URL: application.url,
    DATABASE_OWNER_URL: owner.url,
    API_SECRET_KEY: KEY,
    API_REQUIRE_ADMIN_TOTP: 'true',
  });
});
afterAll(async () => {
  program?.remove();
  local?.remove();
  await test?.close();
});

const run = (line: string): Promise<Ended> => program.run(...line.split(' '));
/** What a command prints that succeeds; no line is longer than the terminal. */
async function printed(line: string): Promise<string> {
  const { code, stdout, stderr } = await run(line);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  for (const each of line.includes('--output') ? [] : stdout.split('\n'))
    expect(each.length).toBeLessThanOrEqual(80);
  return stdout.trimEnd();
}
const json = async <T = Record<string, unknown>>(line: string): Promise<T> => {
  const { stdout } = await run(`${line} --json`);
  return JSON.parse(stdout) as T;
};
const sql = <T>(text: string, ...values: unknown[]): Promise<T[]> =>
  test.app.get(DataSource).query<T[]>(text, values);
const withKey = async (secret: string): Promise<number> =>
  (await test.app.inject({ url: '/api/users/me', headers: { 'x-api-key': secret } })).statusCode;
const login = async (username: string, password: string): Promise<number> =>
  (await test.call('POST', '/api/auth/login', { username, password })).status;
const complete = async (...words: string[]): Promise<string> =>
  (await program.run('complete', '--', ...words)).stdout;
const users = (...args: string[]): Promise<Ended> => local.run('users', ...args);
const kids = async (): Promise<string[]> =>
  (await json<{ signing_keys: { kid: string }[] }>('signing-keys list')).signing_keys.map(({ kid }) => kid);

describe('azt3knet users', () => {
  it('makes people and service accounts', async () => {
    const grace = await program.runWith(
      `${FIRST}\n`,
      ...'users create grace --role viewer --password-stdin'.split(' '),
    );
    expect(grace).toMatchObject({ code: 0, stderr: '' });
    expect(grace.stdout).toContain('to be changed at the log-in');
    expect(grace.stdout).not.toContain(FIRST);
    expect(await login('grace', FIRST)).toBe(200);
    await printed('users create robot --kind service --role viewer');
    const listed = (await printed('users list --kind service --output csv')).split('\n');
    expect(listed).toHaveLength(2);
    expect(listed[1]).toContain('robot,service,viewer,true');
    expect(await printed('users list --username rob')).toMatch(/robot .* viewer .* service .* yes /);
  });

  it('asks for passwords, and takes none as an argument', async () => {
    const asked = await run('users create x --role viewer');
    expect(asked).toEqual({
      code: 2,
      stdout: '',
      stderr: 'azt3knet: there is no terminal to ask on: give --password-stdin\n',
    });
    expect((await run('users create x --role viewer --password secret')).code).toBe(2);
    const weak = ['users', 'create', 'x', '--role', 'viewer', '--password-stdin'];
    const { code, stderr } = await program.runWith('password1234', ...weak);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^azt3knet: password .*\n$/);
  });

  it('changes the role, and lets a user act or not', async () => {
    expect(await printed('users update grace --role operator')).toMatch(/role +operator/);
    expect(await json('users update grace --inactive')).toMatchObject({ role: 'operator', active: false });
    expect(await login('grace', FIRST)).toBe(401);
    expect(await json('users update grace --active')).toMatchObject({ active: true });
    expect((await run('users update grace --active --inactive')).code).toBe(2);
  });

  it('gives another first password, and takes an authenticator away', async () => {
    const other = `${FIRST} again`;
    const reset = await program.runWith(other, 'users', 'reset-password', 'grace', '--password-stdin');
    expect(reset).toMatchObject({ code: 0, stdout: expect.stringContaining('grace') as string });
    expect([await login('grace', FIRST), await login('grace', other)]).toEqual([401, 200]);
    await sql(`UPDATE users SET totp_secret = 'x', totp_confirmed_at = now() WHERE username = 'grace'`);
    const confirmed = (): Promise<unknown[]> =>
      sql(`SELECT 1 FROM users WHERE username = 'grace' AND totp_confirmed_at IS NOT NULL`);
    expect(await printed('users reset-totp grace --dry-run')).toBe(
      'would take away the authenticator of grace',
    );
    expect(await confirmed()).toHaveLength(1);
    await printed('users reset-totp grace');
    expect(await confirmed()).toHaveLength(0);
  });
});

describe('azt3knet sessions', () => {
  it('lists them, and ends one or all of a user', async () => {
    const { id } = await json<{ id: string }>('users show grace');
    await printed('users end-sessions grace --yes');
    const [first] = [await openSession(test.app, id), await openSession(test.app, id)];
    const holding = async (): Promise<number> =>
      (await json<{ sessions: [] }>('sessions list --user grace --active')).sessions.length;
    expect(await holding()).toBe(2);
    expect(await run('users end-sessions grace')).toMatchObject({ code: 2 });
    expect(await holding()).toBe(2);
    expect(await printed(`sessions end ${first.sessionId} --dry-run`)).toBe(
      `would end session ${first.sessionId}`,
    );
    expect(await printed('users end-sessions grace --dry-run')).toBe('would end 2 sessions of grace');
    expect(await holding()).toBe(2);
    await printed(`sessions end ${first.sessionId}`);
    expect(await printed('sessions end --user grace --yes')).toBe('ended 1 session of grace');
    expect(await holding()).toBe(0);
    expect((await run(`sessions end ${first.sessionId}`)).code).toBe(3);
    expect(await printed('sessions list --everyone --inactive')).toContain(first.sessionId);
    expect(await printed('sessions list')).toContain('admin (this one)');
    expect((await run(`sessions end ${first.sessionId} --all`)).code).toBe(2);
  });
});

describe('azt3knet roles', () => {
  it('makes a role of permissions that are repeated or listed, and deletes it', async () => {
    const put =
      'roles put clerk --permission users:read,roles:read --permission keys:read --description Clerks';
    expect(await json(put)).toMatchObject({
      name: 'clerk',
      description: 'Clerks',
      permissions: ['users:read', 'roles:read', 'keys:read'],
    });
    expect(await printed('roles list')).toMatch(/clerk .* 3 .* no /);
    expect(await printed('roles show clerk')).toContain('users:read roles:read keys:read');
    expect(await printed('roles delete clerk --dry-run')).toBe('would delete role clerk');
    expect(await printed('roles delete clerk')).toBe('deleted role clerk');
    expect((await run('roles show clerk')).code).toBe(3);
    expect((await run('roles put clerk --permission fly')).code).toBe(2);
  });

  it('are completed by the shell, the last of a list too', async () => {
    expect(await complete('roles', 'put', 'x', '--permission', 'users:')).toBe(
      'users:read\t\nusers:write\t\n',
    );
    expect(await complete('keys', 'issue', '--scope', 'jobs:read,populations:c')).toBe(
      'jobs:read,populations:create\t\n',
    );
    expect(await complete('keys', 'list', '--kind', 'c')).toBe('client_secret\t\n');
  });
});

describe('azt3knet keys', () => {
  it('prints a secret once and alone, replaces it, and ends it', async () => {
    const issued = await run('keys issue --user robot --name nightly --scope populations:read');
    expect(issued.code).toBe(0);
    expect(issued.stdout).toMatch(/^azt_\w{10}_[\w-]{43}\n$/);
    const [, id = ''] =
      /^key (\S+) \(nightly\) of robot; its secret is told this once:\n$/.exec(issued.stderr) ?? [];
    const secret = issued.stdout.trim();
    expect(await withKey(secret)).toBe(200);
    for (const line of [`keys show ${id}`, 'keys list', `keys list --user robot --output jsonl`])
      expect((await run(line)).stdout).not.toContain(secret.slice(15));
    expect(await printed(`keys show ${id}`)).toMatch(/may do +populations:read/);
    await run(`keys rotate ${id} --dry-run`);
    expect(await withKey(secret)).toBe(200);
    const rotated = await json<{ secret: string; key: { id: string } }>(`keys rotate ${id}`);
    expect(await withKey(rotated.secret)).toBe(200);
    await expect.poll(() => withKey(secret), { timeout: 3_000 }).toBe(401);
    const next = rotated.key.id;
    expect(await printed(`keys revoke ${next} --dry-run`)).toMatch(/^would revoke key azt_\w+ \(nightly\)/);
    expect(await withKey(rotated.secret)).toBe(200);
    expect(await printed(`keys revoke ${next}`)).toMatch(/^revoked key azt_\w+ \(nightly\) of robot$/);
    await expect.poll(() => withKey(rotated.secret), { timeout: 3_000 }).toBe(401);
    expect((await json<{ keys: [] }>('keys list --user robot --active')).keys).toEqual([]);
  });
});

describe('the command line of this machine', () => {
  it('has a user of its own, who logs in nowhere and stays as it is', async () => {
    expect(await users('list', '--username', 'cli')).toMatchObject({ code: 0, stderr: '' });
    expect(await run('users update cli --inactive')).toMatchObject({
      code: 5,
      stderr: 'azt3knet: cli is this machine’s own: it stays as it is\n',
    });
  });

  it('says in one line that its user may not act', async () => {
    await sql(`UPDATE users SET active = false WHERE username = 'cli'`);
    const { code, stdout, stderr } = await users('list');
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(/^azt3knet: .*\n$/);
  });
});

describe('azt3knet signing-keys', () => {
  it('rotates and revokes what tokens are signed with', async () => {
    const [old = ''] = await kids();
    expect((await run('signing-keys rotate --dry-run')).stderr).toContain('nothing was changed');
    expect(await kids()).toEqual([old]);
    expect(await printed('signing-keys rotate')).toMatch(/ \(RS256\) signs from now on$/);
    const [fresh = '', ...rest] = await kids();
    expect([fresh === old, rest]).toEqual([false, [old]]);
    const list = await printed('signing-keys list');
    expect([
      list.includes(`${fresh} │ RS256     │ signs`),
      list.includes(`${old} │ RS256     │ verifies`),
    ]).toEqual([true, true]);
    expect((await run('signing-keys revoke nothing --dry-run')).code).toBe(3);
    expect(await printed(`signing-keys revoke ${old} --dry-run`)).toBe(`would revoke signing key ${old}`);
    expect(await printed(`signing-keys revoke ${old}`)).toBe(`revoked signing key ${old}`);
    // It signed the token of these commands, too.
    await expect.poll(async () => (await run('whoami')).code, { timeout: 5_000 }).toBe(4);
    const rows = await sql<{ kid: string }>('SELECT kid FROM signing_keys WHERE revoked_at IS NOT NULL');
    expect(rows).toEqual([{ kid: old }]);
  });
});
