import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Resolve } from '../../src/core/egress/guarded-connector.js';
import { EgressClient } from '../../src/core/egress/index.js';
import { Metrics } from '../../src/core/metrics/index.js';
import { makeAuthority } from '../support/certificates.js';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function listening(server: Server | TcpServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A server that remembers what it was asked. */
async function serve(answer: RequestListener): Promise<{ port: number; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  return { port: await listening(server), asked };
}

function clientOf(options: ConstructorParameters<typeof EgressClient>[0]): EgressClient {
  const client = new EgressClient(options);
  cleanups.push(() => client.close());
  return client;
}

/** A channel to a server on this machine. */
function channelTo(port: number, limits: Parameters<EgressClient['channel']>[1] = {}, allow: string[] = []) {
  const client = clientOf({ allow: [`http://127.0.0.1:${port}`, ...allow] });
  return client.channel('test', { retries: 0, ...limits });
}

/** A server that answers like this until the third request. */
const failing = (fail: RequestListener): ReturnType<typeof serve> => {
  let count = 0;
  return serve((request, response) => {
    count += 1;
    if (count < 3) fail(request, response);
    else response.end('third');
  });
};
const busy: RequestListener = (_, response) => void response.writeHead(503, { 'retry-after': '0' }).end();
const broken: RequestListener = (request) => void request.socket.destroy();

const refused = (code: string): unknown => expect.objectContaining({ code });

describe('what is not listed', () => {
  it('is not asked, by any form of its name', async () => {
    const { port, asked } = await serve((_, response) => response.end('secret'));
    const channel = clientOf({ allow: ['example.org', '127.0.0.0/8'] }).channel('test');
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '0177.1', '[::ffff:127.0.0.1]'])
      await expect(channel.fetch(`http://${host}:${port}/`), `at ${host}`).rejects.toEqual(
        refused('egress_unlisted'),
      );
    expect(asked).toEqual([]);
  });

  it('is not reached through a name that is', async () => {
    const { port, asked } = await serve((_, response) => response.end('secret'));
    for (const addresses of [
      ['127.0.0.1'],
      ['93.184.215.14', '127.0.0.1'],
      ['::ffff:127.0.0.1'],
      ['::1%lo'],
    ]) {
      const client = clientOf({ allow: [`http://lab.example:${port}`], resolve: async () => addresses });
      await expect(client.channel('test').fetch(`http://lab.example:${port}/`)).rejects.toEqual(
        refused('egress_address'),
      );
    }
    expect(asked).toEqual([]);
  });

  it('is not reached by a second answer of the name server', async () => {
    const { port, asked } = await serve((_, response) => {
      response.setHeader('connection', 'close').end('x');
    });
    const answers = [['127.0.0.1'], ['169.254.169.254'], ['0.0.0.0']];
    const resolve = vi.fn<Resolve>(async () => answers.shift() ?? []);
    const url = `http://lab.example:${port}/`;
    const channel = clientOf({ allow: [], resolve }).channel('test', { own: [url] });
    expect(await (await channel.fetch(url)).text()).toBe('x');
    // One look for the check and the connection together.
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(asked[0]?.headers.host).toBe(`lab.example:${port}`);
    await expect(channel.fetch(url)).rejects.toEqual(refused('egress_address'));
    await expect(channel.fetch(url)).rejects.toEqual(refused('egress_address'));
    expect(asked).toHaveLength(1);
  });

  it('is told without the address behind the name', async () => {
    const client = clientOf({ allow: ['lab.example'], resolve: async () => ['10.7.7.7'] });
    await expect(client.channel('test').fetch('https://lab.example/a?token=x')).rejects.toThrow(
      /^https:\/\/lab\.example is not asked: it has an address of the kind private that is not listed/,
    );
  });
});

