import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApplication, type TestApplication } from '../support/application.js';
import { processesOf, shownBot, startBot, untilBot } from '../support/bots.js';

const isPaused =
  (reason: string) => (bot: { conditions: { type: string; status: string; reason: string }[] }) =>
    bot.conditions.some((each) => each.type === 'Paused' && each.reason === reason);

/** So long that the reconciler has looked several times. */
const looks = () => new Promise((resolve) => setTimeout(resolve, 4_000));

describe('bots that are left alone', () => {
  let test: TestApplication;
  let source: DataSource;

  beforeAll(async () => {
    test = await testApplication({ AZT3KNET_BOTS_BACKOFF_SECONDS: '1' });
    await test.app.listen(0, '127.0.0.1');
    source = test.app.get<DataSource>(getDataSourceToken());
  });
  afterAll(() => test.close());

  const change = async (id: string, body: object) => {
    const { headers } = await test.call('GET', `/api/v1/bots/${id}`);
    return test.call('PATCH', `/api/v1/bots/${id}`, body, { 'if-match': String(headers['etag']) });
  };
  it('are neither healed nor stopped while they are paused, which they say', async () => {
    await startBot(test, 'paused-one', 'bots/echo_bot.mjs');
    await untilBot(test, 'paused-one', ({ status }) => status === 'running', 90);
    expect(await change('paused-one', { paused: true })).toMatchObject({
      status: 200,
      body: { paused: true },
    });
    await untilBot(test, 'paused-one', isPaused('Maintenance'), 90);
    const before = processesOf('paused-one');
    expect(before).not.toEqual([]);
    await test.call('POST', '/api/v1/bots/paused-one/stop');
    await looks();
    expect(processesOf('paused-one')).toEqual(before);
    await test.call('POST', '/api/v1/bots/paused-one/start');
    for (const pid of before) process.kill(pid, 'SIGKILL');
    await looks();
    expect(processesOf('paused-one')).toEqual([]);
    expect((await shownBot(test, 'paused-one')).restarts).toBe(0);
    const incidents = await test.call<{ incidents: object[] }>(
      'GET',
      '/api/v1/incidents?subject=bot&subject_id=paused-one',
    );
    expect(incidents.body.incidents).toEqual([]);

    await change('paused-one', { paused: false });
    const again = await untilBot(
      test,
      'paused-one',
      ({ status, restarts }) => status === 'running' && restarts === 1,
      90,
    );
    expect(again.conditions).toContainEqual(
      expect.objectContaining({ type: 'Paused', status: 'false', reason: 'Resumed' }),
    );
  }, 240_000);

  it('are all left alone at once, and nothing is started', async () => {
    const told = await test.call('PUT', '/api/v1/bots-maintenance', { paused: true, reason: 'a new disk' });
    expect(told).toMatchObject({ status: 200, body: { paused: true, reason: 'a new disk', by: 'admin' } });
    await untilBot(test, 'paused-one', isPaused('GlobalMaintenance'), 90);
    await startBot(test, 'paused-two', 'bots/echo_bot.mjs');
    await looks();
    const { status, conditions } = await shownBot(test, 'paused-two');
    expect(status).toBe('registered');
    expect(conditions).toMatchObject([{ type: 'Paused', status: 'true', reason: 'GlobalMaintenance' }]);
    await test.call('PUT', '/api/v1/bots-maintenance', { paused: false });
    expect(await test.call('GET', '/api/v1/bots-maintenance')).toMatchObject({
      body: { paused: false, reason: null, since: null },
    });
    await untilBot(test, 'paused-two', (bot) => bot.status === 'running', 90);
  }, 240_000);

  it('are started and stopped at their times', async () => {
    const schedule = { start: '0 8 * * 1-5', stop: '0 18 * * 1-5', timezone: 'America/Mexico_City' };
    const made = await change('paused-two', { schedule });
    expect(made).toMatchObject({ status: 200, body: { schedule } });
    const times = await source.query<{ name: string; cron: string; timezone: string }[]>(
      `SELECT name, cron, timezone FROM job_schedules WHERE name LIKE 'bots.%' ORDER BY name`,
    );
    expect(times).toEqual([
      { name: 'bots.paused-two.start', cron: schedule.start, timezone: schedule.timezone },
      { name: 'bots.paused-two.stop', cron: schedule.stop, timezone: schedule.timezone },
    ]);
    // A stop whose time has come: the minute that has begun.
    const come = (): Promise<unknown> =>
      source.query(
        `UPDATE job_schedules SET next_at = date_trunc('minute', now()) WHERE name LIKE 'bots.paused-two.%'`,
      );
    await change('paused-two', { schedule: { stop: '* * * * *' } });
    await come();
    await untilBot(test, 'paused-two', ({ status }) => status === 'stopped', 90);
    await change('paused-two', { schedule: { start: '* * * * *' } });
    await come();
    await untilBot(test, 'paused-two', ({ status }) => status === 'running', 90);
    // Whoever set it, and not who made the bot, is named; what is set by somebody who may no longer run bots ends.
    const [{ payload } = { payload: {} }] = await source.query<{ payload: object }[]>(
      `SELECT payload FROM job_schedules WHERE name = 'bots.paused-two.start'`,
    );
    expect(payload).toMatchObject({ actor: 'admin', actor_id: expect.any(String) as string });
    await source.query(
      `UPDATE job_schedules SET payload = payload || jsonb_build_object('actor_id', gen_random_uuid())
       WHERE name = 'bots.paused-two.start'`,
    );
    await expect
      .poll(() => source.query(`SELECT name FROM job_schedules WHERE name LIKE 'bots.%'`), {
        timeout: 90_000,
      })
      .toEqual([]);
    const [ended] = await source.query<{ data: { reason: string } }[]>(
      `SELECT data FROM audit WHERE action = 'bot.schedule_end' AND subject_id = 'paused-two'`,
    );
    expect(ended?.data.reason).toMatch(/may no longer run bots/u);
    await change('paused-two', { schedule: null });
    expect(await source.query(`SELECT name FROM job_schedules WHERE name LIKE 'bots.%'`)).toEqual([]);
  }, 300_000);

  it('name the field of a time that cannot be read', async () => {
    const wrong = await change('paused-two', { schedule: { start: 'at dawn' } });
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: 'schedule.start' }] } });
    const often = await change('paused-two', { schedule: { start: '* * * * * *' } });
    expect(often).toMatchObject({
      status: 422,
      body: {
        errors: [
          { field: 'schedule.start', message: 'comes more than once in 60 seconds, which is too often' },
        ],
      },
    });
    const zone = await change('paused-two', { schedule: { stop: '0 8 * * *', timezone: 'Middle/Earth' } });
    expect(zone).toMatchObject({ status: 422, body: { errors: [{ field: 'schedule.stop' }] } });
  });
});
