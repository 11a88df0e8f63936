import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/core/errors/index.js';
import { EventLog } from '../../src/core/events/event-log.js';
import { checkEvent } from '../../src/core/events/event-catalog.js';
import { HandlesJob, type JobContext, type JobName } from '../../src/modules/jobs/index.js';
import { JobLeasesRepository } from '../../src/modules/jobs/job-leases.repository.js';
import { JobSchedules } from '../../src/modules/jobs/job-schedules.js';
import { query } from '../support/embedded-postgres.js';
import { jobLaboratory, type JobLaboratory } from '../support/job-laboratory.js';
import { startRedis } from '../support/redis.js';
import { testDatabase } from '../support/runtime.js';

interface Note {
  tag?: string;
  ms?: number;
  held?: boolean;
}

/** What the handlers were asked for, and how many of a kind ran at once. */
const seen = { order: [] as string[], running: 0, most: 0, broken: true };
/** What jobs that are `held` take as long as. */
let gate = Promise.resolve();
let openGate = (): void => {};

@Injectable()
class Handlers {
  @HandlesJob('test.note' as JobName)
  async note({ tag = '', ms = 0, held = false }: Note, { signal }: JobContext): Promise<object> {
    seen.order.push(tag);
    seen.running += 1;
    seen.most = Math.max(seen.most, seen.running);
    try {
      await sleep(ms, undefined, { signal });
      if (held) await gate;
    } finally {
      seen.running -= 1;
    }
    // No JSON of PostgreSQL takes it.
    return { tag: tag === 'nul' ? '\u0000' : tag };
  }

  @HandlesJob('test.unsayable' as JobName)
  unsayable(): Promise<object> {
    throw new AppError('refused', 'test_refused', 'no \u0000');
  }

  @HandlesJob('test.break' as JobName)
  break({ tag = '' }: Note): Promise<object> {
    seen.order.push(tag);
    if (seen.broken) throw new AppError('unavailable', 'test_down', 'it does not answer');
    return Promise.resolve({ tag });
  }

  @HandlesJob('test.refuse' as JobName)
  refuse(): Promise<object> {
    throw new AppError('refused', 'test_refused', 'no', [
      { field: 'interests[0]', message: 'hate', line: 3, column: 1 },
    ]);
  }

  @HandlesJob('test.side' as JobName)
  async side({ tag = '' }: Note, context: JobContext): Promise<object> {
    seen.order.push(tag);
    await context.write((manager) => manager.query('INSERT INTO made (tag) VALUES ($1)', [tag]));
    await sleep(3_000);
    await context.write((manager) => manager.query('INSERT INTO made (tag) VALUES ($1)', [`${tag} late`]));
    return {};
  }
}

function ids(jobs: readonly { id: string }[]): string[] {
  return jobs.map(({ id }) => id);
}

async function allEnded(laboratory: JobLaboratory, jobs: readonly { id: string }[]): Promise<void> {
  await Promise.all(ids(jobs).map((id) => laboratory.ended(id)));
}

const redis = await startRedis();
afterAll(() => redis?.stop());