describe('redirects', () => {
  it('go where a first request may go, and not elsewhere', async () => {
    const inner = await serve((_, response) => response.end('secret'));
    const outer = await serve((request, response) => {
      const to = new URL(request.url ?? '', 'http://x').searchParams.get('to') ?? '';
      response.writeHead(302, { location: to }).end();
    });
    const names = [`http://lab.example:${inner.port}`];
    const client = clientOf({
      allow: [`http://127.0.0.1:${outer.port}`, ...names],
      resolve: async () => ['127.0.0.1'],
    });
    const channel = client.channel('test');
    const follow = (to: string): Promise<Response> =>
      channel.fetch(`http://127.0.0.1:${outer.port}/?to=${encodeURIComponent(to)}`);
    const inside = `127.0.0.1:${inner.port}`;
    for (const [to, code] of [
      [`http://${inside}/`, 'egress_unlisted'],
      [`http://localhost:${inner.port}/`, 'egress_unlisted'],
      [`//${inside}`, 'egress_unlisted'],
      [`http://lab.example:${inner.port}/`, 'egress_address'],
      ['http://169.254.169.254/latest/meta-data/', 'egress_unlisted'],
      ['file:///etc/passwd', 'egress_invalid'],
      [`http://a:b@${inside}/`, 'egress_invalid'],
    ] as const)
      await expect(follow(to), `to ${to}`).rejects.toEqual(refused(code));
    expect(inner.asked).toEqual([]);
  });

  it('are followed three times', async () => {
    const { port, asked } = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    const { fetch } = channelTo(port);
    const answer = await fetch(`http://127.0.0.1:${port}/3`);
    expect(await answer.text()).toBe('there');
    expect(answer.url).toBe(`http://127.0.0.1:${port}/0`);
    asked.length = 0;
    await expect(fetch(`http://127.0.0.1:${port}/4`)).rejects.toEqual(refused('egress_redirect'));
    expect(asked).toHaveLength(4);
  });

  it('take no credentials to another origin', async () => {
    const other = await serve((_, response) => response.end());
    const { port } = await serve((_, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${other.port}/` }).end();
    });
    const { fetch } = channelTo(port, {}, [`http://127.0.0.1:${other.port}`]);
    const headers = { authorization: 'Bearer x', cookie: 'a=b', 'x-api-key': 'k' };
    await fetch(`http://127.0.0.1:${port}/`, { headers });
    expect(other.asked[0]?.headers).not.toHaveProperty('authorization');
    expect(other.asked[0]?.headers).not.toHaveProperty('cookie');
    expect(other.asked[0]?.headers).not.toHaveProperty('x-api-key');
    const post = fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'client_secret=x' });
    await expect(post).rejects.toEqual(refused('egress_redirect'));
    expect(other.asked).toHaveLength(1);
  });
});

