import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { createGenerator } from '../../src/modules/agents/index.js';
import { HostedProgram } from '../support/command-host.js';
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
    ['--gender male --count 5 --country MX --age 25-18', 'two ages, the younger first, such as 18-25'],
    ['--gender male --count 5 --country MX --age old', '18-25'],
    ['--gender male --count 101 --country MX', 'to store them all'],
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