describe.each([
  { backend: 'PostgreSQL', environment: {} as Record<string, string>, skip: false },
  { backend: 'Redis', environment: { REDIS_URL: redis?.url ?? '' }, skip: redis === undefined },
])('jobs on $backend', ({ environment, skip }) => {
  let lab: JobLaboratory | undefined;
  const open = async (
    context: { skip: (condition: boolean, note: string) => void },
    slots = 1,
    more: Record<string, string> = {},
  ): Promise<JobLaboratory> => {
    context.skip(skip, 'redis-server is not installed');
    Object.assign(seen, { order: [], running: 0, most: 0, broken: true });
    lab = await jobLaboratory(Handlers, slots, { ...environment, ...more });
    return lab;
  };

  afterEach(async () => {
    openGate();
    await lab?.close();
    lab = undefined;
  });

  it('are handed back, as if they had not been taken, where those before them take long', async (context) => {
    const { submit, ended, dataSource } = await open(context);
    /** How many were taken, and given back, so far. */
    const told = async (jobs: readonly { id: string }[]): Promise<{ queued: number; running: number }> => {
      const [row] = await dataSource.query<{ queued: number; running: number }[]>(
        `SELECT count(*) FILTER (WHERE type = 'job.queued')::int AS queued,
           count(*) FILTER (WHERE type = 'job.running')::int AS running
         FROM outbox WHERE payload ->> 'job_id' = ANY($1)`,
        [ids(jobs)],
      );
      return row ?? { queued: 0, running: 0 };
    };
    /** Nine jobs behind one that goes on until the gate opens. */
    const begin = async (rated: string): Promise<{ long: { id: string }; next: { id: string }[] }> => {
      gate = new Promise((resolve) => {
        openGate = resolve;
      });
      await allEnded(
        lab as JobLaboratory,
        await submit(
          ...Array.from({ length: 20 }, (_, n) => ({ name: 'test.note', payload: { tag: `${n}` } })),
        ),
      );
      const key = { name: rated, rate: { starts: 100, seconds: 3_600 } };
      const [long, ...next] = await submit(
        { name: 'test.note', payload: { tag: 'long', held: true } },
        ...Array.from({ length: 9 }, (_, n) => ({ name: 'test.note', payload: { tag: `next ${n}` }, key })),
      );
      await expect.poll(() => seen.order.at(-1)).toBe('long');
      return { long: long as { id: string }, next };
    };
    // On a machine that has much else to do the short ones may not be short, and nothing is taken ahead: then once more.
    let rated = 0;
    let { long, next } = await begin('rated 0');
    while ((await told(next)).running === 0) {
      openGate();
      await allEnded(lab as JobLaboratory, [long, ...next]);
      ({ long, next } = await begin(`rated ${(rated += 1)}`));
    }
    const back = async (): Promise<number> => {
      const { queued, running } = await told(next);
      return queued - running;
    };
    await expect.poll(back).toBe(next.length);
    expect(
      await dataSource.query('SELECT DISTINCT status, attempts, started_at FROM jobs WHERE id = ANY($1)', [
        ids(next),
      ]),
    ).toEqual([{ status: 'queued', attempts: 0, started_at: null }]);
    const [rate] = await dataSource.query<{ tokens: number }[]>(
      'SELECT tokens FROM job_rates WHERE key = $1',
      [`rated ${rated}`],
    );
    expect(rate?.tokens).toBeCloseTo(100, 0);
    openGate();
    for (const id of ids([long, ...next]))
      expect(await ended(id)).toMatchObject({ status: 'completed', attempts: 1 });
    const order = next.map((_, n) => `next ${n}`);
    expect(seen.order.slice(-10)).toEqual(['long', ...order]);
  });

  it('go by priority, and owners take turns', async (context) => {
    const { submit, ended, dataSource } = await open(context);
    const users = ['1', '2'].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
    for (const id of users)
      await dataSource.query(`INSERT INTO users (id, username, role) VALUES ($1::uuid, $1::text, 'viewer')`, [
        id,
      ]);
    const [first] = await submit({ name: 'test.note', payload: { tag: 'busy', ms: 1_500 } });
    await expect.poll(() => seen.order, { timeout: 10_000 }).toEqual(['busy']);
    const waiting = await submit(
      ...[1, 2, 3].map((n) => ({ name: 'test.note', payload: { tag: `a${n}` }, createdBy: users[0] })),
    );
    const later = await submit(
      ...[1, 2].map((n) => ({ name: 'test.note', payload: { tag: `b${n}` }, createdBy: users[1] })),
      { name: 'test.note', payload: { tag: 'urgent' }, priority: -1, createdBy: users[1] },
      { name: 'test.note', payload: { tag: 'idle' }, priority: 1, createdBy: users[1] },
    );
    for (const id of [first?.id, ...ids(waiting), ...ids(later)]) await ended(String(id));
    expect(seen.order.slice(0, 2)).toEqual(['busy', 'urgent']);
    expect(seen.order.at(-1)).toBe('idle');
    // Whoever came with many does not hold up the one who came after.
    expect(seen.order.indexOf('b1')).toBeLessThan(seen.order.indexOf('a3'));
  });

  it('wait for their delay, and for all jobs that they follow', async (context) => {
    const { submit, ended, jobs } = await open(context, 4);
    const [delayed] = await submit({ name: 'test.note', payload: { tag: 'late' }, delaySeconds: 2 });
    const parents = await submit(
      { name: 'test.note', payload: { tag: 'p1', ms: 300 } },
      { name: 'test.refuse' },
    );
    const [all, any] = await submit(
      { name: 'test.note', payload: { tag: 'never' }, after: ids(parents) },
      { name: 'test.note', payload: { tag: 'all the same' }, after: ids(parents), onParentFailure: 'run' },
    );
    expect(await ended(String(all?.id))).toMatchObject({
      status: 'failed',
      error: { code: 'predecessor_failed' },
    });
    expect((await ended(String(any?.id))).status).toBe('completed');
    expect(seen.order.indexOf('all the same')).toBeGreaterThan(seen.order.indexOf('p1'));
    const late = await ended(String(delayed?.id));
    const waited = (late.started_at?.getTime() ?? 0) - late.created_at.getTime();
    expect(waited).toBeGreaterThanOrEqual(2_000);
    expect(seen.order).not.toContain('never');
    await expect(
      submit({ name: 'test.note', after: '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11' }),
    ).rejects.toMatchObject({ code: 'job_parent_not_found' });
    await expect(jobs.retry(late.id)).rejects.toMatchObject({ code: 'job_not_retried' });
  });

  it('keep to the limits of their keys', async (context) => {
    const laboratory = await open(context, 8);
    const key = { name: 'one account', concurrency: 2 };
    const many = Array.from({ length: 6 }, () => ({ name: 'test.note', payload: { ms: 100 }, key }));
    await allEnded(laboratory, await laboratory.submit(...many));
    expect(seen.most).toBe(2);

    const slow = { name: 'two a second', rate: { starts: 2, seconds: 2 } };
    const added = await laboratory.submit(
      ...Array.from({ length: 5 }, () => ({ name: 'test.note', key: slow })),
    );
    await allEnded(laboratory, added);
    const jobs = await Promise.all(ids(added).map((id) => laboratory.jobs.get(id)));
    const starts = jobs.map(({ started_at }) => started_at?.getTime() ?? 0).toSorted((a, b) => a - b);
    // Two at once, then one a second.
    expect((starts[4] ?? 0) - (starts[0] ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  it('are one while they have the same key of what they do', async (context) => {
    const { dataSource, jobs, ended } = await open(context);
    const submit = () =>
      dataSource.transaction((manager) =>
        jobs.submit(manager, {
          queue: 'content',
          name: 'test.note' as JobName,
          payload: { ms: 300 },
          dedupKey: 'x',
        }),
      );
    const [one, two] = await Promise.all([submit(), submit()]);
    expect(one.id).toBe(two.id);
    await ended(one.id);
    expect((await submit()).id).not.toBe(one.id);
  });

  it('become dead letters after their attempts, and come back with those that waited for them', async (context) => {
    const { submit, ended, jobs } = await open(context);
    const [job] = await submit({ name: 'test.break', payload: { tag: 'b' }, mostFailures: 2 });
    const [follower] = await submit({ name: 'test.note', payload: { tag: 'f' }, after: String(job?.id) });
    expect(await ended(String(job?.id))).toMatchObject({
      status: 'failed',
      attempts: 2,
      failures: 2,
      dead_letter: true,
      error: { code: 'test_down' },
    });
    expect((await ended(String(follower?.id))).error?.code).toBe('predecessor_failed');
    const [refused] = await submit({ name: 'test.refuse' });
    expect(await ended(String(refused?.id))).toMatchObject({ attempts: 1, dead_letter: false });
    const letters = await jobs.list({ dead_letter: true }, { sort: 'created_at', limit: 10 });
    expect(ids(letters.rows)).toEqual([job?.id]);

    seen.broken = false;
    expect(await jobs.retry(String(job?.id))).toMatchObject({ status: 'queued', dead_letter: false });
    expect((await ended(String(follower?.id))).status).toBe('completed');
    expect(await jobs.get(String(job?.id))).toMatchObject({ status: 'completed', attempts: 1 });
  });

  it('end at their deadline, while their heart goes on beating', async (context) => {
    const { submit, ended } = await open(context);
    const [job] = await submit({
      name: 'test.note',
      payload: { ms: 60_000 },
      timeoutSeconds: 1,
      mostFailures: 1,
    });
    expect(await ended(String(job?.id))).toMatchObject({
      status: 'failed',
      dead_letter: true,
      error: { code: 'deadline_exceeded' },
    });
  });

  it('are fenced: what an attempt does after its successor began is refused', async (context) => {
    const { submit, ended, dataSource, app } = await open(context, 2);
    const [job] = await submit({ name: 'test.side', payload: { tag: 's' } });
    const rows = (): Promise<{ tag: string }[]> => dataSource.query('SELECT tag FROM made');
    await expect.poll(rows, { timeout: 10_000 }).toEqual([{ tag: 's' }]);
    const [held] = await dataSource.query<{ lease_token: string }[]>('SELECT lease_token FROM jobs');
    // Its lease runs out while it works, as if it had been stopped.
    await dataSource.query(`UPDATE jobs SET lease_expires_at = now() - interval '1 second'`);
    const done = await ended(String(job?.id));
    expect(done).toMatchObject({ status: 'completed', attempts: 2 });
    expect(BigInt(done.lease_token ?? 0)).toBeGreaterThan(BigInt(held?.lease_token ?? 0));
    const hold = { id: done.id, token: held?.lease_token ?? '' };
    const leases = app.get(JobLeasesRepository, { strict: false });
    await leases.progress(hold, 7, 7, 'from the dead');
    await leases.fail(hold, { code: 'x', message: 'x' }, false);
    const written = await leases.completeMany([{ ...hold, result: { of: 'the dead' } }]);
    expect(written.held).toEqual(new Set());
    expect(await leases.requeue(hold)).toEqual([]);
    const after = await lab?.jobs.get(done.id);
    expect(after).toMatchObject({ status: 'completed', result: {}, progress_note: null });
    const tags = (await rows()).map(({ tag }) => tag).toSorted();
    expect(tags.filter((tag) => tag === 's late')).toHaveLength(1);
  });

  it('are made by schedules, each time once, whoever looks', async (context) => {
    const { app, dataSource } = await open(context, 2);
    const schedules = app.get(JobSchedules, { strict: false });
    const put = (name: string, catchUp: 'none' | 'last' | 'all'): Promise<void> =>
      dataSource.transaction((manager) =>
        schedules.put(manager, {
          name,
          cron: '0 9 * * *',
          timezone: 'America/Mexico_City',
          queue: 'content',
          job: 'test.note' as JobName,
          payload: { tag: name },
          catchUp,
          catchUpLimit: 3,
        }),
      );
    for (const policy of ['none', 'last', 'all'] as const) await put(policy, policy);
    await dataSource.query(`UPDATE job_schedules SET next_at = next_at - interval '10 days'`);
    await Promise.all(Array.from({ length: 4 }, () => schedules.fire()));
    await schedules.fire();
    const made = await dataSource.query<{ schedule: string; due_at: Date }[]>(
      'SELECT schedule, due_at FROM jobs WHERE schedule IS NOT NULL ORDER BY due_at',
    );
    const count = (name: string): number => made.filter(({ schedule }) => schedule === name).length;
    expect([count('none'), count('last'), count('all')]).toEqual([0, 1, 3]);
    // Nine o'clock there is three in the afternoon in UTC, all the year.
    expect(made.every(({ due_at }) => due_at.getUTCHours() === 15)).toBe(true);
    await expect(
      dataSource.transaction((manager) =>
        schedules.put(manager, {
          name: 'wrong',
          cron: 'every day',
          timezone: 'UTC',
          queue: 'content',
          job: 'test.note' as JobName,
          payload: {},
          catchUp: 'none',
          catchUpLimit: 1,
        }),
      ),
    ).rejects.toMatchObject({ code: 'schedule_invalid' });
  });

  it('tell of themselves in events that are as declared', async (context) => {
    const { submit, ended, app } = await open(context);
    const [job] = await submit({ name: 'test.refuse' });
    const { error } = await ended(String(job?.id));
    expect(error).toMatchObject({ code: 'test_refused', errors: [{ field: 'interests[0]', line: 3 }] });
    const log = app.get(EventLog, { strict: false });
    await expect
      .poll(async () => (await log.after(0n, undefined, 100)).at(-1), { timeout: 10_000 })
      .toMatchObject({ type: 'job.failed', payload: { error } });
    for (const event of await log.after(0n, undefined, 100)) checkEvent(event);
  });

  it('come to an end where what they say of it cannot be written, and spoil no other', async (context) => {
    const { submit, ended } = await open(context, 4);
    const [unsayable, unkeepable, ...others] = await submit(
      { name: 'test.unsayable' },
      { name: 'test.note', payload: { tag: 'nul' }, mostFailures: 1 },
      { name: 'test.note', payload: { tag: 'x' } },
      { name: 'test.note', payload: { tag: 'y' } },
    );
    expect(await ended(String(unsayable?.id))).toMatchObject({
      status: 'failed',
      attempts: 1,
      error: { code: 'internal' },
    });
    expect(await ended(String(unkeepable?.id))).toMatchObject({
      status: 'failed',
      error: { code: 'internal' },
    });
    for (const { id } of others) expect(await ended(id)).toMatchObject({ status: 'completed', attempts: 1 });
  });

  it('whose end was not written go to another attempt while their worker lives', async (context) => {
    const { submit, ended, app } = await open(context, 1, { WORKER_LEASE_SECONDS: '5' });
    const leases = app.get(JobLeasesRepository, { strict: false });
    const down = vi.spyOn(leases, 'fail').mockRejectedValue(new Error('the database does not answer'));
    const [job] = await submit({ name: 'test.refuse' });
    await expect.poll(() => down.mock.calls.length, { timeout: 10_000 }).toBeGreaterThan(0);
    await expect
      .poll(async () => (await lab?.jobs.get(String(job?.id)))?.attempts, { timeout: 20_000 })
      .toBe(2);
    down.mockRestore();
    expect(await ended(String(job?.id))).toMatchObject({ status: 'failed', error: { code: 'test_refused' } });
  });
});

it('jobs of one claim are taken in their turns, whichever way PostgreSQL finds their rows', async () => {
  const database = await testDatabase();
  const rows = await query(
    database.owner.url,
    `INSERT INTO jobs (id, queue, name, payload, turn)
     SELECT gen_random_uuid(), 'content', 'test.note', jsonb_build_object('n', n), n FROM generate_series(1, 500) n`,
    'ANALYZE jobs',
    // As for a table that is much larger than the claim.
    'SET enable_seqscan = off; SET enable_bitmapscan = off',
    `SELECT (payload ->> 'n')::int AS n FROM claim_jobs('content', 100, 1, 20) ORDER BY lease_token`,
  );
  expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  await database.release();
});
