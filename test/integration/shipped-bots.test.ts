import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestApplication } from '../support/application.js';
import { botLaboratory, type BotLaboratory } from '../support/bot-laboratory.js';
import { logsOf, startBot, untilBot } from '../support/bots.js';

/** A job that has just failed. */
async function failedJob({ app }: TestApplication): Promise<void> {
  await app.get(DataSource).query(
    `INSERT INTO jobs (id, queue, name, status, payload, finished_at, error)
     VALUES (gen_random_uuid(), 'content', 'content.draft', 'failed', '{}', now(), '{"code":"test","message":"told to"}')`,
  );
}

/** Runs that took so many seconds each. @returns their ids */
async function completedRuns({ app }: TestApplication, seconds: readonly number[]): Promise<string[]> {
  const rows = await app.get(DataSource).query<{ id: string; seed: string }[]>(
    `WITH made AS (
       INSERT INTO jobs (id, queue, name, status, payload, finished_at)
       SELECT gen_random_uuid(), 'simulation', 'simulation.run', 'completed', jsonb_build_object('n', n), now()
       FROM generate_series(1, cardinality($1::int[])) AS n RETURNING id, payload)
     INSERT INTO runs (id, scenario, scenario_version, scenario_digest, definition, seed, ticks, population_id, draft_batch_id,
       job_id, created_at, completed_at)
     SELECT gen_random_uuid(), 's', '1', 'd', '{}', payload->>'n', 1, id, id, id,
       now() - make_interval(secs => ($1::int[])[(payload->>'n')::int]), now() FROM made RETURNING id, seed`,
    [seconds],
  );
  return seconds.map((_, n) => rows.find(({ seed }) => seed === String(n + 1))?.id ?? '');
}

describe('shipped bots', () => {
  let laboratory: BotLaboratory;

  beforeAll(async () => {
    laboratory = await botLaboratory();
  });
  afterAll(() => laboratory.close());

  /** What a bot answers to a command. */
  const asked = async (id: string, name: string): Promise<unknown> => {
    const { test } = laboratory;
    const told = await test.call('POST', `/api/v1/bots/${id}/commands`, { name });
    const url = String(told.headers['location']);
    let answer: Record<string, unknown> = {};
    await expect
      .poll(
        async () => {
          answer = (await test.call('GET', url)).body;
          return answer['status'];
        },
        { timeout: 30_000 },
      )
      .toBe('done');
    return answer['result'];
  };

  it('write drafts for a population and submit them to the guard, and remember how far they are', async () => {
    const { test } = laboratory;
    const made = await test.call('POST', '/api/v1/populate', {
      gender: 'female',
      count: 7,
      country: 'MX',
      seed: '20241005',
      persist: true,
    });
    expect(made.status).toBe(202);
    const population = String(made.body['population_id']);
    await expect
      .poll(async () => (await test.call('GET', `/api/v1/jobs/${String(made.body['job_id'])}`)).body, {
        timeout: 60_000,
      })
      .toMatchObject({ status: 'completed' });
    await startBot(test, 'content-bot', 'bots/content_bot.mjs', {
      configuration: { population, template: 'street_art_campaign', agents_at_once: 4, interval_seconds: 1 },
    });
    await untilBot(test, 'content-bot', ({ status }) => status === 'running');
    await expect
      .poll(() => asked('content-bot', 'report'), { timeout: 60_000 })
      .toMatchObject({ drafts: 7, finished: true, failed: 0 });
    const { body } = await test.call<{ drafts: unknown[] }>(
      'GET',
      `/api/v1/content/drafts?population=${population}`,
    );
    expect(body.drafts).toHaveLength(7);
    // Another process goes on where the one before ended.
    await test.call('POST', '/api/v1/bots/content-bot/restart');
    await untilBot(test, 'content-bot', ({ status, restarts }) => status === 'running' && restarts === 1);
    expect(await asked('content-bot', 'report')).toMatchObject({ drafts: 7, finished: true });
    expect(await logsOf(test, 'content-bot')).toContain('submitted');
    // What it did was done in its name.
    const audit = await test.call('GET', '/api/v1/audit?actor=bot:content-bot&limit=5');
    expect(JSON.stringify(audit.body)).toContain('bot:content-bot');
  }, 240_000);

  it('watch jobs, and may do nothing else', async () => {
    const { test } = laboratory;
    await startBot(test, 'monitoring-bot', 'bots/monitoring_bot.ts', {
      configuration: { interval_seconds: 1 },
    });
    await untilBot(test, 'monitoring-bot', ({ status }) => status === 'running');
    await expect.poll(() => logsOf(test, 'monitoring-bot'), { timeout: 30_000 }).toContain('watching');
    expect(await asked('monitoring-bot', 'alarms')).toEqual({ alarms: [] });
    expect(await logsOf(test, 'monitoring-bot')).not.toContain('could not be read');
  }, 120_000);

  it('raise an alarm once, keep it through a restart, and say when it is over', async () => {
    const { test } = laboratory;
    // One of its own for each try.
    const id = `alarm-bot-${String(Date.now())}`;
    const logged = async (text: string): Promise<number> =>
      (await logsOf(test, id)).split('\n').filter((line) => line.includes(text)).length;
    await startBot(test, id, 'bots/monitoring_bot.ts', {
      configuration: { interval_seconds: 1, failure_minutes: 0.5 },
    });
    await untilBot(test, id, ({ status }) => status === 'running');
    await failedJob(test);
    await expect
      .poll(() => asked(id, 'alarms'), { timeout: 30_000 })
      .toEqual({
        alarms: [
          { kind: 'failures', message: '1 jobs failed in 0.5 minutes', since: expect.any(String) as string },
        ],
      });
    const raised = await asked(id, 'alarms');
    await test.call('POST', `/api/v1/bots/${id}/restart`);
    await untilBot(test, id, ({ status, restarts }) => status === 'running' && restarts === 1);
    await expect.poll(() => logged('watching'), { timeout: 30_000 }).toBe(2);
    expect(await asked(id, 'alarms')).toEqual(raised);
    await expect.poll(() => asked(id, 'alarms'), { timeout: 60_000 }).toEqual({ alarms: [] });
    // Raised once, and over once; what a bot writes is there a moment later.
    await expect.poll(() => logged('1 jobs failed'), { timeout: 30_000 }).toBe(2);
    expect(await logged('over: 1 jobs failed')).toBe(1);
  }, 180_000);

  it('analyse runs, and tell which took unusually long', async () => {
    const { test } = laboratory;
    const seconds = [10, 11, 12, 10, 11, 95];
    const ids = await completedRuns(test, seconds);
    await startBot(test, 'analytics-bot', 'bots/analytics_bot.py', {
      configuration: { interval_seconds: 1 },
    });
    await untilBot(test, 'analytics-bot', ({ status }) => status === 'running');
    await expect
      .poll(() => asked('analytics-bot', 'report'), { timeout: 60_000 })
      .toEqual({ runs: 6, by_status: { completed: 6 }, median_seconds: 11, outliers: [ids[5]] });
  }, 180_000);
});
