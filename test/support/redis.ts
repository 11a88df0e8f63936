import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export interface RedisServer {
  url: string;
  /** Stops answering without hanging up, as a stuck machine does, or goes on. */
  freeze(frozen: boolean): void;
  stop(): Promise<void>;
}

/** A port that nobody has at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Certificate, key and authority of a server that speaks TLS alone. */
interface RedisTls {
  certFile: string;
  keyFile: string;
  caFile: string;
}

function portOptions(port: number, tls: RedisTls | undefined): string[] {
  if (tls === undefined) return ['--port', String(port)];
  const { certFile, keyFile, caFile } = tls;
  const options = `--port 0 --tls-port ${port} --tls-auth-clients no --tls-cert-file ${certFile}`;
  return `${options} --tls-key-file ${keyFile} --tls-ca-cert-file ${caFile}`.split(' ');
}

/** A real Redis of the test's own; nothing where redis-server is not installed. */
export async function startRedis(tls?: RedisTls, policy = 'noeviction'): Promise<RedisServer | undefined> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'azt3knet-redis-'));
  const server = spawn(
    'redis-server',
    [
      ...portOptions(port, tls),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--maxmemory-policy',
      policy,
    ],
    { stdio: 'ignore' },
  );
  const missing = await Promise.race([
    once(server, 'spawn').then(() => false),
    once(server, 'error').then(() => true),
  ]);
  if (missing) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const url = `${tls === undefined ? 'redis' : 'rediss'}://127.0.0.1:${port}/0`;
  const client = new Redis(url, {
    retryStrategy: () => 50,
    maxRetriesPerRequest: 100,
    ...(tls && { tls: { ca: readFileSync(tls.caFile) } }),
  });
  client.on('error', () => {});
  await client.ping();
  client.disconnect();
  return {
    url,
    freeze: (frozen) => void server.kill(frozen ? 'SIGSTOP' : 'SIGCONT'),
    stop: async () => {
      server.kill('SIGCONT');
      server.kill('SIGTERM');
      await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
