import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { Healer, type Patient } from '../../src/modules/healing/healer.js';
import { JobsService, type JobName } from '../../src/modules/jobs/index.js';
import { makeCaller } from '../support/caller.js';
import { Laboratory, type Body } from '../support/laboratory.js';
import { printed } from '../support/program.js';

const SECONDS = 90_000;
const ACTIONS = 6;

interface Playbooks {
  budget: { actions: number };
  playbooks: { for_seconds: number; cooldown_seconds: number; verify_seconds: number }[];
}

/** The shipped playbooks, in a hurry. */
function hurriedPlaybooks(folder: string): void {
  const shipped = readFileSync(join(PROJECT_ROOT, 'blueprints', 'playbooks.yaml'), 'utf8');
  const file = parse(shipped) as Playbooks;
  file.budget.actions = ACTIONS;
  for (const playbook of file.playbooks)
    Object.assign(playbook, { for_seconds: 1, cooldown_seconds: 1, verify_seconds: 2 });
  writeFileSync(join(folder, 'playbooks.yaml'), stringify(file));
}

function failing(tag: string): { tag: string; ms: number; fails: boolean }[] {
  return Array.from({ length: 30 }, (_, n) => ({ tag: `${tag}-${n}`, ms: 10, fails: true }));
}

describe('self-healing of workers and queues', () => {
  const folder = mkdtempSync(join(tmpdir(), 'azt3knet-healing-'));
  let lab: Laboratory;
  let workers: ChildProcess[] = [];

  beforeAll(async () => {
    hurriedPlaybooks(folder);
    lab = await Laboratory.open('api', { AZT3KNET_BLUEPRINTS_DIR: folder });
    const owner = new pg.Client(lab.runtime.database.owner.url);
    await owner.connect();
    await owner.query(`CREATE TABLE made (tag text, pid integer); CREATE TABLE started (tag text, pid integer);
      CREATE TABLE mended (); GRANT ALL ON made, started, mended TO azt3knet_app`);
    await owner.end();
  });

  afterEach(async () => {
    for (const worker of workers) {
      if (worker.exitCode !== null || worker.signalCode !== null) continue;
      worker.kill('SIGKILL');
      await once(worker, 'close');
    }
    workers = [];
    await query('DELETE FROM healing_leases');
  });

  afterAll(async () => {
    await lab.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Jobs of a worker that dies are found by its lock; of one that is stopped only after a minute, unless they are handed back. */
  const start = async (): Promise<ChildProcess> => {
    const { config, database } = lab.runtime;
    const worker = spawn(process.execPath, [join(PROJECT_ROOT, 'test', 'support', 'chaos-worker.mjs')], {
      cwd: config.dataDir,
      env: {
        PATH: process.env['PATH'],
        AZT3KNET_DATA_DIR: config.dataDir,
        AZT3KNET_LOG_LEVEL: 'silent',
        AZT3KNET_BLUEPRINTS_DIR: folder,
        DATABASE_URL: database.application.url,
        DATABASE_OWNER_URL: database.owner.url,
        WORKER_LEASE_SECONDS: '300',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    workers.push(worker);
    await printed(worker, /ready/);
    return worker;
  };
  /** Starts the only worker; what happens from then on is seen. */
  const startHealer = async (): Promise<void> => {
    await start();
    await expect.poll(() => count('healing_leases'), { timeout: SECONDS }).toBe(1);
    await sleep(3_000);
  };
  const query = <T>(statement: string, parameters: unknown[] = []): Promise<T[]> =>
    lab.dataSource.query<T[]>(statement, parameters);
  const count = async (of: string): Promise<number> =>
    (await query<{ n: number }>(`SELECT count(*)::int AS n FROM ${of}`))[0]?.n ?? 0;
  const submit = (
    queue: 'content' | 'population' | 'simulation',
    ...payloads: { tag: string; ms: number; fails?: boolean }[]
  ): Promise<unknown> => {
    const jobs = lab.app.get(JobsService, { strict: false });
    const requests = payloads.map((payload) => ({
      queue,
      name: 'chaos.step' as JobName,
      payload,
      mostFailures: 1,
    }));
    return lab.dataSource.transaction((manager) => jobs.submitMany(manager, requests));
  };
  const frozenJobs = (): Promise<object[]> =>
    query(`SELECT jobs::text FROM jobs WHERE payload ->> 'tag' LIKE 'frozen-%' ORDER BY id`);
  const workerOf = async ({ pid }: ChildProcess): Promise<Body> => {
    const { body } = await lab.call('GET', '/workers');
    return (body['workers'] as Body[]).find((each) => each['pid'] === pid) ?? {};
  };
  const queueOf = async (name: string): Promise<Body> => {
    const { body } = await lab.call('GET', '/queues');
    return (body['queues'] as Body[]).find((each) => each['queue'] === name) ?? {};
  };
  const latestOf = async (...subject: [string, string, string]): Promise<Body | undefined> =>
    (await incidentsOf(...subject)).at(-1);
  const incidentsOf = async (subject: string, id: string, symptom: string): Promise<Body[]> => {
    const { body } = await lab.call(
      'GET',
      `/incidents?subject=${subject}&subject_id=${id}&symptom=${symptom}&sort=opened_at`,
    );
    return body['incidents'] as Body[];
  };
  const patch = async (path: string, payload: object, token: string = lab.token) => {
    const headers = { authorization: `Bearer ${token}` };
    return lab.app.inject({ method: 'PATCH', url: `/api/v1${path}`, payload, headers });
  };

  it(
    'lets a worker that is to drain finish, and take nothing until it is wanted again',
    async () => {
      const worker = await start();
      await submit('content', { tag: 'last', ms: 4_000 });
      await expect.poll(() => count(`started WHERE tag = 'last'`), { timeout: SECONDS }).toBe(1);
      const { worker_id: id } = await workerOf(worker);
      const drained = await patch(`/workers/${String(id)}`, { desired_state: 'drained' });
      expect(drained.json()).toMatchObject({
        desired_state: 'drained',
        changed_by: 'admin',
        running_jobs: 1,
      });
      await expect
        .poll(async () => (await workerOf(worker))['status'], { timeout: SECONDS })
        .toMatch(/draining|drained/);
      await submit('content', { tag: 'next', ms: 10 });
      await expect.poll(() => count(`made WHERE tag = 'last'`), { timeout: SECONDS }).toBe(1);
      await expect.poll(async () => (await workerOf(worker))['status'], { timeout: SECONDS }).toBe('drained');
      await sleep(3_000);
      expect(await count(`started WHERE tag = 'next'`)).toBe(0);
      expect(worker.exitCode).toBeNull();
      expect(await queueOf('content')).toMatchObject({ workers: 0, slots: 0 });
      await patch(`/workers/${String(id)}`, { desired_state: 'running' });
      await expect.poll(() => count(`made WHERE tag = 'next'`), { timeout: SECONDS }).toBe(1);
      worker.kill('SIGTERM');
      await once(worker, 'close');
      expect(await workerOf(worker)).toEqual({});
    },
    2 * SECONDS,
  );

  it(
    'gives the jobs of a worker that is stopped to another, and what it does later changes nothing',
    async () => {
      const victim = await start();
      const tags = ['a', 'b', 'c', 'd'].map((tag) => `frozen-${tag}`);
      await submit('content', ...tags.map((tag) => ({ tag, ms: 3_000 })));
      await expect.poll(() => count(`started WHERE pid = ${victim.pid}`), { timeout: SECONDS }).toBe(4);
      const { worker_id: id } = await workerOf(victim);
      victim.kill('SIGSTOP');
      const heir = await start();
      await expect
        .poll(() => incidentsOf('worker', String(id), 'heartbeat_missed'), { timeout: SECONDS })
        .toMatchObject([
          { action: 'hand_back', mode: 'act', status: expect.stringMatching(/acting|succeeded/) },
        ]);
      await expect.poll(() => count(`made WHERE pid = ${heir.pid}`), { timeout: SECONDS }).toBe(4);
      const before = await frozenJobs();
      victim.kill('SIGCONT');
      await expect.poll(async () => (await workerOf(victim))['status'], { timeout: SECONDS }).toBe('running');
      await sleep(2_000);
      expect(await frozenJobs()).toEqual(before);
      expect(await count(`made WHERE tag LIKE 'frozen-%'`)).toBe(4);
      await expect
        .poll(() => incidentsOf('worker', String(id), 'heartbeat_missed'), { timeout: SECONDS })
        .toMatchObject([{ status: 'succeeded' }]);
    },
    3 * SECONDS,
  );

  it(
    'has fewer jobs of a queue done at once while they fail, more again after, and puts back what died meanwhile',
    async () => {
      await startHealer();
      await submit('content', ...failing('sick'));
      await expect
        .poll(() => incidentsOf('queue', 'content', 'error_rate'), { timeout: SECONDS })
        .toMatchObject([{ action: 'reduce_concurrency', playbook: 'spare-queue' }]);
      const [first] = await query<{ data: { concurrency: number } }>(
        `SELECT data FROM audit WHERE action = 'queue.change' AND actor = 'self-healing' ORDER BY sequence LIMIT 1`,
      );
      expect(first?.data).toEqual({ concurrency: 2 });
      await expect
        .poll(() => incidentsOf('queue', 'content', 'reduced'), { timeout: SECONDS })
        .toMatchObject([{ action: 'raise_concurrency', status: 'succeeded' }]);
      expect(await queueOf('content')).toMatchObject({ concurrency: null, slots: 4 });
      // Nothing is put back before one of that kind has gone well.
      expect(await incidentsOf('queue', 'content', 'dead_letters')).toEqual([]);
      await query('INSERT INTO mended DEFAULT VALUES');
      await submit('content', { tag: 'well', ms: 10 });
      await expect
        .poll(() => incidentsOf('queue', 'content', 'dead_letters'), { timeout: SECONDS })
        .toMatchObject([{ action: 'redrive', status: 'succeeded' }]);
      expect(await count(`made WHERE tag LIKE 'sick-%'`)).toBe(30);
      await query('DELETE FROM mended');
    },
    3 * SECONDS,
  );

  it(
    'does nothing where it only looks, and what is approved where it proposes',
    async () => {
      await startHealer();
      expect((await patch('/queues/simulation', {})).statusCode).toBe(200);
      expect((await patch(`/workers/${randomUUID()}`, {})).statusCode).toBe(404);
      await patch('/queues/simulation', { healing: 'observe' });
      await patch('/queues/population', { healing: 'propose' });
      await submit('simulation', ...failing('looked-at'));
      await submit('population', ...failing('proposed'));
      await expect
        .poll(() => incidentsOf('queue', 'population', 'error_rate'), { timeout: SECONDS })
        .toMatchObject([{ status: 'proposed' }]);
      await expect
        .poll(() => incidentsOf('queue', 'simulation', 'error_rate'), { timeout: SECONDS })
        .toMatchObject([{ status: 'observed', mode: 'observe', acted_at: null }]);
      await sleep(3_000);
      for (const queue of ['simulation', 'population'])
        expect(await queueOf(queue)).toMatchObject({ concurrency: null, paused: false, changed_by: null });

      const [{ id } = {}] = await incidentsOf('queue', 'population', 'error_rate');
      const looker = await makeCaller(lab.app, 'viewer');
      const headers = { authorization: looker.authorization };
      expect((await lab.call('POST', `/incidents/${String(id)}/approve`, undefined, headers)).status).toBe(
        403,
      );
      expect((await patch('/queues/population', { paused: true }, looker.token)).statusCode).toBe(403);
      expect((await lab.call('GET', '/workers', undefined, headers)).status).toBe(200);

      const approved = await lab.call('POST', `/incidents/${String(id)}/approve`);
      expect(approved.body).toMatchObject({ status: 'approved', decided_by: 'admin' });
      await expect
        .poll(async () => (await queueOf('population'))['concurrency'], { timeout: SECONDS })
        .toBe(2);
      await expect
        .poll(() => incidentsOf('queue', 'population', 'error_rate'), { timeout: SECONDS })
        .toMatchObject([{ status: 'succeeded' }]);
    },
    3 * SECONDS,
  );

  it(
    'acts no oftener than cooldown and budget allow',
    async () => {
      const healer = lab.app.get(Healer, { strict: false });
      let acted = 0;
      const patient = (isIll: boolean): Patient => ({
        subject: 'queue',
        id: 'imaginary',
        mode: 'act',
        findings: isIll ? [{ symptom: 'error_rate', evidence: {} }] : [],
        since: new Map([['error_rate', 0]]),
        endOf: () => ({ status: 'succeeded', note: 'well' }),
        carryOut: () => {
          acted += 1;
          return Promise.resolve();
        },
      });
      const look = async (isIll: boolean): Promise<void> => {
        await healer.refresh('queue');
        await healer.look(patient(isIll));
      };
      await look(true);
      await look(false);
      await look(true);
      // The cooldown of a second is not over: it is told of, and nothing is done yet.
      expect(acted).toBe(1);
      const told = await latestOf('queue', 'imaginary', 'error_rate');
      expect(told).toMatchObject({ status: 'observed', note: 'acts once in 1 s', acted_at: null });
      await expect
        .poll(
          async () => {
            await look(true);
            return acted;
          },
          { timeout: SECONDS, interval: 300 },
        )
        .toBe(2);
      expect(await latestOf('queue', 'imaginary', 'error_rate')).toMatchObject({
        id: told?.['id'],
        status: 'acting',
        note: null,
      });
      await expect
        .poll(
          async () => {
            await look(false);
            await look(true);
            return (await latestOf('queue', 'imaginary', 'error_rate'))?.['status'];
          },
          { timeout: SECONDS, interval: 300 },
        )
        .toBe('proposed');
      expect(acted).toBe(ACTIONS);
    },
    2 * SECONDS,
  );
});
