import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { ancestryOf, evidenceOf } from '../support/bot-evidence.js';
import { botLaboratory, VICTIM, type BotLaboratory } from '../support/bot-laboratory.js';
import { processesOf, startBot, untilBot, type ShownBot } from '../support/bots.js';

/** More of them: `npm run test:chaos` takes two hundred; the same seed does the same. */
const ROUNDS = Number(process.env['CHAOS_BOT_ROUNDS'] ?? 9);
const SEED = Number(process.env['CHAOS_BOT_SEED'] ?? 20_241_005);
const SECONDS = 90;
/** Within which whatever is done to a bot is found out for what it is, 99 times of 100: from the moment at which it is done, or told. */
const DETECTION_MS = 10_000;
/** A slow leak is a trend, which takes time to be one; it begins in a bot that was steady for so long. */
const TREND_MS = 120_000;
const STEADY_MS = 60_000;
/** As many processes as the blueprint's limit is, which counts threads as well. */
const PROCESSES = 64;

// Other runs on this machine have bots of their own.
const BOTS = [`victim-one-${process.pid}`, `victim-two-${process.pid}`];
const BYSTANDER = `bystander-${process.pid}`;
const DRIPPING = `dripping-${process.pid}`;
const MOODY = 'chaos/moody.mjs';
/** Bots whose requests fail a little, until more of some of them do: fewer than are too many of any bot, so that its own past alone speaks against it. */
const MOODS = { usual: 'act', jumpy: 'act', looked: 'observe', young: 'act' };
const JUMP = 0.4;
/** Within which nothing is usual of a process yet, and after which it is. */
const UNKNOWN_MS = 60_000;
const KNOWN_MS = 190_000;
/** For as long the shipped playbook waits, and looks at the end. */
const ANOMALY_MS = 90_000;
/** How long a bot that is only watched is left alone: several times as long as its restart would take. */
const WATCHED_MS = 12_000;

/** Numbers from 0 to 1 that a seed decides. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** The value that such a part of all do not pass. */
function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function signalAll(id: string, signal: NodeJS.Signals): void {
  for (const pid of processesOf(id)) process.kill(pid, signal);
}

function moodOf(name: string): string {
  return `${name}-${process.pid}`;
}

/** What is done to a bot. */
interface Fault {
  hurt: (id: string) => void | Promise<void>;
  /** By which of these it is found out: one that grows or floods may be ended by its limits before that is told. */
  symptoms: readonly string[];
}

/** What is looked at of an incident. */
interface WatchedIncident {
  symptom: string;
  mode: string;
  status: string;
  opened_at: string;
  acted_at: string | null;
  closed_at: string | null;
  evidence: Readonly<Record<string, number | string>>;
}

