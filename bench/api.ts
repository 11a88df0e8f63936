import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { loadConfig } from '../src/core/config/index.js';
import { PROJECT_ROOT } from '../src/core/project.js';
import { openRuntime } from '../src/runtime.js';
import { figure, figureAtMost, printFigures } from './figure.js';
import { call, load, start, total, type Measured, type Server } from './server-load.js';

// Authenticated, validated reads of one agent from PostgreSQL: the product against bare Fastify with the same JWT check,
// schema and query. Both servers run beside each other and are loaded in turn.

const ROUNDS = 5;
const dataDir = await mkdtemp(join(tmpdir(), 'azt3knet-bench-'));
const password = randomBytes(12).toString('hex');
const environment = {
  AZT3KNET_DATA_DIR: dataDir,
  AZT3KNET_LOG_LEVEL: 'silent',
  AZT3KNET_ADMIN_PASSWORD: password,
  API_SECRET_KEY: randomBytes(32).toString('hex'),
  API_HOST: '127.0.0.1',
  API_PORT: '0',
  // As limited as anybody else, and never at the end.
  RATE_LIMIT_REQUESTS: '10000000',
};
const runtime = await openRuntime(loadConfig({ ...environment }, dataDir), () => {});
const servers: Server[] = [];
try {
  const product = await start('product', 'src/main.js', environment);
  servers.push(product);
  const { access_token: token } = await call<{ access_token: string }>(`${product.url}/api/v1/auth/login`, {
    method: 'POST',
    body: JSON.stringify({ username: 'admin', password }),
  });
  const authorization = { authorization: `Bearer ${token}` };
  const { population_id: id, links } = await call<{ population_id: string; links: { job: string } }>(
    `${product.url}/api/v1/populate`,
    {
      method: 'POST',
      headers: authorization,
      body: JSON.stringify({ gender: 'female', count: 1000, country: 'MX', seed: 'bench', persist: true }),
    },
  );
  const worker = spawn(process.execPath, [join(PROJECT_ROOT, 'dist', 'src/main.js'), '--mode=worker'], {
    env: { ...process.env, ...environment },
    stdio: 'ignore',
  });
  for (let status = ''; status !== 'completed';) {
    ({ status } = await call<{ status: string }>(`${product.url}${links.job}`, { headers: authorization }));
  }
  worker.kill('SIGTERM');
  await once(worker, 'exit');
  const page = await call<{ agents: { id: string }[] }>(
    `${product.url}/api/v1/populations/${id}/agents?limit=1`,
    { headers: authorization },
  );
  const path = `/api/v1/agents/${page.agents[0]?.id ?? ''}`;
  const { keys } = await call<{ keys: object[] }>(`${product.url}/.well-known/jwks.json`, {});
  const bare = await start('bare Fastify', 'bench/api-bare.js', {
    ...environment,
    BENCH_DATABASE_URL: runtime.database.application.url,
    BENCH_PUBLIC_KEY: JSON.stringify(keys[0]),
  });
  servers.push(bare);
  const rounds = new Map<Server, Measured[]>(servers.map((server) => [server, []]));
  for (const server of servers) await load(server, path, token);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const server of servers) rounds.get(server)?.push(await load(server, path, token));
  }
  const [ours, theirs] = [total(rounds.get(product) ?? []), total(rounds.get(bare) ?? [])];
  printFigures([
    figure('api', 'bare Fastify, reads per server CPU-second', theirs.perCpuSecond, '1/s'),
    figure('api', 'product, reads per server CPU-second', ours.perCpuSecond, '1/s'),
    figure('api', 'product / bare Fastify', ours.perCpuSecond / theirs.perCpuSecond, '×', 0.9),
    figureAtMost('api', 'p99 of product / bare Fastify', ours.p99 / theirs.p99, '×', 2),
  ]);
} finally {
  for (const server of servers) server.process.kill('SIGTERM');
  await runtime.close();
  await rm(dataDir, { recursive: true, force: true });
}
