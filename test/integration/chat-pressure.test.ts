import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BotLogsRepository } from '../../src/modules/bots/logs/bot-logs.repository.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { makeCaller, type TestCaller } from '../support/caller.js';
import { ChatClient, listen } from '../support/chat.js';

const MEGABYTE = 1_048_576;
/** By which a process may grow for a client that does not read; a thirtieth of what it asks for would be more without a bound. */
const GROWN_MAX = 150 * MEGABYTE;
/** Long lines, so that few answers are much. */
const LINE = 'x'.repeat(4_000);
const LINES = 1_500;
/** How often a client that does not read asks for all of them. */
const ASKED = 3;

let test: TestApplication;
let base: string;
let operator: TestCaller;
const clients: ChatClient[] = [];

beforeAll(async () => {
  test = await testApplication({}, 'api');
  base = await listen(test);
  operator = await makeCaller(test.app, 'operator');
  await test.call('POST', '/api/v1/bots', {
    id: 'talker',
    name: 'Talker',
    blueprint: 'bots/echo_bot.mjs',
    role: 'analyzer',
  });
  const lines = Array.from({ length: LINES }, (_, n) => ({
    bot_id: 'talker',
    ordinal: 0,
    stream: 'stdout' as const,
    message: `${n} ${LINE}`,
  }));
  await test.app.get(BotLogsRepository, { strict: false }).add(test.app.get(DataSource).manager, lines);
}, 60_000);
afterEach(() => {
  for (const { socket } of clients.splice(0)) socket.terminate();
});
afterAll(() => test?.close());

async function chat(query = ''): Promise<ChatClient> {
  const path = `/ws/command/${operator.userId}?token=${operator.token}&format=json${query}`;
  const client = await ChatClient.open(base, path);
  clients.push(client);
  return client;
}
/** Characters of a conversation that are kept: what was made ready for its clients. */
async function keptOf(conversation: string): Promise<number> {
  const [row] = await test.app
    .get(DataSource)
    .query<{ kept: number }[]>(
      'SELECT coalesce(sum(length(text)), 0)::int AS kept FROM conversation_messages WHERE conversation_id = $1',
      [conversation],
    );
  return row?.kept ?? 0;
}

describe('the logs of a bot', () => {
  it('are told: the newest lines, or all of them piece by piece', async () => {
    const client = await chat();
    const newest = await client.ask('show the logs of bot talker');
    expect(newest).toMatchObject({ details: { command: 'bots.logs', data: { count: 20 } } });
    expect(newest.text).toContain(`stdout ${LINES - 1} x`);
    const from = client.frames.length;
    const last = await client.ask('show all the logs of bot talker');
    expect(last).toMatchObject({ type: 'answer', details: { data: { count: LINES } } });
    const parts = client.frames.slice(from).filter(({ type }) => type === 'part');
    expect(parts).toHaveLength(LINES / 100);
    const texts = [...parts.map(({ text }) => text), last.text].join('\n');
    const told = [...texts.matchAll(/stdout (\d+) x/g)].map(([, n]) => Number(n));
    expect(told).toEqual(Array.from({ length: LINES }, (_, n) => n));
  }, 60_000);

  it('show letters and nothing that moves a cursor', async () => {
    await test.call('POST', '/api/v1/bots', {
      id: 'painter',
      name: 'Painter',
      blueprint: 'bots/echo_bot.mjs',
      role: 'analyzer',
    });
    await test.app
      .get(BotLogsRepository, { strict: false })
      .add(test.app.get(DataSource).manager, [
        { bot_id: 'painter', ordinal: 0, stream: 'stdout', message: '\u001b[2Jred\u202Eder' },
      ]);
    const { text = '' } = await (await chat()).ask('logs of bot painter');
    expect(text).toContain('red');
    expect(text).not.toContain('\u001B');
    expect(text).not.toContain('\u202E');
  });
});

