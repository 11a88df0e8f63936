import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Blueprint } from '../../src/modules/bots/blueprints/blueprint-library.js';
import { BlueprintManifest } from '../../src/modules/bots/blueprints/manifest.js';
import {
  slotName,
  type Executor,
  type Running,
  type Sight,
} from '../../src/modules/bots/executor/executor.js';

/** Where an executor runs bots, as the suite needs it. */
export interface ExecutorPlace {
  /** An executor that knows nothing but the place: another process of the server. */
  executor(): Executor;
  /** Brings what was renewed to bots, where that takes a while. */
  sync(): void;
  /** What of bots is left. */
  left(): Promise<string[]>;
  close(): Promise<void>;
  /** How long a bot may take to begin or to end, in milliseconds. */
  patience: number;
}

/** Says what it was given, and ends as it is configured to. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
const { env } = process;
const { greeting, exit, stubborn } = JSON.parse(readFileSync(env.AZT3KNET_BOT_CONFIGURATION_FILE, 'utf8'));
const strangers = Object.keys(env).filter((name) => /DATABASE|VITEST|SECRET|KUBERNETES/.test(name));
console.log(\`\${greeting} from \${env.AZT3KNET_BOT_ID}, with \${strangers.length} strangers\`);
let shown;
process.on('SIGTERM', () => {
  if (stubborn) return;
  console.log('goodbye');
  process.exit(0);
});
if (exit !== undefined) setTimeout(() => process.exit(exit), 200);
setInterval(() => {
  const token = readFileSync(env.AZT3KNET_BOT_TOKEN_FILE, 'utf8');
  if (token !== shown) console.log(\`token \${token}\`);
  shown = token;
}, 100);
`;

const manifest = BlueprintManifest.parse({
  title: 'Conforming',
  description: 'For tests.',
  version: '1.0.0',
  runtime: 'node',
  entry: 'conforming.mjs',
  resources: { memory_mb: 128 },
  grace_seconds: 2,
});
const blueprint: Blueprint = {
  path: 'test/conforming.mjs',
  manifest,
  sha256: '0'.repeat(64),
  files: new Map([
    ['manifest', Buffer.from('')],
    ['conforming.mjs', Buffer.from(PROGRAM)],
  ]),
  shipped: false,
};

function says(text: string): (sight: Sight, lines: string[]) => boolean {
  return (_, lines) => lines.some((line) => line.includes(text));
}

/** What every executor does alike. @param open makes a place where bots run */
export function conformsAsExecutor(open: () => Promise<ExecutorPlace>): void {
  let place: ExecutorPlace;
  let executor: Executor;
  const running: Running[] = [];
  const printed = new Map<string, string[]>();

  beforeAll(async () => {
    place = await open();
    executor = place.executor();
  }, 60_000);
  afterEach(async () => {
    for (const each of running.splice(0)) await executor.kill(each);
  });
  afterAll(() => place.close());

  const start = async (botId: string, configuration: object = {}, ordinal: number = 0): Promise<Running> => {
    const launch = { botId, ordinal, instance: randomUUID(), blueprint, token: 'first' };
    const started = await executor.start({
      ...launch,
      configuration: { greeting: 'hello', ...configuration },
    });
    running.push(started.running);
    return started.running;
  };
  const until = async (what: Running, fits: (sight: Sight, lines: string[]) => boolean): Promise<Sight> => {
    const end = performance.now() + place.patience;
    for (;;) {
      const sight = (await executor.look())(what);
      const name = slotName(what);
      const lines = printed.get(name) ?? [];
      lines.push(...executor.printed(what).lines.map(({ message }) => message));
      printed.set(name, lines);
      if (fits(sight, lines)) return sight;
      if (performance.now() > end)
        throw new Error(`${what.botId} did not come there: ${JSON.stringify({ sight, lines })}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  it('starts a bot with its configuration, its token and nothing of the server, and reads what it prints', async () => {
    const bot = await start('conforms-one');
    const sight = await until(bot, says('hello from conforms-one, with 0 strangers'));
    expect(sight.alive).toBe(true);
    await until(bot, says('token first'));
    const once = (printed.get('conforms-one') ?? []).filter((line) => line.startsWith('hello'));
    expect(once).toHaveLength(1);
  });

  it('tells how a bot ended', async () => {
    const bot = await start('conforms-exit', { exit: 3 });
    const { exit } = await until(bot, ({ alive }) => !alive);
    expect(exit).toEqual({ code: 3, signal: null });
  });

  it('asks a bot to end, which it does by itself', async () => {
    const bot = await start('conforms-asked');
    await until(bot, says('token first'));
    await executor.ask(bot);
    const { exit } = await until(bot, ({ alive }) => !alive);
    expect(exit).toEqual({ code: 0, signal: null });
    // To ask again what has ended is no error.
    await executor.ask(bot);
  });

  it('ends one that does not', async () => {
    const bot = await start('conforms-stubborn', { stubborn: true });
    await until(bot, says('token first'));
    await executor.kill(bot);
    await until(bot, ({ alive }) => !alive);
    expect(await executor.kill(bot)).toBe(0);
  });

  it('gives a bot another token while it runs', async () => {
    const bot = await start('conforms-token');
    await until(bot, says('token first'));
    await executor.renewToken(bot, 'second');
    place.sync();
    const { alive } = await until(bot, says('token second'));
    expect(alive).toBe(true);
  });

  it('finds what runs when another server looks, and goes on with it', async () => {
    const bot = await start('conforms-adopted');
    await until(bot, says('token first'));
    const before = executor;
    executor = place.executor();
    expect(executor.host).toBe(before.host);
    expect(await executor.find(bot, bot.instance)).toEqual(bot);
    expect(await executor.find(bot, randomUUID())).toBeUndefined();
    expect((await executor.look())(bot).alive).toBe(true);
    // As it comes back from the database.
    const kept = JSON.parse(JSON.stringify(bot)) as Running;
    await executor.ask(kept);
    await until(kept, ({ alive }) => !alive);
  });

  it('ends what nobody knows, and nothing else', async () => {
    const [known, stranger] = [await start('conforms-known'), await start('conforms-stranger')];
    await until(known, says('token first'));
    await until(stranger, says('token first'));
    expect(await executor.sweep([known])).toBeGreaterThan(0);
    await until(stranger, ({ alive }) => !alive);
    expect((await executor.look())(known).alive).toBe(true);
  });

  it('runs instances of one bot side by side, each with its own log, token and end', async () => {
    const one = await start('conforms-many', { greeting: 'first' });
    const other = await start('conforms-many', { greeting: 'second' }, 1);
    await until(one, says('first from conforms-many'));
    await until(other, says('second from conforms-many'));
    await executor.renewToken(other, 'only-yours');
    place.sync();
    await until(other, says('token only-yours'));
    await executor.ask(other);
    await until(other, ({ alive }) => !alive);
    await executor.kill(other);
    await executor.forget({ botId: 'conforms-many', ordinal: 1 });
    expect((await executor.look())(one).alive).toBe(true);
    expect((await executor.remembered()).map(slotName)).toContain('conforms-many');
    const lines = printed.get('conforms-many') ?? [];
    expect(lines.filter((line) => /second|only-yours/.test(line))).toEqual([]);
  });

  it('leaves nothing of a bot that is forgotten', async () => {
    const bot = await start('conforms-forgotten');
    await until(bot, says('token first'));
    expect((await executor.remembered()).map(slotName)).toContain('conforms-forgotten');
    await executor.kill(bot);
    for (const slot of await executor.remembered()) await executor.forget(slot);
    await expect.poll(() => place.left(), { timeout: place.patience }).toEqual([]);
    expect(await executor.remembered()).toEqual([]);
  });
}
