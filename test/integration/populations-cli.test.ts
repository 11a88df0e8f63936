import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { HostedProgram } from '../support/command-host.js';
import { testDatabase } from '../support/runtime.js';

const POPULATE = 'populate --gender male --count 12 --country ES --seed lifecycle --persist'.split(' ');
/** A mistake is told in one line. */
const REPORTED = /^azt3knet: .*\n$/;

let database: DatabaseTarget;
let program: HostedProgram;

beforeAll(async () => {
  database = await testDatabase();
  program = new HostedProgram({
    DATABASE_URL: database.application.url,
    DATABASE_OWNER_URL: database.owner.url,
  });
});

afterAll(async () => {
  program.remove();
  await database.release();
});

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await program.run('--json', '-q', ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

async function ids(...filters: string[]): Promise<string[]> {
  const { populations } = await json<{ populations: { id: string }[] }>('populations', 'list', ...filters);
  return populations.map((each) => each.id);
}

// Each command opens an application of its own.
describe('azt3knet populations', { timeout: 120_000 }, () => {
  let id: string;

  beforeAll(async () => {
    const made = await json<{ population_id: string }>(...POPULATE);
    id = made.population_id;
  });

  it('can be named, annotated and tagged, and all of it taken back', async () => {
    const given = await json('populations', 'update', id, '--name', 'spring', '--tags', 'control, 2026');
    expect(given).toMatchObject({ id, name: 'spring', notes: null, tags: ['control', '2026'] });
    const noted = await json('populations', 'update', 'spring', '--notes', 'Control group.');
    expect(noted).toMatchObject({ name: 'spring', notes: 'Control group.', tags: ['control', '2026'] });
    const back = await json('populations', 'update', 'spring', '--notes', '', '--tags', '');
    expect(back).toMatchObject({ name: 'spring', notes: null, tags: [] });
    const { code, stderr } = await program.run('populations', 'update', id);
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'azt3knet: give --name, --notes or --tags\n' });
    const wrong = await program.run('populations', 'update', id, '--tags', '#');
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(REPORTED) as string });
  });

  it('are shown an agent a row, or made in one block of facts', async () => {
    const preview = POPULATE.slice(0, -1);
    const { stdout: csv } = await program.run(...preview, '--preview', '3', '--output', 'csv');
    expect(csv.split('\r\n')).toHaveLength(5);
    expect(csv).toMatch(/^id,seed,name,username_hint,country,/);
    const { stdout: lines } = await program.run(...preview, '--preview', '3', '--output', 'jsonl');
    const agents = lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { country: string });
    expect(agents.map(({ country }) => country)).toEqual(['ES', 'ES', 'ES']);
    const made = await program.run(
      ...POPULATE,
      '--export',
      'csv',
      '--path',
      join(program.dataDir, 'block.csv'),
    );
    const places = made.stdout
      .trimEnd()
      .split('\n')
      .map((line) => /^\S+ +/.exec(line)?.[0].length);
    expect(made.stdout).toMatch(/^population +[\s\S]*^sha256 +/m);
    expect(new Set(places).size).toBe(1);
    const many = await program.run(...'populate --gender male --count 200 --country ES'.split(' '));
    expect(many).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(REPORTED) as string });
    expect(many.stderr).toMatch(/^azt3knet: --count: an answer shows .*--preview.*--persist.*--export/);
  });

  it('are found by what they are', async () => {
    expect(await ids('--seed', 'lifecycle')).toEqual([id]);
    expect(await ids('--country', 'ES', '--gender', 'male', '--sort', '-count')).toContain(id);
    expect(await ids('--name', 'spr')).toEqual([id]);
    expect(await ids('--created-before', '2020-01-01T00:00:00Z')).toEqual([]);
    const { stdout } = await program.run('populations', 'list', '--name', 'spring');
    expect(stdout).toMatch(new RegExp(`│ ${id} │ 12 +│ ES +│ spring +│`));
  });

  it('have agents, found by what they are', async () => {
    const { stdout } = await program.run(
      ...'agents list --population spring --age-min 30 --sort -age --output jsonl --all'.split(' '),
    );
    const ages = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { age: number }).age);
    expect(ages).toEqual(ages.toSorted((a, b) => b - a));
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(30);
    const found = await program.run(...'agents list --country ES --gender female'.split(' '));
    expect(found).toEqual({ code: 0, stdout: '', stderr: 'nothing found\n' });
  });

  it('have agents with a state, which has versions', async () => {
    const { agents } = await json<{ agents: { id: string }[] }>('agents', 'list', '--limit', '1');
    const agent = agents[0]?.id ?? '';
    expect(await json('agents', 'state', agent)).toMatchObject({ agent_id: agent, version: 0, state: {} });
    expect(await json('agents', 'state', agent, '--history')).toMatchObject({ versions: [] });
    for (const [args, code] of [
      [['1'], 3],
      [['1', '--history'], 2],
      [['--limit', '3'], 2],
    ] as const) {
      const ended = await program.run('agents', 'state', agent, ...args);
      expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(REPORTED) as string });
    }
  });

  it('are exported once, to a file with its manifest', async () => {
    const path = join(program.dataDir, 'spring.csv');
    const command = ['populations', 'export', 'spring', '--format', 'csv'];
    const found = await json<{ id: string; sha256: string }>(...command, '--path', path);
    expect(found).toMatchObject({ synthetic: true, kind: 'population', population_id: id, path });
    expect(found.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
    expect(JSON.parse(readFileSync(`${path}.manifest.json`, 'utf8'))).toMatchObject({ sha256: found.sha256 });
    expect(await json(...command)).toMatchObject({ id: found.id, path: null });
    expect(await json(...command, '--no-wait')).toMatchObject({ export_id: found.id, job_id: null });
    const { code, stderr } = await program.run(...command, '--no-wait', '--path', path);
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'azt3knet: --path cannot be had with --no-wait\n' });
  });

  it('have exports, which can be saved, linked and deleted', async () => {
    const { exports } = await json<{ exports: { id: string }[] }>('exports', 'list', '--population-id', id);
    expect(exports).toHaveLength(1);
    const first = exports[0]?.id ?? '';
    const path = join(program.dataDir, 'again.csv');
    expect(await json('exports', 'download', first, '--path', path)).toMatchObject({ id: first, path });
    expect(readFileSync(path)).toEqual(readFileSync(join(program.dataDir, 'spring.csv')));
    const { stdout } = await program.run('exports', 'link', first, '--expires', '30m');
    expect(stdout).toMatch(
      new RegExp(`^http://127\\.0\\.0\\.1:0/api/v1/shared/exports/${first}\\?expires=\\d+&`),
    );
    expect(await json('exports', 'delete', first, '--dry-run')).toMatchObject({ deleted: false });
    expect(await json('exports', 'delete', first)).toMatchObject({ id: first, deleted: true });
    expect((await program.run('exports', 'show', first)).code).toBe(3);
  });

  it('are deleted with what was made from them, if that is said', async () => {
    await json('content', 'draft', '--template', 'street_art_campaign', '--population', 'spring');
    for (const dryRun of [['--dry-run'], []]) {
      const refused = await program.run('populations', 'delete', 'spring', ...dryRun);
      expect(refused).toMatchObject({ code: 5, stdout: '' });
      expect(refused.stderr).toMatch(/^azt3knet: .*drafts.*cascade.*\n$/);
    }
    const command = ['populations', 'delete', 'spring', '--cascade'];
    expect(await json(...command, '--dry-run')).toEqual({ synthetic: true, id, deleted: false });
    expect(await json(...command)).toEqual({ synthetic: true, id, deleted: true });
    expect((await program.run('populations', 'show', id)).code).toBe(3);
  });
});
