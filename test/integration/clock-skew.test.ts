import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { JobSchedules } from '../../src/modules/jobs/index.js';
import { BotsProcessor } from '../../src/modules/bots/registry/bots.processor.js';
import { testApplication, type TestApplication } from '../support/application.js';

const MINUTE = 60_000;

/** The minute of a day as cron has it, in UTC. */
const cronAt = (time: Date): string => `${time.getUTCMinutes()} ${time.getUTCHours()} * * *`;

/** Sets the clock of this process, and leaves its timers alone. */
function setClock(minutes: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * MINUTE });
}

describe('a machine whose clock is wrong', () => {
  let test: TestApplication;
  let source: DataSource;

  beforeAll(async () => {
    test = await testApplication();
    source = test.app.get<DataSource>(getDataSourceToken());
  });
  afterEach(() => vi.useRealTimers());
  afterAll(() => test.close());

  it.each([-30, 30])(
    'by %i minutes misses no time of a schedule and makes none too many',
    async (minutes) => {
      const schedules = test.app.get(JobSchedules, { strict: false });
      const now = Date.now();
      setClock(minutes);
      const name = `skewed.${minutes}`;
      await source.transaction((manager) =>
        schedules.put(manager, {
          name,
          cron: '*/10 * * * *',
          timezone: 'UTC',
          queue: 'content',
          job: 'bot.act',
          payload: {},
          catchUp: 'none',
          catchUpLimit: 1,
        }),
      );
      const where = `WHERE name = '${name}'`;
      const [row] = await source.query<{ next_at: Date }[]>(`SELECT next_at FROM job_schedules ${where}`);
      await source.query(`DELETE FROM job_schedules ${where}`);
      const next = Number(row?.next_at);
      expect(next).toBeGreaterThan(now);
      expect(next).toBeLessThanOrEqual(now + 11 * MINUTE);
    },
  );

  it('starts a bot whose time has come by the clock that all go by', async () => {
    const now = Date.now();
    const schedule = {
      start: cronAt(new Date(now - MINUTE)),
      stop: cronAt(new Date(now + 720 * MINUTE)),
      timezone: 'UTC',
    };
    const made = await test.call('POST', '/api/v1/bots', {
      id: 'skewed',
      name: 'Skewed',
      role: 'test',
      blueprint: 'bots/echo_bot.mjs',
      schedule,
    });
    expect(made).toMatchObject({ status: 201, body: { desired_state: 'stopped' } });
    // An earlier time of day: the last that was to be done would be to stop.
    setClock(-5);
    const act = { bot_id: 'skewed', act: 'start', actor: 'admin' } as const;
    const done = await test.app.get(BotsProcessor, { strict: false }).act(act);
    expect(done).toEqual({ bot_id: 'skewed', desired_state: 'running' });
    vi.useRealTimers();
    await test.call('POST', '/api/v1/bots/skewed/stop');
  });
});
