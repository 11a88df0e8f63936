import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { printed, Program } from '../support/program.js';
import { Laboratory, query } from '../support/embedded-postgres.js';
import { freePort, hasRedis } from '../support/redis.js';

// An API, two workers, PostgreSQL and Redis, as processes of their own, which are killed, stopped and cut off at random moments
// while campaigns publish and populations are asked for. In the end every publication is out exactly once or says why not.

/** `npm run test:chaos` takes ten, of some forty faults each. */
const ROUNDS = Number(process.env['CHAOS_ROUNDS'] ?? 1);
const FAULTS = Number(process.env['CHAOS_FAULTS'] ?? 6);
const AGENTS = 60;
const TOTAL = 60;
const PASSWORD = 'a password of this chaos';
/** Publications are due within so many seconds, and late after so many. */
const SPREAD_SECONDS = 2 * FAULTS;
const GRACE_SECONDS = 30 + FAULTS;
/** Twenty in an hour: two at once, and one more every 3600 / (20 - 2 + 1) seconds. */
const PER_HOUR = 20;
const BURST = 2;
const REFILL_SECONDS = 3_600 / (PER_HOUR - BURST + 1);

/** What the sandbox lets an account publish in three hours: thirty at once, and one more every 10,800 / (300 - 30 + 1) seconds. */
const ACCOUNT_BURST = 30;
const ACCOUNT_REFILL_SECONDS = 10_800 / (300 - ACCOUNT_BURST + 1);

/** A Redis that writes down all it is told, so that it knows it again after its death. */
class DurableRedis {
  private readonly folder = mkdtempSync(join(tmpdir(), 'azt3knet-redis-'));
  private server: ChildProcess | undefined;

  constructor(readonly port: number) {}

  async start(): Promise<void> {
    const options = `--port ${this.port} --bind 127.0.0.1 --dir ${this.folder} --appendonly yes --appendfsync always`;
    this.server = spawn('redis-server', options.split(' '), { stdio: 'ignore' });
    await this.use((client) => client.ping());
  }

  async use<T>(work: (client: Redis) => Promise<T>): Promise<T> {
    const options = { retryStrategy: () => 50, maxRetriesPerRequest: 200 };
    const client = new Redis(this.port, '127.0.0.1', options);
    client.on('error', () => {});
    try {
      return await work(client);
    } finally {
      client.disconnect();
    }
  }

  async restart(): Promise<void> {
    this.server?.kill('SIGKILL');
    if (this.server) await once(this.server, 'exit');
    await this.start();
  }

  async stopFor(ms: number): Promise<void> {
    this.server?.kill('SIGSTOP');
    await sleep(ms);
    this.server?.kill('SIGCONT');
  }

  async remove(): Promise<void> {
    this.server?.kill('SIGCONT');
    this.server?.kill('SIGKILL');
    if (this.server) await once(this.server, 'exit');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

type Part = 'api' | 'worker 1' | 'worker 2';

/** Everything that can die. */
class City {
  readonly laboratory = new Laboratory();
  private readonly processes = new Map<Part, ChildProcess>();
  private program: Program | undefined;
  private owner = '';
  private application = '';
  url = '';

  constructor(readonly redis: DurableRedis | undefined) {}

  async open(): Promise<void> {
    await this.redis?.start();
    const server = await this.laboratory.acquire();
    [this.owner, this.application] = [server.ownerUrl, server.applicationUrl];
    this.program = new Program({
      DATABASE_URL: this.application,
      DATABASE_OWNER_URL: this.owner,
      AZT3KNET_ADMIN_PASSWORD: PASSWORD,
      AZT3KNET_LOG_LEVEL: 'fatal',
      ...(this.redis && { REDIS_URL: `redis://127.0.0.1:${this.redis.port}/0` }),
    });
    const migrated = await this.program.run('db', 'upgrade');
    if (migrated.code !== 0) throw new Error(migrated.stderr);
    await this.start('api');
    await Promise.all([this.start('worker 1'), this.start('worker 2')]);
  }

  /** Rows, also while the server comes up again. */
  async rows<T>(statement: string): Promise<T[]> {
    for (let tries = 0; ; tries += 1)
      try {
        return (await query(this.owner, statement)) as T[];
      } catch (error) {
        if (tries > 100) throw error;
        await sleep(200);
      }
  }

  /** Starts a part, and again where it could not, as whoever keeps it running would. */
  async start(part: Part): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const child = this.the.start(['--mode', part === 'api' ? 'api' : 'worker'], 'main');
      this.processes.set(part, child);
      let said = '';
      child.stderr?.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2_000)));
      try {
        const text = await printed(child, part === 'api' ? /Health/ : /running \(worker/);
        if (part === 'api') this.url = /API\s+(http:\S+)\/api\/v1/.exec(text)?.[1] ?? '';
        return;
      } catch (error) {
        if (tries > 10) throw new Error(`${part}: ${said}`, { cause: error });
        await sleep(500);
      }
    }
  }

  async kill(part: Part): Promise<void> {
    const child = this.processes.get(part);
    child?.kill('SIGKILL');
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'close');
    await this.start(part);
  }

  async stopFor(part: Part, ms: number): Promise<void> {
    const child = this.processes.get(part);
    child?.kill('SIGSTOP');
    await sleep(ms);
    child?.kill('SIGCONT');
  }

  /** Kills a process of PostgreSQL’s that serves us, whereupon it ends all others and recovers. */
  async killPostgres(): Promise<void> {
    const [backend] = await this.rows<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE usename = 'azt3knet_app' ORDER BY random() LIMIT 1`,
    );
    if (backend) process.kill(backend.pid, 'SIGKILL');
  }

  /** Cuts all connections to PostgreSQL. */
  async cutPostgres(): Promise<void> {
    await this.rows(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'azt3knet_app'`);
  }

  /** Stops the server of PostgreSQL and all that it has started: connections stay open, and nobody answers. */
  async stopPostgresFor(ms: number): Promise<void> {
    const server = this.laboratory.serverPid();
    if (server === undefined) return;
    const stopped = [server];
    try {
      // The server first: it starts no more.
      process.kill(server, 'SIGSTOP');
      for (const pid of childrenOf(server)) if (sendTo(pid, 'SIGSTOP')) stopped.push(pid);
      await sleep(ms);
    } finally {
      for (const pid of stopped.toReversed()) sendTo(pid, 'SIGCONT');
    }
  }

  get the(): Program {
    if (this.program === undefined) throw new Error('not open');
    return this.program;
  }

  async close(): Promise<void> {
    for (const child of this.processes.values()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    this.program?.remove();
    await this.laboratory.close();
    await this.redis?.remove();
  }
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .map(Number);
}

