import { once } from 'node:events';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { createParser } from 'eventsource-parser';
import { DataSource, type EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { z } from 'zod';
import { compose } from '../../src/composition.js';
import { EventLog, PositionGoneError } from '../../src/core/events/event-log.js';
import { declareEvent, EventsService, EventTail, type PublishedEvent } from '../../src/core/events/index.js';
import { testApplication, type TestApplication } from '../support/application.js';

const tested = declareEvent({
  type: 'test.happened',
  topic: 'tests.{group}',
  permission: 'jobs:read',
  summary: 'Only here.',
  payload: z.strictObject({ group: z.string(), n: z.int(), filler: z.string().optional() }),
});

let test: TestApplication;
let dataSource: DataSource;
let events: EventsService;
let base: string;

beforeAll(async () => {
  test = await testApplication({}, 'api');
  await test.app.listen(0, '127.0.0.1');
  base = `127.0.0.1:${(test.app.getHttpServer().address() as AddressInfo).port}`;
  dataSource = test.app.get(DataSource);
  events = test.app.get(EventsService);
});
afterAll(() => test.close());

const emit = (group: string, from: number, count: number, filler?: string) =>
  dataSource.transaction((manager) =>
    events.emit(
      manager,
      ...Array.from({ length: count }, (_, index) =>
        tested({ group, n: from + index, ...(filler !== undefined && { filler }) }),
      ),
    ),
  );

const withToken = () => ({ headers: { authorization: test.authorization } });
const token = () => test.authorization.replace('Bearer ', '');

/** Reads server-sent events until `enough`, and hangs up. */
async function sse(
  query: string,
  enough: (events: PublishedEvent[]) => boolean,
  headers: Record<string, string> = {},
): Promise<{ events: PublishedEvent[]; ids: string[]; ended: string | undefined }> {
  const abort = new AbortController();
  const response = await fetch(`http://${base}/api/v1/events?${query}`, {
    headers: { authorization: test.authorization, ...headers },
    signal: abort.signal,
  });
  expect(response.status).toBe(200);
  const read: PublishedEvent[] = [];
  const ids: string[] = [];
  let ended: string | undefined;
  const parser = createParser({
    onEvent: ({ id, event, data }) => {
      if (event === 'end') ended = data;
      else {
        read.push(JSON.parse(data) as PublishedEvent);
        ids.push(id ?? '');
      }
    },
  });
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      parser.feed(decoder.decode(chunk, { stream: true }));
      if (enough(read)) break;
    }
  } finally {
    abort.abort();
  }
  return { events: read, ids, ended };
}

const numbers = (read: PublishedEvent[]) => read.map(({ payload }) => (payload as { n: number }).n);
const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

const slow = (n: number) =>
  dataSource.transaction(async (manager: EntityManager) => {
    await events.emit(manager, tested({ group: 'slow', n }));
    await wait((n * 37) % 90);
  });