describe('answers', () => {
  it('arrive with status, headers and body; a proxy of the environment is not asked', async () => {
    vi.stubEnv('http_proxy', 'http://127.0.0.1:1').stubEnv('HTTP_PROXY', 'http://127.0.0.1:1');
    cleanups.push(() => vi.unstubAllEnvs());
    const { port, asked } = await serve((request, response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      void text(request).then((said) => response.end(gzipSync(JSON.stringify({ said }))));
    });
    const answer = await channelTo(port).fetch(`http://127.0.0.1:${port}/a?b=c`, {
      method: 'POST',
      body: 'hello',
    });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({ said: 'hello' });
    expect(asked[0]?.url).toBe('/a?b=c');
    expect(asked[0]?.headers['user-agent']).toMatch(/^Azt3kNet\/.* \(synthetic laboratory\)$/);
  });

  it.each([
    ['a length that is too large', { 'content-length': '1001' }, [Buffer.alloc(1001)]],
    ['a stream without end', {}, Array.from({ length: 50 }, () => Buffer.alloc(100))],
    ['a bomb', { 'content-encoding': 'gzip' }, [gzipSync(Buffer.alloc(50_000_000))]],
    [
      'a bomb in a bomb',
      { 'content-encoding': 'gzip, gzip' },
      [gzipSync(gzipSync(Buffer.alloc(50_000_000)))],
    ],
  ])('end at the limit: %s', async (_, headers, pieces) => {
    const { port } = await serve((__, response) => {
      response.writeHead(200, headers);
      for (const piece of pieces) response.write(piece);
      response.end();
    });
    const answer = channelTo(port, { maxBytes: 1_000 }).fetch(`http://127.0.0.1:${port}/`);
    const before = process.memoryUsage().arrayBuffers;
    await expect(answer.then((response) => response.text())).rejects.toEqual(refused('egress_too_large'));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it('of the largest size are read', async () => {
    const { port } = await serve((_, response) => response.end(Buffer.alloc(1_000)));
    const answer = await channelTo(port, { maxBytes: 1_000 }).fetch(`http://127.0.0.1:${port}/`);
    expect((await answer.arrayBuffer()).byteLength).toBe(1_000);
  });

  it.each<[string, RequestListener]>([
    ['never begin', () => undefined],
    ['begin and stop', (_, response) => void response.writeHead(200).write('a')],
    [
      'drip',
      (_, response) => {
        const timer = setInterval(() => response.write('a'), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('that %s end with the time', async (_, answer) => {
    const { port } = await serve(answer);
    const started = performance.now();
    const body = channelTo(port, { timeoutMs: 300 })
      .fetch(`http://127.0.0.1:${port}/`)
      .then((response) => response.text());
    await expect(body).rejects.toEqual(refused('egress_timeout'));
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it.each([
    ['broken off', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['of two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 5\r\n\r\nabcde'],
    ['of a status that is none', 'HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n'],
    ['with a header without end', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`],
  ])('that are %s fail', async (_, said) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined).end(said);
    });
    const port = await listening(server);
    const body = channelTo(port)
      .fetch(`http://127.0.0.1:${port}/`)
      .then((response) => response.text());
    await expect(body).rejects.toEqual(refused('egress_failed'));
  });

  it('are given up when the caller wishes', async () => {
    const { port } = await serve(() => undefined);
    const reason = new Error('enough');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 50);
    const answer = channelTo(port).fetch(`http://127.0.0.1:${port}/`, { signal: controller.signal });
    await expect(answer).rejects.toBe(reason);
  });
});

describe('repetitions', () => {
  it.each([
    ['503', busy, 'GET', {}],
    ['a broken connection', broken, 'PUT', {}],
    ['503', busy, 'POST', { 'idempotency-key': 'k' }],
  ])('after %s: %# %s', async (_, fail, method, headers) => {
    const { port, asked } = await failing(fail);
    const body = method === 'GET' ? null : 'x';
    const answer = await channelTo(port, { retries: 2 }).fetch(`http://127.0.0.1:${port}/`, {
      method,
      headers,
      body,
    });
    expect(await answer.text()).toBe('third');
    expect(asked).toHaveLength(3);
  });

  it('are not made of what is no repetition, and not for ever', async () => {
    const { port, asked } = await serve(busy);
    const { fetch } = channelTo(port, { retries: 2 });
    expect((await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x' })).status).toBe(503);
    expect(asked).toHaveLength(1);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(503);
    expect(asked).toHaveLength(4);
  });

  it('do not wait for a server that wants long', async () => {
    const { port, asked } = await serve((_, response) => {
      response.writeHead(429, { 'retry-after': '3600' }).end();
    });
    const answer = await channelTo(port, { retries: 2 }).fetch(`http://127.0.0.1:${port}/`);
    expect(answer.status).toBe(429);
    expect(asked).toHaveLength(1);
  });
});

describe('over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'azt3knet-egress-'));
  const authority = makeAuthority(folder);
  const { certFile, keyFile } = authority.issue('server');
  const ca = readFileSync(authority.caFile, 'utf8');

  it('the certificate is that of the name, wherever the name leads', async () => {
    const names: unknown[] = [];
    const server = createTlsServer(
      { cert: readFileSync(certFile), key: readFileSync(keyFile) },
      (request, response) => {
        names.push((request.socket as TLSSocket).servername, request.headers.host);
        response.end('x');
      },
    );
    const port = await listening(server);
    cleanups.push(() => rmSync(folder, { recursive: true }));
    const allow = [`localhost:${port}`, `lab.example:${port}`, '127.0.0.1/32'];
    const client = clientOf({ allow, resolve: async () => ['127.0.0.1'] });
    const { fetch } = client.channel('test', { ca, retries: 0 });
    expect(await (await fetch(`https://localhost:${port}/`)).text()).toBe('x');
    expect(names).toEqual(['localhost', `localhost:${port}`]);
    await expect(fetch(`https://lab.example:${port}/`)).rejects.toThrow(/ERR_TLS_CERT_ALTNAME_INVALID$/);
    const stranger = client.channel('test', { retries: 0 });
    await expect(stranger.fetch(`https://localhost:${port}/`)).rejects.toThrow(/cannot be asked: [A-Z_]+$/);
  });
});

describe('what is told', () => {
  it('is counted by purpose and logged without path, query and headers', async () => {
    const { port } = await serve((_, response) => response.writeHead(404).end());
    const lines: string[] = [];
    const say = (fields: object, message: string): void => void lines.push(JSON.stringify([fields, message]));
    const metrics = new Metrics();
    const client = clientOf({
      allow: [`http://127.0.0.1:${port}`],
      metrics,
      log: { debug: say, warn: say },
    });
    const channel = client.channel('probe', { retries: 0 });
    const headers = { authorization: 'Bearer hunter2' };
    await channel.fetch(`http://127.0.0.1:${port}/hunter2?key=hunter2`, { headers });
    await expect(channel.fetch('https://example.org/hunter2', { headers })).rejects.toThrow('not listed');
    expect(lines).toEqual([
      expect.stringMatching(/"purpose":"probe","method":"GET","origin":"http:.*"status":404/),
      expect.stringMatching(/"origin":"https:\/\/example\.org".*"error":"egress_unlisted"/),
    ]);
    expect(lines.join()).not.toContain('hunter2');
    const counts = await metrics.registry.metrics();
    expect(counts).toContain('azt3knet_egress_requests_total{purpose="probe",outcome="4xx"} 1');
    expect(counts).toContain('azt3knet_egress_requests_total{purpose="probe",outcome="egress_unlisted"} 1');
  });
});
