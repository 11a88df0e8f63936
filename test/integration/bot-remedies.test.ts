import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { afterEach, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { botLaboratory, type BotLaboratory } from '../support/bot-laboratory.js';
import { processesOf, shownBot, startBot, untilBot } from '../support/bots.js';
import { conditionOf, instancesOf, patchBot, untilScaled } from '../support/replicas.js';

const MOODY = 'chaos/moody.mjs';
const SECONDS = 60_000;

interface Incident {
  id: string;
  symptom: string;
  action: string;
  status: string;
  note: string | null;
}

let laboratory: BotLaboratory;
afterEach(() => laboratory.close());

/** Opens a laboratory in which a bot whose requests fail is healed by an action. */
async function healedBy(terms: object): Promise<void> {
  laboratory = await botLaboratory({}, (blueprints) => {
    const shipped = readFileSync(join(PROJECT_ROOT, 'blueprints', 'playbooks.yaml'), 'utf8');
    const file = parse(shipped) as { playbooks: { id: string }[] };
    const playbook = file.playbooks.find(({ id }) => id === 'spare-failing') as object;
    Object.assign(playbook, { for_seconds: 1, cooldown_seconds: 600, verify_seconds: 3, ...terms });
    writeFileSync(join(blueprints, 'playbooks.yaml'), stringify(file));
  });
}

async function incidentsOf(id: string): Promise<Incident[]> {
  const { body } = await laboratory.test.call<{ incidents: Incident[] }>(
    'GET',
    `/api/v1/incidents?subject=bot&subject_id=${id}`,
  );
  return body.incidents.filter(({ symptom }) => symptom === 'error_rate');
}

async function fail(id: string): Promise<void> {
  const body = { name: 'fail', arguments: { part: 1 } };
  expect((await laboratory.test.call('POST', `/api/v1/bots/${id}/commands`, body)).status).toBe(202);
}

async function approve(id: string): Promise<void> {
  const [incident] = await incidentsOf(id);
  const { status } = await laboratory.test.call('POST', `/api/v1/incidents/${incident?.id}/approve`);
  expect(status).toBe(200);
}

async function dismiss(id: string): Promise<void> {
  const [incident] = await incidentsOf(id);
  const { status } = await laboratory.test.call('POST', `/api/v1/incidents/${incident?.id}/dismiss`);
  expect(status).toBe(200);
}

/** What the audit says that self-healing has done with a bot. */
async function doneWith(id: string, action: string): Promise<number> {
  const rows = await laboratory.test.app
    .get(DataSource)
    .query<object[]>(`SELECT 1 FROM audit WHERE action = $1 AND subject_id = $2 AND actor = 'self-healing'`, [
      action,
      id,
    ]);
  return rows.length;
}

const well = (id: string) =>
  untilScaled(
    laboratory.test,
    id,
    (bot) => conditionOf(bot, 'Progressing')?.reason === 'NewReplicaSetAvailable',
  );

it(
  'a bot is scaled in each mode as far as that goes, and never where no two may run',
  async () => {
    await healedBy({ action: 'scale', replicas: 2 });
    const { test } = laboratory;
    for (const [id, healing] of [
      ['scaled', 'act'],
      ['asked', 'propose'],
      ['watched', 'observe'],
    ] as const)
      await startBot(test, id, MOODY, { healing, configuration: { failing: 1 } });
    await startBot(test, 'lonely', 'chaos/moody_alone.mjs', { configuration: { failing: 1 } });
    await expect
      .poll(() => incidentsOf('scaled'), { timeout: SECONDS })
      .toMatchObject([{ action: 'scale', status: 'acting' }]);
    await untilScaled(test, 'scaled', (bot) => bot.ready_replicas === 2);
    expect(processesOf('scaled')).toHaveLength(2);
    expect(await doneWith('scaled', 'bot.scale')).toBe(1);
    await expect
      .poll(() => incidentsOf('asked'), { timeout: SECONDS })
      .toMatchObject([{ status: 'proposed' }]);
    await expect
      .poll(() => incidentsOf('watched'), { timeout: SECONDS })
      .toMatchObject([{ status: 'observed' }]);
    await expect
      .poll(() => incidentsOf('lonely'), { timeout: SECONDS })
      .toMatchObject([{ status: 'proposed', note: 'its blueprint does not let two of it run side by side' }]);
    // Long enough for what should not be done.
    await sleep(3_000);
    expect(
      [processesOf('asked'), processesOf('watched'), processesOf('lonely')].map((all) => all.length),
    ).toEqual([1, 1, 1]);
    await approve('asked');
    await untilScaled(test, 'asked', (bot) => bot.ready_replicas === 2);
    await approve('lonely');
    await expect
      .poll(() => incidentsOf('lonely'), { timeout: SECONDS })
      .toMatchObject([{ status: 'failed' }]);
    expect(processesOf('lonely')).toHaveLength(1);
  },
  4 * SECONDS,
);

it(
  'a bot goes back to the last revision that was in good health, though the present one was too, and waits for a person where there is none',
  async () => {
    await healedBy({ action: 'roll_back' });
    const { test } = laboratory;
    await startBot(test, 'first', MOODY, { configuration: { failing: 1 } });
    await startBot(test, 'back', MOODY);
    await well('back');
    await patchBot(test, 'back', { configuration: { failing: 1 } });
    await untilScaled(test, 'back', (bot) => bot.revision === 2);
    const back = await untilScaled(
      test,
      'back',
      (bot, all) => bot.revision === 1 && all.length === 1 && all[0]?.ready === true && all[0].revision === 1,
    );
    expect(back.configuration).toEqual({ failing: 0 });
    expect(await doneWith('back', 'bot.rollback')).toBe(1);
    await expect
      .poll(() => incidentsOf('back'), { timeout: SECONDS })
      .toMatchObject([{ action: 'roll_back', status: 'succeeded' }]);
    await expect
      .poll(() => incidentsOf('first'), { timeout: SECONDS })
      .toMatchObject([{ status: 'proposed', note: expect.stringContaining('no revision before 1') }]);
    expect((await shownBot(test, 'first')).restarts).toBe(0);
  },
  4 * SECONDS,
);

it(
  'a bot goes back to a revision when a person approves it, and never when they do not or self-healing only looks',
  async () => {
    await healedBy({ action: 'roll_back' });
    const { test } = laboratory;
    const modes = { asked: 'propose', refused: 'propose', watched: 'observe' };
    for (const [id, healing] of Object.entries(modes)) await startBot(test, id, MOODY, { healing });
    for (const id of Object.keys(modes)) {
      await well(id);
      await patchBot(test, id, { configuration: { failing: 1 } });
    }
    for (const [id, status] of [
      ['asked', 'proposed'],
      ['refused', 'proposed'],
      ['watched', 'observed'],
    ] as const)
      await expect
        .poll(() => incidentsOf(id), { timeout: SECONDS })
        .toMatchObject([{ action: 'roll_back', status }]);
    await dismiss('refused');
    // Long enough for what should not be done.
    await sleep(3_000);
    const revisions = async (): Promise<unknown[]> =>
      Promise.all(Object.keys(modes).map(async (id) => (await untilScaled(test, id, () => true)).revision));
    expect(await revisions()).toEqual([2, 2, 2]);
    await approve('asked');
    await untilScaled(test, 'asked', (bot) => bot.revision === 1);
    await expect
      .poll(() => incidentsOf('asked'), { timeout: SECONDS })
      .toMatchObject([{ status: 'succeeded' }]);
    expect(await revisions()).toEqual([1, 2, 2]);
    expect(await Promise.all(Object.keys(modes).map((id) => doneWith(id, 'bot.rollback')))).toEqual([
      1, 0, 0,
    ]);
  },
  4 * SECONDS,
);

it(
  'a bot that backs off is ended, left alone for as long as the playbook says, and comes back',
  async () => {
    await healedBy({ action: 'back_off', pause_seconds: 12 });
    const { test } = laboratory;
    await startBot(test, 'tired', MOODY);
    await untilBot(test, 'tired', ({ status }) => status === 'running');
    const [before] = await instancesOf(test, 'tired');
    await fail('tired');
    await untilBot(test, 'tired', ({ status }) => status === 'backoff');
    const begun = performance.now();
    expect(processesOf('tired')).toEqual([]);
    expect(await incidentsOf('tired')).toMatchObject([{ action: 'back_off', status: 'acting' }]);
    const after = await untilBot(test, 'tired', ({ status }) => status === 'running');
    // Pauses of the reconciler are three seconds at most here.
    expect(performance.now() - begun).toBeGreaterThan(6_000);
    expect(after.restarts).toBe(1);
    expect((await instancesOf(test, 'tired'))[0]?.instance).not.toBe(before?.instance);
    await expect
      .poll(() => incidentsOf('tired'), { timeout: SECONDS })
      .toMatchObject([{ status: 'succeeded' }]);
  },
  3 * SECONDS,
);

it(
  'a bot backs off once when a person approves it, and never when they do not or self-healing only looks',
  async () => {
    await healedBy({ action: 'back_off', pause_seconds: 5 });
    const { test } = laboratory;
    await startBot(test, 'asked', MOODY, { healing: 'propose' });
    await startBot(test, 'refused', MOODY, { healing: 'propose' });
    await startBot(test, 'watched', MOODY, { healing: 'observe' });
    for (const id of ['asked', 'refused', 'watched']) {
      await untilBot(test, id, ({ status }) => status === 'running');
      await fail(id);
    }
    for (const id of ['asked', 'refused'])
      await expect
        .poll(() => incidentsOf(id), { timeout: SECONDS })
        .toMatchObject([{ action: 'back_off', status: 'proposed' }]);
    await dismiss('refused');
    await expect
      .poll(() => incidentsOf('watched'), { timeout: SECONDS })
      .toMatchObject([{ action: 'back_off', status: 'observed' }]);
    await sleep(3_000);
    expect(['asked', 'refused', 'watched'].map((id) => processesOf(id).length)).toEqual([1, 1, 1]);
    await approve('asked');
    await untilBot(test, 'asked', ({ status }) => status === 'backoff');
    expect(processesOf('asked')).toEqual([]);
    await expect
      .poll(() => incidentsOf('asked'), { timeout: SECONDS })
      .toMatchObject([{ status: 'succeeded' }]);
    expect(await incidentsOf('refused')).toMatchObject([{ status: 'dismissed', acted_at: null }]);
    expect(await incidentsOf('watched')).toMatchObject([{ status: 'observed', acted_at: null }]);
    const restarts = async (id: string): Promise<number> => (await shownBot(test, id)).restarts;
    expect(await Promise.all(['asked', 'refused', 'watched'].map(restarts))).toEqual([1, 0, 0]);
  },
  3 * SECONDS,
);
