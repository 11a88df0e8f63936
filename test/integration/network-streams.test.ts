import { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { StreamHub } from '../../src/modules/integrations/mastodon/stream-hub.js';
import type { Listener } from '../../src/modules/integrations/mastodon/streams.js';
import { NetworkAccessService } from '../../src/modules/integrations/network/access.service.js';
import { NetworkPlaces } from '../../src/modules/integrations/network/places.js';
import { TestNetwork, type Member } from '../support/network.js';

interface Heard {
  event?: string;
  payload?: string;
  error?: string;
}

let network: TestNetwork;
let ana: Member;
let bea: Member;
let cora: Member;

beforeAll(async () => {
  network = await TestNetwork.open();
  [ana, bea, cora] = [await network.member(0), await network.member(1), await network.member(2)];
  await bea.call('POST', `/api/v1/accounts/${ana.account.id}/follow`);
});
afterAll(() => network?.close());

/** What is still followed when a test ends, in whichever way. */
const followed: AbortController[] = [];
afterEach(() => {
  for (const abort of followed.splice(0)) abort.abort();
});

/** A WebSocket, what came over it and how it was closed; the status where it was refused. */
async function listen(token: string, stream?: string) {
  const query = stream === undefined ? '' : `?stream=${encodeURIComponent(stream)}&tag=x`;
  const socket = new WebSocket(`${network.url.replace('http', 'ws')}/api/v1/streaming${query}`, [token]);
  const heard: Heard[] = [];
  socket.on('error', () => undefined);
  socket.on('message', (data) => heard.push(JSON.parse((data as Buffer).toString()) as Heard));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const status = await new Promise<number>((resolve) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  });
  return { socket, heard, status, closed };
}

/** What came by server-sent events: the events as over a WebSocket, and lines that say nothing. */
async function follow(token: string, path: string, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  followed.push(abort);
  const response = await fetch(`${network.url}/api/v1/streaming/${path}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: abort.signal,
  });
  const [heard, comments]: [Heard[], string[]] = [[], []];
  const reading = (async () => {
    let rest = '';
    for await (const chunk of (response.body as ReadableStream<Uint8Array>).pipeThrough(
      new TextDecoderStream(),
    )) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [, field, value = ''] = /^(\w*): ?(.*)$/.exec(line) ?? [];
        if (line.startsWith(':')) comments.push(line);
        else if (field === 'event') heard.push({ event: value });
        else if (field === 'data') Object.assign(heard.at(-1) ?? {}, { payload: value });
        else if (line !== '') throw new Error(`not an event: ${line}`);
      }
    }
  })().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  return { response, heard, comments, reading, stop: () => abort.abort() };
}

const post = async (who: Member, fields: object): Promise<string> =>
  (await who.call<{ id: string }>('POST', '/api/v1/statuses', fields)).body.id;

/** Until what was done before has been told: of a last post everybody hears. */
async function untilHeard(heard: readonly Heard[]): Promise<void> {
  const id = await post(cora, { status: 'y con esto basta' });
  await expect.poll(() => heard.some(({ payload }) => payload?.includes(id)), { timeout: 15_000 }).toBe(true);
}

describe('a stream', () => {
  it.each([
    { scopes: ['read:statuses'], good: ['public', 'direct'], bad: ['user', 'user:notification', 'list'] },
    { scopes: ['read:notifications'], good: ['user:notification'], bad: ['user', 'public', 'hashtag'] },
    { scopes: ['write'], good: [], bad: ['user', 'public:local', 'direct'] },
    { scopes: ['read:statuses', 'read:notifications'], good: ['user', 'public'], bad: ['list'] },
  ])('asks for its scopes, however it is asked for: $scopes', async ({ scopes, good, bad }) => {
    const { token } = await network.member(3, scopes);
    const { socket, heard, status } = await listen(token);
    expect(status).toBe(101);
    for (const stream of [...good, ...bad]) {
      const isGood = good.includes(stream);
      const { status: opened, socket: other } = await listen(token, stream);
      expect([stream, opened]).toEqual([stream, isGood ? 101 : 403]);
      other.terminate();
      socket.send(JSON.stringify({ type: 'subscribe', stream, tag: 'x' }));
      const path = `/api/v1/streaming/${stream.replace(':', '/')}?tag=x`;
      const abort = new AbortController();
      const served = await fetch(`${network.url}${path}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: abort.signal,
      });
      expect([path, served.status]).toEqual([path, isGood ? 200 : 403]);
      abort.abort();
    }
    const refused = (): Heard[] => heard.filter(({ error }) => error?.includes('needs the scope'));
    await expect.poll(() => refused().length, { timeout: 15_000 }).toBe(bad.length);
    expect(heard).toHaveLength(bad.length);
    socket.terminate();
  });

  it('tells a token that may not hear of notifications none of them', async () => {
    const { token } = await network.member(0, ['read:statuses']);
    const { socket, heard } = await listen(token, 'public');
    socket.send(JSON.stringify({ type: 'subscribe', stream: 'user' }));
    await bea.call('POST', `/api/v1/statuses/${await post(ana, { status: 'una más' })}/favourite`);
    await untilHeard(heard);
    expect(heard.some(({ event }) => event === 'notification')).toBe(false);
    socket.terminate();
  });

  it('ends with its token, before anything more is told', async () => {
    const { app } = network.test;
    const { token } = await network.member(4);
    const { heard, closed } = await listen(token, 'public');
    const server = await fetch(`${network.url}/api/v1/streaming/public`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const access = app.get(NetworkAccessService, { strict: false });
    const held = await access.held(token);
    await access.revoke(network.main, held?.id ?? '', 'test');
    await post(cora, { status: 'esto ya no' });
    expect(await closed).toBe(4401);
    expect(heard).toEqual([]);
    await expect(server.text()).rejects.toThrow('terminated');
  });

  it('is one of few for an account, whichever tokens it has', async () => {
    const tokens = [(await network.member(5)).token, (await network.member(5)).token];
    const open = await Promise.all(
      Array.from({ length: 20 }, (_, at) => listen(tokens[at % 2] ?? '', 'public')),
    );
    const codes: number[] = [];
    for (const { closed } of open) void closed.then((code) => codes.push(code));
    await expect.poll(() => codes, { timeout: 15_000 }).toEqual([4429, 4429, 4429, 4429]);
    for (const { socket } of open) socket.terminate();
  });
});

