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
}

describe('bots that are hurt', () => {
  let laboratory: BotLaboratory;
  const draw = numbers(SEED);
  const found: { kind: string; ms: number }[] = [];
  let dripping: Promise<number>;
  const restartsOf = new Map<string, number>();
  let frozen: number[] = [];
  const choose = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(draw.next().value * items.length)] as Item;

  const incidentsOf = async (id: string): Promise<WatchedIncident[]> => {
    const path = `/api/v1/incidents?subject=bot&subject_id=${id}`;
    return (await laboratory.test.call<{ incidents: WatchedIncident[] }>('GET', path)).body.incidents;
  };
  /** Waits until something is told of a bot. @returns after how many milliseconds it was */
  const untilTold = async (
    id: string,
    symptoms: readonly string[],
    since: number,
    patienceMs: number,
  ): Promise<number> => {
    const told = async (): Promise<number | undefined> =>
      (await incidentsOf(id))
        .filter(({ symptom }) => symptoms.includes(symptom))
        .map(({ opened_at }) => Date.parse(opened_at) - since)
        .findLast((ms) => ms >= 0);
    let ms: number | undefined;
    const isTold = async (): Promise<boolean> => (ms = await told()) !== undefined;
    await expect.poll(isTold, { timeout: patienceMs, interval: 200 }).toBe(true);
    return ms as number;
  };
  const tell = async (id: string, name: string): Promise<void> => {
    const { status } = await laboratory.test.call('POST', `/api/v1/bots/${id}/commands`, { name });
    expect(status).toBe(202);
  };
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
      await untilTold(id, ['not_startable'], at, SECONDS * 1_000);
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
      const [ms] = await Promise.all([untilTold(id, symptoms, hurtAt, SECONDS * 1_000), hurt(id)]);
      found.push({ kind, ms });
      const after = await untilBot(
        test,
        id,
        (bot) => bot.status === 'running' && bot.restarts > restarts,
        SECONDS,
      );
      restartsOf.set(id, after.restarts);
      expect(after.desired_state).toBe('running');
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
      const { test } = laboratory;
      const ms = await untilTold(DRIPPING, ['memory_leak'], await dripping, 2 * TREND_MS);
      process.stdout.write(`| slow leak | 1 | ${ms} | ${ms} |\n`);
      expect(ms).toBeLessThan(TREND_MS);
      await untilBot(
        test,
        DRIPPING,
        ({ status, restarts }) => status === 'running' && restarts === 1,
        SECONDS,
      );
      // It was told of before its limit was.
      expect((await incidentsOf(DRIPPING)).map(({ symptom }) => symptom)).toEqual(['memory_leak']);
    },
    3 * TREND_MS,
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
    const faultIn = (kind: string): Fault =>
      FAULTS[kind === 'wrong hash' || kind === 'missing file' ? 'kill' : kind] as Fault;
    const before = new Map(watched.map(({ id }) => [id, processesOf(id)]));
    const text = readFileSync(laboratory.program, 'utf8');
    try {
      for (const { kind, id } of watched) {
        if (kind === 'wrong hash') appendFileSync(laboratory.program, '// not what was pinned\n');
        if (kind === 'missing file') rmSync(laboratory.program);
        // Nobody tries to start it, so nobody finds that it could not be started.
        await faultIn(kind).hurt(id);
      }
      for (const { kind, id } of watched) await untilTold(id, faultIn(kind).symptoms, 0, SECONDS * 1_000);
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
