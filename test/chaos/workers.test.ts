import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { jobLaboratory, type JobLaboratory } from '../support/job-laboratory.js';
import { printed } from '../support/program.js';

/** `npm run test:chaos` takes ten. */
const ROUNDS = Number(process.env['CHAOS_ROUNDS'] ?? 1);
const JOBS = 40;
const WORKERS = 3;
const LEASE_SECONDS = 4;
/** Of the claim that work goes on soon, by default. */
const RECOVERY_MS = 30_000;

@Injectable()
class None {}

describe('worker processes that are stopped and killed', () => {
  let lab: JobLaboratory;
  let workers: ChildProcess[] = [];

  beforeEach(async () => {
    lab = await jobLaboratory(None, 0);
    const owner = new pg.Client(lab.runtime.database.owner.url);
    await owner.connect();
    await owner.query(`ALTER TABLE made ADD pid integer; CREATE TABLE started (tag text, pid integer);
      GRANT ALL ON started TO azt3knet_app`);
    await owner.end();
  });

  afterEach(async () => {
    for (const worker of workers) {
      if (worker.exitCode !== null || worker.signalCode !== null) continue;
      worker.kill('SIGKILL');
      await once(worker, 'close');
    }
    workers = [];
    await lab.close();
  });

  const start = async (leaseSeconds?: number): Promise<ChildProcess> => {
    const { config, database } = lab.runtime;
    const worker = spawn(process.execPath, [join(PROJECT_ROOT, 'test', 'support', 'chaos-worker.mjs')], {
      cwd: config.dataDir,
      env: {
        PATH: process.env['PATH'],
        AZT3KNET_DATA_DIR: config.dataDir,
        AZT3KNET_LOG_LEVEL: 'silent',
        DATABASE_URL: database.application.url,
        DATABASE_OWNER_URL: database.owner.url,
        ...(leaseSeconds !== undefined && { WORKER_LEASE_SECONDS: `${leaseSeconds}` }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    workers.push(worker);
    await printed(worker, /ready/);
    return worker;
  };
  const query = <T>(statement: string, parameters: unknown[] = []): Promise<T[]> =>
    lab.dataSource.query<T[]>(statement, parameters);
  const count = async (of: string): Promise<number> =>
    (await query<{ n: number }>(`SELECT count(*)::int AS n FROM ${of}`))[0]?.n ?? 0;
  const unfinished = (): Promise<number> => count(`jobs WHERE status IN ('queued', 'running')`);
  const startedBy = ({ pid }: ChildProcess): Promise<number> => count(`started WHERE pid = ${pid}`);

  /** All that is written of jobs that have ended. */
  const ends = (ids?: readonly string[]): Promise<{ id: string; row: string }[]> =>
    query(
      `SELECT id, jobs::text AS row FROM jobs WHERE status NOT IN ('queued', 'running')
         AND id = ANY(COALESCE($1::uuid[], ARRAY[id])) ORDER BY id`,
      [ids ?? null],
    );

  /** Stops a worker for longer than its leases hold, and looks that nothing that has ended changes when it wakes. */
  const stopFor = async (worker: ChildProcess, ms: number): Promise<void> => {
    worker.kill('SIGSTOP');
    await sleep(ms);
    const before = await ends();
    worker.kill('SIGCONT');
    await sleep(1_000);
    expect(await ends(before.map(({ id }) => id))).toEqual(before);
  };

  it.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'end each job once (round %i)',
    async (round) => {
      const draws = new RandomStream(keyFromText('workers'), round);
      let alive = await Promise.all(Array.from({ length: WORKERS }, () => start(LEASE_SECONDS)));
      await lab.submit(
        ...Array.from({ length: JOBS }, (_, n) => ({
          name: 'chaos.step',
          payload: { tag: `${n}`, ms: 100 + draws.below(1_500) },
        })),
      );
      await expect.poll(() => count('started'), { timeout: 60_000 }).toBeGreaterThan(0);
      for (const fault of draws.below(2) === 0 ? ['stop', 'kill'] : ['kill', 'stop']) {
        await sleep(draws.below(1_000));
        const victim = alive[draws.below(alive.length)] as ChildProcess;
        if (fault === 'stop') await stopFor(victim, (LEASE_SECONDS + 1) * 1_000 + draws.below(1_000));
        else {
          victim.kill('SIGKILL');
          alive = alive.filter((worker) => worker !== victim);
        }
      }
      await expect.poll(unfinished, { timeout: 120_000, interval: 200 }).toBe(0);

      const statuses = await query(`SELECT status, count(*)::int AS n FROM jobs GROUP BY status`);
      expect(statuses).toEqual([{ status: 'completed', n: JOBS }]);
      // What a job made, and what it says it made, are of the same attempt, and of no other.
      expect(await count('made')).toBe(JOBS);
      expect(
        await count(
          `jobs JOIN made ON made.tag = jobs.payload ->> 'tag' AND made.pid = (jobs.result ->> 'pid')::integer`,
        ),
      ).toBe(JOBS);
      const told = await query(
        `SELECT count(*)::int AS n, count(DISTINCT topic)::int AS jobs FROM outbox WHERE type = 'job.completed'`,
      );
      expect(told).toEqual([{ n: JOBS, jobs: JOBS }]);
    },
    240_000,
  );

  it('leave their jobs to others within thirty seconds, as it is set', async () => {
    const victim = await start();
    await lab.submit(
      ...Array.from({ length: 4 }, (_, n) => ({ name: 'chaos.step', payload: { tag: `${n}`, ms: 5_000 } })),
    );
    await expect.poll(() => startedBy(victim), { timeout: 60_000 }).toBe(4);
    victim.kill('SIGSTOP');
    const stopped = performance.now();
    const heir = await start();
    // A machine that takes longer than that for the start of a process says nothing of leases.
    const late = Math.max(stopped + RECOVERY_MS, performance.now() + RECOVERY_MS / 3);
    await expect.poll(() => startedBy(heir), { timeout: 90_000, interval: 100 }).toBeGreaterThan(0);
    expect(performance.now()).toBeLessThan(late);
    await expect.poll(unfinished, { timeout: 60_000 }).toBe(0);
    // The one that is stopped holds up no events either.
    await expect.poll(() => count('event_batches WHERE position IS NULL'), { timeout: 60_000 }).toBe(0);
    const before = await ends();
    victim.kill('SIGCONT');
    await sleep(2_000);
    expect(await ends()).toEqual(before);
    expect(await count('made')).toBe(4);
    expect(await count(`made WHERE pid = ${heir.pid}`)).toBe(4);
  }, 240_000);
});
