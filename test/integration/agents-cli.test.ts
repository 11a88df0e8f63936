import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { createGenerator } from '../../src/modules/agents/index.js';
import { Program } from '../support/program.js';
import { testDatabase } from '../support/runtime.js';

const DOCUMENTED = words(
  'populate --gender female --count 1000 --country MX --city Mexico_City --age 18-25',
  '--interests street_art,urban_culture --seed 20241005',
);

/** The arguments of a command line; an underscore stands for a space inside of one. */
function words(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' ')).map((word) => word.replaceAll('_', ' '));
}

let database: DatabaseTarget;
let program: Program;

beforeAll(async () => {
  database = await testDatabase();
  program = new Program({
    DATABASE_URL: database.application.url,
    DATABASE_OWNER_URL: database.owner.url,
  });
});

afterAll(async () => {
  program.remove();
  await database.release();
});

describe('azt3knet agents provision', () => {
  it('stores the population that populate --persist does, once', async () => {
    const flags = words('--json --quiet --gender female --count 20 --country MX --seed provision');
    const provisioned = await program.run('agents', 'provision', ...flags);
    expect(provisioned.code).toBe(0);
    const first = JSON.parse(provisioned.stdout) as { population_id: string };
    expect(first).toMatchObject({ result: { persisted: true, created: true, count: 20 } });
    const populated = await program.run('populate', '--persist', ...flags);
    expect(JSON.parse(populated.stdout)).toMatchObject({
      population_id: first.population_id,
      result: { created: false },
    });
  });
});

describe('azt3knet populate', () => {
  it('shows a preview as a table', async () => {
    const { code, stdout, stderr } = await program.run(...DOCUMENTED, '--preview', '10');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const generator = await createGenerator({
      gender: 'female',
      count: 1000,
      country: 'MX',
      city: 'Mexico City',
      age_range: [18, 25],
      interests: ['street art', 'urban culture'],
      seed: '20241005',
    });
    for (const agent of generator.preview(10)) expect(stdout).toContain(agent.username_hint);
    expect(stdout).not.toContain(generator.profile(10).username_hint);
    expect(stdout).toContain('20241005');
    expect(stdout).toContain('synthetic');
  });

  it('persists, and exports to a path with a manifest beside it; twice gives the same bytes', async () => {
    const files = ['data/fixtures/mx.json', 'second.json'].map((name) => join(program.dataDir, name));
    const results: { created: boolean }[] = [];
    for (const file of files) {
      const { code, stdout } = await program.run(
        ...DOCUMENTED,
        ...words('--json --persist --export json --path'),
        file,
      );
      expect(code).toBe(0);
      const answer = JSON.parse(stdout) as { synthetic: boolean; path: string; result: { created: boolean } };
      expect(answer).toMatchObject({ synthetic: true, path: file, result: { persisted: true, count: 1000 } });
      results.push(answer.result);
    }
    expect(results.map(({ created }) => created)).toEqual([true, false]);
    const [first, second] = files.map((file) => readFileSync(file));
    expect(second).toEqual(first);
    const manifest = JSON.parse(readFileSync(`${files[0]}.manifest.json`, 'utf8')) as object;
    expect(manifest).toMatchObject({
      synthetic: true,
      count: 1000,
      sha256: createHash('sha256')
        .update(first as Buffer)
        .digest('hex'),
    });
  });

  it('leaves with the id of the job when it is not to wait', async () => {
    const { code, stdout } = await program.run(
      ...words('populate --gender male --count 5 --country ES --persist --no-wait'),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/job +[\da-f-]{36}/u);
    expect(stdout).toContain('(generated)');
  });

  it.each([
    ['--count 10 --country MX', '--gender'],
    ['--gender robot --count 10 --country MX', 'female, male'],
    ['--gender male --count 5 --country Mexico', 'did you mean MX?'],
    ['--gender male --count 5 --country MX --age 25-18', 'reversed'],
    ['--gender male --count 5 --country MX --age old', '18-25'],
    ['--gender male --count 101 --country MX', 'persist to store them all'],
    ['--gender male --count 5 --country MX --path x.json', '--export'],
  ])('refuses %s, exit 2', async (line, part) => {
    const { code, stdout, stderr } = await program.run('populate', ...words(line));
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(part);
    expect(stderr).not.toMatch(/\n\s+at /u);
  });

  it('refuses a path that is a folder before it makes anything', async () => {
    const folder = join(program.dataDir, 'folder');
    mkdirSync(folder);
    const { code, stderr } = await program.run(...DOCUMENTED, '--export', 'csv', '--path', folder);
    expect(code).toBe(7);
    expect(stderr).toContain('is a folder');
    expect(existsSync(`${folder}.manifest.json`)).toBe(false);
  });

  it('says what the guard refuses, exit 6', async () => {
    const { code, stderr } = await program.run(
      ...words('populate --gender male --count 5 --country MX --interests kill_yourself --persist'),
    );
    expect(code).toBe(6);
    expect(stderr).toContain('interests[0]');
  });
});

// Each command is a process of its own.
describe('azt3knet populations', { timeout: 120_000 }, () => {
  const REPORTED = /^azt3knet: .*\n$/;
  let id: string;

  const json = async <T>(...args: string[]): Promise<T> => {
    const { code, stdout, stderr } = await program.run('--json', '-q', ...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout) as T;
  };

  beforeAll(async () => {
    const made = await json<{ population_id: string }>(
      ...words('populate --gender male --count 12 --country ES --seed lifecycle --persist'),
    );
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

  it('are found by what they are', async () => {
    const ids = async (...filters: string[]): Promise<string[]> =>
      (await json<{ populations: { id: string }[] }>('populations', 'list', ...filters)).populations.map(
        (each) => each.id,
      );
    expect(await ids('--seed', 'lifecycle')).toEqual([id]);
    expect(await ids('--country', 'ES', '--gender', 'male', '--sort', '-count')).toContain(id);
    expect(await ids('--name', 'spr')).toEqual([id]);
    expect(await ids('--created-before', '2020-01-01T00:00:00Z')).toEqual([]);
    const { stdout } = await program.run('populations', 'list', '--name', 'spring');
    expect(stdout).toMatch(new RegExp(`│ ${id} │ 12 +│ ES +│ spring +│`));
  });

  it('have agents, found by what they are', async () => {
    const { stdout } = await program.run(
      ...words('agents list --population spring --age-min 30 --sort -age --output jsonl --all'),
    );
    const ages = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { age: number }).age);
    expect(ages).toEqual(ages.toSorted((a, b) => b - a));
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(30);
    const found = await program.run(...words('agents list --country ES --gender female'));
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
