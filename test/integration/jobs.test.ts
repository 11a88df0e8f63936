import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Module, type DynamicModule, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { AuditService } from '../../src/core/audit/index.js';
import { AppError } from '../../src/core/errors/index.js';
import { EventTail } from '../../src/core/events/index.js';
import { HandlesJob, JobsService, type Job, type JobContext } from '../../src/modules/jobs/index.js';
import type { JobName, JobRequest } from '../../src/modules/jobs/index.js';
import { JobRunner } from '../../src/modules/jobs/job-runner.js';
import type { Runtime } from '../../src/runtime.js';
import { startRedis } from '../support/redis.js';
import { testRuntime } from '../support/runtime.js';
import { isFinished, watchJob } from '../support/watch-job.js';

const WORK = 'test.work' as JobName;
const RECORD = 'test.record' as JobName;
const FAIL = 'test.fail' as JobName;
const THROW = 'test.throw-in-complete' as JobName;

/** Handlers that behave as the payload says. */
@Injectable()
class TestHandlers {
  static starts: string[] = [];
  /** What a job waits for that is being completed. */
  static written: Promise<void> = Promise.resolve();
  static write: () => void;

  constructor(private readonly audit: AuditService) {}

  @HandlesJob(WORK)
  async work(
    {
      tag = '',
      steps = 1,
      stepMs = 0,
      deaf = false,
    }: { tag?: string; steps?: number; stepMs?: number; deaf?: boolean },
    context: JobContext,
  ): Promise<void> {
    TestHandlers.starts.push(tag);
    for (let step = 0; step < steps; step += 1) {
      if (!deaf) context.signal.throwIfAborted();
      if (stepMs > 0) await sleep(stepMs);
      context.progress(step + 1, steps);
    }
    await context.complete(async (manager) => {
      await manager.query('INSERT INTO made (tag) VALUES ($1)', [tag]);
      return { tag };
    });
  }

  @HandlesJob(RECORD)
  async record(_: object, context: JobContext): Promise<void> {
    await context.complete(async (manager) => {
      await this.audit.append(manager, {
        actor: 'test',
        action: 'test.record',
        subject: { type: 'job', id: 'x' },
        data: {},
      });
      TestHandlers.starts.push('recorded');
      await TestHandlers.written;
      return {};
    });
  }

  @HandlesJob(FAIL)
  async fail({ permanent }: { permanent: boolean }): Promise<void> {
    TestHandlers.starts.push('fail');
    await Promise.resolve();
    throw permanent ? new AppError('invalid', 'test_invalid', 'it cannot be done') : new Error('a defect');
  }

  @HandlesJob(THROW)
  async throwInComplete(_: object, context: JobContext): Promise<void> {
    await context.complete(async (manager) => {
      await manager.query(`INSERT INTO made (tag) VALUES ('half')`);
      throw new AppError('refused', 'test_refused', 'no');
    });
  }
}

@Module({ providers: [TestHandlers] })
class TestRoot {}

const redis = await startRedis();

afterAll(() => redis?.stop());