describe('bots that are hurt', () => {
  let laboratory: BotLaboratory;
  const draw = numbers(SEED);
  const found: { kind: string; ms: number }[] = [];
  let dripping: Promise<number>;
  let moody: Promise<void>;
  const restartsOf = new Map<string, number>();
  let frozen: number[] = [];
  const choose = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(draw.next().value * items.length)] as Item;

  const incidentsOf = async (id: string): Promise<WatchedIncident[]> => {
    const path = `/api/v1/incidents?subject=bot&subject_id=${id}`;
    return (await laboratory.test.call<{ incidents: WatchedIncident[] }>('GET', path)).body.incidents;
  };
  /** What has been told of a bot since a moment: that it began, or that it went on. */
  const toldSince = async (
    id: string,
    symptoms: readonly string[],
    since: number,
  ): Promise<WatchedIncident[]> =>
    (await incidentsOf(id)).filter(
      ({ symptom, closed_at }) =>
        symptoms.includes(symptom) && (closed_at === null || Date.parse(closed_at) >= since),
    );
  const tell = async (id: string, name: string, given: object = {}): Promise<void> => {
    const body = { name, arguments: given };
    const { status } = await laboratory.test.call('POST', `/api/v1/bots/${id}/commands`, body);
    expect(status).toBe(202);
  };
  /** What was told of the errors of a bot: how late it is, and what it computes, is the machine's affair as well. */
  const anomaliesOf = async (name: string): Promise<WatchedIncident[]> =>
    (await incidentsOf(moodOf(name))).filter(
      ({ symptom, evidence }) => symptom === 'anomalous' && evidence['measure'] === 'error_rate',
    );
  /** Hurts a bot so that it cannot be started, waits until that is seen, and undoes it. */
  const withoutProgram = async (
    id: string,
    reason: string,
    hurt: () => void,
    undo: () => void,
  ): Promise<void> => {
    const at = Date.now();
    hurt();
    try {
      signalAll(id, 'SIGKILL');
      await untilBot(laboratory.test, id, (bot) => bot.reason === reason, SECONDS);
      await expect
        .poll(() => toldSince(id, ['not_startable'], at), { timeout: SECONDS * 1_000 })
        .not.toEqual([]);
      expect(processesOf(id)).toEqual([]);
    } finally {
      undo();
    }
  };
  /** Waits until a bot has been well for so long that its failures are forgotten: hurt before that, it is quarantined in the end. */
  const wellForLong = async (id: string): Promise<ShownBot> => {
    const failures = async (): Promise<number | undefined> =>
      (
        await laboratory.test.call<{ instances: { failures: number }[] }>(
          'GET',
          `/api/v1/bots/${id}/instances`,
        )
      ).body.instances[0]?.failures;
    await untilBot(laboratory.test, id, ({ status }) => status === 'running', SECONDS);
    await expect.poll(failures, { timeout: SECONDS * 1_000, interval: 200 }).toBe(0);
    return untilBot(laboratory.test, id, ({ status }) => status === 'running', SECONDS);
  };

  const FAULTS: Readonly<Record<string, Fault>> = {
    kill: { hurt: (id) => signalAll(id, 'SIGKILL'), symptoms: ['exited'] },
    freeze: { hurt: (id) => signalAll(id, 'SIGSTOP'), symptoms: ['heartbeat_missed'] },
    leak: { hurt: (id) => tell(id, 'leak'), symptoms: ['memory_high', 'exited'] },
    'busy loop': { hurt: (id) => tell(id, 'spin'), symptoms: ['heartbeat_missed'] },
    flood: { hurt: (id) => tell(id, 'flood'), symptoms: ['log_flood', 'exited'] },
    // It beats and says that it works, and nothing comes of it.
    'lying heartbeat': { hurt: (id) => tell(id, 'stick'), symptoms: ['stuck'] },
    'fork bomb': {
      hurt: async (id) => {
        await tell(id, 'bomb');
        await expect
          .poll(() => processesOf(id).length, { timeout: 30_000, interval: 50 })
          .toBeGreaterThan(10);
        expect(processesOf(id).length).toBeLessThanOrEqual(PROCESSES);
      },
      symptoms: ['exited'],
    },
    'wrong hash': {
      hurt: (id) => {
        const text = readFileSync(laboratory.program, 'utf8');
        return withoutProgram(
          id,
          'BlueprintChanged',
          () => appendFileSync(laboratory.program, '// not what was pinned\n'),
          () => writeFileSync(laboratory.program, text),
        );
      },
      symptoms: ['not_startable'],
    },
    'missing file': {
      hurt: (id) =>
        withoutProgram(
          id,
          'BlueprintMissing',
          () => renameSync(laboratory.program, `${laboratory.program}.away`),
          () => renameSync(`${laboratory.program}.away`, laboratory.program),
        ),
      symptoms: ['not_startable'],
    },
  };

  /** Where nobody tries to start it, nobody finds that it could not be started. */
  const watchedFault = (kind: string): Fault =>
    FAULTS[kind === 'wrong hash' || kind === 'missing file' ? 'kill' : kind] as Fault;

  beforeAll(async () => {
    // Hundreds of rounds take longer than a token lasts otherwise.
    laboratory = await botLaboratory({ API_ACCESS_TOKEN_EXPIRE_MINUTES: '1440' });
    for (const id of BOTS) await startBot(laboratory.test, id, VICTIM);
    await startBot(laboratory.test, BYSTANDER, VICTIM, { healing: 'observe' });
    await startBot(laboratory.test, DRIPPING, VICTIM);
    for (const id of [...BOTS, BYSTANDER, DRIPPING])
      await untilBot(laboratory.test, id, ({ status }) => status === 'running', SECONDS);
    frozen = processesOf(BYSTANDER);
    signalAll(BYSTANDER, 'SIGSTOP');
    dripping = sleep(STEADY_MS).then(async () => {
      const at = Date.now();
      await tell(DRIPPING, 'drip');
      return at;
    });
    for (const [name, healing] of Object.entries(MOODS))
      await startBot(laboratory.test, moodOf(name), MOODY, { healing, configuration: { failing: 0.05 } });
    for (const name of Object.keys(MOODS))
      await untilBot(laboratory.test, moodOf(name), ({ status }) => status === 'running', SECONDS);
    moody = sleep(UNKNOWN_MS)
      .then(() => tell(moodOf('young'), 'fail', { part: JUMP }))
      .then(() => sleep(KNOWN_MS - UNKNOWN_MS));
  });
  afterAll(() => laboratory.close());

  const kinds = Object.keys(FAULTS);
  const rounds = Array.from(
    { length: ROUNDS },
    (_, index) =>
      [index + 1, index < kinds.length ? (kinds[index] as string) : choose(kinds), choose(BOTS)] as const,
  );

  it.each(rounds)(
    'come back: round %i, %s of %s',
    async (round, kind, id) => {
      const { test } = laboratory;
      onTestFailed(async () => {
        process.stdout.write(`round ${round}, ${kind}: ${await evidenceOf(test, id)}\n`);
      });
      const { restarts } = await wellForLong(id);
      // What came back stays, until it is hurt again.
      const known = restartsOf.get(id) ?? 0;
      restartsOf.set(id, restarts);
      expect(restarts).toBe(known);
      const before = processesOf(id);
      expect(before).not.toEqual([]);
      const { hurt, symptoms } = FAULTS[kind] as Fault;
      const hurtAt = Date.now();
      const isTold = async (): Promise<boolean> => {
        const isNew = ({ opened_at }: WatchedIncident): boolean => Date.parse(opened_at) >= hurtAt;
        if ((await toldSince(id, symptoms, hurtAt)).some(isNew)) return true;
        const bot = await untilBot(test, id, () => true);
        return bot.status !== 'running' || bot.restarts > restarts;
      };
      const timed = async (): Promise<void> => {
        await expect.poll(isTold, { timeout: SECONDS * 1_000, interval: 200 }).toBe(true);
        found.push({ kind, ms: Date.now() - hurtAt });
      };
      await Promise.all([hurt(id), timed()]);
      const after = await untilBot(
        test,
        id,
        (bot) => bot.status === 'running' && bot.restarts > restarts,
        SECONDS,
      );
      restartsOf.set(id, after.restarts);
      expect(after.desired_state).toBe('running');
      // It was found out for what it is.
      expect(await toldSince(id, symptoms, hurtAt)).not.toEqual([]);
      // Another process, and nothing of the one before.
      const now = processesOf(id);
      const isAlone = now.length === 1 && !now.some((pid) => before.includes(pid));
      expect(isAlone ? 'one, and new' : ancestryOf(now)).toBe('one, and new');
    },
    3 * SECONDS * 1_000,
  );

  it('are found out in time', () => {
    const figures = kinds
      .map((kind) => ({ kind, times: found.filter((each) => each.kind === kind).map(({ ms }) => ms) }))
      .filter(({ times }) => times.length > 0)
      .map(({ kind, times }) => ({
        kind,
        rounds: times.length,
        p50: Math.round(quantile(times, 0.5)),
        p99: Math.round(quantile(times, 0.99)),
      }));
    process.stdout.write('| done to a bot | rounds | told after, p50 (ms) | p99 (ms) |\n');
    for (const { kind, rounds: count, p50, p99 } of figures)
      process.stdout.write(`| ${kind} | ${count} | ${p50} | ${p99} |\n`);
    expect(found).toHaveLength(ROUNDS);
    expect(figures.filter(({ p99 }) => p99 >= DETECTION_MS)).toEqual([]);
  });

  it(
    'are found out by the trend where their memory grows slowly',
    async () => {
      const at = await dripping;
      const trends = (): Promise<WatchedIncident[]> => toldSince(DRIPPING, ['memory_leak'], at);
      await expect.poll(trends, { timeout: 2 * TREND_MS }).not.toEqual([]);
      const [{ opened_at } = { opened_at: '' }] = await trends();
      const ms = Date.parse(opened_at) - at;
      process.stdout.write(`| slow leak | 1 | ${ms} | ${ms} |\n`);
      expect(ms).toBeLessThan(TREND_MS);
      await untilBot(
        laboratory.test,
        DRIPPING,
        ({ status, restarts }) => status === 'running' && restarts === 1,
        SECONDS,
      );
      // It was told of before its limit was reached. That it could not be started was what was done to its program for another.
      const symptoms = (await incidentsOf(DRIPPING)).map(({ symptom }) => symptom);
      expect(symptoms.filter((symptom) => symptom !== 'not_startable')).toEqual(['memory_leak']);
    },
    3 * TREND_MS,
  );

  it(
    'are found out where they are unlike their own past, and not where too little is known of it',
    async () => {
      await moody;
      for (const name of Object.keys(MOODS)) expect(await anomaliesOf(name)).toEqual([]);
      for (const name of ['jumpy', 'looked']) await tell(moodOf(name), 'fail', { part: JUMP });
      await expect
        .poll(() => anomaliesOf('jumpy'), { timeout: ANOMALY_MS })
        .toMatchObject([{ status: 'acting' }]);
      const evidence = (await anomaliesOf('jumpy'))[0]?.evidence;
      expect(evidence?.['usual']).toBeCloseTo(0.05, 2);
      expect(evidence?.['value']).toBeGreaterThan(0.1);
      expect(evidence?.['value']).toBeLessThanOrEqual(JUMP);
      await expect
        .poll(() => anomaliesOf('looked'), { timeout: ANOMALY_MS })
        .toMatchObject([{ status: 'observed', acted_at: null }]);
      // It is told, and no more: the process is the one that it was.
      const { restarts } = await untilBot(laboratory.test, moodOf('jumpy'), () => true);
      expect(restarts).toBe(0);
      for (const name of ['usual', 'young']) expect(await anomaliesOf(name)).toEqual([]);
      // Of another process nothing is usual yet.
      await laboratory.test.call('POST', `/api/v1/bots/${moodOf('jumpy')}/restart`);
      await expect
        .poll(() => anomaliesOf('jumpy'), { timeout: ANOMALY_MS })
        .toMatchObject([{ status: 'succeeded' }]);
    },
    KNOWN_MS + 4 * ANOMALY_MS,
  );

  it('are left alone where self-healing only looks', async () => {
    expect(processesOf(BYSTANDER)).toEqual(frozen);
    const { restarts, status } = await untilBot(laboratory.test, BYSTANDER, () => true);
    expect({ restarts, status }).toEqual({ restarts: 0, status: 'unhealthy' });
  });

  it('are all left alone by whatever they are hurt where self-healing only looks', async () => {
    const { test } = laboratory;
    const watched = kinds.map((kind, place) => ({ kind, id: `watched-${place}-${process.pid}` }));
    for (const { id } of watched) await startBot(test, id, VICTIM, { healing: 'observe' });
    for (const { id } of watched) await untilBot(test, id, ({ status }) => status === 'running', SECONDS);
    const before = new Map(watched.map(({ id }) => [id, processesOf(id)]));
    const text = readFileSync(laboratory.program, 'utf8');
    try {
      for (const { kind, id } of watched) {
        if (kind === 'wrong hash') appendFileSync(laboratory.program, '// not what was pinned\n');
        if (kind === 'missing file') rmSync(laboratory.program);
        await watchedFault(kind).hurt(id);
      }
      for (const { kind, id } of watched)
        await expect
          .poll(() => toldSince(id, watchedFault(kind).symptoms, 0), {
            timeout: SECONDS * 1_000,
            interval: 500,
          })
          .not.toEqual([]);
      await sleep(WATCHED_MS);
    } finally {
      writeFileSync(laboratory.program, text);
    }
    for (const { kind, id } of watched) {
      const { restarts, desired_state } = await untilBot(test, id, () => true);
      expect({ kind, restarts, desired_state }).toEqual({ kind, restarts: 0, desired_state: 'running' });
      const incidents = await incidentsOf(id);
      expect(incidents.filter(({ mode }) => mode !== 'observe')).toEqual([]);
      expect(incidents.filter(({ status }) => !['observed', 'passed'].includes(status))).toEqual([]);
      expect(incidents.filter(({ acted_at }) => acted_at !== null)).toEqual([]);
    }
    // What runs is what ran, but for what a fork bomb began itself.
    for (const { id } of watched.filter(({ kind }) => kind !== 'fork bomb'))
      expect(before.get(id)).toEqual(expect.arrayContaining(processesOf(id)));
    for (const { id } of watched) await test.call('POST', `/api/v1/bots/${id}/stop`);
    for (const { id } of watched) {
      await untilBot(test, id, ({ status }) => status === 'stopped', SECONDS);
      expect(processesOf(id)).toEqual([]);
    }
  });

  it('leave no process behind that went its own way', async () => {
    const { test } = laboratory;
    const [id = ''] = BOTS;
    await untilBot(test, id, ({ status }) => status === 'running', SECONDS);
    await tell(id, 'stray');
    await tell(id, 'ignore');
    await expect.poll(() => processesOf(id).length, { timeout: 30_000 }).toBe(2);
    await test.call('POST', `/api/v1/bots/${id}/stop`);
    await untilBot(test, id, ({ status }) => status === 'stopped', SECONDS);
    expect(processesOf(id)).toEqual([]);
  });

  it('are all told of as incidents, with what came of them', async () => {
    const { body } = await laboratory.test.call<{ incidents: { status: string; symptom: string }[] }>(
      'GET',
      '/api/v1/incidents?limit=1000',
    );
    const symptoms = new Set(body.incidents.map(({ symptom }) => symptom));
    expect(symptoms).toContain('exited');
    expect(symptoms).toContain('heartbeat_missed');
    expect(symptoms).toContain('not_startable');
    expect(body.incidents.some(({ status }) => status === 'succeeded')).toBe(true);
  });
});