describe('positions', () => {
  it('lose nothing of transactions that commit in another order than they began', async () => {
    const seen: PublishedEvent[] = [];
    const { stop } = await test.app.get(EventTail).listen((event) => {
      if (event.topic === 'tests.slow') seen.push(event);
    });
    for (let round = 0; round < 6; round += 1) {
      await Promise.all(range(round * 8, 8).map((n) => slow(n)));
    }
    await expect.poll(() => seen.length).toBe(48);
    stop();
    expect(numbers(seen).toSorted((a, b) => a - b)).toEqual(range(0, 48));
    const positions = seen.map(({ position }) => BigInt(position));
    expect(positions).toEqual(positions.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(numbers(seen)).not.toEqual(range(0, 48));
  });

  it('are given by one of several processes at a time', async () => {
    const other = await NestFactory.createApplicationContext(compose('services', test.runtime), {
      logger: false,
    });
    try {
      const theirs = other.get(EventsService);
      const seen: PublishedEvent[] = [];
      const { stop } = await test.app.get(EventTail).listen((event) => {
        if (event.topic === 'tests.two') seen.push(event);
      });
      await Promise.all(
        range(0, 200).map((n) =>
          dataSource.transaction((manager) =>
            (n % 2 === 0 ? events : theirs).emit(manager, tested({ group: 'two', n })),
          ),
        ),
      );
      await theirs.publish();
      await expect.poll(() => seen.length).toBe(200);
      stop();
      expect(new Set(seen.map(({ position }) => position)).size).toBe(200);
      const [row] = await dataSource.query<{ head: string; highest: string; n: string }[]>(
        `SELECT head, (SELECT max(position) FROM event_batches) AS highest, (SELECT count(*) FROM outbox JOIN event_batches
           ON event_batches.id = batch WHERE position IS NOT NULL) AS n FROM event_log`,
      );
      expect([row?.highest, row?.n]).toEqual([row?.head, row?.head]);
    } finally {
      await other.close();
    }
  });

  it('are given by the next process to what a dead one had committed', async () => {
    await dataSource.query(
      `WITH batch AS (INSERT INTO event_batches (events) VALUES (1) RETURNING id)
       INSERT INTO outbox SELECT id, 1, 'tests.dead', 'test.happened', '{"group":"dead","n":1}' FROM batch`,
    );
    const { events: read } = await sse('topics=tests.dead&after=0', (all) => all.length === 1);
    expect(numbers(read)).toEqual([1]);
  });
});

describe('GET /api/v1/events', () => {
  it('tells what was missed and then what happens, each once and in order', async () => {
    await emit('mix', 0, 1_200);
    let sent = 1_200;
    let writing = Promise.resolve();
    const { events: read, ids } = await sse('topics=tests.mix&after=0', (all) => {
      // While it still reads the past, more happens.
      if (sent < 3_000 && all.length > sent / 3) {
        const from = sent;
        writing = writing.then(() => emit('mix', from, 600));
        sent += 600;
      }
      return all.length >= 3_000;
    });
    expect(numbers(read)).toEqual(range(0, 3_000));
    expect(ids).toEqual(read.map(({ position }) => position));
    expect(read[0]).toMatchObject({ synthetic: true, topic: 'tests.mix', type: 'test.happened' });
  });

  it('tells a position that no event has yet from one that has', async () => {
    const answer = await test.call('GET', '/api/v1/events?topics=tests.torn&after=999999999999999999');
    expect(answer).toMatchObject({ status: 410, body: { code: 'position_ahead' } });
  });

  it('gives back the place of who hangs up before it has begun', async () => {
    for (let n = 0; n < 60; n += 1) {
      const asked = get(`http://${base}/api/v1/events?topics=tests.gone&after=0`, {
        headers: { authorization: test.authorization },
      });
      asked.on('error', () => undefined);
      await wait(n % 9);
      asked.destroy();
    }
    await emit('gone', 0, 1);
    const { events: read } = await sse('topics=tests.gone&after=0', (all) => all.length >= 1);
    expect(numbers(read)).toEqual([0]);
  });

  it('delivers 20,000 events exactly once in order through random disconnects', async () => {
    const all: PublishedEvent[] = [];
    const writing = (async () => {
      for (let n = 0; n < 20_000; n += 500) await emit('torn', n, 500);
    })();
    for (let round = 0; all.length < 20_000; round += 1) {
      const part = 1 + ((round * 7_919) % 1_700);
      const last = all.at(-1)?.position;
      const { events: read } = await sse(
        'topics=tests.torn&after=0',
        (got) => got.length >= part || all.length + got.length >= 20_000,
        last === undefined ? {} : { 'last-event-id': last },
      );
      all.push(...read);
    }
    await writing;
    expect(numbers(all)).toEqual(range(0, 20_000));
  });

  it('begins with now, filters by topic and root', async () => {
    await emit('before', 0, 3);
    const reading = sse('topics=tests.here,jobs.*', (all) => all.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await emit('elsewhere', 0, 3);
    await emit('here', 7, 2);
    expect(numbers((await reading).events)).toEqual([7, 8]);
    const [{ events: whole }] = await Promise.all([
      sse('topics=tests.*', (all) => all.length === 1),
      new Promise((resolve) => setTimeout(resolve, 100)).then(() => emit('any', 1, 1)),
    ]);
    expect(whole[0]?.topic).toBe('tests.any');
  });

  it.each([
    ['', 422, 'input_invalid'],
    ['topics=', 422, 'input_invalid'],
    ['topics=nothing.*', 422, 'input_invalid'],
    ['topics=jobs', 422, 'input_invalid'],
    ['topics=jobs.*&after=-1', 422, 'input_invalid'],
    ['topics=jobs.*&after=x', 422, 'input_invalid'],
    ['topics=jobs.%25', 422, 'input_invalid'],
  ])('refuses %j', async (query, status, code) => {
    const answer = await test.call('GET', `/api/v1/events?${query}`);
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([status, code]);
  });

  it('says that a position is no longer kept', async () => {
    await dataSource.query('UPDATE event_log SET swept_through = 5');
    const answer = await test.call('GET', '/api/v1/events?topics=jobs.*&after=4');
    await dataSource.query('UPDATE event_log SET swept_through = 0');
    expect(answer).toMatchObject({ status: 410, body: { code: 'position_gone' } });
  });

  it('needs a token', async () => {
    expect(
      (await test.call('GET', '/api/v1/events?topics=jobs.*', undefined, { authorization: '' })).status,
    ).toBe(401);
  });
});

describe('/ws/events', () => {
  interface Message {
    type: string;
    event?: PublishedEvent;
    problem?: { code: string; status: number };
  }
  const connect = (path = '', options: ClientOptions = {}) => {
    const socket = new WebSocket(`ws://${base}/ws/events${path}`, options);
    const messages: Message[] = [];
    socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString()) as Message));
    const closed = once(socket, 'close').then(([code]) => code as number);
    return { socket, messages, closed };
  };

  const admitted = async (): Promise<string | undefined> => {
    const { socket, messages } = connect('', withToken());
    await Promise.race([once(socket, 'message'), once(socket, 'close')]);
    socket.close();
    return messages[0]?.type;
  };

  it('takes the token as a header, a parameter or a first message', async () => {
    const first = connect();
    await once(first.socket, 'open');
    first.socket.send(JSON.stringify({ action: 'authenticate', token: token() }));
    for (const { socket, messages } of [connect('', withToken()), connect(`?token=${token()}`), first]) {
      await expect.poll(() => messages[0]?.type).toBe('authenticated');
      socket.close();
    }
  });

  it.each([
    ['http://elsewhere.example', 4403],
    ['null', 4403],
  ])('is closed to pages of %s', async (origin, code) => {
    expect(await connect('', { ...withToken(), origin }).closed).toBe(code);
  });

  it('is open to pages of this server', async () => {
    const { socket, messages } = connect('', { ...withToken(), origin: `http://${base}` });
    await expect.poll(() => messages[0]?.type).toBe('authenticated');
    socket.close();
  });

  it('replays from a position and goes on live', async () => {
    await emit('ws', 0, 700);
    const { socket, messages } = connect('', withToken());
    await once(socket, 'open');
    socket.send(JSON.stringify({ action: 'subscribe', topics: ['tests.ws'], after: '0' }));
    await expect.poll(() => messages.length).toBe(702);
    await emit('ws', 700, 50);
    await expect.poll(() => messages.length).toBe(752);
    const told = messages.flatMap(({ event }) => (event === undefined ? [] : [event]));
    expect(numbers(told)).toEqual(range(0, 750));
    socket.send(JSON.stringify({ action: 'unsubscribe' }));
    await expect.poll(() => messages.at(-1)?.type).toBe('unsubscribed');
    await emit('ws', 750, 1);
    socket.send(JSON.stringify({ action: 'ping' }));
    await expect.poll(() => messages.at(-1)?.type).toBe('pong');
    expect(messages.length).toBe(754);
    socket.close();
  });

  it('answers mistakes and stays, until nothing makes sense', async () => {
    const { socket, messages, closed } = connect('', withToken());
    await once(socket, 'open');
    for (const message of [
      { action: 'dance' },
      { action: 'subscribe', topics: [] },
      { action: 'subscribe', topics: ['nothing.*'] },
      { action: 'subscribe', topics: Array.from({ length: 5_00 }, (_, index) => `jobs.${index}`) },
      { action: 'ping', extra: 1 },
    ]) {
      socket.send(JSON.stringify(message));
    }
    await expect.poll(() => messages.filter(({ type }) => type === 'error').length).toBe(5);
    expect(messages.flatMap(({ problem }) => problem?.status ?? [])).toEqual([422, 422, 422, 422, 422]);
    socket.send('{ not json');
    expect(await closed).toBe(4400);
  });

  it.each([
    ['a forged token', () => connect('?token=abc'), 4401],
    ['a binary frame', () => connect('', withToken()), 4400],
    ['a message that is too long', () => connect('', withToken()), 1009],
    ['a flood', () => connect('', withToken()), 4429],
    ['a flood of pings', () => connect(), 4429],
    ['a subscription before a login', () => connect(), 4401],
  ] as const)('closes after %s', async (what, open, code) => {
    const { socket, closed } = open();
    await once(socket, 'open');
    if (what === 'a binary frame') socket.send(Buffer.from([1, 2, 3]));
    if (what === 'a message that is too long') socket.send('x'.repeat(20_000));
    if (what === 'a flood of pings') for (let n = 0; n < 50; n += 1) socket.ping();
    if (what === 'a flood') for (let n = 0; n < 50; n += 1) socket.send('{"action":"ping"}');
    if (what.startsWith('a subscription')) socket.send('{"action":"subscribe","topics":["jobs.*"]}');
    expect(await closed).toBe(code);
  });

  it('answers a ping now and then', async () => {
    const { socket } = connect('', withToken());
    await once(socket, 'open');
    socket.ping('x');
    expect(String((await once(socket, 'pong'))[0])).toBe('x');
    socket.close();
  });

  it('holds as many streams of a user as are allowed, and closes the others', async () => {
    const sockets = Array.from({ length: 40 }, () => connect('', withToken()));
    await expect
      .poll(() => sockets.filter(({ socket }) => socket.readyState === socket.CLOSED).length)
      .toBe(8);
    for (const { socket } of sockets) socket.close();
    await Promise.all(sockets.map(({ closed: end }) => end));
    // Their places are free again.
    await expect.poll(admitted).toBe('authenticated');
  });

  it('waits for a slow client without keeping events in memory, and loses none', async () => {
    const { socket, messages } = connect('', withToken());
    await once(socket, 'open');
    socket.send(JSON.stringify({ action: 'subscribe', topics: ['tests.heavy'] }));
    await expect.poll(() => messages.length).toBe(2);
    socket.pause();
    for (let n = 0; n < 4_000; n += 400) await emit('heavy', n, 400, 'x'.repeat(5_000));
    await new Promise((resolve) => setTimeout(resolve, 500));
    socket.resume();
    await expect.poll(() => messages.length, { timeout: 20_000 }).toBe(4_002);
    expect(numbers(messages.flatMap(({ event }) => event ?? []))).toEqual(range(0, 4_000));
    socket.close();
  });
});

