import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from './index.js';

setFlagsFromString('--expose-gc');
const clearMemory = runInNewContext('gc') as () => void;

/** A server whose answers begin and never end. */
let server: Server;
let open = 0;
let baseUrl: string;

beforeAll(async () => {
  server = createServer((request, response: ServerResponse) => {
    open += 1;
    response.once('close', () => (open -= 1));
    const stream = request.url?.includes('/events') === true;
    response.writeHead(200, { 'content-type': stream ? 'text/event-stream' : 'application/json' });
    response.write(stream ? ': hello\n\n' : '{"job_id":');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Time for what is under way to come so far that it waits, and for the platform to drop what nobody holds. */
async function settle(): Promise<void> {
  for (let round = 0; round < 5; round += 1) {
    await pause(20);
    clearMemory();
  }
}

const client = () => createClient({ baseUrl, token: 't', timeoutMs: 600_000 });
const read = {
  events: async (signal: AbortSignal) => {
    for await (const _ of client().events(['jobs.*'], { signal })) continue;
  },
  answer: (signal: AbortSignal) =>
    client().get('/api/v1/jobs/{id}', { params: { path: { id: 'j' } }, signal }),
  file: async (signal: AbortSignal) => {
    const { body } = await client().download('/api/v1/exports/e/file', { signal });
    for await (const _ of body) continue;
  },
};

describe('hanging up, long after the answer began', () => {
  it.each(Object.keys(read) as (keyof typeof read)[])('ends %s at once', async (name) => {
    const hangUp = new AbortController();
    const ended = Promise.allSettled([read[name](hangUp.signal)]);
    await settle();
    expect(open).toBe(1);
    hangUp.abort();
    // Who listens has heard enough; who waits for something is told that it does not come.
    const status = name === 'events' ? 'fulfilled' : 'rejected';
    expect(await Promise.race([ended, pause(2_000)])).toMatchObject([{ status }]);
    await expect.poll(() => open).toBe(0);
  });
});