describe.each([
  { backend: 'PostgreSQL', environment: {}, skip: false },
  { backend: 'Redis', environment: { REDIS_URL: redis?.url ?? '' }, skip: redis === undefined },
])('jobs on $backend', ({ environment, skip }) => {
  let runtime: Runtime;
  let app: INestApplicationContext;
  let jobs: JobsService;
  let dataSource: DataSource;

  const boot = async (mode: 'services' | 'worker'): Promise<INestApplicationContext> => {
    const root: DynamicModule = { module: TestRoot, imports: [compose(mode, runtime)] };
    return NestFactory.createApplicationContext(root, { logger: false });
  };
  const submit = (request: Partial<JobRequest>): Promise<Job> =>
    dataSource.transaction((manager) =>
      jobs.submit(manager, { queue: 'population', name: WORK, payload: {}, ...request }),
    );
  const end = async (id: string): Promise<Job> => {
    for await (const job of watchJob(jobs, id)) if (isFinished(job)) return job;
    throw new Error('unreachable');
  };
  const made = async (): Promise<string[]> =>
    (await dataSource.query<{ tag: string }[]>('SELECT tag FROM made ORDER BY tag')).map((row) => row.tag);

  /** Those who wait for the end of the audit. */
  const waiting = (): Promise<object[]> =>
    dataSource.query(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );

  beforeEach(async (context) => {
    TestHandlers.starts = [];
    context.skip(skip, 'redis-server is not installed');
    runtime = await testRuntime(environment);
    const owner = new pg.Client(runtime.database.owner.url);
    await owner.connect();
    await owner.query('CREATE TABLE made (tag text); GRANT ALL ON made TO azt3knet_app');
    await owner.end();
    app = await boot('worker');
    jobs = app.get(JobsService, { strict: false });
    dataSource = app.get(DataSource);
  });

  afterEach(async () => {
    await app?.close();
    await runtime?.close();
  });

  it('runs an accepted job and commits its data with its completion', async () => {
    const job = await submit({ payload: { tag: 'a', steps: 3 } });
    expect(job.status).toBe('queued');
    const done = await end(job.id);
    expect(done).toMatchObject({
      status: 'completed',
      result: { tag: 'a' },
      attempts: 1,
      progress_done: '3',
    });
    expect(await made()).toEqual(['a']);
  });

  it('runs nothing from a transaction that rolled back', async () => {
    const accepted = dataSource.transaction(async (manager) => {
      await jobs.submit(manager, { queue: 'population', name: WORK, payload: { tag: 'ghost' } });
      throw new Error('changed my mind');
    });
    await expect(accepted).rejects.toThrow('changed my mind');
    await end((await submit({ payload: { tag: 'real' } })).id);
    expect(TestHandlers.starts).toEqual(['real']);
  });

  it('hands over by the sweeper what was missed after the commit', async () => {
    const [row] = await dataSource.query<{ id: string }[]>(
      `INSERT INTO jobs (id, queue, name, payload) VALUES (gen_random_uuid(), 'content', 'test.work', '{"tag":"missed"}') RETURNING id`,
    );
    expect((await end(row!.id)).status).toBe('completed');
  });

  it('finds a job whose ticket was lost', async () => {
    const [row] = await dataSource.query<{ id: string }[]>(
      `INSERT INTO jobs (id, queue, name, payload, turn)
       VALUES (gen_random_uuid(), 'content', 'test.work', '{"tag":"lost"}', 1) RETURNING id`,
    );
    expect((await end(row!.id)).status).toBe('completed');
  });

  it('starts a job only after the one it follows, and ends it when that one fails', async () => {
    const first = await submit({ payload: { tag: '1', steps: 3, stepMs: 100 } });
    const second = await submit({ queue: 'content', payload: { tag: '2' }, after: first.id });
    expect((await end(second.id)).status).toBe('completed');
    expect(TestHandlers.starts).toEqual(['1', '2']);

    const failing = await submit({ name: FAIL, payload: { permanent: true } });
    const follower = await submit({ queue: 'content', payload: { tag: 'never' }, after: failing.id });
    const last = await submit({ queue: 'simulation', payload: { tag: 'never' }, after: follower.id });
    expect(await end(last.id)).toMatchObject({ status: 'failed', error: { code: 'predecessor_failed' } });
    expect(TestHandlers.starts).not.toContain('never');
  });

  it('fails at once for what cannot pass, and tries a defect three times', async () => {
    const invalid = await end((await submit({ name: FAIL, payload: { permanent: true } })).id);
    expect(invalid).toMatchObject({
      status: 'failed',
      attempts: 1,
      error: { code: 'test_invalid', message: 'it cannot be done' },
    });
    TestHandlers.starts = [];
    const defect = await end((await submit({ name: FAIL, payload: { permanent: false } })).id);
    expect(defect).toMatchObject({ status: 'failed', attempts: 3, error: { code: 'internal' } });
    expect(defect.error?.message).not.toContain('a defect');
    expect(TestHandlers.starts).toHaveLength(3);
  });

  it('keeps nothing of a completion that fails', async () => {
    const job = await end((await submit({ name: THROW })).id);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'test_refused' } });
    expect(await made()).toEqual([]);
  });

  it('stops a running job on cancel and keeps nothing of it', async () => {
    const job = await submit({ payload: { tag: 'long', steps: 200, stepMs: 50 } });
    const follower = await submit({ queue: 'content', payload: { tag: 'never' }, after: job.id });
    for await (const seen of watchJob(jobs, job.id))
      if (seen.status === 'running' && seen.progress_done !== '0') break;
    await jobs.cancel(job.id);
    expect((await end(job.id)).status).toBe('cancelled');
    expect((await end(follower.id)).status).toBe('cancelled');
    expect(await made()).toEqual([]);
    await expect(jobs.cancel(job.id)).resolves.toMatchObject({ status: 'cancelled' });
  });

  it('cancels one that its process gives back before it has heard of it', async () => {
    const job = await submit({ payload: { tag: 'deaf', steps: 20, stepMs: 100, deaf: true } });
    await expect.poll(() => TestHandlers.starts, { timeout: 5_000 }).toContain('deaf');
    await dataSource.query('UPDATE jobs SET cancel_requested_at = now() WHERE id = $1', [job.id]);
    await app.get(JobRunner, { strict: false }).shutdown();
    expect((await end(job.id)).status).toBe('cancelled');
  });

  it('answers a cancel that meets the end of its work, and does not stand in its way', async () => {
    TestHandlers.written = new Promise((resolve) => {
      TestHandlers.write = resolve;
    });
    const job = await submit({ name: RECORD });
    await expect.poll(() => TestHandlers.starts).toContain('recorded');
    const cancelled = jobs.cancel(job.id).catch((error: unknown) => error);
    // The work ends while the cancel waits for it.
    await expect.poll(waiting).not.toEqual([]);
    TestHandlers.write();
    expect(await cancelled).toMatchObject({ code: 'job_finished' });
    expect((await end(job.id)).status).toBe('completed');
  });

  it('refuses to cancel a finished job and an unknown one', async () => {
    const job = await end((await submit({})).id);
    await expect(jobs.cancel(job.id)).rejects.toMatchObject({ code: 'job_finished' });
    await expect(jobs.cancel('0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11')).rejects.toMatchObject({
      code: 'job_not_found',
    });
  });

  it('puts a running job back when the process shuts down, and another process completes it', async () => {
    const job = await submit({ payload: { tag: 'moved', steps: 20, stepMs: 50 } });
    for await (const seen of watchJob(jobs, job.id)) if (seen.status === 'running') break;
    await app.close();
    app = await boot('worker');
    jobs = app.get(JobsService, { strict: false });
    dataSource = app.get(DataSource);
    expect(await end(job.id)).toMatchObject({ status: 'completed', attempts: 2, failures: 0 });
    expect(await made()).toEqual(['moved']);
  });

  it('gives the job of a dead process to a living one, and fences the dead one off', async () => {
    const [row] = await dataSource.query<{ id: string }[]>(
      `INSERT INTO jobs (id, queue, name, payload, status, attempts, worker, lease_token, progress_done, progress_total,
         progress_note)
       VALUES (gen_random_uuid(), 'population', 'test.work', '{"tag":"adopted"}', 'running', 1, 42, 7, 300, 400, 'far')
       RETURNING id`,
    );
    const seen: object[] = [];
    const subscription = await app.get(EventTail, { strict: false }).listen(({ type, payload }) => {
      const { job_id, progress } = payload as { job_id: string; progress: object };
      if (job_id === row!.id && type !== 'job.progress') seen.push({ type, progress });
    });
    expect(await end(row!.id)).toMatchObject({ status: 'completed', attempts: 2 });
    expect(await made()).toEqual(['adopted']);
    // What the dead one had done is not told of the living one.
    const unknown = { done: 0, total: null, note: null };
    await expect.poll(() => seen.length).toBeGreaterThan(1);
    subscription.stop();
    expect(seen.slice(0, 2)).toEqual([
      { type: 'job.queued', progress: unknown },
      { type: 'job.running', progress: unknown },
    ]);
  });

  it('publishes every change as an event, in order', async () => {
    const seen: string[] = [];
    const subscription = await app.get(EventTail, { strict: false }).listen((event) => seen.push(event.type));
    const job = await submit({ payload: { tag: 'e', steps: 4, stepMs: 120 } });
    await end(job.id);
    await expect.poll(() => seen.at(-1)).toBe('job.completed');
    subscription.stop();
    expect(seen.slice(0, 2)).toEqual(['job.queued', 'job.running']);
    expect(seen).toContain('job.progress');
  });
});