describe('an access token that expires', () => {
  it('ends the streams that it opened', async () => {
    const short = await testApplication({ API_ACCESS_TOKEN_EXPIRE_MINUTES: '1' }, 'api');
    try {
      await short.app.listen(0, '127.0.0.1');
      const { port } = short.app.getHttpServer().address() as AddressInfo;
      const { OpenStreams } = await import('../../src/core/events/open-streams.js');
      const streams = short.app.get(OpenStreams, { strict: false });
      const start = streams.start.bind(streams);
      streams.start = (listener) =>
        start({ ...listener, caller: { ...listener.caller, expiresAt: Date.now() + 300 } });
      const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/events`, {
        headers: { authorization: short.authorization },
      });
      expect((await once(socket, 'close'))[0]).toBe(4401);
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/events?topics=jobs.*`, {
        headers: { authorization: short.authorization },
      });
      expect(await response.text()).toContain('event: end\ndata: {"reason":"expired"}');
    } finally {
      await short.close();
    }
  });
});

describe('events of another time', () => {
  it('go in whole batches, the oldest first, and a place among those that are kept still reads on', async () => {
    const log = new EventLog(dataSource);
    // More than are deleted at once.
    for (let n = 0; n < 12_000; n += 800) await emit('old', n, 800);
    await events.publish();
    const swept = await log.head();
    await dataSource.query(`UPDATE event_batches SET published_at = now() - interval '9 days'`);
    await emit('kept', 0, 300);
    await events.publish();
    const [{ n }] = await dataSource.query<[{ n: number }]>(
      `SELECT count(*)::int AS n FROM outbox WHERE topic <> 'tests.kept'`,
    );
    expect(await log.sweep(8)).toBe(n);
    expect(await log.sweep(8)).toBe(0);
    await expect(log.requireKept(swept - 1n)).rejects.toThrow(PositionGoneError);
    await log.requireKept(swept);
    const [left] = await dataSource.query<unknown[]>(
      `SELECT count(*)::int AS events, min(topic) AS first, max(topic) AS last FROM outbox`,
    );
    expect(left).toEqual({ events: 300, first: 'tests.kept', last: 'tests.kept' });
    // From the middle of a batch, in pages.
    const page = await log.after(swept + 120n, undefined, 100);
    expect(numbers(page)).toEqual(range(120, 100));
    expect(page.map(({ position }) => BigInt(position) - swept)).toEqual(
      range(121, 100).map((place) => BigInt(place)),
    );
  });
});
