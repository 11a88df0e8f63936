import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { acquireEmbeddedPostgres, embeddedPostgresStatus } from '../../src/core/database/embedded/index.js';
import { ended, printed, Program } from '../support/program.js';

/** `npm run test:chaos` takes twenty moments. */
const MOMENTS = Number(process.env['CHAOS_MOMENTS'] ?? 3);
const JOB = ['sim', 'run', '--scenario', 'metro_cdmx', '--ticks', '120', '--seed', 'chaos', '--json'];

/** What a finished run left, in words that another run of the same seed must repeat. */
interface Outcome {
  agents: string;
  drafts: string;
  decisions: string;
  files: { name: string; sha256: string }[];
}

async function query<T extends pg.QueryResultRow>(url: string, statement: string): Promise<T[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<T>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Waits until every accepted job has come to an end, and says how each did. */
async function settled(url: string): Promise<string[]> {
  for (;;) {
    const rows = await query<{ status: string }>(url, 'SELECT status FROM jobs ORDER BY created_at');
    if (rows.every(({ status }) => status !== 'queued' && status !== 'running'))
      return rows.map(({ status }) => status);
    await sleep(100);
  }
}

async function outcome(url: string): Promise<Outcome> {
  const [counts] = await query<Omit<Outcome, 'files'>>(
    url,
    `SELECT (SELECT count(*) || ' ' || md5(string_agg(agents::text, ',' ORDER BY id)) FROM agents) AS agents,
            (SELECT count(*) || ' ' || md5(string_agg(id || caption, ',' ORDER BY id)) FROM drafts) AS drafts,
            (SELECT count(*) || ' ' || md5(string_agg(id || action, ',' ORDER BY id)) FROM decisions) AS decisions`,
  );
  const files = await query<{ name: string; sha256: string }>(
    url,
    'SELECT DISTINCT name, sha256 FROM run_files ORDER BY name',
  );
  return { ...(counts as Omit<Outcome, 'files'>), files };
}

/** Process ids whose command line names the folder. */
function processesOf(folder: string): string[] {
  return execFileSync('ps', ['-ww', '-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder));
}

/** Joins the database of a program and looks at it. */
const look = async <T>(program: Program, work: (url: string) => Promise<T>): Promise<T> => {
  const server = await acquireEmbeddedPostgres({ dataDir: join(program.dataDir, 'data') });
  try {
    return await work(server.ownerUrl);
  } finally {
    await server.release();
  }
};

describe('a kill -9 in the middle of the main job', () => {
  let reference: Outcome;
  let durationMs = 0;

  it('is compared with a run that nothing disturbs', async () => {
    const program = new Program();
    const started = performance.now();
    const { code, stderr } = await program.run(...JOB);
    durationMs = performance.now() - started;
    expect(stderr).not.toContain('azt3knet:');
    expect(code).toBe(0);
    reference = await look(program, outcome);
    program.remove();
    expect(reference.agents).toMatch(/^1000 /);
    expect(reference.files.length).toBeGreaterThanOrEqual(3);
  });

  it.each(Array.from({ length: MOMENTS }, (_, index) => index))(
    'at moment %i loses and doubles nothing',
    async (moment) => {
      const program = new Program();
      const dataDir = join(program.dataDir, 'data');
      const victim = program.start(JOB);
      const died = once(victim, 'close');
      await sleep((durationMs * (moment + 0.5)) / MOMENTS);
      // Every other time the database dies with it.
      const database = moment % 2 === 1 ? embeddedPostgresStatus(dataDir).server?.pid : undefined;
      victim.kill('SIGKILL');
      if (database !== undefined) process.kill(database, 'SIGKILL');
      await died;

      const server = program.start([], 'main');
      await printed(server, /Health/);
      const statuses = await look(program, settled);
      // Accepted together, or not at all.
      expect(statuses).toEqual(statuses.length > 0 ? ['completed', 'completed', 'completed'] : []);
      server.kill('SIGTERM');
      expect((await ended(server)).code).toBe(0);

      // Asking again finds what is there, or makes it now when the kill came before the job was accepted.
      const again = await program.run(...JOB);
      expect(again.code).toBe(0);
      expect(await look(program, outcome)).toEqual(reference);
      expect(await program.run('audit', 'verify')).toMatchObject({ code: 0 });
      expect(await program.run('storage', 'check', '--digests')).toMatchObject({ code: 0 });
      expect(processesOf(program.dataDir)).toEqual([]);
      expect(embeddedPostgresStatus(dataDir)).toEqual({ server: null, holders: [] });
      program.remove();
    },
    120_000,
  );
});
