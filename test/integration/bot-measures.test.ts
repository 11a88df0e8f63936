import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BotInstancesRepository } from '../../src/modules/bots/reconciler/instances.repository.js';
import { testApplication, type TestApplication } from '../support/application.js';

const BOTS = 20;
const ROUNDS = 10;

describe('looking after bots', () => {
  let test: TestApplication;
  let source: DataSource;

  beforeAll(async () => {
    test = await testApplication({ RATE_LIMIT_REQUESTS: '0' }, 'api');
    source = test.app.get(DataSource);
  });
  afterAll(() => test.close());

  it('measures instances of bots without writing their indexes', async () => {
    const instances = test.app.get(BotInstancesRepository, { strict: false });
    for (let n = 0; n < BOTS; n += 1) {
      const id = `measured-${n}`;
      const made = { id, name: id, role: 'test', blueprint: 'bots/echo_bot.mjs' };
      expect(await test.call('POST', '/api/v1/bots', made)).toMatchObject({ status: 201 });
      await instances.insert(source.manager, id, 0, { generation: 1, revision: 1 }, 1);
      // As much as is said of a bot.
      await source.query('UPDATE bot_instances SET conditions = $2 WHERE bot_id = $1', [
        id,
        JSON.stringify(Array.from({ length: 6 }, () => ({ message: 'what is to be said of it '.repeat(6) }))),
      ]);
    }
    await expect
      .poll(async () => (await counts(source)).all, { timeout: 60_000 })
      .toBeGreaterThanOrEqual(BOTS);
    const before = await counts(source);
    for (let round = 0; round < ROUNDS; round += 1)
      await instances.measure(
        source.manager,
        Array.from({ length: BOTS }, (_, n) => ({
          bot_id: `measured-${n}`,
          ordinal: 0,
          last_heartbeat: new Date(),
          report: { requests: round, errors: 0 },
          cpu_load: round,
          memory_usage_mb: 10,
          requests_per_second: 0,
          error_rate: 0,
        })),
      );
    await expect
      .poll(async () => (await counts(source)).all - before.all, { timeout: 60_000 })
      .toBe(BOTS * ROUNDS);
    const after = await counts(source);
    expect((after.hot - before.hot) / (after.all - before.all)).toBeGreaterThan(0.8);
  });
});

/** How often instances were written, and how often without a word in their indexes. */
async function counts(source: DataSource): Promise<{ all: number; hot: number }> {
  const [row] = await source.query<[{ all: number; hot: number }]>(
    `SELECT n_tup_upd::int AS all, n_tup_hot_upd::int AS hot FROM pg_stat_user_tables WHERE relname = 'bot_instances'`,
  );
  return row;
}
