import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseTarget } from '../../src/core/database/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import type { AgentProfile } from '../../src/modules/agents/index.js';
import { HostedProgram } from '../support/command-host.js';
import { testDatabase } from '../support/runtime.js';

type Campaign = Record<string, unknown> & { version: number };
interface Planned {
  id: string;
  due_at: string;
  username: string;
}
interface Plan {
  publications: Planned[];
  next_cursor: string | null;
  total: number;
}

let database: DatabaseTarget;
let program: HostedProgram;
let population: string;

beforeAll(async () => {
  database = await testDatabase();
  program = new HostedProgram({
    DATABASE_URL: database.application.url,
    DATABASE_OWNER_URL: database.owner.url,
  });
  const made = await json<{ population_id: string }>(
    ...'populate --gender female --count 12 --country MX --seed 20241005 --persist --quiet'.split(' '),
  );
  population = made.population_id;
  const { agents } = await json<{ agents: AgentProfile[] }>('agents', 'list', '--population', population);
  const [first] = agents;
  if (first === undefined) throw new Error('no agents');
  const { country, city, gender, age, interests, posting_cadence, tone, username_hint } = first;
  Object.assign(TERMS.audience, { country, city, gender, age_min: age - 1, age_max: age + 1 });
  Object.assign(TERMS.audience, { interest: interests[0], posting_cadence, tone, q: username_hint });
}, 120_000);

afterAll(async () => {
  program.remove();
  await database.release();
});

async function json<Body>(...args: string[]): Promise<Body> {
  const { code, stdout, stderr } = await program.run('--json', ...args);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Body;
}

const create = (name: string, ...options: string[]) =>
  json<Campaign>('campaigns', 'create', name, population, '--template', 'street_art_campaign', ...options);

const update = (...options: string[]) => json<Campaign>('campaigns', 'update', 'changing', ...options);
const plan = (...options: string[]) => json<Plan>('campaigns', 'plan', 'planned', ...options);
const plannedLong = (...options: string[]) =>
  program.run('--json', 'campaigns', 'plan', 'planned-long', '--limit', '2', ...options);
const key = ({ due_at, id }: Planned): string => `${due_at} ${id}`;

/** A year that has not begun, in which campaigns may be. */
const YEAR = new Date().getUTCFullYear() + 2;
const RHYTHM = [0, 0, 0, 0, 0, 0, 2, 5, 8, 8, 8, 9, 12, 12, 9, 8, 8, 9, 12, 14, 15, 12, 6, 2];
const TERMS = {
  seed: '9',
  adapter: 'webhook',
  destination: 'main',
  starts_at: `${YEAR}-01-01T00:00:00.000Z`,
  ends_at: `${YEAR}-02-01T00:00:00.000Z`,
  quiet_hours: { from: '22:30', to: '07:00' },
  rhythm: RHYTHM,
  grace_minutes: 90,
  caps: { total: 40, per_agent: 9, per_agent_day: 3, per_hour: 20 },
  approval: { rule: 'sample', percent: 15 },
  /** What the first agent is: one that nobody is of is refused. */
  audience: {
    country: '',
    city: '',
    gender: '',
    age_min: 0,
    age_max: 0,
    interest: '',
    posting_cadence: '',
    tone: '',
    q: '',
  },
};
/** An option for each of them. */
const everything = (): string[] => [
  ...`--seed 9 --adapter webhook --destination main --starts-at ${TERMS.starts_at} --ends-at ${TERMS.ends_at}`.split(
    ' ',
  ),
  ...`--quiet-hours 22:30-07:00 --rhythm ${RHYTHM.join(',')} --grace-minutes 90`.split(' '),
  ...'--total 40 --per-agent 9 --per-agent-day 3 --per-hour 20 --approval sample --percent 15'.split(' '),
  ...Object.entries(TERMS.audience).flatMap(([field, value]) => [
    `--${field.replaceAll('_', '-')}`,
    String(value),
  ]),
];

