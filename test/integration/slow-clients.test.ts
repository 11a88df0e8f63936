import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { Controller, Get, Module, Req, Res, type StreamableFile } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { Public, sendDownload } from '../../src/core/http/index.js';
import { createHttpApplication } from '../../src/http-application.js';
import type { Runtime } from '../../src/runtime.js';
import { testRuntime } from '../support/runtime.js';

const MEGABYTE = 1_048_576;
const SIZE = 256 * MEGABYTE;

/** What became of the one big download. */
const download = { read: 0, closed: false };
/** End the requests that wait. */
const waiting: (() => void)[] = [];
const answer = (): void => waiting.splice(0).forEach((end) => end());

@Controller('slow')
class SlowController {
  @Get('download')
  @Public()
  big(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    Object.assign(download, { read: 0, closed: false });
    const stream = new Readable({
      read(size) {
        download.read += size;
        this.push(download.read > SIZE ? null : Buffer.alloc(size));
      },
    });
    stream.on('close', () => (download.closed = true));
    const file = {
      name: 'big',
      mediaType: 'text/plain',
      bytes: SIZE,
      sha256: 'a',
      disposition: 'inline',
    } as const;
    return sendDownload({ ...file, open: async () => stream }, request, reply);
  }

  @Get('wait')
  @Public()
  async wait(): Promise<string> {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return 'done';
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

/** A client at the end of a real socket, which keeps what it hears. */
class Client {
  text = '';
  private constructor(readonly socket: Socket) {
    socket.on('error', () => undefined);
  }

  static async connect(port: number, reads = true, localAddress = '127.0.0.1'): Promise<Client> {
    const client = new Client(connect({ port, host: '127.0.0.1', localAddress }));
    if (reads) client.socket.on('data', (chunk: Buffer) => (client.text += chunk.toString()));
    await once(client.socket, 'connect');
    return client;
  }

  /** Milliseconds until the server hangs up. */
  async ended(): Promise<number> {
    const started = performance.now();
    if (!this.socket.closed) await once(this.socket, 'close');
    return performance.now() - started;
  }

  /** Sends the pieces, one in every tenth of a second, for as long as there is somebody. */
  async trickle(pieces: Iterable<string>): Promise<void> {
    for (const piece of pieces) {
      if (this.socket.destroyed) return;
      this.socket.write(piece);
      await setTimeout(100);
    }
  }
}

describe('a server with little patience', () => {
  let runtime: Runtime;
  let app: NestFastifyApplication;
  let port: number;

  async function open(environment: Record<string, string> = {}): Promise<void> {
    runtime = await testRuntime({ API_REQUEST_TIMEOUT_SECONDS: '1', ...environment });
    const root = { module: SlowModule, controllers: [SlowController], imports: [compose('api', runtime)] };
    app = await createHttpApplication(root, runtime.config.api);
    await app.listen(0, '127.0.0.1');
    ({ port } = app.getHttpServer().address() as AddressInfo);
  }

  afterEach(async () => {
    answer();
    await app.close();
    await runtime.close();
  });

  const LOGIN = 'POST /api/v1/auth/login HTTP/1.1\r\nHost: lab\r\nContent-Type: application/json\r\n';

  it('cuts off who says nothing, and whose headers or bodies trickle', async () => {
    await open();
    const silent = await Client.connect(port);
    const headers = await Client.connect(port);
    const body = await Client.connect(port);
    const chunks = await Client.connect(port);
    const times = [silent, headers, body, chunks].map((client) => client.ended());
    body.socket.write(`${LOGIN}Content-Length: 1000\r\n\r\n`);
    chunks.socket.write(`${LOGIN}Transfer-Encoding: chunked\r\n\r\n`);
    await Promise.all([
      headers.trickle(['GET / HTTP/1.1\r\n', ...Array<string>(60).fill('X: y\r\n')]),
      body.trickle(Array<string>(60).fill(' ')),
      chunks.trickle(Array<string>(60).fill('1\r\n \r\n')),
    ]);
    for (const time of await Promise.all(times)) {
      expect(time).toBeGreaterThan(500);
      expect(time).toBeLessThan(4_000);
    }
    for (const { text } of [headers, body, chunks]) {
      expect(text).toMatch(/^HTTP\/1.1 408 [^]*application\/problem\+json/);
    }
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  });

  it('reads no further ahead than a slow reader takes, and lets go of him and the file', async () => {
    await open();
    const before = process.memoryUsage().rss;
    const client = await Client.connect(port, false);
    client.socket.pause();
    const ended = once(client.socket, 'close');
    client.socket.write('GET /api/v1/slow/download HTTP/1.1\r\nHost: lab\r\n\r\n');
    await expect.poll(() => download.closed, { timeout: 10_000 }).toBe(true);
    // What the sockets of both sides hold, and a little more.
    expect(download.read).toBeLessThan(32 * MEGABYTE);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MEGABYTE);
    client.socket.resume();
    await ended;
  });

  it('takes on no more requests than it can bear, and answers probes even then', async () => {
    await open({ API_MAX_REQUESTS: '8', API_REQUEST_TIMEOUT_SECONDS: '5' });
    const url = `http://127.0.0.1:${port}`;
    const wait = (headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${url}/api/v1/slow/wait`, { headers });
    const waits = [wait(), wait()];
    await expect.poll(() => waiting.length).toBe(2);
    const refused = await fetch(`${url}/api/v1/jobs`);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ code: 'overloaded' });
    // Strangers have a quarter of the places; who shows a credential is heard.
    const token = { authorization: 'Bearer a.b.c' };
    expect((await fetch(`${url}/api/v1/jobs`, { headers: token })).status).toBe(401);
    waits.push(...Array.from({ length: 6 }, () => wait(token)));
    await expect.poll(() => waiting.length).toBe(8);
    expect((await fetch(`${url}/api/v1/jobs`, { headers: token })).status).toBe(503);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    answer();
    for (const each of await Promise.all(waits)) expect(await each.text()).toBe('done');
    // The places are free again, also those of who hung up.
    for (let i = 0; i < 5; i += 1) {
      const abort = new AbortController();
      const gone = fetch(`${url}/api/v1/slow/wait`, { signal: abort.signal });
      await setTimeout(50);
      abort.abort();
      await gone.catch(() => undefined);
      answer();
    }
    await expect.poll(async () => (await fetch(`${url}/api/v1/jobs`)).status).toBe(401);
  });

  it('stops although somebody says nothing, or is still talking', async () => {
    await open();
    const [silent, talking] = [await Client.connect(port), await Client.connect(port)];
    talking.socket.write(`${LOGIN}Content-Length: 1000\r\n\r\n`);
    const talk = talking.trickle(Array<string>(100).fill(' '));
    await setTimeout(200);
    const started = performance.now();
    await app.close();
    expect(performance.now() - started).toBeLessThan(5_000);
    await Promise.all([silent.ended(), talking.ended(), talk]);
  });

  it('hangs up on connections beyond its number', async () => {
    await open({ API_MAX_CONNECTIONS: '3', API_REQUEST_TIMEOUT_SECONDS: '30' });
    const clients = await Promise.all(Array.from({ length: 3 }, () => Client.connect(port)));
    const fourth = await Client.connect(port);
    await fourth.ended();
    for (const { socket } of clients) expect(socket.destroyed).toBe(false);
    for (const { socket } of clients) socket.destroy();
    await expect
      .poll(() =>
        fetch(`http://127.0.0.1:${port}/health`).then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  });

  it('leaves places for others, however many connections one address makes', async () => {
    await open({ API_MAX_CONNECTIONS: '80', API_REQUEST_TIMEOUT_SECONDS: '30' });
    const flood = await Promise.all(
      Array.from({ length: 60 }, () => Client.connect(port, true, '127.0.0.2')),
    );
    for (const { socket } of flood) socket.write('GET / HTTP/1.1\r\nX: ');
    const held = (): number => flood.filter(({ socket }) => !socket.destroyed).length;
    await expect.poll(held).toBe(20);
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    // Their places are free again when they have gone.
    for (const { socket } of flood) socket.destroy();
    const isHeard = async (): Promise<boolean> => {
      const { socket } = await Client.connect(port, false, '127.0.0.2');
      socket.write('GET /health HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n');
      const [first] = await Promise.race([once(socket, 'data'), once(socket, 'close')]);
      return String(first).startsWith('HTTP/1.1 200');
    };
    await expect.poll(() => isHeard().catch(() => false)).toBe(true);
  });

  it('counts nobody behind a proxy that is trusted as one', async () => {
    const proxied = { API_MAX_CONNECTIONS: '80', API_TRUST_PROXY: '127.0.0.2' };
    await open({ ...proxied, API_REQUEST_TIMEOUT_SECONDS: '30' });
    const many = await Promise.all(Array.from({ length: 40 }, () => Client.connect(port, true, '127.0.0.2')));
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
    for (const { socket } of many) expect(socket.destroyed).toBe(false);
    for (const { socket } of many) socket.destroy();
  });

  it('leaves places for others, however many bodies one address sends slowly', async () => {
    await open({ API_MAX_REQUESTS: '16', API_REQUEST_TIMEOUT_SECONDS: '30' });
    const forged = `${LOGIN}Authorization: Bearer a.b.c\r\n`;
    const slow = await Promise.all(Array.from({ length: 20 }, () => Client.connect(port, true, '127.0.0.2')));
    for (const [n, { socket }] of slow.entries())
      socket.write(`${forged}${n % 2 === 0 ? 'Content-Length: 9' : 'Transfer-Encoding: chunked'}\r\n\r\n`);
    const refused = (): number => slow.filter(({ text }) => text.startsWith('HTTP/1.1 503')).length;
    await expect.poll(refused).toBe(16);
    const token = { authorization: 'Bearer a.b.c', 'content-type': 'application/json' };
    const other = { method: 'POST', headers: token, body: '{}' };
    for (let n = 0; n < 20; n += 1)
      expect((await fetch(`http://127.0.0.1:${port}/api/v1/jobs/cancel`, other)).status).not.toBe(503);
    for (const { socket } of slow) socket.destroy();
    const url = `http://127.0.0.1:${port}/api/v1/slow/wait`;
    await expect.poll(async () => (await fetch(url, { ...other, method: 'PUT' })).status).toBe(405);
  });

  const get = (url: string) => app.inject({ url });
  const post = (payload: string) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload,
      headers: { 'content-type': 'application/json' },
    });

  it('refuses URLs and bodies beyond reason', async () => {
    await open();
    const many = Array.from({ length: 101 }, (_, i) => `p${i}=1`).join('&');
    expect((await get(`/api/v1/jobs?${many}`)).json()).toMatchObject({
      status: 400,
      detail: 'the URL must have at most 100 parameters',
    });
    expect((await get(`/api/v1/jobs?cursor=${'a'.repeat(9_000)}`)).json()).toMatchObject({
      status: 414,
      code: 'bad_url',
    });
    const bombs = ['['.repeat(1_000_000), '{"a":'.repeat(200_000), `[${'1,'.repeat(500_000)}1]`];
    for (const bomb of bombs) {
      const started = performance.now();
      expect((await post(bomb)).json()).toMatchObject({ status: 400, code: 'bad_request' });
      expect(performance.now() - started).toBeLessThan(500);
    }
    expect((await post(`"${'a'.repeat(2 * MEGABYTE)}"`)).statusCode).toBe(413);
    expect((await post('{"username":"grace","password":"x","username":"admin"}')).json()).toMatchObject({
      status: 400,
      detail: 'the body must have every field once: "username" is there twice',
    });
  });
});