describe('a client that does not read', () => {
  it('costs no more than a bound, however much it asks for, and comes back to all of it', async () => {
    const client = await chat();
    const { conversation_id: id = '' } = await client.heard(({ type }) => type === 'ready');
    await client.ask('help');
    client.socket.pause();
    const before = process.memoryUsage().rss;
    for (let n = 0; n < ASKED; n += 1) {
      client.say('show all the logs of bot talker');
      await sleep(200);
    }
    // Whoever does not take 6 MB of lines is waited for, and nothing more is made ready.
    let kept = -1;
    while (kept !== (kept = await keptOf(id))) await sleep(2_000);
    expect(kept).toBeLessThan(LINES * LINE.length * (ASKED - 1));
    expect(process.memoryUsage().rss - before).toBeLessThan(GROWN_MAX);
    client.socket.resume();
    const answers = (): number =>
      clients.flatMap(({ frames }) => frames).filter(({ type }) => type === 'answer').length;
    await expect.poll(() => answers() > ASKED || client.closed !== undefined, { timeout: 60_000 }).toBe(true);
    const last = client.frames.findLast(({ sequence, type }) => sequence !== undefined && type !== 'ready');
    // Who was hung up on meanwhile goes on with what came last.
    if (client.closed !== undefined) await chat(`&conversation=${id}&after=${last?.sequence}`);
    await expect.poll(answers, { timeout: 60_000 }).toBe(ASKED + 1);
    const places = clients
      .flatMap(({ frames }) => frames)
      .flatMap(({ sequence, type }) =>
        sequence === undefined || type === 'ready' ? [] : [Number(sequence)],
      );
    expect(places).toEqual(places.map((_, n) => n + 1));
  }, 180_000);

  it('is hung up on after half a minute, with a code', async () => {
    const client = await chat();
    await client.ask('help');
    client.socket.pause();
    for (let n = 0; n < 4; n += 1) {
      client.say('show all the logs of bot talker');
      await sleep(200);
    }
    await sleep(32_000);
    // What had come before is read first, and then why it is over.
    client.socket.resume();
    await expect
      .poll(() => client.closed, { timeout: 20_000 })
      .toSatisfy((code) => code === 4408 || code === 1006);
  }, 120_000);

  it('keeps no other client of its conversation waiting', async () => {
    const deaf = await chat();
    const { conversation_id: id = '' } = await deaf.heard(({ type }) => type === 'ready');
    const other = await chat(`&conversation=${id}`);
    await other.heard(({ type }) => type === 'ready');
    deaf.socket.pause();
    for (let n = 0; n < 3; n += 1)
      expect(await other.ask('show all the logs of bot talker')).toMatchObject({ type: 'answer' });
    deaf.socket.resume();
    await expect
      .poll(() => deaf.frames.filter(({ type }) => type === 'answer').length, { timeout: 60_000 })
      .toBe(3);
  }, 120_000);
});

describe('a slow reader', () => {
  it('is told everything in order, at its own pace', async () => {
    const client = await chat();
    await client.ask('help');
    client.say('show all the logs of bot talker');
    for (let n = 0; n < 20; n += 1) {
      client.socket.pause();
      await sleep(60);
      client.socket.resume();
      await sleep(20);
    }
    await client.heard(
      ({ type, details }) => type === 'answer' && details?.['command'] === 'bots.logs',
      60_000,
    );
    const places = client.frames.flatMap(({ sequence, type }) =>
      sequence === undefined || type === 'ready' ? [] : [Number(sequence)],
    );
    expect(places).toEqual(places.map((_, n) => n + 1));
  }, 90_000);
});

describe('a flood', () => {
  it.each([
    ['of sentences', 'list bots'],
    ['of nonsense', '{'],
    ['of signs of life', '{"action":"ping"}'],
  ])('%s ends the connection with a code', async (_, text) => {
    const client = await chat();
    for (let n = 0; n < 200; n += 1) client.say(text);
    await expect.poll(() => client.closed, { timeout: 20_000 }).toBe(4429);
  });

  it('of one long message ends it too, and leaves others alone', async () => {
    const [loud, other] = [await chat(), await chat()];
    loud.say('x'.repeat(20_000));
    await expect.poll(() => loud.closed, { timeout: 20_000 }).toBe(1009);
    expect(await other.ask('list bots')).toMatchObject({ type: 'answer' });
  });

  it('within the limits is answered, each in its turn', async () => {
    const client = await chat();
    const from = client.frames.length;
    for (let n = 0; n < 15; n += 1) client.say(`show bot talker-${n}`);
    const asked = (): string[] =>
      client.frames.slice(from).flatMap(({ type, text = '' }) => (type === 'question' ? [text] : []));
    await expect.poll(() => asked().length, { timeout: 30_000 }).toBe(15);
    expect(asked().map((text) => /talker-(\d+)/.exec(text)?.[1])).toEqual(
      Array.from({ length: 15 }, (_, n) => String(n)),
    );
  }, 60_000);
});
