import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquireEmbeddedPostgres } from '../../src/core/database/embedded/index.js';
import { ended, printed, Program } from '../support/program.js';

/** `npm run test:chaos` takes twenty moments. */
const MOMENTS = Number(process.env['CHAOS_MOMENTS'] ?? 3);
const RUN = ['sim', 'run', '--scenario', 'metro_cdmx', '--ticks', '400', '--seed', 'chaos', '--json'];

interface Outcome {
  checksum: string;
  digests: string;
  files: { name: string; sha256: string }[];
}

async function query<T extends pg.QueryResultRow>(program: Program, statement: string): Promise<T[]> {
  const server = await acquireEmbeddedPostgres({ dataDir: join(program.dataDir, 'data') });
  const client = new pg.Client(server.ownerUrl);
  await client.connect();
  try {
    return (await client.query<T>(statement)).rows;
  } finally {
    await client.end();
    await server.release();
  }
}

async function outcome(program: Program): Promise<Outcome> {
  const [run] = await query<Omit<Outcome, 'files'>>(
    program,
    `SELECT checksum, (SELECT md5(string_agg(digest, ',' ORDER BY tick)) FROM run_ticks WHERE run_id = runs.id) AS digests
     FROM runs`,
  );
  const files = await query<Outcome['files'][number]>(
    program,
    'SELECT name, sha256 FROM run_files ORDER BY name',
  );
  return { ...(run as Omit<Outcome, 'files'>), files };
}

/** Whether a state has been stored below a folder. */
async function hasCheckpoint(folder: string): Promise<boolean> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.some((name) => /^[^.]*\/checkpoints\/\d+\..*\.state\.zst$/u.test(name));
}

/** Waits until the run's job has come to an end, and says how. */
async function settledIn(program: Program): Promise<string> {
  for (;;) {
    const [row] = await query<{ status: string }>(
      program,
      `SELECT status FROM jobs WHERE name = 'simulation.run'`,
    );
    if (row !== undefined && row.status !== 'queued' && row.status !== 'running') return row.status;
    await sleep(100);
  }
}

describe('a kill -9 in the middle of a run', () => {
  const program = new Program();
  let reference: Outcome;

  beforeAll(async () => {
    const whole = new Program();
    await whole.run(...RUN);
    reference = await outcome(whole);
    whole.remove();
  }, 300_000);

  afterAll(() => program.remove());

  it('goes on from the last checkpoint that is whole, again and again, to the same result', async () => {
    const victim = program.start([...RUN, '--checkpoint-every', '10']);
    const died = once(victim, 'close');
    const states = async (): Promise<number> => {
      const [row] = await query<{ last: number | null }>(
        program,
        'SELECT max(tick) AS last FROM run_checkpoints',
      );
      return row?.last ?? 0;
    };
    while (!(await hasCheckpoint(join(program.dataDir, 'data', 'runs')))) await sleep(20);
    // Its file is there before it is written down.
    while ((await states()) === 0) await sleep(20);
    victim.kill('SIGKILL');
    await died;
    for (let moment = 0; moment < MOMENTS; moment += 1) {
      const before = await states();
      const server = program.start([], 'main');
      const gone = once(server, 'close');
      // In the middle of a checkpoint, of a tick, or while the log is told again.
      await printed(server, /Health/);
      await sleep(40 * (moment + 1));
      server.kill('SIGKILL');
      await gone;
      expect(await states()).toBeGreaterThanOrEqual(before);
    }
    const server = program.start([], 'main');
    await printed(server, /Health/);
    expect(await settledIn(program)).toBe('completed');
    server.kill('SIGTERM');
    expect((await ended(server)).code).toBe(0);
    const [run] = await query<{ resumed: { tick: number } | null }>(program, 'SELECT resumed FROM runs');
    expect(run?.resumed?.tick).toBeGreaterThanOrEqual(10);
    expect(await outcome(program)).toEqual(reference);
    expect(await program.run('storage', 'check', '--digests')).toMatchObject({ code: 0 });
  }, 300_000);
});
