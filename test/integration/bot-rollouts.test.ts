import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApplication, type TestApplication } from '../support/application.js';
import { botLaboratory, type BotLaboratory } from '../support/bot-laboratory.js';
import { processesOf, startBot } from '../support/bots.js';
import { conditionOf, instancesOf, patchBot, untilScaled, type ShownInstance } from '../support/replicas.js';

const PICKY = 'chaos/picky.mjs';

/** How many serve. */
function serving(instances: readonly ShownInstance[]): number {
  return instances.filter(({ ready, retiring }) => ready && retiring === null).length;
}

describe('an update of a bot that runs', () => {
  let laboratory: BotLaboratory;
  let test: TestApplication;
  const wellAt = (id: string, revision: number) =>
    untilScaled(
      test,
      id,
      (bot, all) =>
        bot.status === 'running' &&
        all.length === bot.replicas &&
        all.every((each) => each.ready && each.revision === revision),
    );
  const complete = (id: string) =>
    untilScaled(test, id, (bot) => conditionOf(bot, 'Progressing')?.reason === 'NewReplicaSetAvailable');

  beforeAll(async () => {
    laboratory = await botLaboratory();
    test = laboratory.test;
  });
  afterAll(() => laboratory.close());

  it('replaces one after the other, and never has fewer ready than are wanted', async () => {
    await startBot(test, 'rolled', PICKY, { replicas: 3 });
    await complete('rolled');
    const before = new Set((await instancesOf(test, 'rolled')).map(({ instance }) => instance));
    await patchBot(test, 'rolled', { configuration: { note: 'second' } });
    const least: number[] = [];
    const most: number[] = [];
    const done = await untilScaled(
      test,
      'rolled',
      (bot, all) =>
        bot.updated_replicas === 3 && all.length === 3 && all.every(({ revision }) => revision === 2),
      (all) => {
        least.push(serving(all));
        most.push(all.filter(({ retiring }) => retiring === null).length);
      },
    );
    expect(Math.min(...least)).toBe(3);
    expect(Math.max(...most)).toBe(4);
    expect(done).toMatchObject({ status: 'running', revision: 2, configuration: { note: 'second' } });
    const after = (await instancesOf(test, 'rolled')).map(({ instance }) => instance);
    expect(after.filter((instance) => before.has(instance))).toEqual([]);
    expect(processesOf('rolled')).toHaveLength(3);
  }, 240_000);

  it('of one replica has the new one run before the old one ends, on a restart too', async () => {
    await startBot(test, 'single', PICKY);
    await complete('single');
    const [before] = await instancesOf(test, 'single');
    await test.call('POST', '/api/v1/bots/single/restart');
    const least: number[] = [];
    const done = await untilScaled(
      test,
      'single',
      (bot, all) => bot.restarts === 1 && all.length === 1 && all[0]?.instance !== before?.instance,
      (all) => least.push(serving(all)),
    );
    expect(Math.min(...least)).toBe(1);
    expect(done).toMatchObject({ revision: 1, ready_replicas: 1 });
    expect(processesOf('single')).toHaveLength(1);
  }, 180_000);

  it('never has two side by side where the blueprint forbids it', async () => {
    await startBot(test, 'alone', 'chaos/lonely.mjs');
    await complete('alone');
    await patchBot(test, 'alone', { configuration: { note: 'second' } });
    const most: number[] = [];
    await untilScaled(
      test,
      'alone',
      (bot, all) => bot.updated_replicas === 1 && all[0]?.revision === 2 && bot.revision === 2,
      () => most.push(processesOf('alone').length),
    );
    expect(Math.max(...most)).toBe(1);
  }, 180_000);

  it.each([
    ['exit', 'CrashLoopBackOff'],
    ['mute', 'ProgressDeadlineExceeded'],
  ])(
    'is taken back where the new program does not become healthy: %s',
    async (mode, reason) => {
      const id = `failing-${mode}`;
      await startBot(test, id, PICKY, { replicas: 2 });
      await complete(id);
      const before = (await instancesOf(test, id)).map(({ instance }) => instance);
      await patchBot(test, id, { configuration: { mode } });
      const least: number[] = [];
      const back = await untilScaled(
        test,
        id,
        (bot, all) => bot.revision === 1 && all.length === 2 && bot.observed_generation === bot.generation,
        (all) => least.push(serving(all)),
      );
      expect(Math.min(...least)).toBe(2);
      expect(back.configuration).toMatchObject({ mode: 'well' });
      expect(conditionOf(back, 'RolledBack')).toMatchObject({ status: 'true', reason });
      // What ran of the good revision was never touched.
      expect((await instancesOf(test, id)).map(({ instance }) => instance)).toEqual(before);
      expect(processesOf(id)).toHaveLength(2);
      const history = await test.call<{ transitions: { reason: string }[] }>(
        'GET',
        `/api/v1/bots/${id}/history`,
      );
      expect(history.body.transitions.map((each) => each.reason)).toContain('RolledBack');
      const source = test.app.get(DataSource);
      const audited = await source.query<object[]>(
        `SELECT 1 FROM audit WHERE action = 'bot.rollback' AND subject_id = $1 AND actor = 'system:reconciler'`,
        [id],
      );
      expect(audited).toHaveLength(1);
      const told = await source.query<{ payload: { outcome: string; rolled_back_to: number } }[]>(
        `SELECT payload FROM outbox WHERE type = 'bot.rollout' AND payload ->> 'bot_id' = $1 AND payload ->> 'outcome' = 'rolled_back'`,
        [id],
      );
      expect(told).toMatchObject([{ payload: { rolled_back_to: 1 } }]);
      // Somebody mends it: the update after that is taken as any other.
      await patchBot(test, id, { configuration: { note: 'mended' } });
      const mended = await untilScaled(
        test,
        id,
        (bot) => bot.observed_generation === bot.generation && bot.updated_replicas === 2,
      );
      expect(conditionOf(mended, 'RolledBack')).toMatchObject({ status: 'false', reason: 'Superseded' });
    },
    300_000,
  );

  it('is left for people where healing only observes', async () => {
    await startBot(test, 'watched', PICKY, { healing: 'observe' });
    await complete('watched');
    await patchBot(test, 'watched', { configuration: { mode: 'mute' } });
    const stalled = await untilScaled(
      test,
      'watched',
      (bot) => conditionOf(bot, 'Progressing')?.reason === 'ProgressDeadlineExceeded',
    );
    expect(stalled).toMatchObject({ revision: 2, ready_replicas: 1 });
    const back = await test.call('POST', '/api/v1/bots/watched/rollback', {});
    expect(back).toMatchObject({ status: 200, body: { revision: 1, configuration: { mode: 'well' } } });
    await wellAt('watched', 1);
    const revisions = await test.call('GET', '/api/v1/bots/watched/revisions');
    expect(revisions.body).toMatchObject({
      revisions: [
        { revision: 2, current: false, good: false },
        { revision: 1, current: true, good: true },
      ],
    });
  }, 240_000);
});

