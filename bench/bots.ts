import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { loadConfig } from '../src/core/config/index.js';
import { poolConfig } from '../src/core/database/index.js';
import { PROJECT_ROOT } from '../src/core/project.js';
import { openRuntime } from '../src/runtime.js';
import { figure, figureAtMost, printFigures } from './figure.js';

// Bots in processes of this machine, under a server in a process of its own: what looking after all of them costs the server and
// its database while nothing happens, then how soon it is seen that some of them die or stand still, and when they are back.

const BOTS = Number(process.env['BENCH_BOTS'] ?? 500);
const HURT = Math.min(60, Math.floor(BOTS / 4));
const CALM_SECONDS = 60;
const TICKS_PER_SECOND = 100;
const PATIENCE_MS = 900_000;
/** Of the installation; the pause of a bot that has failed once. */
const BACKOFF_SECONDS = 10;
const PASSWORD = 'correct horse battery';

const PROGRAM = `from azt3knet_bot import Bot

bot = Bot()


def work():
    while bot.running:
        bot.sleep(60)


bot.run(work)
`;
const MANIFEST = `title: Idle bot
description: Beats, and waits to be told.
version: 1.0.0
runtime: python
entry: idle_bot.py
resources:
  memory_mb: 64
`;

const folder = await mkdtemp(join(tmpdir(), 'azt3knet-bench-'));
await chmod(folder, 0o711);
const blueprints = join(folder, 'blueprints');
await mkdir(join(blueprints, 'bench'), { recursive: true });
await writeFile(join(blueprints, 'bench', 'idle_bot.py'), PROGRAM);
await writeFile(join(blueprints, 'bench', 'idle_bot.yaml'), MANIFEST);
const environment = {
  AZT3KNET_DATA_DIR: join(folder, 'data'),
  AZT3KNET_BOTS_DIR: join(folder, 'run'),
  AZT3KNET_BLUEPRINTS_DIR: blueprints,
  AZT3KNET_ADMIN_PASSWORD: PASSWORD,
  AZT3KNET_LOG_LEVEL: 'error',
  RATE_LIMIT_REQUESTS: '0',
  RATE_LIMIT_ADDRESS_REQUESTS: '0',
  API_PORT: '0',
};
const runtime = await openRuntime(loadConfig(environment, folder), () => {});
const pool = new pg.Pool({ ...poolConfig(runtime.database.owner), max: 2 });
const server = spawn(process.execPath, [join(PROJECT_ROOT, 'dist', 'program', 'main.js')], {
  env: { PATH: process.env['PATH'], HOME: folder, ...environment },
  stdio: ['ignore', 'pipe', 'inherit'],
});

/** Seconds of processor time of a process so far, with that of the children it has waited for. */
async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = stat?.split(') ')[1]?.split(' ') ?? [];
  return [11, 12, 13, 14].reduce((sum, nth) => sum + Number(fields[nth] ?? 0), 0) / TICKS_PER_SECOND;
}

async function parentOf(pid: number | string): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return Number(stat.split(') ')[1]?.split(' ')[1]);
}

/** Of the database's processes. */
async function databaseSeconds(): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const postmaster = await parentOf(rows[0]?.pid ?? 0);
  let seconds = await cpuSeconds(postmaster);
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name)))
    if ((await parentOf(pid)) === postmaster) seconds += await cpuSeconds(Number(pid));
  return seconds;
}

async function url(): Promise<string> {
  let printed = '';
  for await (const chunk of server.stdout.iterator({ destroyOnReturn: false })) {
    printed += String(chunk);
    const found = /http:\/\/[^\s]+?:\d+/.exec(printed)?.[0];
    if (found !== undefined) {
      server.stdout.resume();
      return found;
    }
  }
  throw new Error(`the server did not start: ${printed}`);
}

/** Waits until so many bots are in a state. */
async function until(status: string, count: number): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await pool.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM bot_states WHERE status = $1',
      [status],
    );
    if (rows[0]?.count === count) return;
    if (Date.now() > end) throw new Error(`${rows[0]?.count} of ${count} bots are ${status}`);
    await sleep(500);
  }
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * part)] ?? Number.NaN;
}

