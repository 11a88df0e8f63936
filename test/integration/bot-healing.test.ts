import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Executor } from '../../src/modules/bots/executor/executor.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { botLaboratory, VICTIM, type BotLaboratory } from '../support/bot-laboratory.js';
import { processesOf, shownBot, startBot, untilBot } from '../support/bots.js';

interface Incident {
  id: string;
  subject_id: string;
  symptom: string;
  status: string;
  decided_by: string | null;
}

describe('self-healing', () => {
  let laboratory: BotLaboratory;
  const incidentsOf = async (id: string): Promise<Incident[]> =>
    (
      await laboratory.test.call<{ incidents: Incident[] }>(
        'GET',
        `/api/v1/incidents?subject=bot&subject_id=${id}`,
      )
    ).body.incidents;

  beforeAll(async () => {
    laboratory = await botLaboratory();
  });
  afterAll(() => laboratory.close());

  it('does nothing in the mode observe but look', async () => {
    const { test } = laboratory;
    await startBot(test, 'observed', VICTIM, { healing: 'observe' });
    await untilBot(test, 'observed', ({ status }) => status === 'running');
    const frozen = processesOf('observed');
    for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    await untilBot(test, 'observed', ({ status }) => status === 'unhealthy');
    await expect
      .poll(() => incidentsOf('observed'))
      .toMatchObject([{ symptom: 'heartbeat_missed', status: 'observed' }]);
    // Longer than any pause.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(processesOf('observed')).toEqual(frozen);
    for (const pid of frozen) process.kill(pid, 'SIGKILL');
    const failed = await untilBot(test, 'observed', ({ status }) => status === 'failed');
    expect(failed).toMatchObject({ reason: 'Exited', next_start_at: null });
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(processesOf('observed')).toEqual([]);
    expect(await shownBot(test, 'observed')).toMatchObject({ status: 'failed', restarts: 0 });
  });

  it('judges nobody by what it could not hear itself, and those who are silent as ever', async () => {
    const { test } = laboratory;
    await startBot(test, 'heard', VICTIM, { healing: 'act' });
    await untilBot(test, 'heard', ({ status }) => status === 'running');
    const before = processesOf('heard');
    // This process, which has the server in it, stands still for longer than beats may be missed, before it looks at its bots.
    const executor = test.app.get(Executor);
    const look = executor.look.bind(executor);
    const stalls = [8_000, 4_000, 12_000];
    const spy = vi.spyOn(executor, 'look').mockImplementation(async () => {
      const seen = await look();
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stalls.shift() ?? 0);
      return seen;
    });
    await expect.poll(() => stalls, { timeout: 60_000 }).toEqual([]);
    spy.mockRestore();
    // Long enough for a verdict on what was said since.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(processesOf('heard')).toEqual(before);
    expect(await shownBot(test, 'heard')).toMatchObject({ status: 'running', restarts: 0 });
    const { body } = await test.call<{ incidents: Incident[] }>('GET', '/api/v1/incidents');
    const about = body.incidents.map(({ subject_id }) => subject_id);
    expect(about.filter((id) => ['heard', 'queue', 'database'].includes(id))).toEqual([]);
    for (const pid of before) process.kill(pid, 'SIGSTOP');
    await untilBot(test, 'heard', ({ status, restarts }) => status === 'running' && restarts === 1);
    expect(await incidentsOf('heard')).toMatchObject([{ symptom: 'heartbeat_missed' }]);
  }, 120_000);

  it('waits for approval in the mode propose, and does what was approved', async () => {
    const { test } = laboratory;
    await startBot(test, 'proposed', VICTIM, { healing: 'propose' });
    await untilBot(test, 'proposed', ({ status }) => status === 'running');
    for (const pid of processesOf('proposed')) process.kill(pid, 'SIGKILL');
    await untilBot(test, 'proposed', ({ status }) => status === 'failed');
    await expect
      .poll(() => incidentsOf('proposed'))
      .toMatchObject([{ symptom: 'exited', status: 'proposed' }]);
    const [incident] = await incidentsOf('proposed');
    const approved = await test.call('POST', `/api/v1/incidents/${incident?.id}/approve`);
    expect(approved.body).toMatchObject({ status: 'approved', decided_by: 'admin' });
    expect((await test.call('POST', `/api/v1/incidents/${incident?.id}/dismiss`)).status).toBe(409);
    await untilBot(test, 'proposed', ({ status, restarts }) => status === 'running' && restarts === 1);
    await expect
      .poll(() => incidentsOf('proposed'), { timeout: 40_000 })
      .toMatchObject([{ status: 'succeeded' }]);
    const playbooks = await test.call<{ playbooks: { id: string; succeeded: number }[] }>(
      'GET',
      '/api/v1/playbooks',
    );
    const record = playbooks.body.playbooks.find(({ id }) => id === 'restart-after-exit');
    expect(record?.succeeded).toBe(1);
  });

  it('takes a bot that cannot stay out of trouble aside', async () => {
    const { test } = laboratory;
    // A program that ends at once: eight failures, and it is quarantined.
    await startBot(test, 'doomed', 'chaos/doomed.mjs');
    const quarantined = await untilBot(test, 'doomed', ({ status }) => status === 'quarantined', 90);
    expect(quarantined.reason).toBe('Quarantined');
    await test.call('POST', '/api/v1/bots/doomed/start');
    await untilBot(test, 'doomed', ({ status }) => status !== 'quarantined');
    await test.call('POST', '/api/v1/bots/doomed/stop');
    await untilBot(test, 'doomed', ({ status }) => status === 'stopped');
  }, 150_000);
});

describe('a server that starts again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'azt3k-'));
  const environment = {
    AZT3KNET_BOTS_DIR: join(folder, 'b'),
    AZT3KNET_BOTS_STOP_WITH_SERVER: 'false',
    AZT3KNET_ADMIN_PASSWORD: 'a password for the tests of bots',
    API_SECRET_KEY: 'a secret for the tests of bots, which is long enough',
  };
  let first: TestApplication;
  let second: TestApplication;

  afterAll(async () => {
    await second.close();
    await first.runtime.queue.close();
    rmSync(first.runtime.config.dataDir, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes over what runs, and starts nothing twice', async () => {
    chmodSync(folder, 0o711);
    first = await testApplication(environment);
    await first.app.listen(0, '127.0.0.1');
    await startBot(first, 'survivor', 'bots/echo_bot.mjs');
    const before = await untilBot(first, 'survivor', ({ status }) => status === 'running');
    const pids = processesOf('survivor');
    expect(pids).toHaveLength(1);
    await first.app.close();
    expect(processesOf('survivor')).toEqual(pids);
    second = await testApplication(environment, 'all', Promise.resolve(first.runtime.database));
    await second.app.listen(0, '127.0.0.1');
    const last = before.last_heartbeat ?? '';
    await untilBot(second, 'survivor', (bot) => (bot.last_heartbeat ?? '') > last);
    const told = await second.call('POST', '/api/v1/bots/survivor/commands', {
      name: 'echo',
      arguments: { text: 'still there' },
    });
    await expect
      .poll(async () => (await second.call('GET', String(told.headers['location']))).body, {
        timeout: 30_000,
      })
      .toMatchObject({ status: 'done', result: { text: 'still there' } });
    expect(await shownBot(second, 'survivor')).toMatchObject({ status: 'running', restarts: 0 });
    expect(processesOf('survivor')).toEqual(pids);
    await second.call('POST', '/api/v1/bots/survivor/stop');
    await untilBot(second, 'survivor', ({ status }) => status === 'stopped');
    expect(processesOf('survivor')).toEqual([]);
  });
});
