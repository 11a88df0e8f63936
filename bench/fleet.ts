import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { compose } from '../src/composition.js';
import { loadConfig } from '../src/core/config/index.js';
import type { Caller } from '../src/core/http/index.js';
import type { Executor, Running, Sight } from '../src/modules/bots/executor/executor.js';
import { ProcessExecutor } from '../src/modules/bots/executor/process-executor.js';
import { WardHouse } from '../src/modules/bots/reconciler/ward-house.js';
import { BotsService } from '../src/modules/bots/registry/bots.service.js';
import { openRuntime } from '../src/runtime.js';
import { figure, figureAtMost, printFigures } from './figure.js';

// Five thousand bots that only seem to run: their executor remembers what it was asked to start, and beats for them. What is left is
// the control plane: what is wanted and seen in the database, the reconciler, self-healing.

const BOTS = Number(process.env['BENCH_FLEET'] ?? 5_000);
const HURT = Math.min(100, BOTS);
const BEAT_MS = 2_000;
const CALM_MS = 60_000;
const PATIENCE_MS = 900_000;

const alive = new Set<string>();

/** What stands in for the process executor. */
const pretended: Omit<Executor, 'host' | 'endsWithServer'> = {
  start({ botId, ordinal, instance }) {
    alive.add(instance);
    const running = { botId, ordinal, instance, handle: {} };
    return Promise.resolve({ running, place: 'nowhere', conditions: [] });
  },
  look() {
    return Promise.resolve(({ instance }: Running): Sight => ({
      alive: alive.has(instance),
      exit: alive.has(instance) ? undefined : { code: null, signal: 'SIGKILL' },
      cpuSeconds: 0,
      memoryMb: 20,
    }));
  },
  find: () => Promise.resolve(undefined),
  ask: ({ instance }) => Promise.resolve(void alive.delete(instance)),
  kill: ({ instance }) => Promise.resolve(Number(alive.delete(instance))),
  printed: () => ({ lines: [], dropped: 0 }),
  renewToken: () => Promise.resolve(),
  tokenOf: () => undefined,
  socketOf: () => undefined,
  sweep: () => Promise.resolve(0),
  forget: () => Promise.resolve(),
  leave: () => Promise.resolve(),
  remembered: () => Promise.resolve([]),
};
Object.assign(ProcessExecutor.prototype, pretended);

const folder = await mkdtemp(join(tmpdir(), 'azt3knet-bench-'));
const config = loadConfig({ AZT3KNET_DATA_DIR: folder, AZT3KNET_LOG_LEVEL: 'error' }, folder);
const runtime = await openRuntime(config, () => {});
const app = await NestFactory.createApplicationContext(compose('worker', runtime), { logger: false });
const source = app.get(DataSource);
const house = app.get(WardHouse, { strict: false });
const beats = setInterval(() => {
  const now = Date.now();
  for (const ward of house.all.flatMap(({ all }) => all))
    if (ward.running !== undefined && alive.has(ward.running.instance))
      ward.takeBeat({ requests: 0, errors: 0, event_loop_lag_ms: 0 }, now);
}, BEAT_MS);

async function until(status: string, count: number): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const [row] = await source.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM bot_states WHERE status = $1',
      [status],
    );
    if (row?.count === count) return;
    if (Date.now() > end) throw new Error(`${row?.count} of ${count} bots are ${status}`);
    await sleep(500);
  }
}

try {
  const id = randomUUID();
  await source.query(`INSERT INTO users (id, username, role) VALUES ($1, 'fleet', 'admin')`, [id]);
  const caller: Caller = {
    id,
    username: 'fleet',
    kind: 'person',
    role: 'admin',
    permissions: new Set(),
    expiresAt: Date.now() + PATIENCE_MS,
  };
  const bots = app.get(BotsService, { strict: false });
  const begun = performance.now();
  for (let n = 0; n < BOTS; n += 1) {
    const bot = `fleet-${n}`;
    const request = { name: bot, description: '', role: 'idler', blueprint: 'bots/echo_bot.mjs' };
    const rest = { configuration: {}, healing: null, paused: false, schedule: null, replicas: 1 };
    await bots.create(bot, { ...request, ...rest }, caller);
    await bots.act(bot, 'start', caller.username);
  }
  await until('running', BOTS);
  const starting = (performance.now() - begun) / 1_000;
  await sleep(10_000);
  const [before, at] = [process.cpuUsage(), performance.now()];
  await sleep(CALM_MS);
  const { user, system } = process.cpuUsage(before);
  const cores = (user + system) / 1_000 / (performance.now() - at);

  const hurtAt = new Map<string, number>();
  for (const ward of house.all.slice(0, HURT).flatMap(({ all }) => all)) {
    hurtAt.set(ward.id, Date.now());
    alive.delete(ward.running?.instance ?? '');
    await sleep(100);
  }
  await sleep(20_000);
  const rows = await source.query<{ bot_id: string; at: number }[]>(
    `SELECT bot_id, (extract(epoch FROM occurred_at) * 1000)::float8 AS at FROM bot_transitions
     WHERE bot_id = ANY($1) AND status = 'backoff' ORDER BY id`,
    [[...hurtAt.keys()]],
  );
  const seen = [...hurtAt]
    .map(
      ([bot, when]) =>
        ((rows.find((row) => row.bot_id === bot && row.at >= when)?.at ?? Infinity) - when) / 1_000,
    )
    .toSorted((a, b) => a - b);
  const name = `${BOTS} bots of a fake executor`;
  printFigures([
    figure('fleet', `${name}, registered and running`, BOTS / starting, 'bots/s'),
    figure('fleet', `${name}: the process that looks after them`, cores, 'cores'),
    figure('fleet', `${name}: memory of that process`, process.memoryUsage.rss() / 1_048_576, 'MiB'),
    figureAtMost(
      'fleet',
      `${name}: one ended until that is seen, p99`,
      seen[Math.floor((seen.length - 1) * 0.99)] ?? Number.NaN,
      's',
      10,
    ),
  ]);
} finally {
  clearInterval(beats);
  await app.close();
  await runtime.close();
  await rm(folder, { recursive: true, force: true });
}
