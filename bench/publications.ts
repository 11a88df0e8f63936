import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { loadConfig } from '../src/core/config/index.js';
import { openLocalApplication } from '../src/local-application.js';
import { PlanWriter } from '../src/modules/scheduler/planning/plan-writer.js';
import { Delivery } from '../src/modules/scheduler/publications/delivery.js';
import { Drafting } from '../src/modules/scheduler/publications/drafting.js';
import { Publishing } from '../src/modules/scheduler/publications/publishing.js';
import { Reconciliation } from '../src/modules/scheduler/publications/reconciliation.js';
import { Upkeep } from '../src/modules/scheduler/publications/upkeep.js';
import { figure, figureAtMost, printFigures, type Figure } from './figure.js';
import { startRedis } from './redis-server.js';

// The whole path of publications in one process with its database: drafts are written and decided on, then what is due goes through
// quotas and the guard's decision to the sandbox network, with its audit records and events. The latency is that from when one is
// due until it is published, with half as many due a second as can be published.

const TEMPLATES = [
  'civic_notice',
  'event_invitation',
  'gratitude',
  'live_music',
  'match_day',
  'open_question',
  'recipe',
  'service_review',
  'street_art_campaign',
  'travel_note',
];
const AGENTS = 1_000;
const PUBLICATIONS = Number(process.env['BENCH_PUBLICATIONS'] ?? 4_000);
/** So many due a second that all are. */
const AT_ONCE = 1_000_000;
const DAY_MS = 86_400_000;

interface Step {
  step(): Promise<boolean>;
}

/** Does all there is. @returns seconds */
async function seconds(work: Step): Promise<number> {
  const started = performance.now();
  while (await work.step());
  return (performance.now() - started) / 1_000;
}

async function measure(store: string, goal: number, environment: Record<string, string>): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'azt3knet-bench-'));
  const named = { AZT3KNET_DATA_DIR: dataDir, AZT3KNET_LOG_LEVEL: 'silent', ...environment };
  const application = await openLocalApplication('all', loadConfig(named, dataDir), () => {});
  const { context, client } = application;
  try {
    if (client === undefined) throw new Error('the application has no client');
    const source = context.get(DataSource);
    const part = <T>(token: abstract new (...args: never[]) => T): T =>
      context.get<T>(token, { strict: false });
    const made = await client.post('/api/v1/populate', {
      body: { gender: 'female', count: AGENTS, country: 'MX', seed: '20241005', persist: true },
    });
    const population = (made as { population_id: string }).population_id;
    for (let agents = 0; agents < AGENTS; await sleep(50)) {
      const rows = await source.query<{ count: number }[]>('SELECT count(*)::int AS count FROM agents');
      agents = rows[0]?.count ?? 0;
    }
    const delivery = part(Delivery);
    await delivery.beforeApplicationShutdown();

    const campaign = async (name: string, total: number): Promise<string> => {
      const data = await client.post('/api/v1/campaigns', {
        body: {
          name,
          population,
          templates: TEMPLATES,
          seed: name,
          starts_at: new Date(Date.now() + 2 * DAY_MS).toISOString(),
          ends_at: new Date(Date.now() + 32 * DAY_MS).toISOString(),
          caps: { total },
        },
      });
      const { id } = data as { id: string };
      await client.post('/api/v1/campaigns/{campaign}/start', { params: { path: { campaign: id } } });
      await seconds(part(PlanWriter));
      const planned = await source.query<unknown[]>('SELECT 1 FROM publications WHERE campaign_id = $1', [
        id,
      ]);
      if (planned.length !== total) throw new Error(`${planned.length} publications instead of ${total}`);
      return id;
    };
    /** Makes a campaign's publications due, the n-th after n/rate seconds. */
    const makeDue = (id: string, rate: number): Promise<unknown> =>
      source.query(
        `UPDATE publications p SET due_at = d.at, not_before = CASE WHEN p.state = 'planned' THEN now() ELSE d.at END,
           expires_at = d.at + interval '1 h'
         FROM (SELECT id, now() + interval '1 s' * row_number() OVER (ORDER BY id) / $2::float8 AS at
               FROM publications WHERE campaign_id = $1 AND state IN ('planned', 'due')) AS d WHERE d.id = p.id`,
        [id, rate],
      );
    const out = async (id: string): Promise<{ count: number; p50: number; p99: number }> => {
      const [row] = await source.query<{ count: number; p50: number; p99: number }[]>(
        `SELECT count(*)::int AS count,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM published_at - due_at)) * 1000 AS p50,
           percentile_cont(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM published_at - due_at)) * 1000 AS p99
         FROM publications WHERE campaign_id = $1 AND state = 'published'`,
        [id],
      );
      return row ?? { count: 0, p50: NaN, p99: NaN };
    };

    /** Has a campaign's drafts written; the guard holds those that are too much alike. @returns how many are due */
    const write = async (
      name: string,
      total: number,
    ): Promise<{ id: string; due: number; seconds: number }> => {
      const id = await campaign(name, total);
      await makeDue(id, AT_ONCE);
      const spent = await seconds(part(Drafting));
      const due = await source.query<unknown[]>(
        `SELECT 1 FROM publications WHERE campaign_id = $1 AND state = 'due'`,
        [id],
      );
      return { id, due: due.length, seconds: spent };
    };

    // Accounts are made with the first post of each agent.
    await write('first', PUBLICATIONS);
    await seconds(part(Publishing));

    const { id, due, seconds: drafting } = await write('rate', PUBLICATIONS);
    const publishing = await seconds(part(Publishing));
    const { count } = await out(id);
    if (count !== due) throw new Error(`${count} of ${due} publications are out`);
    const rate = due / publishing;

    const half = rate / 2;
    const load = await write('load', PUBLICATIONS);
    await makeDue(load.id, half);
    const running = new Delivery(
      part(PlanWriter),
      part(Drafting),
      part(Publishing),
      part(Upkeep),
      part(Reconciliation),
      {
        setContext: () => {},
        warn: () => {},
      } as never,
    );
    running.onApplicationBootstrap();
    let loaded = await out(load.id);
    for (const until = Date.now() + 120_000; loaded.count < load.due && Date.now() < until; await sleep(500))
      loaded = await out(load.id);
    await running.beforeApplicationShutdown();
    if (loaded.count < load.due)
      throw new Error(`${loaded.count} of ${load.due} publications went out in time`);

    return [
      figure('publications', `from approved draft to post, ${store}`, rate, 'publications/s', goal),
      figure('publications', `drafts written and decided on, ${store}`, PUBLICATIONS / drafting, 'drafts/s'),
      figure('publications', `publications that the guard let through, ${store}`, due, `of ${PUBLICATIONS}`),
      figure('publications', `latency at half load, p50, ${store}`, loaded.p50, 'ms'),
      figureAtMost('publications', `latency at half load, p99, ${store}`, loaded.p99, 'ms', 250),
    ];
  } finally {
    await application.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const figures = await measure('embedded', 300, {});
const redis = await startRedis();
if (redis === undefined)
  process.stderr.write('redis-server is not installed: the embedded store alone was measured\n');
else figures.push(...(await measure('Redis', 1_000, { REDIS_URL: redis.url })));
await redis?.stop();
printFigures(figures);
