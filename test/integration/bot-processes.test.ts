import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApplication, type TestApplication } from '../support/application.js';
import { logsOf, processesOf, shownBot, startBot, untilBot } from '../support/bots.js';

const isRoot = process.getuid?.() === 0;

describe('bots that run', () => {
  let test: TestApplication;
  let closed = false;

  beforeAll(async () => {
    test = await testApplication({ AZT3KNET_BOTS_BACKOFF_SECONDS: '1' });
    await test.app.listen(0, '127.0.0.1');
  });
  afterAll(() => closed || test.close());

  it('beat, do as they are told, know themselves and end gracefully', async () => {
    await startBot(test, 'echo-one', 'bots/echo_bot.mjs', { configuration: { greeting: 'good day' } });
    const running = await untilBot(test, 'echo-one', ({ status }) => status === 'running');
    expect(running).toMatchObject({ desired_state: 'running', restarts: 0 });
    const told = await test.call<{ id: string }>('POST', '/api/v1/bots/echo-one/commands', {
      name: 'echo',
      arguments: { text: 'hello' },
    });
    expect(told.status).toBe(202);
    const url = String(told.headers['location']);
    await expect
      .poll(async () => (await test.call(`GET`, url)).body, { timeout: 20_000 })
      .toMatchObject({ status: 'done', result: { text: 'hello' } });
    const asked = await test.call('POST', '/api/v1/bots/echo-one/commands', { name: 'dance' });
    await expect
      .poll(async () => (await test.call('GET', String(asked.headers['location']))).body, { timeout: 20_000 })
      .toMatchObject({ status: 'failed' });
    const self = await test.call('POST', '/api/v1/bots/echo-one/commands', { name: 'whoami' });
    await expect
      .poll(async () => (await test.call('GET', String(self.headers['location']))).body, { timeout: 20_000 })
      .toMatchObject({ status: 'done', result: { bot: { bot_id: 'echo-one', status: 'running' } } });
    const measured = await untilBot(test, 'echo-one', (bot) => bot.memory_usage_mb > 5);
    expect(measured.uptime_seconds).toBeGreaterThan(0);
    expect(measured.last_heartbeat).not.toBeNull();
    await test.call('POST', '/api/v1/bots/echo-one/stop');
    const stopped = await untilBot(test, 'echo-one', ({ status }) => status === 'stopped');
    expect(stopped.last_exit).toMatchObject({ code: 0, signal: null });
    expect(processesOf('echo-one')).toEqual([]);
    // Lines are written down every two seconds.
    await expect.poll(() => logsOf(test, 'echo-one')).toContain('goodbye');
    expect(await logsOf(test, 'echo-one')).toContain('good day');
    expect((await test.call('DELETE', '/api/v1/bots/echo-one')).status).toBe(204);
  });

  it('run apart from the rest, as far as this machine allows, and say how far that is', async () => {
    await startBot(test, 'echo-two', 'bots/echo_bot.mjs');
    const { conditions } = await untilBot(test, 'echo-two', ({ status }) => status === 'running');
    const [pid = 0] = processesOf('echo-two');
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    expect(environment.filter((each) => /DATABASE|SECRET|VITEST|API_/.test(each))).toEqual([]);
    const condition = (type: string) => conditions.find((each) => each.type === type)?.status;
    expect(condition('BlueprintVerified')).toBe('true');
    const limits = readFileSync(`/proc/${pid}/limits`, 'utf8');
    expect(/Max open files\s+256 /.test(limits)).toBe(condition('LimitsApplied') === 'true');
    expect(statSync(`/proc/${pid}`).uid !== process.getuid?.()).toBe(condition('OwnUser') === 'true');
    expect(condition('OwnUser')).toBe(isRoot ? 'true' : 'false');
    const devices = readFileSync(`/proc/${pid}/net/dev`, 'utf8').trim().split('\n').slice(2);
    expect(devices.every((line) => /^\s*lo:/.test(line))).toBe(condition('NetworkIsolated') === 'true');
  });

  it('are started again when they are killed, with a pause that is told', async () => {
    const before = processesOf('echo-two');
    for (const pid of before) process.kill(pid, 'SIGKILL');
    const again = await untilBot(
      test,
      'echo-two',
      ({ status, restarts }) => status === 'running' && restarts === 1,
    );
    expect(again.last_exit).toMatchObject({ signal: 'SIGKILL' });
    expect(processesOf('echo-two')).not.toEqual(before);
    const history = await test.call<{ transitions: { status: string }[] }>(
      'GET',
      '/api/v1/bots/echo-two/history',
    );
    const statuses = history.body.transitions.map(({ status }) => status).toReversed();
    const moves = statuses.filter((status, index) => status !== statuses[index - 1]);
    expect(moves).toEqual(['registered', 'starting', 'running', 'backoff', 'starting', 'running']);
  });

  it('of Python analyse runs through the API with what their blueprint may do', async () => {
    await startBot(test, 'analytics-bot-v1', 'bots/analytics_bot.py', {
      configuration: { interval_seconds: 1 },
    });
    await untilBot(test, 'analytics-bot-v1', ({ status }) => status === 'running');
    await expect.poll(() => logsOf(test, 'analytics-bot-v1'), { timeout: 30_000 }).toContain('analysed');
    const bot = await shownBot(test, 'analytics-bot-v1');
    expect(bot.restarts).toBe(0);
  });

  it('end with their server, and leave nothing behind', async () => {
    expect(processesOf('echo-two')).not.toEqual([]);
    await test.close();
    closed = true;
    for (const id of ['echo-one', 'echo-two', 'analytics-bot-v1']) expect(processesOf(id)).toEqual([]);
  });
});
