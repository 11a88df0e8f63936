import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JobsService } from '../../src/modules/jobs/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { pageOf, walk, type Item } from '../support/lists.js';
import { isFinished, watchJob } from '../support/watch-job.js';

const FUTURE = '2999-01-01T00:00:00Z';
const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';

let lab: TestApplication;
let mexico: string;
let spain: string;
let runId: string;
let jobId: string;

async function ended(id: string): Promise<void> {
  const jobs = lab.app.get(JobsService, { strict: false });
  for await (const job of watchJob(jobs, id)) {
    if (isFinished(job) && job.status !== 'completed') throw new Error(JSON.stringify(job.error));
  }
}

async function provision(specification: object): Promise<{ population: string; job: string }> {
  const { status, body, headers } = await lab.call('POST', '/api/agents/provision', specification);
  expect(status).toBe(202);
  expect(headers['location']).toBe(`/api/v1/jobs/${String(body['job_id'])}`);
  await ended(String(body['job_id']));
  return { population: String(body['population_id']), job: String(body['job_id']) };
}

beforeAll(async () => {
  lab = await testApplication();
  const base = { gender: 'unspecified', interests: ['street art'] };
  const first = await provision({ ...base, count: 25, country: 'MX', city: 'Mexico City', seed: 'one' });
  const second = await provision({ ...base, gender: 'female', count: 9, country: 'ES', seed: 'two' });
  mexico = first.population;
  jobId = first.job;
  spain = second.population;
  const drafts = { population: mexico, template: 'street_art_campaign', seed: 'd', drafts_per_agent: 2 };
  await ended(String((await lab.call('POST', '/api/content/draft', drafts)).body['job_id']));
  for (const seed of ['r1', 'r2', 'r3']) {
    const run = { ticks: 1, seed, population_id: mexico };
    const { body } = await lab.call('POST', '/api/simulations/metro_cdmx/run', run);
    await ended(String(body['job_id']));
    runId = String(body['run_id']);
  }
});

afterAll(() => lab.close());

async function rows(sql: string): Promise<Item[]> {
  return lab.app.get(DataSource).query<Item[]>(sql);
}

const idOf = (item: Item): unknown => item['id'] ?? item['run_id'] ?? item['job_id'];

const count = async (url: string): Promise<number> => (await walk(lab, url, 400)).length;

describe('a list that is read in pages', () => {
  const sorts = {
    populations: ['created_at', 'count', 'name'],
    agents: ['id', 'name', 'username', 'age'],
    'content/drafts': ['id', 'created_at', 'quality', 'compliance_score'],
    decisions: ['decided_at', 'compliance_score'],
    runs: ['created_at', 'scenario', 'ticks'],
    reports: ['completed_at', 'scenario'],
    jobs: ['created_at'],
  };
  const cases = Object.entries(sorts).flatMap(([list, fields]) =>
    fields.flatMap((field) => [
      [list, field],
      [list, `-${field}`],
    ]),
  );

  it.each(cases)('/%s has each entry once, sorted by %s', async (list, sort) => {
    const url = `/api/${list}?sort=${sort}`;
    const limit = list === 'content/drafts' || list === 'decisions' ? 37 : 2;
    const ids = (await walk(lab, url, limit)).map(idOf);
    const whole = (await pageOf(lab, `${url}&limit=1000`)).items.map(idOf);
    expect(ids).toEqual(whole);
    expect(new Set(ids).size).toBe(ids.length);
    const backwards = sort.startsWith('-') ? sort.slice(1) : `-${sort}`;
    const reversed = (await pageOf(lab, `/api/${list}?sort=${backwards}&limit=1000`)).items.map(idOf);
    expect(reversed.toReversed()).toEqual(whole);
  });

  it('says nothing twice and leaves nothing out while entries come and go', async () => {
    const first = await pageOf(lab, '/api/agents?limit=20');
    const extra = await provision({ gender: 'male', count: 5, country: 'MX', seed: 'late' });
    const rest = await walk(lab, `/api/agents?cursor=${first.next}`, 20);
    expect((await lab.call('DELETE', `/api/populations/${extra.population}`)).status).toBe(204);
    const ids = [...first.items, ...rest].map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id } of await rows('SELECT id FROM agents')) expect(ids).toContain(id);
  });

  it('sorts names by their code points, whatever the database speaks', async () => {
    const names = (await walk(lab, '/api/agents?sort=name', 10)).map((agent) => String(agent['name']));
    expect(names).toEqual(names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  });
});

