import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../src/core/config/index.js';
import { openRuntime } from '../src/runtime.js';
import { figure, printFigures } from './figure.js';
import { call, load, start, total, type Measured, type Server } from './server-load.js';

// What counting costs: an authenticated read on a server with limits against one without, and what refusing a forged token
// costs by the limit of its address against by its signature.

const ROUNDS = 5;
const PATH = '/api/v1/users/me';

const dataDir = await mkdtemp(join(tmpdir(), 'azt3knet-bench-'));
const password = randomBytes(12).toString('hex');
const environment = {
  AZT3KNET_DATA_DIR: dataDir,
  AZT3KNET_LOG_LEVEL: 'silent',
  AZT3KNET_ADMIN_PASSWORD: password,
  API_SECRET_KEY: randomBytes(32).toString('hex'),
  API_HOST: '127.0.0.1',
  API_PORT: '0',
};
const runtime = await openRuntime(loadConfig({ ...environment }, dataDir), () => {});
const servers: Server[] = [];

async function rounds(token: string, statuses: ReadonlyMap<Server, number>): Promise<number[]> {
  const measured = servers.map((): Measured[] => []);
  for (const [server, status] of statuses) await load(server, PATH, token, status);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, server] of servers.entries()) {
      measured[index]?.push(await load(server, PATH, token, statuses.get(server)));
    }
  }
  return measured.map((each) => total(each).perCpuSecond);
}

try {
  const off = { RATE_LIMIT_REQUESTS: '0', RATE_LIMIT_ADDRESS_REQUESTS: '0', RATE_LIMIT_LOGINS: '0' };
  const on = {
    RATE_LIMIT_REQUESTS: '10000000',
    RATE_LIMIT_ADDRESS_REQUESTS: '100',
    RATE_LIMIT_WINDOW_SECONDS: '3600',
  };
  const unlimited = await start('unlimited', 'src/main.js', { ...environment, ...off });
  servers.push(unlimited);
  const limited = await start('limited', 'src/main.js', { ...environment, ...on });
  servers.push(limited);
  const { access_token: token } = await call<{ access_token: string }>(`${unlimited.url}/api/v1/auth/login`, {
    method: 'POST',
    body: JSON.stringify({ username: 'admin', password }),
  });
  const reads = await rounds(
    token,
    new Map([
      [unlimited, 200],
      [limited, 200],
    ]),
  );
  const forged = `${token.slice(0, -4)}AAAA`;
  for (let i = 0; i < 100; i += 1) {
    await fetch(`${limited.url}${PATH}`, { headers: { authorization: `Bearer ${forged}` } });
  }
  const refusals = await rounds(
    forged,
    new Map([
      [unlimited, 401],
      [limited, 429],
    ]),
  );
  const [read = 0, readLimited = 0] = reads;
  const [bySignature = 0, byLimit = 0] = refusals;
  printFigures([
    figure('rate-limit', 'unlimited reads per server CPU-second', read, '1/s'),
    figure('rate-limit', 'limited reads per server CPU-second', readLimited, '1/s'),
    figure('rate-limit', 'limited / unlimited', readLimited / read, '×', 0.95),
    figure('rate-limit', 'forged tokens refused by the limit / by signature', byLimit / bySignature, '×'),
  ]);
} finally {
  for (const server of servers) server.process.kill('SIGTERM');
  await runtime.close();
  await rm(dataDir, { recursive: true, force: true });
}
