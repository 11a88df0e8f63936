import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentSchema } from '../../src/core/config/config.schema.js';
import { loadConfig } from '../../src/core/config/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { COMPOSE_FOLDER, readCompose, readComposeText, variablesOf } from '../support/compose-file.js';
import { removeDataDir } from '../support/data-dir.js';
import { ended, printed, type Ended } from '../support/program.js';
import {
  AGENT_FIELDS,
  ASSIGNMENTS,
  COMMANDS,
  CONTAINERS,
  REQUESTS,
  VARIABLES,
  type Example,
} from '../support/reference-examples.js';

const PASSWORD = 'correct horse battery';
/** What `...` stands for in the documents. */
const POPULATION_FLAGS = (COMMANDS.find(({ at }) => at === '002:99')?.text ?? '').replace(
  'azt3knet populate ',
  '',
);

/** A folder that looks like a checkout, so that nothing of this one is written to. */
let checkout: string;
let server: ChildProcess;
let url: string;
let token: string;
let agent: Record<string, unknown>;
let job: string;

/** Runs a line as a shell would, with `azt3knet` on its path, in a process group of its own. */
function start(line: string): ChildProcess {
  return spawn('sh', ['-c', `exec ${line}`], {
    cwd: checkout,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${join(PROJECT_ROOT, 'bin')}${delimiter}${process.env['PATH']}`,
      HOME: checkout,
      API_PORT: '0',
      AZT3KNET_ADMIN_PASSWORD: PASSWORD,
      XDG_CACHE_HOME: join(PROJECT_ROOT, 'node_modules', '.cache'),
    },
  });
}

const run = (line: string): Promise<Ended> => ended(start(line));

/** The line that runs: without the tool in front, with the example's blanks filled in. */
function lineOf({ text, by }: Example): string {
  return (by ?? text)
    .replace(/^(?:docker compose run --rm api|poetry run) (?=azt3knet)/, '')
    .replace('populate ...', `populate ${POPULATION_FLAGS}`)
    .replace('<uuid>', String(agent['id']))
    .replace('<id>', job);
}

const assigned = (text: string) => parseEnv(text.replace(/^export /, ''));

async function call(method: string, path: string, body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}

async function json<T>(line: string): Promise<T> {
  const { code, stdout, stderr } = await run(line);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

beforeAll(async () => {
  checkout = mkdtempSync(join(tmpdir(), 'azt3knet-documents-'));
  for (const name of ['scripts', 'Makefile', '.env.example', join('infra', 'docker', '.env.example')]) {
    cpSync(join(PROJECT_ROOT, name), join(checkout, name), { recursive: true });
  }
  for (const name of ['bin', 'node_modules', 'package.json'])
    symlinkSync(join(PROJECT_ROOT, name), join(checkout, name));
  server = start('azt3knet serve');
  url = /API\s+(http:\S+)\/api\/v1/.exec(await printed(server, /Health/))?.[1] ?? '';
  const login = await call('POST', '/api/auth/login', { username: 'admin', password: PASSWORD });
  ({ access_token: token } = (await login.json()) as { access_token: string });
  const { preview } = await json<{ preview: Record<string, unknown>[] }>(
    'azt3knet populate --gender female --count 5 --country MX --seed 7 --persist --preview 1 --json',
  );
  agent = preview[0] ?? {};
  ({ job_id: job } = await json<{ job_id: string }>(
    'azt3knet sim run --scenario metro_cdmx --ticks 2 --no-wait --json',
  ));
});

afterAll(async () => {
  server.kill('SIGTERM');
  await ended(server);
  removeDataDir(join(checkout, '.azt3knet'));
  rmSync(checkout, { recursive: true, force: true });
});

describe('the commands of the reference documents', () => {
  const running = COMMANDS.filter(({ fate }) => fate === 'runs' || fate === 'replaced');

  it.each(running.filter(({ until }) => until === undefined))('$at $text ($fate)', async (example) => {
    const line = lineOf(example);
    expect(line).not.toMatch(/<\w+>| \.\.\./);
    const { code, stdout, stderr } = await run(line);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(example.says ?? /\S/);
  });

  it.each(running.filter(({ until }) => until !== undefined))('$at $text ($fate)', async (example) => {
    const service = start(lineOf(example));
    const end = ended(service);
    expect(await printed(service, example.until ?? /$^/)).not.toBe('');
    // As Ctrl-C does: to make and the program at once; make then ends by the signal.
    process.kill(-(service.pid ?? 0), 'SIGINT');
    expect([0, null]).toContain((await end).code);
  });

  it('leave what they say they leave', () => {
    expect(existsSync(join(checkout, 'infra', 'docker', '.env'))).toBe(true);
    const fixture = JSON.parse(readFileSync(join(checkout, 'data', 'fixtures', 'mx.json'), 'utf8')) as {
      agents: object[];
    };
    expect(fixture.agents).toHaveLength(1000);
  });

  it('start containers that are there', () => {
    const { services } = readCompose();
    expect(Object.keys(services)).toEqual(expect.arrayContaining([...CONTAINERS]));
    const words = COMMANDS.filter(({ fate }) => fate === 'container').flatMap(({ text }) => text.split(' '));
    const scripts = words.filter((word) => word.startsWith('./'));
    expect(scripts.filter((script) => !existsSync(join(PROJECT_ROOT, script)))).toEqual([]);
    const named = words.filter((word) => /^(?:postgres|redis|ollama)$/.test(word));
    expect(named.filter((service) => !(service in services))).toEqual([]);
  });

  it('wait for another part only where they name it', () => {
    const others = COMMANDS.filter(({ fate }) => fate === 'other part');
    expect(others.map(({ by }) => by)).toEqual(['language models']);
  });
});

describe('the requests of the reference documents', () => {
  it.each(REQUESTS)('$at $request $status', async ({ request, body, status, fields = [] }) => {
    const [method = '', path = ''] = request.split(' ');
    const filled = body && 'agent' in body ? { ...body, agent: agent['id'] } : body;
    const answer = await call(method, path.replace('<id>', job), filled);
    const text = await answer.text();
    expect({ status: answer.status, text }).toMatchObject({ status });
    const found = fields.length === 0 ? {} : (JSON.parse(text) as object);
    expect(Object.keys(found)).toEqual(expect.arrayContaining([...fields]));
  });

  it('002:72 agents have the documented fields and no others', () => {
    expect(Object.keys(agent)).toEqual([...AGENT_FIELDS]);
    expect(agent['gender']).toMatch(/^(?:female|male|non_binary|unspecified)$/);
    expect(agent['posting_cadence']).toMatch(/^(?:hourly|daily|weekly|monthly)$/);
    expect(agent['tone']).toMatch(/^(?:casual|formal|enthusiastic|sarcastic|informative)$/);
  });
});

describe('the environment of the reference documents', () => {
  const empty = mkdtempSync(join(tmpdir(), 'azt3knet-documents-env-'));

  it.each(ASSIGNMENTS)('$at $text', ({ text }) => {
    expect(() => loadConfig(assigned(text), empty)).not.toThrow();
  });

  it.each(ASSIGNMENTS.filter(({ unless }) => unless !== undefined))(
    '$at $text, but not with $unless',
    (example) => {
      const [name = ''] = Object.keys(assigned(example.text));
      const both = { ...assigned(example.text), ...assigned(example.unless ?? '') };
      expect(() => loadConfig(both, empty)).toThrow(name);
    },
  );

  it('is read by the product, by the containers, or is accepted for a part that comes', () => {
    for (const name of [...VARIABLES.product, ...VARIABLES['language models']])
      expect(Object.keys(environmentSchema.shape)).toContain(name);
    const compose = variablesOf(readComposeText());
    for (const name of VARIABLES.containers) expect([...compose.keys()]).toContain(name);
    const others = [...VARIABLES.mail, ...VARIABLES.gone, ...VARIABLES.containers];
    expect(() => loadConfig(Object.fromEntries(others.map((name) => [name, 'x'])), empty)).not.toThrow();
  });

  it('002:195 comes from .env in the root', () => {
    writeFileSync(join(empty, '.env'), 'AZT3KNET_PREVIEW_LIMIT=7\n');
    expect(loadConfig({}, empty).previewLimit).toBe(7);
    rmSync(join(empty, '.env'));
  });

  it('002:218 the database is PostgreSQL 16 with pgvector', () => {
    expect(variablesOf(readComposeText()).get('POSTGRES_IMAGE')).toBe('ankane/pgvector:pg16');
    expect(existsSync(join(COMPOSE_FOLDER, '.env.example'))).toBe(true);
  });
});