describe('a cursor', () => {
  it('is refused with another sort, another filter or another list, and when it was changed', async () => {
    const { next } = await pageOf(lab, '/api/agents?sort=age&country=MX&limit=5');
    const cursor = String(next);
    const changed = `${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'B' : 'A'}`;
    const urls = [
      `/api/agents?sort=-age&country=MX&cursor=${cursor}`,
      `/api/agents?sort=age&country=ES&cursor=${cursor}`,
      `/api/agents?sort=age&cursor=${cursor}`,
      `/api/jobs?cursor=${cursor}`,
      `/api/agents?sort=age&country=MX&cursor=${changed}`,
      `/api/agents?sort=age&country=MX&cursor=x`,
    ];
    for (const url of urls) {
      const { status, body } = await lab.call('GET', url);
      expect({ url, status, code: body['code'] }).toEqual({ url, status: 422, code: 'cursor_invalid' });
      expect(body['errors']).toMatchObject([{ field: 'cursor' }]);
    }
    // Another length of the page is no other list.
    const { items } = await pageOf(lab, `/api/agents?sort=age&country=MX&limit=7&cursor=${cursor}`);
    expect(items).toHaveLength(7);
  });
});

describe('filters', () => {
  it('of populations', async () => {
    const { headers } = await lab.call('GET', `/api/populations/${mexico}`);
    const labels = { name: 'metro_100', tags: ['control', 'spring 2026'] };
    const named = await lab.call('PATCH', `/api/populations/${mexico}`, labels, {
      'if-match': String(headers['etag']),
    });
    expect(named.status).toBe(200);
    const ids = async (query: string) => (await walk(lab, `/api/populations?${query}`)).map(({ id }) => id);
    for (const query of [
      'country=mx',
      'city=mexico%20CITY',
      'gender=unspecified',
      'seed=one',
      'name=RO_1',
      'tag=spring%202026',
      'country=MX&seed=one',
    ]) {
      expect({ query, ids: await ids(query) }).toEqual({ query, ids: [mexico] });
    }
    expect(await ids('sort=count')).toEqual([spain, mexico]);
    // The underscore stands for itself.
    for (const query of ['name=metro-100', 'name=m%25', 'country=MX&seed=two', `created_after=${FUTURE}`]) {
      expect({ query, ids: await ids(query) }).toEqual({ query, ids: [] });
    }
    expect(await ids(`created_before=${FUTURE}`)).toHaveLength(2);
  });

  it('of agents, across populations and in one', async () => {
    expect(await count('/api/agents')).toBe(34);
    const agents = (await walk(lab, '/api/agents', 100)) as (Item & { age: number; interests: string[] })[];
    const filters: [query: string, fits: (agent: (typeof agents)[number]) => boolean][] = [
      ['country=ES', (agent) => agent['country'] === 'ES'],
      ['gender=female', (agent) => agent['gender'] === 'female'],
      ['age_min=30&age_max=40', ({ age }) => age >= 30 && age <= 40],
      ['posting_cadence=daily', (agent) => agent['posting_cadence'] === 'daily'],
      ['tone=casual', (agent) => agent['tone'] === 'casual'],
      ['interest=street%20art', ({ interests }) => interests.includes('street art')],
      ['city=mexico%20city', (agent) => agent['city'] === 'Mexico City'],
    ];
    for (const [query, fits] of filters) {
      const found = agents.filter(fits);
      expect(found.length).toBeGreaterThan(0);
      expect({ query, found: await walk(lab, `/api/agents?${query}`, 10) }).toEqual({ query, found });
    }
    expect(await count(`/api/agents?population=${mexico}`)).toBe(25);
    expect(await count('/api/agents?population=metro_100')).toBe(25);
    expect(await count(`/api/agents?population=${NOBODY}`)).toBe(0);
    const [agent] = await walk(lab, `/api/populations/${spain}/agents`);
    const username = String(agent?.['username_hint']);
    const byName = await walk(lab, `/api/agents?q=${encodeURIComponent(username.toUpperCase())}`);
    expect(byName).toEqual([{ ...agent, population_id: spain }]);
    expect(await count('/api/populations/metro_100/agents?country=ES')).toBe(0);
  });

  it('of drafts', async () => {
    const all = await walk(lab, '/api/content/drafts', 20);
    const [draft] = all;
    const agent = String(draft?.['agent_id']);
    const decision = draft?.['decision'] as { action: string };
    expect(await count('/api/content/drafts?population=metro_100')).toBe(all.length);
    expect(await count(`/api/content/drafts?population=${spain}`)).toBe(0);
    expect(await count(`/api/content/drafts?agent=${agent}&seed=d`)).toBe(2);
    expect(await count('/api/content/drafts?template=street_art_campaign')).toBe(all.length);
    expect(await count('/api/content/drafts?template_version=9.9.9')).toBe(0);
    const spanish = await count('/api/content/drafts?language=es');
    expect(spanish + (await count('/api/content/drafts?language=en'))).toBe(all.length);
    const good = all.filter((each) => (each['scores'] as { quality: number }).quality >= 0.8).length;
    expect(await count('/api/content/drafts?min_quality=0.8')).toBe(good);
    const clean = all.filter((each) => each['compliance_score'] === 1).length;
    expect(await count('/api/content/drafts?min_compliance_score=1')).toBe(clean);
    const same = all.filter((each) => (each['decision'] as { action: string }).action === decision.action);
    expect(await count(`/api/content/drafts?action=${decision.action}`)).toBe(same.length);
    expect(await count(`/api/content/drafts?label=nothing`)).toBe(0);
    expect(await count(`/api/content/drafts?created_before=${FUTURE}`)).toBe(all.length);
  });

  it('of decisions', async () => {
    const blocked = {
      gender: 'female',
      count: 1,
      country: 'MX',
      interests: ['kill yourself'],
      persist: true,
    };
    expect((await lab.call('POST', '/api/populate', blocked)).status).toBe(422);
    const found = await walk(lab, '/api/decisions?action=block');
    expect(found).toHaveLength(1);
    const [decision] = found as [Item & { subject: Item; matches: Item[]; labels: string[] }];
    const [match] = decision.matches as [{ policy: string; rule: string }];
    for (const query of [
      `subject_type=population&subject_id=${String(decision.subject['id'])}`,
      `policy=${match.policy}`,
      `rule=${match.rule}`,
      `policy=${match.policy}&rule=${match.rule}`,
    ]) {
      expect(await walk(lab, `/api/decisions?${query}`)).toEqual([decision]);
    }
    expect(await count(`/api/decisions?policy=pii&rule=${match.rule}`)).toBe(0);
    expect(await count(`/api/decisions?decided_after=${FUTURE}`)).toBe(0);
    expect(await count('/api/decisions?subject_type=draft')).toBeGreaterThan(50);
  });

  it('of runs and reports', async () => {
    for (const list of ['runs', 'reports']) {
      expect(await count(`/api/${list}`)).toBe(3);
      expect(await count(`/api/${list}?scenario=metro_cdmx&seed=r2&population=metro_100`)).toBe(1);
      expect(await count(`/api/${list}?population=${spain}`)).toBe(0);
    }
    expect(await count('/api/runs?status=completed,failed')).toBe(3);
    expect(await count('/api/runs?status=running')).toBe(0);
    expect(await count(`/api/reports?completed_before=${FUTURE}`)).toBe(3);
    const [newest] = await walk(lab, '/api/reports');
    expect(newest).toMatchObject({ run_id: runId, title: expect.any(String) as string });
    expect(newest?.['totals']).toHaveProperty('exposures');
  });

  it('of jobs', async () => {
    expect(await count('/api/jobs?name=population.generate')).toBeGreaterThanOrEqual(2);
    expect(await count('/api/jobs?queue=simulation&status=completed')).toBe(3);
    expect(await count('/api/jobs?created_by=me')).toBe(await count('/api/jobs'));
    expect(await count(`/api/jobs?created_by=${NOBODY}`)).toBe(0);
    expect(await count(`/api/jobs?after=${jobId}`)).toBe(0);
    const followers = await rows('SELECT unnest(after_ids) AS after_id, count(*)::int FROM jobs GROUP BY 1');
    for (const { after_id, count: expected } of followers) {
      expect(await count(`/api/jobs?after=${String(after_id)}`)).toBe(expected);
    }
  });

  it.each([
    'populations?created_after=yesterday',
    'populations?created_after=0000-01-01T00:00:00Z',
    `populations?created_after=2026-01-01T00:00:00.${'0'.repeat(50)}Z`,
    'agents?age_min=12',
    'agents?country=Mexico',
    'agents?sort=bio',
    'agents?sort=position',
    'content/drafts?min_quality=2',
    'jobs?status=lost',
    'jobs?status=',
    'jobs?created_by=you',
    'runs?unknown=1',
  ])('that are wrong are refused: %s', async (url) => {
    expect((await lab.call('GET', `/api/${url}`)).status).toBe(422);
  });

  it.each(['populations/no_one', 'agents?population=no_one', 'content/drafts?population=no_one'])(
    'that name what is not there are told: %s',
    async (url) => {
      expect((await lab.call('GET', `/api/${url}`)).status).toBe(404);
    },
  );
});

describe('a report', () => {
  it.each([
    ['application/json', 'application/json', /"synthetic":true/],
    ['text/html,*/*;q=0.1', 'text/html; charset=utf-8', /^"<!doctype html>/i],
  ])('comes as %s', async (accept, type, start) => {
    const answer = await lab.call('GET', `/api/reports/${runId}`, undefined, { accept });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'content-type': type, vary: 'Accept', 'x-synthetic': 'true' });
    expect(JSON.stringify(answer.body)).toMatch(start);
  });

  it('comes as nothing else', async () => {
    const answer = await lab.call('GET', `/api/reports/${runId}`, undefined, { accept: 'image/png' });
    expect(answer).toMatchObject({ status: 406, body: { code: 'not_acceptable' } });
  });
});
