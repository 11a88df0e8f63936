import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { botLaboratory, VICTIM, type BotLaboratory } from '../support/bot-laboratory.js';
import { processesOf, startBot, untilBot } from '../support/bots.js';

/** More of them: `npm run test:chaos` takes two hundred; the same seed does the same. */
const ROUNDS = Number(process.env['CHAOS_BOT_ROUNDS'] ?? 8);
const SEED = Number(process.env['CHAOS_BOT_SEED'] ?? 20_241_005);
const SECONDS = 90;

const BOTS = ['victim-one', 'victim-two'];

/** Numbers from 0 to 1 that a seed decides. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function signalAll(id: string, signal: NodeJS.Signals): void {
  for (const pid of processesOf(id)) process.kill(pid, signal);
}

describe('bots that are hurt', () => {
  let laboratory: BotLaboratory;
  const draw = numbers(SEED);
  const choose = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(draw.next().value * items.length)] as Item;

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
    hurt();
    signalAll(id, 'SIGKILL');
    await untilBot(laboratory.test, id, (bot) => bot.reason === reason, SECONDS);
    expect(processesOf(id)).toEqual([]);
    undo();
  };

  const FAULTS: Readonly<Record<string, (id: string) => void | Promise<void>>> = {
    kill: (id) => signalAll(id, 'SIGKILL'),
    freeze: (id) => signalAll(id, 'SIGSTOP'),
    leak: (id) => tell(id, 'leak'),
    'busy loop': (id) => tell(id, 'spin'),
    flood: (id) => tell(id, 'flood'),
    stuck: (id) => tell(id, 'stick'),
    'wrong hash': (id) => {
      const text = readFileSync(laboratory.program, 'utf8');
      return withoutProgram(
        id,
        'BlueprintChanged',
        () => appendFileSync(laboratory.program, '// not what was pinned\n'),
        () => writeFileSync(laboratory.program, text),
      );
    },
    'missing file': (id) =>
      withoutProgram(
        id,
        'BlueprintMissing',
        () => renameSync(laboratory.program, `${laboratory.program}.away`),
        () => renameSync(`${laboratory.program}.away`, laboratory.program),
      ),
  };

  beforeAll(async () => {
    laboratory = await botLaboratory();
    for (const id of BOTS) await startBot(laboratory.test, id, VICTIM);
    for (const id of BOTS) await untilBot(laboratory.test, id, ({ status }) => status === 'running', SECONDS);
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
    async (_, kind, id) => {
      const { test } = laboratory;
      const { restarts } = await untilBot(test, id, ({ status }) => status === 'running', SECONDS);
      const before = processesOf(id);
      expect(before).not.toEqual([]);
      await FAULTS[kind]?.(id);
      const after = await untilBot(
        test,
        id,
        (bot) => bot.status === 'running' && bot.restarts > restarts,
        SECONDS,
      );
      expect(after.desired_state).toBe('running');
      // Another process, and nothing of the one before.
      const now = processesOf(id);
      expect(now.filter((pid) => before.includes(pid))).toEqual([]);
      expect(now).toHaveLength(1);
    },
    3 * SECONDS * 1_000,
  );

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