/** Whether there was such a process. */
function sendTo(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

let city: City | undefined;

afterEach(async () => {
  await city?.close();
  city = undefined;
}, 60_000);

/** Makes a campaign whose publications are due soon. */
async function campaign(asked: City, name: string, population: string, ...more: string[]): Promise<void> {
  const templates = 'street_art_campaign,live_music,recipe,travel_note,match_day,gratitude,open_question';
  const later = new Date(Date.now() + 3 * 86_400_000).toISOString();
  const options = ['--template', templates, '--starts-at', later, '--total', `${TOTAL}`, '--seed', name];
  const made = await asked.the.run('campaigns', 'create', name, population, ...options, ...more);
  expect(made.stderr).toBe('');
  expect((await asked.the.run('campaigns', 'start', name)).code).toBe(0);
  const of = `(SELECT id FROM campaigns WHERE name = '${name}')`;
  await expect
    .poll(async () => (await asked.rows(`SELECT 1 FROM publications WHERE campaign_id = ${of}`)).length, {
      timeout: 60_000,
    })
    .toBe(TOTAL);
  await asked.rows(
    `UPDATE publications p SET due_at = d.at, not_before = now(), expires_at = d.at + interval '${GRACE_SECONDS} s'
     FROM (SELECT id, now() + interval '${SPREAD_SECONDS} s' * row_number() OVER (ORDER BY id) / ${TOTAL} AS at
           FROM publications WHERE campaign_id = ${of}) AS d WHERE d.id = p.id`,
  );
}

/**
 * Asks for populations until the signal is given: again with the same key where nobody answers, with the next one
 * where a key is held by a process that died with it.
 * @param jobs receives the jobs that were accepted
 */
async function load(asked: City, jobs: string[], signal: AbortSignal): Promise<void> {
  const post = async (path: string, body: object, headers: Record<string, string>): Promise<Answer> => {
    const answer = await fetch(`${asked.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5_000),
    }).catch(() => undefined);
    const told = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
    return { status: answer?.status, body: told as Record<string, string> | undefined };
  };
  let token = '';
  for (let n = 0; !signal.aborted; await sleep(400)) {
    if (token === '') {
      const { body } = await post('/api/v1/auth/login', { username: 'admin', password: PASSWORD }, {});
      token = body?.['access_token'] ?? '';
      continue;
    }
    const { status, body } = await post(
      '/api/v1/populate',
      { gender: 'female', count: 30, country: 'MX', seed: `${n}`, persist: true },
      { authorization: `Bearer ${token}`, 'idempotency-key': `chaos-${n}` },
    );
    if (status === 401) token = '';
    if (body?.['job_id'] !== undefined) jobs.push(body['job_id']);
    if (body?.['job_id'] !== undefined || status === 409) n += 1;
  }
}

interface Answer {
  status: number | undefined;
  body: Record<string, string> | undefined;
}

const STORES = ['PostgreSQL alone', 'Redis'];

describe.each(STORES)('with %s', (store) => {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  it.skipIf(store === 'Redis' && !hasRedis()).each(rounds)(
    'every publication is out once or says why not, whatever dies (round %i)',
    async (round) => {
      const draws = new RandomStream(keyFromText(`delivery ${store}`), round);
      city = new City(store === 'Redis' ? new DurableRedis(await freePort()) : undefined);
      await city.open();
      const made = await city.the.run(
        'populate',
        '--gender',
        'female',
        '--count',
        `${AGENTS}`,
        '--country',
        'MX',
        '--seed',
        '1',
        '--persist',
        '--json',
      );
      const { population_id } = JSON.parse(made.stdout) as { population_id: string };
      await campaign(city, 'free', population_id);
      await campaign(city, 'bounded', population_id, '--per-hour', `${PER_HOUR}`);
      await campaign(city, 'daily', population_id, '--per-agent-day', '1');
      const began = Date.now();

      const enough = new AbortController();
      const jobs: string[] = [];
      const loading = load(city, jobs, enough.signal);
      const { redis } = city;
      const part = (): Part => (['api', 'worker 1', 'worker 2'] as const)[draws.below(3)] as Part;
      const faults: ((ms: number) => Promise<unknown>)[] = [
        () => city?.kill(part()) as Promise<void>,
        () => city?.kill(part()) as Promise<void>,
        (ms) => city?.stopFor(part(), ms) as Promise<void>,
        () => city?.killPostgres() as Promise<void>,
        () => city?.cutPostgres() as Promise<void>,
        (ms) => city?.stopPostgresFor(1_000 + ms) as Promise<void>,
        ...(redis
          ? [
              () => redis.restart(),
              (ms: number) => redis.stopFor(ms),
              () => redis.use((client) => client.client('KILL', 'TYPE', 'normal')),
            ]
          : []),
      ];
      for (let n = 0; n < FAULTS; n += 1) {
        await sleep(draws.below(1_200));
        await faults[draws.below(faults.length)]?.(draws.below(2_500));
      }
      await expect.poll(() => jobs.length, { timeout: 60_000 }).toBeGreaterThan(0);
      enough.abort();
      await loading;

      const open = `state IN ('planned', 'drafted', 'awaiting_approval', 'due', 'publishing')`;
      const left = async (): Promise<object[]> =>
        (await city?.rows(`SELECT id, state, reason FROM publications WHERE ${open}`)) ?? [];
      await expect.poll(left, { timeout: 240_000, interval: 500 }).toEqual([]);
      const working = async (): Promise<object[]> =>
        (await city?.rows(`SELECT id, name, status FROM jobs WHERE status IN ('queued', 'running')`)) ?? [];
      await expect.poll(working, { timeout: 240_000, interval: 500 }).toEqual([]);

      const published = await city.rows<{ name: string; posts: number; told: number }>(
        `SELECT c.name, (SELECT count(*)::int FROM network_statuses s WHERE s.draft_id = p.draft_id) AS posts,
           (SELECT count(*)::int FROM audit a WHERE a.subject_id = p.id::text AND a.action = 'publication.published') AS told
         FROM publications p JOIN campaigns c ON c.id = p.campaign_id WHERE p.state = 'published'`,
      );
      expect(published.filter(({ posts, told }) => posts !== 1 || told !== 1)).toEqual([]);
      expect(await city.rows('SELECT id FROM network_statuses')).toHaveLength(published.length);
      expect(published.filter(({ name }) => name === 'free').length).toBeGreaterThan(10);
      const bounded = published.filter(({ name }) => name === 'bounded').length;
      const elapsed = (Date.now() - began) / 1_000;
      expect(bounded).toBeGreaterThan(0);
      expect(bounded).toBeLessThanOrEqual(BURST + Math.ceil(elapsed / REFILL_SECONDS));
      // One a day of each agent, whatever dies: the plan has more of some, which are all due now.
      const daily = `publications p JOIN campaigns c ON c.id = p.campaign_id WHERE c.name = 'daily'`;
      const most = async (counted: string): Promise<number> => {
        const [row] =
          (await city?.rows<{ n: number }>(`SELECT coalesce(max(n), 0)::int AS n FROM (${counted}) AS m`)) ??
          [];
        return row?.n ?? 0;
      };
      expect(await most(`SELECT count(*) AS n FROM ${daily} GROUP BY p.agent_id`)).toBeGreaterThan(1);
      expect(
        await most(`SELECT count(*) AS n FROM ${daily} AND p.state = 'published' GROUP BY p.agent_id`),
      ).toBe(1);
      expect(
        await most('SELECT count(*) AS n FROM network_statuses GROUP BY account_id'),
      ).toBeLessThanOrEqual(ACCOUNT_BURST + Math.ceil(elapsed / ACCOUNT_REFILL_SECONDS));
      expect(
        await city.rows(
          `SELECT id, state FROM publications WHERE state NOT IN ('published', 'failed', 'expired') OR (state <> 'published' AND reason IS NULL)`,
        ),
      ).toEqual([]);

      const kept = await city.rows<{ id: string; status: string; error: string | null }>(
        `SELECT id, status, error FROM jobs WHERE id = ANY('{${jobs.join(',')}}'::uuid[])`,
      );
      expect(kept.filter(({ status }) => status !== 'completed')).toEqual([]);
      expect(kept).toHaveLength(new Set(jobs).size);
      const audit = await city.the.run('audit', 'verify');
      expect(audit.stderr + audit.stdout).toContain('intact');
      expect(audit.code).toBe(0);
    },
    600_000,
  );
});