describe('server-sent events', () => {
  it('tell the same as a WebSocket: posts, notifications and what is gone', async () => {
    const socket = await listen(ana.token, 'user');
    const events = await follow(ana.token, 'user');
    expect(events.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    await pause(300);
    const first = await post(ana, { status: 'con “comillas”,\n\nlíneas y 🌮' });
    await bea.call('POST', `/api/v1/statuses/${first}/favourite`);
    await expect
      .poll(() => events.heard.map(({ event }) => event), { timeout: 15_000 })
      .toContain('notification');
    await ana.call('DELETE', `/api/v1/statuses/${first}`);
    const isOver = (heard: readonly Heard[]): boolean =>
      heard.some(({ event, payload }) => event === 'delete' && payload === first);
    await expect.poll(() => isOver(events.heard) && isOver(socket.heard), { timeout: 15_000 }).toBe(true);
    expect(events.heard.map(({ event }) => event)).toEqual(['update', 'notification', 'delete']);
    expect(events.heard).toEqual(socket.heard.map(({ event, payload }) => ({ event, payload })));
    expect(JSON.parse(events.heard[0]?.payload ?? '')).toMatchObject({ id: first, account: { bot: true } });
    expect(JSON.parse(events.heard[1]?.payload ?? '')).toMatchObject({
      type: 'favourite',
      account: { id: bea.account.id },
      status: { id: first },
    });
    events.stop();
    socket.socket.terminate();
  }, 60_000);

  it('show that the connection lives, and come again to who connects again', async () => {
    const first = await follow(ana.token, 'public');
    await expect.poll(() => first.comments, { timeout: 15_000 }).toContain(':thump');
    expect(first.comments[0]).toBe(':)');
    first.stop();
    await first.reading;
    const witness = await listen(ana.token, 'public');
    const missed = await post(cora, { status: 'mientras tanto' });
    const isTold = (): boolean => witness.heard.some(({ payload }) => payload?.includes(missed) === true);
    await expect.poll(isTold, { timeout: 15_000 }).toBe(true);
    witness.socket.terminate();
    // Events have no ids: who was away reads the timeline, and hears of what comes after.
    const again = await follow(ana.token, 'public', { 'last-event-id': '1' });
    await pause(300);
    await untilHeard(again.heard);
    expect(again.response.status).toBe(200);
    expect(again.heard.some(({ payload }) => payload?.includes(missed))).toBe(false);
    again.stop();
  }, 60_000);
});

describe('that a post is gone', () => {
  it('is told to those who could see it, and to nobody else', async () => {
    const [author, follower, stranger] = await Promise.all(
      [ana, bea, cora].map(({ token }) => listen(token, 'user')),
    );
    const everybody = await listen(cora.token, 'public');
    await pause(300);
    const direct = await post(ana, {
      status: `@${cora.account.username} entre las dos`,
      visibility: 'direct',
    });
    const hidden = await post(ana, { status: 'sólo para quien me sigue', visibility: 'private' });
    const open = await post(ana, { status: 'para todas', visibility: 'public' });
    for (const id of [direct, hidden, open]) await ana.call('DELETE', `/api/v1/statuses/${id}`);
    await untilHeard(everybody.heard);
    expect(gone(author?.heard)).toEqual([direct, hidden, open]);
    expect(gone(follower?.heard)).toEqual([hidden, open]);
    expect(gone(stranger?.heard)).toEqual([direct]);
    expect(gone(everybody.heard)).toEqual([open]);
    for (const each of [author, follower, stranger, everybody]) each?.socket.terminate();
  });
});

describe('a post', () => {
  it('takes the same few queries, however many listen to however much', async () => {
    const { app } = network.test;
    const hub = app.get(StreamHub, { strict: false });
    const places = app.get(NetworkPlaces, { strict: false }).of(network.main);
    const token = (await app.get(NetworkAccessService, { strict: false }).held(bea.token))?.id ?? '';
    const names = ['user', 'public', 'public:media', ...Array.from({ length: 40 }, (_, at) => `tag ${at}`)];
    const streams = new Map(
      names.map((name) => [
        name,
        name.startsWith('tag') ? { stream: 'hashtag', tag: name.replace(' ', '') } : { stream: name },
      ]),
    );
    const query = vi.spyOn(app.get(DataSource).manager, 'query');
    const heardBy = async (count: number): Promise<number> => {
      const heard: string[] = [];
      const listeners = Array.from({ length: count }, (_, at): Listener => ({
        network: network.main,
        viewer: { network: network.main.id, account: [ana, bea, cora][at % 3]?.account.id ?? '' },
        token,
        places,
        streams,
        send: ({ tag = '' }, event, payload) => heard.push(`${event} ${tag} ${payload}`),
        end: () => undefined,
      }));
      const stops = await Promise.all(listeners.map((listener) => hub.add(listener)));
      const status = `hola @${bea.account.username} #tag7 #tag9`;
      // Only what listening asks; posting has its own transaction.
      const { id } = (await ana.call<{ id: string }>('POST', '/api/v1/statuses', { status })).body;
      query.mockClear();
      await expect
        .poll(() => heard.filter((each) => each.startsWith('notification')).length, { timeout: 15_000 })
        .toBeGreaterThan(0);
      const ofTag = (each: string): boolean => each.startsWith('update tag9 ') && each.includes(id);
      await expect.poll(() => heard.filter(ofTag).length, { timeout: 15_000 }).toBe(count);
      for (const stop of stops) stop();
      return query.mock.calls.length;
    };
    const [few, many] = [await heardBy(3), await heardBy(600)];
    expect(many).toBeLessThan(25);
    expect(many).toBeLessThanOrEqual(few + 12);
    query.mockRestore();
  });
});

function gone(heard: readonly Heard[] | undefined): string[] | undefined {
  return heard?.flatMap(({ event, payload }) => (event === 'delete' ? (payload ?? '') : []));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
