import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { loadConfig } from '../../src/core/config/index.js';
import { openDatabase, upgradeDatabase } from '../../src/core/database/index.js';
import { embeddedPostgresStatus } from '../../src/core/database/embedded/index.js';
import { openQueueBackend } from '../../src/core/queue/index.js';
import { createHttpApplication } from '../../src/http-application.js';
import { makeAuthority, type Authority } from '../support/certificates.js';
import { openRuntime } from '../../src/runtime.js';
import { Laboratory, query } from '../support/embedded-postgres.js';
import { startRedis } from '../support/redis.js';
import { testConfig, testDatabase, testRuntime } from '../support/runtime.js';

let folder: string;
let authority: Authority;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'azt3knet-tls-'));
  chmodSync(folder, 0o755);
  authority = makeAuthority(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The certificate that a server shows, and the protocol that was agreed on. */
async function shown(port: number, options: object = {}): Promise<{ name: string; protocol: string | null }> {
  const socket = connect({ port, host: '127.0.0.1', ca: readFileSync(authority.caFile), ...options });
  await once(socket, 'secureConnect');
  const certificate: PeerCertificate = socket.getPeerCertificate();
  const protocol = socket.getProtocol();
  socket.destroy();
  return { name: String(certificate.subject.CN), protocol };
}

/** What is answered to what is not HTTP. */
async function nonsense(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', ca: readFileSync(authority.caFile) });
  socket.end('nonsense\r\n\r\n');
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}

async function get(url: string): Promise<string> {
  const call = request(url, { ca: readFileSync(authority.caFile), agent: false }).end();
  const [response] = (await once(call, 'response')) as [AsyncIterable<Buffer>];
  let text = '';
  for await (const chunk of response) text += chunk.toString();
  return text;
}

describe('the API over HTTPS', () => {
  it('answers by TLS 1.2 and later only, and picks up a renewed certificate', async () => {
    const first = authority.issue('first');
    const files = { certFile: join(folder, 'live.pem'), keyFile: join(folder, 'live.key') };
    const install = ({ certFile, keyFile }: typeof files): void => {
      copyFileSync(certFile, files.certFile);
      copyFileSync(keyFile, files.keyFile);
    };
    install(first);
    const environment = { API_TLS_CERT_FILE: files.certFile, API_TLS_KEY_FILE: files.keyFile };
    const runtime = await testRuntime(environment);
    const app = await createHttpApplication(compose('api', runtime), runtime.config.api);
    try {
      await app.listen(0, '127.0.0.1');
      const url = await app.getUrl();
      expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
      const port = Number(new URL(url).port);
      expect(await get(`${url}/health`)).toMatch(/^\{"status":"ok"/);
      await expect(fetch(url.replace('https', 'http'))).rejects.toThrow('fetch failed');
      expect(await shown(port, { maxVersion: 'TLSv1.2' })).toEqual({ name: 'first', protocol: 'TLSv1.2' });
      const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
      await expect(shown(port, old)).rejects.toThrow(/protocol version|unsupported protocol/);
      expect(await nonsense(port)).toMatch(
        /^HTTP\/1\.1 400 [^]*\r\nstrict-transport-security: max-age=31536000/,
      );
      // Neither CBC nor a key that opens what was recorded.
      for (const ciphers of ['ECDHE-ECDSA-AES256-SHA', 'ECDHE-ECDSA-AES128-SHA256', 'kRSA'])
        await expect(shown(port, { maxVersion: 'TLSv1.2', ciphers })).rejects.toThrow(/handshake failure/);

      // The first half of a renewal does not fit the second.
      copyFileSync(authority.issue('other').certFile, files.certFile);
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      expect((await shown(port)).name).toBe('first');
      install(authority.issue('second'));
      await expect.poll(() => shown(port).then(({ name }) => name), { timeout: 6_000 }).toBe('second');
      expect(await get(`${url}/health`)).toMatch(/^\{"status":"ok"/);
    } finally {
      await app.close();
      await runtime.close();
    }
  });

  it('is refused in one line with files that do not fit', () => {
    const a = authority.issue('a');
    const b = authority.issue('b');
    const load = (certFile: string, keyFile: string) => () =>
      loadConfig({ API_TLS_CERT_FILE: certFile, API_TLS_KEY_FILE: keyFile }, folder);
    expect(load(a.certFile, b.keyFile)).toThrow(/API_TLS_KEY_FILE: .*b\.key is not the key of the certifi/);
    expect(load(a.keyFile, a.keyFile)).toThrow(/API_TLS_CERT_FILE: .*a\.key holds no certificate in PEM/);
    expect(load(a.certFile, a.certFile)).toThrow(/API_TLS_KEY_FILE: .*a\.pem holds no unencrypted private/);
    writeFileSync(join(folder, 'empty'), '');
    expect(load('empty', a.keyFile)).toThrow(/holds no certificate/);
  });
});

describe('queues on rediss://', async () => {
  const probe = await startRedis();
  await probe?.stop();

  it.skipIf(probe === undefined)('trusts the authority of REDIS_TLS_CA_FILE, and no other', async () => {
    const redis = await startRedis({ ...authority.issue('redis'), caFile: authority.caFile });
    if (redis === undefined) throw new Error('redis-server went missing');
    const database = await testDatabase();
    const lines: string[] = [];
    const open = (environment: Record<string, string>) =>
      openQueueBackend(testConfig({ REDIS_URL: redis.url, ...environment }), database, (line) => {
        lines.push(line);
      });
    try {
      const backend = await open({ REDIS_TLS_CA_FILE: authority.caFile });
      expect(backend.kind).toBe('redis');
      await backend.ping();
      const heard: unknown[] = [];
      await backend.relay.subscribe('tls', ({ data }) => {
        heard.push(data);
      });
      await backend.relay.publish('tls', { over: 'tls' });
      await expect.poll(() => heard).toEqual([{ over: 'tls' }]);
      await backend.close();
      await expect(open({})).rejects.toThrow(
        /^Redis at 127\.0\.0\.1:\d+ does not answer \(.*certificate.*\)/,
      );
      expect(lines).toEqual([]);
    } finally {
      await redis.stop();
      await database.release();
    }
  });
});

/** The URL of the server by TCP, as somebody far away would write it. */
function far(url: string, port: number, parameters: string): string {
  const { username, password, pathname } = new URL(url);
  return `postgresql://${username}:${password}@127.0.0.1:${port}${pathname}?${parameters}`;
}

describe('an external PostgreSQL over TLS', () => {
  const laboratory = new Laboratory();
  afterAll(() => laboratory.close());

  /** Gives the server a certificate that its own user may read. */
  async function serveTls(ownerUrl: string): Promise<void> {
    const { certFile, keyFile } = authority.issue('postgres');
    const cluster = join(laboratory.home(), 'cluster');
    const { uid, gid } = statSync(cluster);
    for (const [from, name] of [
      [certFile, 'server.crt'],
      [keyFile, 'server.key'],
    ] as const) {
      copyFileSync(from, join(cluster, name));
      chmodSync(join(cluster, name), 0o600);
      chownSync(join(cluster, name), uid, gid);
    }
    await query(ownerUrl, 'ALTER SYSTEM SET ssl = on');
    await query(ownerUrl, 'SELECT pg_reload_conf()');
  }

  it('is believed by sslmode=verify-full and sslrootcert of its URL, everywhere', async () => {
    const server = await laboratory.acquire();
    const port = embeddedPostgresStatus(laboratory.dataDir).server?.port ?? 0;
    await serveTls(server.ownerUrl);
    const open = (parameters: string) =>
      openRuntime(testConfig({ DATABASE_URL: far(server.ownerUrl, port, parameters) }), () => {});
    const verified = `sslmode=verify-full&sslrootcert=${authority.caFile}`;
    await upgradeDatabase(
      await openDatabase(testConfig({ DATABASE_URL: far(server.ownerUrl, port, verified) })),
    );
    const runtime = await open(verified);
    const context = await NestFactory.createApplicationContext(compose('worker', runtime), { logger: false });
    const connections = await query(
      server.ownerUrl,
      `SELECT ssl, count(*)::int AS count FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
       WHERE application_name LIKE 'azt3knet%' GROUP BY ssl`,
    );
    await context.close();
    await runtime.close();
    expect(connections).toEqual([{ ssl: true, count: expect.any(Number) as number }]);
    await expect(open('sslmode=verify-full')).rejects.toThrow(/certificate/);
    await server.release();
  });
});
