import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { testApplication, type TestApplication } from '../support/application.js';

let test: TestApplication;
let base: string;
const sockets: WebSocket[] = [];
/** What each connection heard first: the type of a message, or the code that it was closed with. */
const heard: Promise<string | number>[] = [];

async function open(environment: Record<string, string>): Promise<void> {
  test = await testApplication({ API_TRUST_PROXY: '127.0.0.1', ...environment }, 'api');
  await test.app.listen(0, '127.0.0.1');
  base = `127.0.0.1:${(test.app.getHttpServer().address() as AddressInfo).port}`;
}
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await Promise.all(heard.splice(0));
  await test.close();
});

/** 101 where the connection was made a WebSocket, else the status of the refusal. */
function upgrade(options: ClientOptions = {}, path = ''): Promise<number> {
  const socket = new WebSocket(`ws://${base}/ws/events${path}`, options);
  sockets.push(socket);
  socket.on('error', () => {});
  heard.push(
    new Promise((resolve) => {
      socket.once('message', (data: Buffer) =>
        resolve((JSON.parse(data.toString()) as { type: string }).type),
      );
      socket.once('close', resolve);
    }),
  );
  return new Promise((resolve) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
  });
}
const from = (address: string, headers: Record<string, string> = {}): ClientOptions => ({
  headers: { 'x-forwarded-for': address, ...headers },
});
const crowd = (size: number, options: (n: number) => ClientOptions): Promise<number[]> =>
  Promise.all(Array.from({ length: size }, (_, n) => upgrade(options(n))));
const count = (statuses: readonly number[], status: number): number =>
  statuses.filter((each) => each === status).length;

describe('connections that do not say who they are', () => {
  it('are few of one address, and a part of all, and leave who does say it alone', async () => {
    // A quarter of the places for strangers, a quarter of those for one address.
    await open({ API_MAX_CONNECTIONS: '160' });
    const flood = await crowd(50, () => from('203.0.113.1'));
    expect([count(flood, 101), count(flood, 429)]).toEqual([10, 40]);
    const many = await crowd(60, (n) => from(`198.51.100.${n}`));
    expect([count(many, 101), count(many, 503)]).toEqual([30, 30]);
    const { authorization } = test;
    expect(await upgrade(from('192.0.2.1', { authorization }))).toBe(101);
    expect(await upgrade(from('203.0.113.1', { authorization }))).toBe(429);
    expect((await fetch(`http://${base}/api/v1/users/me`, { headers: { authorization } })).status).toBe(200);
    // They are hung up on, and others may come.
    await expect.poll(() => upgrade(from('203.0.113.1')), { timeout: 10_000, interval: 500 }).toBe(101);
  }, 30_000);

  it('are no strangers any more once it is known who calls', async () => {
    await open({ API_MAX_CONNECTIONS: '16' });
    const { authorization } = test;
    for (let n = 0; n < 10; n += 1) {
      const status = await upgrade(from('203.0.113.1', { authorization }));
      expect(status).toBe(101);
      expect(await heard.at(-1)).toBe('authenticated');
    }
  });

  it('count for their address, though they never try', async () => {
    await open({ RATE_LIMIT_ADDRESS_REQUESTS: '5', RATE_LIMIT_WINDOW_SECONDS: '600' });
    const codes: unknown[] = [];
    for (let n = 0; n < 7; n += 1) {
      await upgrade(from('203.0.113.9'));
      codes.push(await Promise.race([heard.at(-1), wait(300, 'open')]));
    }
    expect(codes).toEqual(['open', 'open', 'open', 'open', 'open', 4429, 4429]);
  });
});

it('URLs beyond reason are refused before a WebSocket is made', async () => {
  await open({});
  const { authorization } = test;
  expect(await upgrade({ headers: { authorization } }, `?x=${'x'.repeat(9_000)}`)).toBe(414);
  expect(await upgrade({ headers: { authorization } }, `?${'x&'.repeat(200)}`)).toBe(400);
});

it('a page whose name was made to lead here is not let in, and one of the public address is', async () => {
  await open({ API_PUBLIC_URL: 'https://lab.example' });
  const { authorization } = test;
  const answerTo = async (origin: string, host: string): Promise<unknown> => {
    await upgrade({ headers: { authorization, host }, origin });
    return heard.at(-1);
  };
  expect(await answerTo('http://evil.example:8000', 'evil.example:8000')).toBe(4403);
  expect(await answerTo('https://lab.example', 'lab.example')).toBe('authenticated');
  expect(await answerTo('http://localhost:8000', 'localhost:8000')).toBe('authenticated');
});
