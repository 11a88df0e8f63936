import type { ChildProcess } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { HostedProgram } from '../support/command-host.js';
import { ended, printed, type Ended } from '../support/program.js';
import { testDatabase } from '../support/runtime.js';

const PASSWORD = 'correct horse battery';
const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const POPULATE = 'populate --gender female --count 30 --country MX --seed 20241005'.split(' ');
const SIMULATE = 'sim run --scenario metro_cdmx --seed 20241005'.split(' ');
/** Names a population. */
const naming = (id: string): string[] =>
  `populations update ${id} --name remote --notes x --tags a,b`.split(' ');

let database: DatabaseTarget;
let program: HostedProgram;
let server: ChildProcess;
let url: string;

const local = (...args: string[]): Promise<Ended> => program.run(...args);
const remote = (...args: string[]): Promise<Ended> => program.run('--api-url', url, ...args);

const login = (input: string, at: string): Promise<Ended> =>
  program.runWith(input, 'login', '--api-url', at, '--username', 'admin', '--password-stdin');

async function json<T>(run: typeof local, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await run('--json', '-q', ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

const sessions = (): string => join(program.dataDir, 'config', 'azt3knet', 'sessions');
const path = (name: string): string => join(program.dataDir, 'files', name);
const session = (): string => join(sessions(), readdirSync(sessions())[0] ?? '');

beforeAll(async () => {
  database = await testDatabase();
  program = new HostedProgram({
    DATABASE_URL: database.application.url,
    DATABASE_OWNER_URL: database.owner.url,
    AZT3KNET_ADMIN_PASSWORD: PASSWORD,
  });
  server = program.start([], 'main');
  url = /API\s+(http:\S+)\/api\/v1/.exec(await printed(server, /Health/))?.[1] ?? '';
});

afterAll(async () => {
  server?.kill('SIGTERM');
  await ended(server);
  program?.remove();
  await database?.release();
});

describe('logging in', () => {
  it('is asked for', async () => {
    const { code, stderr } = await remote('sim', 'list');
    expect(code).toBe(4);
    expect(stderr).toBe(
      `azt3knet: nobody is logged in at ${url}: run \`azt3knet login --api-url ${url}\` or set AZT3KNET_API_TOKEN\n`,
    );
  });

  it('refuses a wrong password, and keeps nothing', async () => {
    const { code, stderr } = await login('wrong\n', url);
    expect(code).toBe(4);
    expect(stderr).toBe('azt3knet: the username or the password is wrong\n');
    expect(() => readdirSync(sessions())).toThrow('ENOENT');
  });

  it('keeps the tokens where nobody else can read them', async () => {
    const { code, stdout } = await login(`${PASSWORD}\n`, `${url}/`);
    expect(code).toBe(0);
    expect(stdout).toBe(`logged in at ${url} as admin\n`);
    expect(statSync(session()).mode & 0o777).toBe(0o600);
    expect(readFileSync(session(), 'utf8')).not.toContain(PASSWORD);
    expect((await remote('whoami')).stdout).toBe(`admin (admin) at ${url}\n`);
    expect((await local('whoami')).stdout).toBe('cli (admin) on this machine\n');
  });

  it('lasts longer than an access token', async () => {
    const before = JSON.parse(readFileSync(session(), 'utf8')) as { access_token: string };
    writeFileSync(session(), JSON.stringify({ ...before, access_token: before.access_token.slice(0, -9) }));
    expect((await remote('whoami')).code).toBe(0);
    const after = JSON.parse(readFileSync(session(), 'utf8')) as { access_token: string };
    expect(after.access_token).not.toBe(before.access_token.slice(0, -9));
  });

  it('is not trusted when others can read it', async () => {
    chmodSync(session(), 0o644);
    const { code, stderr } = await remote('whoami');
    chmodSync(session(), 0o600);
    expect(code).toBe(4);
    expect(stderr).toContain('others can read these tokens');
  });

  it('gives way to a token of the environment', async () => {
    const { access_token } = JSON.parse(readFileSync(session(), 'utf8')) as { access_token: string };
    const environment = { AZT3KNET_API_URL: url, AZT3KNET_API_TOKEN: access_token };
    const other = new HostedProgram(environment);
    expect((await other.run('whoami')).stdout).toBe(`admin (admin) at ${url}\n`);
    const stranger = new HostedProgram({ ...environment, AZT3KNET_API_TOKEN: 'nonsense' });
    expect((await stranger.run('whoami')).code).toBe(4);
    other.remove();
    stranger.remove();
  });

  it('cannot be done without a terminal or a password', async () => {
    const { code, stderr } = await remote('login', '--username', 'admin');
    expect(code).toBe(2);
    expect(stderr).toContain('--password-stdin');
  });
});

/** What each of these commands prints here and there. */
async function both(...commands: string[][]): Promise<{ command: string[]; here: Ended; there: Ended }[]> {
  const ends = [];
  for (const command of commands) {
    const [here, there] = await Promise.all([local('--json', ...command), remote('--json', ...command)]);
    ends.push({ command, here, there });
  }
  return ends;
}

/** Expects that they print the same, a document. */
function expectSame({ command, here, there }: { command: string[]; here: Ended; there: Ended }): void {
  expect({ command, ...there }).toEqual({ command, ...here });
  expect({ command, code: here.code }).toEqual({ command, code: 0 });
  expect(JSON.parse(here.stdout)).toBeTypeOf('object');
}

describe('a remote session', () => {
  let population: string;
  let agent: string;
  let run: string;
  let job: string;
  let batch: string;

  beforeAll(async () => {
    const made = await json<{ population_id: string; preview: { id: string }[]; job_id: string }>(
      remote,
      ...POPULATE,
      '--persist',
      '--preview',
      '1',
    );
    population = made.population_id;
    agent = made.preview[0]?.id ?? '';
    job = made.job_id;
    const simulate = [...SIMULATE, '--ticks', '12', '--population', population, '--agent-states'];
    run = (await json<{ id: string }>(remote, ...simulate)).id;
    const drafts = ['--template', 'street_art_campaign', '--seed', '20241005', '--drafts-per-agent', '2'];
    const written = ['content', 'draft', '--population', population, ...drafts];
    batch = (await json<{ id: string }>(remote, ...written)).id;
    // What is there already is the same for both, however they race.
    await json(remote, ...naming(population));
    await json(remote, 'populations', 'export', population, '--format', 'jsonl');
    await json(remote, 'drafts', 'export', batch, '--format', 'csv');
  }, 120_000);

  it('equals a local one byte for byte in JSON: people and what they wrote', async () => {
    const draft = ['content', 'draft', '--agent', agent, '--template', 'street_art_campaign', '--seed', '7'];
    const written = await json<{ id: string; decision: { id: string } }>(remote, ...draft);
    const ends = await both(
      [...POPULATE, '--preview', '3'],
      [...POPULATE, '--persist', '--dry-run'],
      naming(population),
      ['populations', 'list', '--name', 'remote', '--sort', '-count'],
      ['populations', 'show', 'remote'],
      ['populations', 'export', 'remote', '--format', 'jsonl'],
      ['populations', 'delete', 'remote', '--cascade', '--dry-run'],
      ['agents', 'list', '--country', 'MX', '--sort', '-age', '--all'],
      ['agents', 'list', '--population', population, '--limit', '7'],
      ['agents', 'list', '--population', population, '--limit', '7', '--all'],
      ['agents', 'show', agent],
      ['agents', 'state', agent],
      ['agents', 'state', agent, '1'],
      ['agents', 'state', agent, '--history'],
      draft,
      ['drafts', 'list', '--population', 'remote', '--sort', '-quality', '--min-quality', '0.1'],
      ['drafts', 'show', written.id],
      ['drafts', 'delete', written.id, '--dry-run'],
      ['decisions', 'list', '--subject-id', written.id],
      ['decisions', 'show', written.decision.id],
    );
    expect(ends).toHaveLength(20);
    ends.forEach(expectSame);
  }, 300_000);

  it('equals a local one byte for byte in JSON: runs, jobs and files', async () => {
    const ends = await both(
      ['sim', 'list', '--status', 'completed,failed', '--population', 'remote'],
      ['sim', 'delete', run, '--dry-run'],
      ['sim', 'show', run],
      ['sim', 'metrics', run],
      [...SIMULATE, '--dry-run'],
      ['jobs', 'list', '--name', 'simulation.run'],
      ['jobs', 'status', job],
      ['jobs', 'watch', job],
      ['drafts', 'export', batch, '--format', 'csv'],
      ['exports', 'list', '--draft-batch-id', batch],
    );
    expect(ends).toHaveLength(10);
    ends.forEach(expectSame);
  }, 400_000);

  it('equals a local one where it fails: the same line, the same exit code', async () => {
    const commands: [string[], number][] = [
      [['populations', 'show', NOBODY], 3],
      [['populations', 'delete', population, '--dry-run'], 5],
      [['populations', 'update', population], 2],
      [['agents', 'state', agent, '99'], 3],
      [['drafts', 'show', NOBODY], 3],
      [['exports', 'delete', NOBODY, '--dry-run'], 3],
      [['events', 'nonsense.*'], 2],
      [['content', 'draft', '--template', 'street_art_campaign'], 2],
      [['populate', '--gender', 'male', '--count', '5', '--country', 'Mexico'], 2],
      [[...POPULATE, '--persist', '--interests', 'kill yourself'], 6],
      [['jobs', 'cancel', job], 5],
      [['agents', 'list', '--population', population, '--cursor', 'x'], 2],
    ];
    for (const [command, code] of commands) {
      const [here, there] = await Promise.all([local('--json', ...command), remote('--json', ...command)]);
      expect(here).toMatchObject({
        code,
        stdout: '',
        stderr: expect.stringMatching(/^azt3knet: .*\n(?:(?:once people| {2}azt3knet ).*\n)*$/) as string,
      });
      // What is to be run next is run there.
      const asHere = there.stderr.replaceAll(/ --api-url \S+/g, '');
      expect({ ...there, stderr: asHere }).toEqual(here);
    }
  }, 400_000);

  it('checks the server, and not this machine', async () => {
    expect(await json(remote, 'system', 'check')).toMatchObject({ status: 'ok' });
    const { code, stderr } = await program.run('--api-url', 'http://127.0.0.1:9', 'system', 'check');
    expect(code).toBe(7);
    expect(stderr).toContain('http://127.0.0.1:9 cannot be reached');
  });

  it('makes the same files', async () => {
    for (const [name, run_] of [
      ['local', local],
      ['remote', remote],
    ] as const) {
      const { code } = await run_(
        'sim',
        'download',
        run,
        'events.parquet',
        '--path',
        path(`${name}.parquet`),
      );
      expect(code).toBe(0);
      await json(run_, ...POPULATE, '--export', 'csv', '--path', path(`${name}.csv`));
      const drafts = ['drafts', 'export', batch, '--format', 'jsonl', '--path', path(`${name}.jsonl`)];
      const { id } = await json<{ id: string }>(run_, ...drafts);
      await json(run_, 'exports', 'download', id, '--path', path(`${name}.again`));
      expect(readFileSync(path(`${name}.again`)).equals(readFileSync(path(`${name}.jsonl`)))).toBe(true);
    }
    for (const kind of ['parquet', 'csv', 'csv.manifest.json', 'jsonl', 'jsonl.manifest.json']) {
      expect(readFileSync(path(`remote.${kind}`)).equals(readFileSync(path(`local.${kind}`)))).toBe(true);
    }
    expect(readdirSync(path('')).filter((name) => name.endsWith('.partial'))).toEqual([]);
  }, 60_000);

  it('hears of the same events as a local one, and ends with Ctrl-C', async () => {
    const listen = ['events', 'populations.*', '--after', '0', '--json'];
    const children = [program.start(listen), program.start(['--api-url', url, ...listen])];
    const texts = children.map(() => '');
    children.forEach((child, index) => {
      child.stdout?.on('data', (chunk: Buffer) => (texts[index] += chunk.toString()));
    });
    const ends = children.map((child) => ended(child));
    await expect.poll(() => texts.map((text) => text !== ''), { timeout: 20_000 }).toEqual([true, true]);
    await json(remote, 'populations', 'update', population, '--notes', 'heard');
    await expect
      .poll(() => texts.map((text) => text.includes('"heard"')), { timeout: 20_000 })
      .toEqual([true, true]);
    for (const child of children) child.kill('SIGINT');
    const [here, there] = await Promise.all(ends);
    expect(there).toEqual(here);
    const last = here?.stdout.trimEnd().split('\n').at(-1) ?? '';
    const { position, payload } = JSON.parse(last) as { position: string; payload: object };
    expect(payload).toMatchObject({ population_id: population, notes: 'heard' });
    expect(here).toMatchObject({ code: 130, stderr: `go on with --after ${position}\n` });
  }, 60_000);

  it('gives a link that needs no account', async () => {
    const { exports } = await json<{ exports: { id: string; bytes: string }[] }>(remote, 'exports', 'list');
    const [first] = exports;
    const made = await json<{ url: string }>(remote, 'exports', 'link', first?.id ?? '', '--expires', '5m');
    const file = await (await fetch(made.url)).arrayBuffer();
    expect(file.byteLength).toBe(Number(first?.bytes));
    expect(made.url.startsWith(url)).toBe(true);
    const everywhere = new HostedProgram({
      DATABASE_URL: database.application.url,
      DATABASE_OWNER_URL: database.owner.url,
      API_HOST: '0.0.0.0',
      API_PORT: '8123',
    });
    const unnamed = await everywhere.run('exports', 'link', first?.id ?? '', '--quiet');
    expect(unnamed.stdout).toMatch(/^http:\/\/localhost:8123\/api\/v1\/shared\/exports\//);
    everywhere.remove();
    expect((await json<{ deleted: boolean }>(remote, 'exports', 'delete', first?.id ?? '')).deleted).toBe(
      true,
    );
    expect((await fetch(made.url)).status).toBe(404);
  });

  it('is told apart from a local one by the audit log', async () => {
    const client = new pg.Client(database.owner.url);
    await client.connect();
    const newest = async (): Promise<string | undefined> => {
      const { rows } = await client.query<{ actor: string }>(
        'SELECT actor FROM audit ORDER BY sequence DESC LIMIT 1',
      );
      return rows[0]?.actor;
    };
    await json(local, ...POPULATE, '--persist', '--seed', 'local');
    expect(await newest()).toBe('cli');
    await json(remote, ...POPULATE, '--persist', '--seed', 'remote');
    expect(await newest()).toBe('admin');
    await client.end();
  }, 60_000);

  it('cancels what it waits for on Ctrl-C', async () => {
    const child = program.start([
      '--api-url',
      url,
      ...SIMULATE,
      '--ticks',
      '100000',
      '--population',
      population,
    ]);
    const end = ended(child);
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await expect.poll(() => text, { timeout: 20_000 }).toContain('simulation.run running');
    child.kill('SIGINT');
    expect((await end).code).toBe(130);
    const { runs } = await json<{ runs: { job_id: string }[] }>(remote, 'sim', 'list', '--limit', '1');
    const watched = await json<{ status: string }>(remote, 'jobs', 'watch', runs[0]?.job_id ?? '');
    expect(watched.status).toBe('cancelled');
  }, 60_000);

  it('is refused by commands that work on this machine alone', async () => {
    for (const command of [['db', 'status'], ['audit', 'verify'], ['serve'], ['worker']]) {
      const { code, stderr } = await remote(...command);
      expect({ command, code }).toEqual({ command, code: 2 });
      expect(stderr).toContain('works on the machine that it runs on');
    }
  });

  it('says in one line that the server is not there', async () => {
    const { code, stderr } = await login('', 'http://127.0.0.1:9');
    expect(code).toBe(7);
    expect(stderr).toMatch(/^azt3knet: http:\/\/127\.0\.0\.1:9 cannot be reached: .*\n$/);
  }, 20_000);

  it('ends with the log-out', async () => {
    expect((await remote('logout')).stdout).toBe(`logged out at ${url}\n`);
    expect(readdirSync(sessions())).toEqual([]);
    expect((await remote('sim', 'list')).code).toBe(4);
  });
});

describe('a bot', () => {
  it('is told what to do, and answers', async () => {
    await login(`${PASSWORD}\n`, url);
    expect(await remote('bots', 'create', 'echo-bot-v1', 'bots/echo_bot.mjs')).toMatchObject({ code: 0 });
    expect(await remote('bots', 'command', 'echo-bot-v1', 'echo')).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('start it first'),
    });
    await remote('bots', 'start', 'echo-bot-v1');
    const say = (name: string): Promise<Ended> =>
      remote('bots', 'command', 'echo-bot-v1', name, '--set', 'text=hello');
    await expect.poll(async () => (await say('echo')).code, { timeout: 60_000, interval: 1_000 }).toBe(0);
    expect((await say('echo')).stdout).toMatch(/status +done\n(?:.*\n)*text +hello\n/u);
    expect(await say('sing')).toMatchObject({
      code: 5,
      stdout: expect.stringMatching(/status +failed\n/u),
      stderr: expect.stringContaining('could not do it'),
    });
    const accepted = await remote('bots', 'command', 'echo-bot-v1', 'echo', '--no-wait');
    expect(accepted.stdout).toMatch(/status +pending\n/u);
    await remote('bots', 'stop', 'echo-bot-v1');
  }, 120_000);
});
