import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { botLaboratory, type BotLaboratory } from '../support/bot-laboratory.js';
import { logsOf, startBot, untilBot } from '../support/bots.js';

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
});