/** Hurts bots, one after the other. @returns seconds until each was seen not to run, and until it ran again */
async function hurt(
  victims: readonly { bot_id: string; pid: number }[],
  signal: NodeJS.Signals,
): Promise<{ seen: number[]; back: number[] }> {
  const at = new Map<string, number>();
  for (const { bot_id, pid } of victims) {
    at.set(bot_id, Date.now());
    process.kill(pid, signal);
    await sleep(200);
  }
  const ids = [...at.keys()];
  const [seen, back] = [new Map<string, number>(), new Map<string, number>()];
  for (const end = Date.now() + PATIENCE_MS; back.size < ids.length;) {
    if (Date.now() > end) throw new Error(`${back.size} of ${ids.length} bots are back`);
    await sleep(500);
    const { rows } = await pool.query<{ bot_id: string; status: string; at: string }>(
      `SELECT bot_id, status, (extract(epoch FROM occurred_at) * 1000)::float8 AS at FROM bot_transitions
       WHERE bot_id = ANY($1) AND occurred_at > to_timestamp($2::float8 / 1000) ORDER BY id`,
      [ids, Math.min(...at.values())],
    );
    for (const { bot_id, status, at: when } of rows) {
      const seconds = (Number(when) - (at.get(bot_id) ?? 0)) / 1_000;
      if (seconds < 0) continue;
      if (!seen.has(bot_id) && status !== 'running') seen.set(bot_id, seconds);
      if (seen.has(bot_id) && !back.has(bot_id) && status === 'running') back.set(bot_id, seconds);
    }
  }
  return { seen: [...seen.values()], back: [...back.values()] };
}

try {
  const base = await url();
  const post = async (path: string, body: object, token?: string): Promise<Record<string, string>> => {
    const answer = await fetch(`${base}/api/v1${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, string>;
  };
  const { access_token: token } = await post('/auth/login', { username: 'admin', password: PASSWORD });
  const begun = performance.now();
  for (let n = 0; n < BOTS; n += 1) {
    const id = `idle-${n}`;
    await post('/bots', { id, name: id, role: 'idler', blueprint: 'bench/idle_bot.py' }, token);
    await post(`/bots/${id}/start`, {}, token);
  }
  await until('running', BOTS);
  const starting = (performance.now() - begun) / 1_000;

  const pid = server.pid ?? 0;
  const before = { server: await cpuSeconds(pid), database: await databaseSeconds(), at: performance.now() };
  await sleep(CALM_SECONDS * 1_000);
  const calm = (performance.now() - before.at) / 1_000;
  const [own, data] = [
    ((await cpuSeconds(pid)) - before.server) / calm,
    ((await databaseSeconds()) - before.database) / calm,
  ];

  const { rows: victims } = await pool.query<{ bot_id: string; pid: number }>(
    `SELECT bot_id, (handle ->> 'pid')::integer AS pid FROM bot_instances ORDER BY md5(bot_id) LIMIT $1`,
    [2 * HURT],
  );
  const killed = await hurt(victims.slice(0, HURT), 'SIGKILL');
  const frozen = await hurt(victims.slice(HURT), 'SIGSTOP');
  await until('running', BOTS);
  const name = `${BOTS} bots in processes`;
  printFigures([
    figure('bots', `${name}, until all run`, starting, 's'),
    figureAtMost('bots', `${name}: server and database`, own + data, 'cores', 0.2),
    figure('bots', `${name}: server`, own, 'cores'),
    figure('bots', `${name}: database`, data, 'cores'),
    figureAtMost(
      'bots',
      `${name}: one was killed until that is seen, p99`,
      quantile(killed.seen, 0.99),
      's',
      10,
    ),
    figureAtMost(
      'bots',
      `${name}: one stood still until that is seen, p99`,
      quantile(frozen.seen, 0.99),
      's',
      10,
    ),
    figureAtMost(
      'bots',
      `${name}: one was killed until it runs again, p99`,
      quantile(killed.back, 0.99),
      's',
      BACKOFF_SECONDS + 10,
    ),
  ]);
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
  await pool.end();
  await runtime.close();
  await rm(folder, { recursive: true, force: true });
}