describe('azt3knet campaigns', () => {
  it('has an option for every field of the API', () => {
    interface Schema {
      $ref?: string;
      properties?: Record<string, Schema>;
    }
    const { components } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'docs', 'openapi.json'), 'utf8')) as {
      components: { schemas: Record<string, Schema> };
    };
    const named = (at: Schema): Schema => components.schemas[at.$ref?.split('/').at(-1) ?? ''] ?? at;
    const fields = (at: Schema | undefined): string[] => Object.keys(named(at ?? {}).properties ?? {});
    for (const schema of ['CreateCampaign', 'UpdateCampaign']) {
      const body = components.schemas[schema];
      expect(fields(body).toSorted()).toEqual(
        ['name', 'population', 'templates', ...Object.keys(TERMS)].toSorted(),
      );
      for (const part of ['caps', 'approval', 'audience'] as const)
        expect(fields(body?.properties?.[part])).toEqual(
          expect.arrayContaining(part === 'approval' ? ['rule', 'percent'] : Object.keys(TERMS[part])),
        );
      expect(fields(body?.properties?.['audience'])).toHaveLength(Object.keys(TERMS.audience).length);
      expect(fields(body?.properties?.['caps'])).toHaveLength(Object.keys(TERMS.caps).length);
    }
  });

  it('create makes a campaign with all of them, and with none', async () => {
    expect(await create('everything', ...everything())).toMatchObject(TERMS);
    expect(await create('nothing')).toMatchObject({
      seed: 'nothing',
      adapter: 'sandbox',
      destination: null,
      quiet_hours: null,
      rhythm: null,
      caps: { total: 100_000 },
      approval: { rule: 'none' },
      audience: {},
      grace_minutes: 1_440,
    });
    const shown = await program.run('campaigns', 'show', 'everything');
    expect(shown.stdout).toContain(`age_min ${TERMS.audience.age_min}`);
    expect(shown.stdout).toContain('3 per agent day');
  });

  it('update changes what it is told, keeps the rest, and takes away', async () => {
    const before = await create(
      'changing',
      '--total',
      '40',
      '--per-hour',
      '7',
      '--country',
      'MX',
      '--rhythm',
      RHYTHM.join(','),
    );
    const { version, ...rest } = await update('--per-agent', '2', '--age-min', '20', '--approval', 'all');
    const { version: first, ...was } = before;
    expect(version).toBe(first + 1);
    expect(rest).toEqual({
      ...was,
      caps: { total: 40, per_hour: 7, per_agent: 2 },
      audience: { country: 'MX', age_min: 20 },
      approval: { rule: 'all' },
    });
    expect(
      await update(
        '--no-caps',
        '--per-agent',
        '3',
        '--no-audience',
        '--no-rhythm',
        '--no-quiet-hours',
        '--seed',
        '4',
      ),
    ).toMatchObject({
      caps: { total: 100_000, per_agent: 3 },
      audience: {},
      rhythm: null,
      quiet_hours: null,
      seed: '4',
    });
    expect(await update(...everything(), '--name', 'changed')).toMatchObject({ ...TERMS, name: 'changed' });
  });

  it('update says what it needs, and changes drafts only', async () => {
    await create('started', '--starts-at', `${YEAR}-01-01T00:00:00Z`);
    const empty = await program.run('campaigns', 'update', 'started');
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('--total')]);
    const wrong = await program.run('campaigns', 'update', 'started', '--rhythm', '1,2');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('24 numbers')]);
    expect((await program.run('campaigns', 'start', 'started')).code).toBe(0);
    const late = await program.run('campaigns', 'update', 'started', '--total', '5');
    expect([late.code, late.stderr]).toEqual([5, expect.stringContaining('only a draft')]);
  });

  it('plan tells agent by agent, or all in the order of time', async () => {
    await create(
      'planned',
      '--starts-at',
      `${YEAR}-01-01T00:00:00Z`,
      '--ends-at',
      `${YEAR}-01-15T00:00:00Z`,
      '--total',
      '50',
    );
    const byAgent = await plan('--all');
    expect(byAgent.publications.length).toBeGreaterThan(12);
    const agents = byAgent.publications.map(({ username }) => username);
    expect(agents.filter((each, at) => each !== agents[at - 1])).toHaveLength(new Set(agents).size);
    const inTime = await plan('--sort', 'due_at', '--all', '--limit', '7');
    expect(inTime.publications.map(key)).toEqual(byAgent.publications.map(key).toSorted());
    expect(inTime.total).toBe(byAgent.total);
    const first = await plan('--sort', 'due_at', '--limit', '3');
    expect(first.publications).toEqual(inTime.publications.slice(0, 3));
    // A cursor belongs to its order.
    const mixed = await program.run('campaigns', 'plan', 'planned', '--cursor', first.next_cursor ?? '');
    expect([mixed.code, mixed.stderr]).toEqual([2, expect.stringContaining('no cursor of this plan')]);
  });

  it('plan of more than a hundred thousand is told agent by agent, not in the order of time', async () => {
    const client = new pg.Client(database.owner.url);
    await client.connect();
    try {
      // Each of twelve agents has one in every hour of a year.
      await client.query(`UPDATE agents SET posting_cadence = 'hourly'`);
    } finally {
      await client.end();
    }
    const from = Date.UTC(YEAR, 0, 1);
    const to = new Date(from + 366 * 86_400_000).toISOString();
    await create(
      'planned-long',
      '--starts-at',
      new Date(from).toISOString(),
      '--ends-at',
      to,
      '--total',
      '9',
    );
    const refused = await plannedLong('--sort', 'due_at');
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/the plan has 105408 .* up to 100000 .* ask for the order agent$/mu),
    ]);
    const { total, publications } = JSON.parse((await plannedLong()).stdout) as Plan;
    expect([total, publications.length]).toEqual([9, 2]);
    // Fewer of each agent are few enough.
    await json('campaigns', 'update', 'planned-long', '--per-agent', '8000');
    const inTime = JSON.parse((await plannedLong('--sort', 'due_at')).stdout) as Plan;
    expect([inTime.total, inTime.publications.length]).toEqual([9, 2]);
  });

  it('plan of nothing says so', async () => {
    const [from, to] = [`${YEAR}-01-01T00:00:00Z`, `${YEAR}-01-01T00:00:01Z`];
    await create('planned-nothing', '--starts-at', from, '--ends-at', to, '--per-agent-day', '1');
    const nothing = await program.run('campaigns', 'plan', 'planned-nothing');
    expect([nothing.code, nothing.stderr]).toEqual([0, expect.stringContaining('would publish nothing')]);
  });

  it('create says what makes a campaign nobody’s', async () => {
    const args = ['campaigns', 'create', 'empty', population, '--template', 'street_art_campaign'];
    const empty = await program.run(...args, '--country', 'FR');
    expect([empty.code, empty.stderr]).toEqual([
      2,
      expect.stringContaining('audience: no agent of the population'),
    ]);
    const quiet = await program.run(...args, '--quiet-hours', '08:00-08:00');
    expect([quiet.code, quiet.stderr]).toEqual([
      2,
      expect.stringContaining('--quiet-hours: must not be the time of from'),
    ]);
  });
});
