import pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conditions, type Listing } from '../../src/core/database/index.js';
import { AGENT_LIST, agentConditions } from '../../src/modules/agents/agents.repository.js';
import { POPULATION_LIST } from '../../src/modules/agents/populations.repository.js';
import { DECISION_LIST } from '../../src/modules/compliance/decisions.repository.js';
import { REVIEW_LIST } from '../../src/modules/compliance/review/reviews.repository.js';
import { DRAFT_LIST, draftConditions } from '../../src/modules/content/drafts.repository.js';
import { JOB_LIST } from '../../src/modules/jobs/jobs.repository.js';
import { REPORT_LIST, RUN_LIST, runConditions } from '../../src/modules/simulation/runs.repository.js';
import { testDatabase } from '../support/runtime.js';

const AGENTS = 200_000;
const POPULATIONS = 20;
const OTHERS = 30_000;
const POPULATION = '00000000-0000-4000-8000-000000000001';

/** Rows by the thousand: only what lists sort and filter by differs. */
const FILL = `
  INSERT INTO populations (id, digest, specification, seed, count, generator_version, persisted, decision_id, created_at)
    SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, n::text, '{}', 's', 1, 1, true,
           gen_random_uuid(), now() - make_interval(secs => n % 1000) FROM generate_series(1, ${OTHERS}) AS n;
  INSERT INTO agents (id, population_id, position, seed, name, username_hint, country, city, locale, timezone, age,
                      gender, interests, bio, posting_cadence, tone, behavioral_biases)
    SELECT gen_random_uuid(), ('00000000-0000-4000-8000-' || lpad((1 + n % ${POPULATIONS})::text, 12, '0'))::uuid,
           n / ${POPULATIONS}, 's', md5(n::text), 'u' || n, 'MX', 'Mexico City', 'es-MX', 'America/Mexico_City',
           18 + n % 50, 'female', '{a,b}', repeat('bio ', 20), 'daily', 'casual', '{x}'
    FROM generate_series(0, ${AGENTS - 1}) AS n;
  INSERT INTO decisions (id, subject_type, subject_id, text_hash, policies, action, checked, compliance_score, labels,
                         matches, decided_by, decided_at)
    SELECT gen_random_uuid(), 'draft', n::text, 'h', '[]', 'allow', true, 1, '{}', '[]', 'system',
           now() - make_interval(secs => n % 1000) FROM generate_series(1, ${OTHERS}) AS n;
  INSERT INTO users (id, username, role) SELECT gen_random_uuid(), 'user' || n, 'viewer' FROM generate_series(1, 1000) AS n;
  INSERT INTO reviews (id, severity, due_at, created_at)
    SELECT id, 'medium', decided_at + interval '1 day', decided_at FROM decisions;
  INSERT INTO drafts (id, agent_id, population_id, template, template_version, language, seed, caption, alt_text,
                      hashtags, variations, metadata, quality, sentiment, readability, decision_id)
    SELECT gen_random_uuid(), a.id, a.population_id, 't', '1', 'es', 's', 'c', 'a', '{}', '[]', '{}', 0.5, 0, 0.5, d.id
    FROM (SELECT id, population_id, row_number() OVER () AS n FROM agents LIMIT ${OTHERS}) AS a
    JOIN (SELECT id, row_number() OVER () AS n FROM decisions) AS d USING (n);
  INSERT INTO jobs (id, queue, name, status, payload, created_at)
    SELECT gen_random_uuid(), 'simulation', 'simulation.run', 'completed', '{}', now() - make_interval(secs => n % 1000)
    FROM generate_series(1, ${OTHERS}) AS n;
  INSERT INTO runs (id, scenario, scenario_version, scenario_digest, definition, seed, ticks, population_id,
                    draft_batch_id, job_id, created_at, completed_at)
    SELECT gen_random_uuid(), 'metro', '1', 'd', '{}', 's', 1, gen_random_uuid(), gen_random_uuid(), id, created_at,
           created_at FROM jobs;
  INSERT INTO run_turns (run_id, tick, asked, decisions, models, settled_at)
    SELECT id, 0, 1, '{}', '[]', now() FROM runs;
  INSERT INTO run_checkpoints (run_id, tick, part, from_tick, bytes, sha256, blob_key)
    SELECT id, 1, 'state', 0, 1, 'h', id::text FROM runs;
  ANALYZE;
`;

interface Plan {
  'Node Type': string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  Plans?: Plan[];
}

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

const all = (): Conditions => new Conditions();

describe('a page of a long list, in its default order', () => {
  let client: pg.Client;
  let release: () => Promise<void>;
  let manager: EntityManager;

  beforeAll(async () => {
    const database = await testDatabase();
    release = () => database.release();
    client = new pg.Client(database.owner.url);
    await client.connect();
    await client.query(FILL);
    const query = async (sql: string, parameters?: unknown[]): Promise<unknown> =>
      (await client.query(sql, parameters)).rows;
    manager = { query } as Pick<DataSource, 'query'> as EntityManager;
  });

  afterAll(async () => {
    await client.end();
    await release();
  });

  async function plan<Field extends string>(
    list: Listing<Field>,
    conditions: Conditions,
    request: Parameters<Listing<Field>['statement']>[1],
  ): Promise<Plan[]> {
    const { sql, parameters } = list.statement(conditions, request);
    const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
      parameters,
    );
    return nodes((rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan);
  }

  const lists: [string, Listing<never>, string, () => Conditions][] = [
    ['agents', AGENT_LIST, 'id', all],
    ['agents of a population', AGENT_LIST, 'position', () => agentConditions({ population: POPULATION })],
    ['populations', POPULATION_LIST, '-created_at', all],
    ['drafts', DRAFT_LIST, 'id', all],
    ['drafts, the newest first', DRAFT_LIST, '-created_at', all],
    ['drafts of a population', DRAFT_LIST, 'id', () => draftConditions({ population: POPULATION })],
    ['decisions', DECISION_LIST, '-decided_at', all],
    ['reviews', REVIEW_LIST, 'due_at', all],
    ['jobs', JOB_LIST, '-created_at', all],
    ['runs', RUN_LIST, '-created_at', () => runConditions({})],
    [
      'reports',
      REPORT_LIST,
      '-completed_at',
      () => runConditions({}).require('runs.completed_at IS NOT NULL'),
    ],
  ];

  it.each(lists)('%s, reads no more than it shows and sorts nothing', async (_, list, sort, conditions) => {
    const request = { sort: sort as never, limit: 100 };
    let cursor: string | undefined;
    for (let page = 0; page < 4; page += 1) {
      const steps = await plan(list, conditions(), { ...request, cursor });
      // Within a population the id only decides between equal positions, of which there are none.
      expect(steps.map((step) => step['Node Type'])).not.toContain('Sort');
      expect(steps.map((step) => step['Node Type'])).not.toContain('Seq Scan');
      const read = steps.map((step) => (step['Actual Rows'] ?? 0) * (step['Actual Loops'] ?? 1));
      expect(Math.max(...read)).toBeLessThan(300);
      cursor =
        (await list.page(manager, conditions(), { ...request, limit: 1_000, cursor })).next ?? undefined;
    }
  });
});