describe('a server that ends in the middle of an update', () => {
  const folder = mkdtempSync(join(tmpdir(), 'azt3k-'));
  const environment = {
    AZT3KNET_BOTS_DIR: join(folder, 'b'),
    AZT3KNET_BLUEPRINTS_DIR: join(import.meta.dirname, '..', 'support', 'blueprints'),
    AZT3KNET_BOTS_STOP_WITH_SERVER: 'false',
    AZT3KNET_ADMIN_PASSWORD: 'a password for the tests of bots',
    API_SECRET_KEY: 'a secret for the tests of bots, which is long enough',
  };
  let first: TestApplication;
  let second: TestApplication;

  afterAll(async () => {
    await second.call('POST', '/api/v1/bots/moved/stop');
    await untilScaled(second, 'moved', ({ status }) => status === 'stopped');
    await second.close();
    await first.runtime.queue.close();
    rmSync(first.runtime.config.dataDir, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  it('leaves it to the next one, which goes on from where it was', async () => {
    chmodSync(folder, 0o711);
    first = await testApplication(environment);
    await first.app.listen(0, '127.0.0.1');
    await startBot(first, 'moved', PICKY, { replicas: 3 });
    await untilScaled(
      first,
      'moved',
      (bot) => conditionOf(bot, 'Progressing')?.reason === 'NewReplicaSetAvailable',
    );
    await patchBot(first, 'moved', { configuration: { note: 'second' } });
    await untilScaled(first, 'moved', (_, all) => all.some((each) => each.revision === 2 && each.ready));
    await first.app.close();
    const pids = processesOf('moved');
    expect(pids.length).toBeGreaterThanOrEqual(3);
    second = await testApplication(environment, 'all', Promise.resolve(first.runtime.database));
    await second.app.listen(0, '127.0.0.1');
    const begun = await instancesOf(second, 'moved');
    expect(begun.some(({ revision }) => revision === 1)).toBe(true);
    const kept = begun.filter((each) => each.revision === 2 && each.ready).map(({ instance }) => instance);
    const least: number[] = [];
    await untilScaled(
      second,
      'moved',
      (bot, all) =>
        bot.updated_replicas === 3 && all.length === 3 && all.every(({ revision }) => revision === 2),
      (all) => least.push(all.filter(({ status }) => status === 'running').length),
    );
    expect(Math.min(...least)).toBeGreaterThanOrEqual(3);
    const after = (await instancesOf(second, 'moved')).map(({ instance }) => instance);
    expect(after).toEqual(expect.arrayContaining(kept));
    expect(processesOf('moved')).toHaveLength(3);
  }, 300_000);
});
