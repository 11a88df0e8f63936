import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { botLaboratory, type BotLaboratory } from '../support/bot-laboratory.js';
import { logsOf, processesOf, startBot } from '../support/bots.js';
import { makeCaller } from '../support/caller.js';
import { conditionOf, instancesOf, patchBot, untilScaled } from '../support/replicas.js';

const PICKY = 'chaos/picky.mjs';

describe('a bot with replicas', () => {
  let laboratory: BotLaboratory;

  beforeAll(async () => {
    laboratory = await botLaboratory();
  });
  afterAll(() => laboratory.close());

  it('is scaled up and down, each instance a process of its own, and nothing is left of those that go', async () => {
    const { test, blueprints } = laboratory;
    await startBot(test, 'many', PICKY);
    await untilScaled(test, 'many', ({ ready_replicas }) => ready_replicas === 1);
    const [first] = await instancesOf(test, 'many');
    await patchBot(test, 'many', { replicas: 3 });
    const three = await untilScaled(
      test,
      'many',
      // A condition is written once the instances were looked at, and so after them.
      (bot) =>
        bot.ready_replicas === 3 &&
        bot.status === 'running' &&
        conditionOf(bot, 'Available')?.reason === 'MinimumReplicasAvailable',
    );
    expect(three).toMatchObject({ replicas: 3, restarts: 0 });
    expect(conditionOf(three, 'Available')).toMatchObject({ status: 'true' });
    expect(processesOf('many')).toHaveLength(3);
    await untilScaled(test, 'many', (_, all) => all.every(({ memory_usage_mb }) => memory_usage_mb > 5));
    const instances = await instancesOf(test, 'many');
    expect(instances.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2]);
    expect(new Set(instances.map(({ place }) => place)).size).toBe(3);
    expect(instances[0]?.instance).toBe(first?.instance);
    for (const { last_heartbeat } of instances) expect(last_heartbeat).not.toBeNull();
    const processes = processesOf('many').map((pid) => `pid ${pid}`);
    expect(new Set(instances.map(({ place }) => place))).toEqual(new Set(processes));
    await patchBot(test, 'many', { replicas: 1 });
    const one = await untilScaled(test, 'many', (_, all) => all.length === 1);
    expect(one).toMatchObject({ status: 'running', ready_replicas: 1 });
    expect((await instancesOf(test, 'many'))[0]?.instance).toBe(first?.instance);
    expect(processesOf('many')).toHaveLength(1);
    // What they had on the disk goes with them.
    await expect.poll(() => existsSync(join(blueprints, 'run', 'many.2')), { timeout: 90_000 }).toBe(false);
    expect(existsSync(join(blueprints, 'run', 'many'))).toBe(true);
  }, 240_000);

  it('leaves the others alone when one is killed, and starts that one again', async () => {
    const { test } = laboratory;
    await startBot(test, 'trio', PICKY, { replicas: 3 });
    await untilScaled(test, 'trio', ({ ready_replicas }) => ready_replicas === 3);
    const before = await instancesOf(test, 'trio');
    process.kill(Number(before[1]?.place?.replace('pid ', '')), 'SIGKILL');
    await untilScaled(
      test,
      'trio',
      ({ status, reason }) => status === 'unhealthy' && reason === 'ReplicasUnavailable',
    );
    const again = await untilScaled(
      test,
      'trio',
      (bot) => bot.ready_replicas === 3 && bot.status === 'running',
    );
    const after = await instancesOf(test, 'trio');
    expect(after.map(({ instance }) => instance)).toEqual([
      before[0]?.instance,
      expect.not.stringMatching(before[1]?.instance ?? ''),
      before[2]?.instance,
    ]);
    expect(after.map(({ restarts }) => restarts)).toEqual([0, 1, 0]);
    expect(again.restarts).toBe(1);
    expect(processesOf('trio')).toHaveLength(3);
  }, 180_000);

  it('brings a replica back that is quarantined when the bot is started, and leaves the others alone', async () => {
    const { test } = laboratory;
    await startBot(test, 'pair', PICKY, { replicas: 2 });
    await untilScaled(test, 'pair', ({ ready_replicas }) => ready_replicas === 2);
    const [first] = await instancesOf(test, 'pair');
    // Whenever it comes back it is killed, until that is a crash loop.
    await expect
      .poll(
        async () => {
          const second = (await instancesOf(test, 'pair'))[1];
          const pid = Number(second?.place?.replace('pid ', ''));
          if (second?.status === 'running' && processesOf('pair').includes(pid)) process.kill(pid, 'SIGKILL');
          return second?.status;
        },
        { timeout: 150_000, interval: 100 },
      )
      .toBe('quarantined');
    expect((await test.call('POST', '/api/v1/bots/pair/start')).status).toBe(200);
    await untilScaled(test, 'pair', (bot) => bot.ready_replicas === 2 && bot.status === 'running');
    const after = await instancesOf(test, 'pair');
    expect(after.map(({ ordinal }) => ordinal)).toEqual([0, 1]);
    expect(after[0]?.instance).toBe(first?.instance);
    expect(processesOf('pair')).toHaveLength(2);
    // Where all run, a start changes nothing.
    const before = (await test.call('GET', '/api/v1/bots/pair')).body;
    const again = (await test.call('POST', '/api/v1/bots/pair/start')).body;
    expect(again['generation']).toBe(before['generation']);
  }, 300_000);

  it('takes each command once, and one that is for an instance there', async () => {
    const { test } = laboratory;
    await startBot(test, 'told', 'bots/echo_bot.mjs', { replicas: 2 });
    await untilScaled(test, 'told', ({ ready_replicas }) => ready_replicas === 2);
    const told = await test.call('POST', '/api/v1/bots/told/commands', {
      name: 'echo',
      arguments: { text: 'to the second' },
      ordinal: 1,
    });
    expect(told).toMatchObject({ status: 202, body: { ordinal: 1 } });
    await expect
      .poll(async () => (await test.call('GET', String(told.headers['location']))).body, { timeout: 30_000 })
      .toMatchObject({ status: 'done', result: { text: 'to the second' } });
    const nobody = await test.call('POST', '/api/v1/bots/told/commands', { name: 'echo', ordinal: 7 });
    expect(nobody).toMatchObject({ status: 422, body: { errors: [{ field: 'ordinal' }] } });
    await expect.poll(() => logsOf(test, 'told'), { timeout: 30_000 }).toContain('"ordinal":1');
    const url = '/api/v1/bots/told/logs?ordinal=0&limit=2000';
    const { authorization } = test;
    const { body } = await test.app.inject({ method: 'GET', url, headers: { authorization } });
    const lines = body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { ordinal: number });
    expect(new Set(lines.map(({ ordinal }) => ordinal))).toEqual(new Set([0]));
  }, 180_000);

  it('is scaled and rolled back only by who may change it, within bounds', async () => {
    const { test } = laboratory;
    const { authorization } = await makeCaller(test.app, 'user');
    const made = await test.call('POST', '/api/v1/bots', {
      id: 'guarded',
      name: 'Guarded',
      role: 'test',
      blueprint: PICKY,
    });
    const etag = { 'if-match': String(made.headers['etag']) };
    const patch = (body: object, more: Record<string, string> = {}) =>
      test.call('PATCH', '/api/v1/bots/guarded', body, { ...etag, ...more });
    expect((await patch({ replicas: 2 }, { authorization })).status).toBe(403);
    const back = await test.call('POST', '/api/v1/bots/guarded/rollback', {}, { authorization });
    expect(back.status).toBe(403);
    const revisions = await test.call('GET', '/api/v1/bots/guarded/revisions', undefined, { authorization });
    expect(revisions.body).toMatchObject({ revisions: [{ revision: 1, current: true, good: false }] });
    expect((await patch({ replicas: 51 })).status).toBe(422);
    expect((await patch({ replicas: -1 })).status).toBe(422);
    expect((await test.call('POST', '/api/v1/bots/guarded/rollback', {})).status).toBe(404);
    expect((await test.call('POST', '/api/v1/bots/guarded/rollback', { revision: 1 })).status).toBe(409);
    expect((await test.call('POST', '/api/v1/bots/guarded/rollback', { revision: 9 })).status).toBe(404);
  });
});
