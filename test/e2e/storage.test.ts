import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostedProgram } from '../support/command-host.js';
import type { Ended } from '../support/program.js';
import { S3Server } from '../support/s3-server.js';

interface Swept {
  swept: { what: string; name: string; bytes: number | null }[];
  bytes: number;
}

interface Made {
  result: { export: { id: string; sha256: string } };
}

const POPULATE = [
  'populate',
  '--gender',
  'female',
  '--count',
  '40',
  '--country',
  'MX',
  '--export',
  'csv',
  '--seed',
];
const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);

function json({ code, stdout, stderr }: Ended): unknown {
  if (code !== 0) throw new Error(`ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as unknown;
}

describe('storage in the data folder', () => {
  const program = new HostedProgram({ AZT3KNET_EXPORT_RETENTION_DAYS: '7' });
  const data = (...names: string[]): string => join(program.dataDir, 'data', ...names);
  afterAll(() => program.remove());

  it('is set up without a database, once', async () => {
    expect(json(await program.run('storage', 'setup', '--dry-run', '--json'))).toMatchObject({
      storage: 'files',
      dry_run: true,
      places: [{ name: data(), missing: true }],
    });
    expect(existsSync(data())).toBe(false);
    expect((await program.run('storage', 'setup')).stdout).toBe(`created  ${data()}\n`);
    expect((await program.run('storage', 'setup')).stdout).toBe(`there  ${data()}\n`);
    expect(readdirSync(data())).toEqual([]);
  });

  it('tells where an export is, is checked, and says when a file is lost', async () => {
    const made = json(await program.run(...POPULATE, 'a', '--json')) as Made;
    const file = data('exports', made.result.export.id, 'population.csv');
    expect(existsSync(`${file}.manifest.json`)).toBe(true);
    const checked = await program.run('storage', 'check', '--digests', '--json');
    expect(json(checked)).toMatchObject({ storage: 'files', checked: 2, lost: [] });
    const before = readFileSync(file);
    rmSync(file);
    const lost = await program.run('storage', 'check');
    expect([lost.code, lost.stderr]).toEqual([
      5,
      expect.stringContaining('population.csv is not there') as string,
    ]);
    // Asking again makes it again.
    const again = json(await program.run(...POPULATE, 'a', '--json')) as Made;
    expect(readFileSync(data('exports', again.result.export.id, 'population.csv'))).toEqual(before);
    expect((await program.run('storage', 'check', '--digests')).code).toBe(0);
  }, 60_000);

  it('is swept of what killed processes left, after the grace', async () => {
    const left = [
      data('exports', 'lost', 'population.csv'),
      data('runs', 'lost', '.events.jsonl.0a.partial'),
      data('scratch', 'lost.0a', 'events.jsonl'),
    ];
    for (const file of left) {
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, 'left');
    }
    const young = json(await program.run('storage', 'sweep', '--json')) as Swept;
    expect(young.swept).toEqual([]);
    for (const file of left)
      for (const path of [file, join(file, '..')]) utimesSync(path, hoursAgo(2), hoursAgo(2));
    const dry = json(
      await program.run('storage', 'sweep', '--grace-hours', '1', '--dry-run', '--json'),
    ) as Swept;
    expect(dry.swept.map(({ what }) => what)).toEqual(['orphan', 'unfinished', 'scratch']);
    expect(left.map((file) => existsSync(file))).toEqual([true, true, true]);
    const done = await program.run('storage', 'sweep', '--grace-hours', '1');
    expect(done.stdout).toContain('deleted 3 things, 4 bytes');
    expect(left.map((file) => existsSync(file))).toEqual([false, false, false]);
    expect((await program.run('storage', 'check', '--digests')).code).toBe(0);
  }, 60_000);
});

describe('storage on S3', () => {
  let server: S3Server;
  let programs: HostedProgram[] = [];
  beforeAll(async () => {
    server = await S3Server.start();
    const environment = { ...server.environment, AZT3KNET_BLOB_BUCKETS: 'media' };
    programs = [
      new HostedProgram(environment),
      new HostedProgram({ ...environment, MINIO_SECRET_KEY: 'wrong' }),
    ];
  });
  afterAll(async () => {
    for (const program of programs) program.remove();
    await server.close();
  });

  it('says what is missing, makes the buckets that are missing, and takes exports', async () => {
    const [program] = programs as [HostedProgram];
    const early = await program.run(...POPULATE, 'a', '--json');
    expect([early.code, early.stderr]).toEqual([
      6,
      expect.stringContaining('has no bucket azt3knet; `azt3knet storage setup` creates it') as string,
    ]);
    const dry = await program.run('storage', 'setup', '--dry-run');
    expect(dry.stdout).toBe('missing  azt3knet\nmissing  media\n');
    expect(server.buckets.size).toBe(0);
    expect((await program.run('storage', 'setup')).stdout).toBe('created  azt3knet\ncreated  media\n');
    expect((await program.run('storage', 'setup')).stdout).toBe('there  azt3knet\nthere  media\n');
    const target = join(program.dataDir, 'mine.csv');
    const made = json(await program.run(...POPULATE, 'a', '--path', target, '--json')) as Made;
    const key = `exports/${made.result.export.id}/population.csv`;
    const object = server.buckets.get('azt3knet')?.get(key);
    expect(object?.mediaType).toBe('text/csv; charset=utf-8; header=present');
    expect(readFileSync(target)).toEqual(object?.data);
    expect(createHash('sha256').update(readFileSync(target)).digest('hex')).toBe(made.result.export.sha256);
    const again = json(await program.run(...POPULATE, 'a', '--json')) as Made;
    expect(again.result.export).toEqual(made.result.export);
    const checked = json(await program.run('storage', 'check', '--digests', '--json'));
    expect(checked).toMatchObject({ storage: 's3', checked: 2, lost: [] });
    expect(existsSync(join(program.dataDir, 'data', 'exports'))).toBe(false);
  }, 90_000);

  it('says in one line which credential is wrong, and not what it is', async () => {
    const [, program] = programs as [HostedProgram, HostedProgram];
    const refused = await program.run('storage', 'setup');
    expect(refused.code).toBe(7);
    expect(refused.stderr).toMatch(
      /^azt3knet: the object storage at http:\S+ .*MINIO_(ACCESS|SECRET)_KEY.*\n$/,
    );
    expect(refused.stderr).not.toContain('wrong');
  }, 30_000);
});
