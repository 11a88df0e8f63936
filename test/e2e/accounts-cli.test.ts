import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { HostedProgram } from '../support/command-host.js';
import { ended, printed, type Ended } from '../support/program.js';
import { testDatabase } from '../support/runtime.js';

const PASSWORD = 'correct horse battery';
const FIRST = 'violet harbour seven lanterns';
const SECOND = 'amber orchard nine bridges';
const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
/** Nobody listens there. */
const GONE = 'http://127.0.0.1:9';

interface StoredSession {
  access_token: string;
  refresh_token: string;
}

let database: DatabaseTarget;
let program: HostedProgram;
let server: ChildProcess;
let url: string;

/** Somebody at a machine of their own, who works on the server. */
class Person {
  readonly program: HostedProgram;

  constructor(readonly name: string) {
    this.program = new HostedProgram({ AZT3KNET_API_URL: url });
  }

  get folder(): string {
    return join(this.program.dataDir, 'config', 'azt3knet', 'sessions');
  }

  get file(): string {
    return join(this.folder, readdirSync(this.folder)[0] ?? '');
  }

  get session(): StoredSession {
    return JSON.parse(readFileSync(this.file, 'utf8')) as StoredSession;
  }

  login(password: string, ...args: string[]): Promise<Ended> {
    return this.program.runWith(password, 'login', '--username', this.name, '--password-stdin', ...args);
  }

  run(...args: string[]): Promise<Ended> {
    return this.program.run(...args);
  }
}

let admin: Person;
let grace: Person;
const local = (...args: string[]): Promise<Ended> => program.run(...args);
const done = async (end: Promise<Ended>): Promise<string> => {
  const { code, stdout, stderr } = await end;
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trim();
};

beforeAll(async () => {
  database = await testDatabase();
  program = new HostedProgram({
    DATABASE_URL: database.application.url,
    DATABASE_OWNER_URL: database.owner.url,
    AZT3KNET_ADMIN_PASSWORD: PASSWORD,
  });
  server = program.start([], 'main');
  url = /API\s+(http:\S+)\/api\/v1/.exec(await printed(server, /Health/))?.[1] ?? '';
  admin = new Person('admin');
  grace = new Person('grace');
  await done(admin.login(PASSWORD));
});

afterAll(async () => {
  server?.kill('SIGTERM');
  await ended(server);
  for (const each of [program, admin?.program, grace?.program]) each?.remove();
  await database?.release();
});

describe('a person’s first log-in', () => {
  it('tells that the password comes first, in every command', async () => {
    await done(program.runWith(FIRST, 'users', 'create', 'grace', '--role', 'operator', '--password-stdin'));
    const { code, stderr } = await grace.login(`${FIRST}\n`);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `change your password first: azt3knet password --api-url ${url}\n`,
    });
    expect(await grace.run('jobs', 'status', NOBODY)).toMatchObject({
      code: 4,
      stderr: 'azt3knet: change your password first: `azt3knet password`\n',
    });
  });

  it('goes on after the password was changed', async () => {
    const change = (...lines: string[]): Promise<Ended> =>
      grace.program.runWith(`${lines.join('\n')}\n`, 'password', '--password-stdin');
    expect(await change(FIRST)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('two lines') as string,
    });
    expect((await change('not the password', SECOND)).stderr).toBe('azt3knet: your password is wrong\n');
    expect(await done(change(FIRST, SECOND))).toBe(
      'the password of grace is changed; the other sessions have ended',
    );
    expect((await grace.run('jobs', 'status', NOBODY)).code).toBe(3);
    expect(await local('password')).toMatchObject({ code: 2 });
  });
});

describe('an authenticator', () => {
  it('is enrolled, confirmed, asked for by login, and removed', async () => {
    const { secret, uri } = JSON.parse(
      await done(grace.program.runWith(SECOND, 'totp', 'enrol', '--password-stdin', '--json')),
    ) as {
      secret: string;
      uri: string;
    };
    expect(uri).toContain(secret);
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = (steps: number): string => totp.generate({ timestamp: Date.now() + steps * 30_000 });
    // A code counts once, and the server takes those beside the current one, too.
    await done(grace.run('totp', 'confirm', code(-1)));
    const without = await grace.login(SECOND);
    expect(without).toMatchObject({
      code: 4,
      stderr: 'azt3knet: --totp-code is needed: the six digits of your authenticator\n',
    });
    await done(grace.login(SECOND, '--totp-code', code(0)));
    expect(JSON.parse(await done(local('users', 'show', 'grace', '--json')))).toMatchObject({
      has_totp: true,
    });
    expect(await done(local('users', 'reset-totp', 'grace', '--dry-run'))).toBe(
      'would take away the authenticator of grace',
    );
    const remove = (password: string) =>
      grace.program.runWith(password, 'totp', 'remove', code(1), '--password-stdin');
    expect((await remove('not the password')).stderr).toBe('azt3knet: your password is wrong\n');
    await done(remove(SECOND));
    await done(grace.login(SECOND));
  });
});

