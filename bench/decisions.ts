import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { compose } from '../src/composition.js';
import { loadConfig } from '../src/core/config/index.js';
import { ComplianceService } from '../src/modules/compliance/index.js';
import { ReviewsService } from '../src/modules/compliance/review/reviews.service.js';
import { StatisticsRepository } from '../src/modules/compliance/statistics.repository.js';
import { openRuntime } from '../src/runtime.js';
import { figureAtMost, printFigures, type Figure } from './figure.js';

// A million decisions of 90 days and a hundred thousand reviews that wait: what people ask of them, at the 50th and the 99th
// percentile.

const DECISIONS = 1_000_000;
const WAITING = 100_000;
const DAY_MS = 86_400_000;

/** One in ten waits for review, one in fifty is blocked, and a rule matched in each of them; 5,000 agents, 40 campaigns. */
const FILL = `
  INSERT INTO decisions (id, subject_type, subject_id, agent_id, campaign_id, text_hash, policies, action, checked,
                         compliance_score, labels, matches, reasons, latency_us, decided_by, decided_at)
  SELECT gen_random_uuid(), CASE WHEN n % 100 = 0 THEN 'population' ELSE 'draft' END, md5(n::text)::uuid::text,
         CASE WHEN n % 100 <> 0 THEN md5((n % 5000)::text)::uuid END, CASE WHEN n % 3 = 0 THEN 'campaign-' || n % 40 END,
         md5(n::text) || md5(n::text), '[{"id":"pii","version":"1.0.0","sha256":"0"}]',
         CASE WHEN n % 10 = 1 THEN 'review' WHEN n % 50 = 2 THEN 'block' ELSE 'allow' END, true, 0.9, '{}',
         CASE WHEN n % 10 = 1 OR n % 50 = 2
           THEN jsonb_build_array(jsonb_build_object('policy', 'pii', 'rule', 'rule-' || n % 17, 'severity', 'high'))
           ELSE '[]' END,
         'No rule matched.', 20, 'worker', now() - interval '90 days' * (n::float8 / ${DECISIONS})
  FROM generate_series(1, ${DECISIONS}) AS n;
  INSERT INTO decision_rules (decision_id, policy, rule, decided_at)
  SELECT id, 'pii', matches -> 0 ->> 'rule', decided_at FROM decisions WHERE matches <> '[]';
  INSERT INTO reviews (id, severity, due_at, created_at)
  SELECT id, 'high', decided_at + interval '4 hours', decided_at FROM decisions WHERE action = 'review' LIMIT ${WAITING};
  VACUUM ANALYZE decisions; VACUUM ANALYZE decision_rules; VACUUM ANALYZE reviews`;

/** Milliseconds that work takes, at two percentiles. */
async function measure(
  name: string,
  goal: number,
  runs: number,
  work: () => Promise<unknown>,
): Promise<Figure[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (part: number): number =>
    times[Math.min(times.length - 1, Math.floor(part * times.length))] ?? NaN;
  return [
    figureAtMost('decisions', `${name}, p50`, at(0.5), 'ms', goal),
    figureAtMost('decisions', `${name}, p99`, at(0.99), 'ms', goal),
  ];
}

const dataDir = await mkdtemp(join(tmpdir(), 'azt3knet-bench-'));
const config = loadConfig({ AZT3KNET_DATA_DIR: dataDir, AZT3KNET_LOG_LEVEL: 'silent' }, dataDir);
const runtime = await openRuntime(config, () => {});
const app = await NestFactory.createApplicationContext(compose('services', runtime), { logger: false });
try {
  const owner = new pg.Client(runtime.database.owner.url);
  await owner.connect();
  for (const statement of FILL.split(';')) await owner.query(statement);
  const userId = randomUUID();
  await owner.query(`INSERT INTO users (id, username, role) VALUES ($1, 'bench', 'admin')`, [userId]);
  await owner.end();

  const { manager } = app.get(DataSource);
  const statistics = app.get(StatisticsRepository, { strict: false });
  const compliance = app.get(ComplianceService, { strict: false });
  const reviews = app.get(ReviewsService, { strict: false });
  const window = (days: number) => ({
    decided_after: new Date(Date.now() - days * DAY_MS).toISOString(),
    decided_before: new Date().toISOString(),
  });
  const agent_id = 'c4ca4238-a0b9-2382-0dcc-509a6f75849b';
  const first = { sort: '-decided_at', limit: 50 } as const;
  const due = { sort: 'due_at', limit: 50 } as const;
  const reviewer = {
    id: userId,
    username: 'bench',
    kind: 'person',
    permissions: new Set(['reviews:decide_escalated'] as const),
  } as const;
  const { next } = await reviews.list({ overdue: true }, { ...due, limit: 200 });
  const second = { ...due, cursor: next ?? undefined };
  printFigures([
    ...(await measure('statistics of 30 days', 1_000, 40, () => statistics.counts(manager, window(30)))),
    ...(await measure('statistics of all 90 days', 2_500, 20, () => statistics.counts(manager, window(90)))),
    ...(await measure('statistics of an agent', 200, 100, () =>
      statistics.counts(manager, { ...window(90), agent_id }),
    )),
    ...(await measure('statistics of a campaign', 500, 40, () =>
      statistics.counts(manager, { ...window(90), campaign_id: 'campaign-3' }),
    )),
    ...(await measure('decisions, first page', 100, 200, () => compliance.list({}, first))),
    ...(await measure('decisions with an action', 100, 200, () =>
      compliance.list({ action: 'block' }, first),
    )),
    ...(await measure('decisions of an agent', 100, 200, () => compliance.list({ agent_id }, first))),
    ...(await measure('reviews, first page', 100, 200, () => reviews.list({}, due))),
    ...(await measure('reviews, overdue, a later page', 100, 200, () =>
      reviews.list({ overdue: true }, second),
    )),
    ...(await measure('claim of the next review', 100, 200, () => reviews.claimNext(reviewer))),
  ]);
} finally {
  await app.close();
  await runtime.close();
  await rm(dataDir, { recursive: true, force: true });
}
