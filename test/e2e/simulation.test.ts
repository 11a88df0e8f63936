import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedPostgresStatus } from '../../src/core/database/embedded/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { ended, Program } from '../support/program.js';

interface RunDocument {
  synthetic: boolean;
  id: string;
  status: string;
  seed: string;
  files: { name: string; sha256: string }[];
}

describe('azt3knet sim', () => {
  let program: Program;

  beforeAll(() => {
    program = new Program();
  });

  afterAll(() => program.remove());

  const run = async (...args: string[]): Promise<RunDocument> => {
    const { code, stdout, stderr } = await program.run('--json', 'sim', ...args);
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as RunDocument;
  };

  it('runs a scenario on an empty data folder, again with the same bytes, and leaves nothing running', async () => {
    const first = await run('run', '--scenario', 'metro_cdmx', '--ticks', '24', '--seed', 'e2e');
    expect(first).toMatchObject({ synthetic: true, status: 'completed', seed: 'e2e' });
    const report = join(program.dataDir, 'deep', 'report.html');
    expect((await program.run('sim', 'report', first.id, '--path', report)).stdout).toBe(`${report}\n`);
    expect(readFileSync(report, 'utf8').startsWith('<!doctype html>')).toBe(true);
    const second = await run('run', '--scenario', 'metro_cdmx', '--ticks', '24', '--seed', 'e2e');
    expect(second.id).not.toBe(first.id);
    expect(second.files.map(({ name, sha256 }) => [name, sha256])).toEqual(
      first.files.map(({ name, sha256 }) => [name, sha256]),
    );
    expect(await run('show', first.id)).toEqual(first);
    expect(embeddedPostgresStatus(join(program.dataDir, 'data'))).toEqual({ server: null, holders: [] });
  }, 60_000);

  it('lists runs without files, and as CSV with the same columns for each', async () => {
    const { runs } = (await run('list')) as unknown as { runs: Record<string, unknown>[] };
    expect(runs.map(({ status, files }) => [status, files])).toContainEqual(['completed', undefined]);
    const csv = (await program.run('sim', 'list', '--output', 'csv')).stdout.trimEnd().split('\r\n');
    expect(csv[0]).toMatch(
      /^synthetic,id,scenario,.*,totals\.active,totals\.idle,totals\.posts,.*,totals\.acted$/,
    );
    expect(new Set(csv.map((line) => line.split(',').length)).size).toBe(1);
  }, 60_000);

  it('says once, and beside the result, that a new laboratory was made', async () => {
    const fresh = new Program();
    try {
      const made = `made a new laboratory in ${realpathSync(fresh.dataDir)}/data\n`;
      expect(await fresh.run('db', 'status', '--json')).toMatchObject({ code: 0, stderr: made });
      expect(await fresh.run('db', 'status', '--json')).toMatchObject({ code: 0, stderr: '' });
    } finally {
      fresh.remove();
    }
    const quiet = new Program();
    try {
      expect(await quiet.run('sim', 'list', '--json', '-q')).toMatchObject({ code: 0, stderr: '' });
    } finally {
      quiet.remove();
    }
  }, 60_000);

  it('accepts a run without waiting for it', async () => {
    const args = ['--scenario', 'metro_cdmx', '--ticks', '24', '--no-wait'];
    const { code, stdout, stderr } = await program.run('--seed', 'e2e', 'sim', 'run', ...args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/status +queued/u);
    const [, runId] = /^run +(\S+)/mu.exec(stdout) ?? [];
    const [, job] = /^job +(\S+)/mu.exec(stdout) ?? [];
    expect(stderr).toContain(`azt3knet jobs watch ${job},`);
    expect(stderr).toContain(`azt3knet sim show ${runId}\n`);
    expect((await program.run('sim', 'show', String(runId))).stdout).toMatch(/^ticks +0 of 24 are done$/mu);
  }, 60_000);

  it('says before a run that no language model can be asked', async () => {
    const town = readFileSync(join(PROJECT_ROOT, 'scenarios', 'metro_cdmx.yaml'), 'utf8');
    const asking = `deciders:\n  - { kind: llm, people: { share: 0.1 }, every: 6 }\n`;
    writeFileSync(join(program.dataDir, 'talk.yaml'), town.replace('id: metro_cdmx', 'id: talk') + asking);
    expect(await program.run('scenarios', 'add', 'talk.yaml')).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await program.run('sim', 'run', '--scenario', 'talk', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^model +no language model is configured/mu);
    expect(stderr).toContain('warning: the run would be refused: no language model is configured');
    const refused = await program.run('sim', 'run', '--scenario', 'talk');
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('needs a language model');
  }, 60_000);

  it('names files and their lines where something in them is wrong', async () => {
    const { runs } = (await run('list')) as unknown as { runs: { id: string; status: string }[] };
    const id = String(runs.find(({ status }) => status === 'completed')?.id);
    writeFileSync(join(program.dataDir, 'mine.csv'), 'cascade,node,parent,minute\na,1,,0\na,2,9,1\n');
    const trees = await program.run('sim', 'validate', id, '--trees', 'mine.csv');
    expect([trees.code, trees.stderr]).toEqual([
      2,
      'azt3knet: mine.csv:3: the parent "9" is no node of the cascade\n',
    ]);
    writeFileSync(join(program.dataDir, 'what-if.yaml'), 'feed:\n  sizee: 3\nbehaviour: { repost: 7 }\n');
    const branch = await program.run('sim', 'branch', id, '--at', '2', '--with', 'what-if.yaml');
    expect(branch.code).toBe(2);
    expect(branch.stderr).toMatch(
      /^azt3knet: what-if\.yaml:2:10: feed\.sizee: is not known here.*\nwhat-if\.yaml:3:22: behaviour\.repost: must be at most 1$/mu,
    );
  }, 60_000);

  it('saves a calibrated scenario as a file of its own, in the order of scenarios', async () => {
    const args = [
      '--ticks',
      '2',
      '--evaluations',
      '1',
      '--parameters',
      'behaviour.repost',
      '--path',
      'c.yaml',
    ];
    const made = await program.run(
      '--seed',
      'c',
      'sim',
      'calibrate',
      '--scenario',
      'metro_cdmx',
      ...args,
      '-q',
    );
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const text = readFileSync(join(program.dataDir, 'c.yaml'), 'utf8');
    expect(text).toMatch(/^id: metro_cdmx_calibrated_[\da-f]{8}\nversion: 1\.0\.0\ntitle: /u);
    expect(await program.run('scenarios', 'add', 'c.yaml')).toMatchObject({ code: 0 });
  }, 120_000);

  it('leaves nothing to run when Ctrl-C comes, whenever it comes', async () => {
    for (const delay of [700, 1_100, 1_500, 2_000, 3_000]) {
      const args = ['--scenario', 'metro_cdmx', '--ticks', '20000', '--seed', `early ${delay}`];
      const child = program.start(['sim', 'run', ...args]);
      const end = ended(child);
      await sleep(delay);
      child.kill('SIGINT');
      const { code, stderr } = await end;
      expect([code, stderr]).toEqual([130, expect.not.stringMatching(/"level"|azt3knet:/u)]);
    }
    const { stdout } = await program.run('jobs', 'list', '--status', 'queued,running', '--json');
    const left = (JSON.parse(stdout) as { jobs: { payload: unknown }[] }).jobs;
    // The one of the test before, which nobody has waited for.
    expect(left.length).toBeLessThanOrEqual(3);
  }, 120_000);

  it.each([
    [['run', '--scenario', 'nowhere'], 3, /there is no scenario "nowhere"; known are feedsim, metro_cdmx/u],
    [['run'], 2, /required option '--scenario <name>'/u],
    [['run', '--scenario', 'metro_cdmx', '--ticks', '0'], 2, /expected a whole number from 1 up/u],
    [['run', '--scenario', 'metro_cdmx', '--population', 'mine'], 3, /there is no population "?mine/u],
    [
      ['run', '--scenario', 'metro_cdmx', '--ticks', '100001', '--dry-run'],
      2,
      /--ticks: must be at most 100000/u,
    ],
    [
      ['run', '--scenario', 'metro_cdmx', '--network', 'n.csv', '--dry-run'],
      3,
      /n\.csv: there is no such file/u,
    ],
    [['show', '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11'], 3, /there is no run/u],
  ] as const)('refuses %j in one line', async (args, exit, said) => {
    const { code, stdout, stderr } = await program.run('sim', ...args);
    expect([code, stdout]).toEqual([exit, '']);
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/^\s+at /mu);
  });
});