describe('a session that ten processes share', () => {
  it('is renewed once when its access token has expired, and goes on', async () => {
    const before = grace.session;
    writeFileSync(
      grace.file,
      JSON.stringify({ ...grace.session, access_token: before.access_token.slice(0, -9) }),
    );
    const ends = await Promise.all(Array.from({ length: 10 }, () => grace.run('whoami')));
    expect(ends).toEqual(ends.map(() => ({ code: 0, stdout: `grace (operator) at ${url}\n`, stderr: '' })));
    const after = grace.session;
    expect(after.refresh_token).not.toBe(before.refresh_token);
    expect(readdirSync(grace.folder)).toHaveLength(1);
    // The refresh token holds too.
    writeFileSync(grace.file, JSON.stringify({ ...after, access_token: 'damaged' }));
    expect((await grace.run('whoami')).code).toBe(0);
    const { sessions } = JSON.parse(await done(local('sessions', 'list', '--user', 'grace', '--json'))) as {
      sessions: { revoked_for: string | null; user_agent: string }[];
    };
    for (const { user_agent } of sessions) expect(user_agent).toMatch(/^azt3knet\//);
    expect(sessions.filter(({ revoked_for }) => revoked_for === 'reuse')).toEqual([]);
  }, 60_000);

  it('is renewed though somebody was killed while renewing it', async () => {
    const { file, session } = grace;
    // No process has such a high number.
    writeFileSync(`${file}.lock`, JSON.stringify({ id: 'x', pid: 2 ** 22 + 1, host: hostname() }));
    writeFileSync(file, JSON.stringify({ ...session, access_token: 'damaged' }));
    expect((await grace.run('whoami')).code).toBe(0);
    expect(readdirSync(grace.folder)).toHaveLength(1);
  });
});

/** What a command ends with here and there. */
async function both(line: string): Promise<{ here: Ended; there: Ended }> {
  const words = ['--json', ...line.split(' ')];
  const [here, there] = await Promise.all([local(...words), admin.run(...words)]);
  return { here, there };
}

describe('the same command here and there', () => {
  let key: string;
  beforeAll(async () => {
    await done(local('users', 'create', 'export-bot', '--role', 'viewer', '--kind', 'service'));
    await done(local('roles', 'put', 'runner', '--permission', 'simulations:run,simulations:read'));
    const issued = await local('keys', 'issue', '--user', 'export-bot', '--name', 'nightly', '--json');
    key = (JSON.parse(issued.stdout) as { key: { id: string } }).key.id;
  });

  it('prints the same bytes where it succeeds', async () => {
    const commands: string[] = [
      'users list --sort -username',
      'users list --kind service --active',
      'users show grace',
      'users end-sessions grace --dry-run',
      'roles list',
      'roles show runner',
      'roles delete runner --dry-run',
      'keys list --user export-bot --active',
      `keys show ${key}`,
      `keys rotate ${key} --dry-run`,
      `keys revoke ${key} --dry-run`,
      'sessions list --user grace --all',
      'signing-keys list',
      'signing-keys rotate --revoke --dry-run',
    ];
    for (const line of commands) {
      const { here, there } = await both(line);
      expect({ line, ...there }).toEqual({ line, ...here });
      expect({ line, ...here }).toMatchObject({ line, code: 0 });
      expect(JSON.parse(here.stdout)).toBeTypeOf('object');
    }
  }, 180_000);

  it('prints the same line where it fails, and exits with the same code', async () => {
    const commands: [string, number][] = [
      ['users show nobody', 3],
      [`users show ${NOBODY}`, 3],
      ['users update grace', 2],
      ['users update grace --role sultan', 2],
      ['users update cli --inactive', 5],
      ['roles put admin --permission users:read', 5],
      ['roles delete admin --dry-run', 5],
      [`keys revoke ${NOBODY}`, 3],
      [`sessions end ${NOBODY} --dry-run`, 3],
      ['sessions end', 2],
      [`signing-keys revoke ${NOBODY} --dry-run`, 3],
    ];
    for (const [line, code] of commands) {
      const { here, there } = await both(line);
      expect({ line, ...there }).toEqual({ line, ...here });
      expect({ line, ...here }).toMatchObject({ line, code, stdout: '' });
      expect(here.stderr).toMatch(/^azt3knet: .*\n$/);
    }
  }, 180_000);
});

describe('logging out', () => {
  it('ends the session at the server', async () => {
    const { access_token } = grace.session;
    const other = new HostedProgram({ AZT3KNET_API_URL: url, AZT3KNET_API_TOKEN: access_token });
    expect((await other.run('whoami')).code).toBe(0);
    expect(await done(grace.run('logout'))).toBe(`logged out at ${url}`);
    expect(readdirSync(grace.folder)).toEqual([]);
    await expect.poll(async () => (await other.run('whoami')).code, { timeout: 10_000 }).toBe(4);
    expect(await grace.run('logout')).toEqual({
      code: 0,
      stdout: `nobody was logged in at ${url}\n`,
      stderr: '',
    });
    other.remove();
  });

  it('forgets the tokens of a server that is gone', async () => {
    mkdirSync(grace.folder, { recursive: true });
    const session = { api_url: GONE, username: 'grace', access_token: 'a', refresh_token: 'r' };
    const file = join(grace.folder, `${encodeURIComponent(GONE.replace('127.0.0.1', 'localhost'))}.json`);
    writeFileSync(file, JSON.stringify(session), { mode: 0o600 });
    const { code, stdout, stderr } = await grace.run('--api-url', GONE, 'logout');
    expect({ code, stdout }).toEqual({ code: 0, stdout: `logged out at ${GONE}\n` });
    expect(stderr).toMatch(/^the session goes on at the server: http:\/\/127\.0\.0\.1:9 cannot be reached/);
    expect(readdirSync(grace.folder)).toEqual([]);
  }, 30_000);

  it('is done for all sessions at once, too', async () => {
    const { stdout } = await admin.run('sessions', 'end', '--all', '--dry-run');
    expect(stdout).toBe('would end 1 session of yours\n');
    expect(await done(admin.run('sessions', 'end', '--all'))).toBe('ended 1 session of yours');
    expect(readdirSync(admin.folder)).toEqual([]);
  });
});
