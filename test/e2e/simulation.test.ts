import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedPostgresStatus } from '../../src/core/database/embedded/index.js';
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
    expect(csv[0]).toMatch(/^synthetic,id,scenario,.*,active,idle,posts,reposts,exposures,.*,acted$/);
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
    const { code, stdout } = await program.run('--seed', 'e2e', 'sim', 'run', ...args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/status +queued/u);
  }, 30_000);

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
    [['show', '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11'], 3, /there is no run/u],
  ] as const)('refuses %j in one line', async (args, exit, said) => {
    const { code, stdout, stderr } = await program.run('sim', ...args);
    expect([code, stdout]).toEqual([exit, '']);
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/^\s+at /mu);
  });
});
