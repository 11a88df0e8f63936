import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { AuditService } from '../../src/core/audit/index.js';
import { createHttpApplication } from '../../src/http-application.js';
import {
  AgentsService,
  createGenerator,
  exportText,
  type AgentProfile,
  type PopulationSpecification,
} from '../../src/modules/agents/index.js';
import { AdminAccount } from '../../src/modules/auth/index.js';
import { decisionPath } from '../../src/modules/compliance/index.js';
import { JobsService, type Job } from '../../src/modules/jobs/index.js';
import type { Runtime } from '../../src/runtime.js';
import { testRuntime } from '../support/runtime.js';
import { isFinished, watchJob } from '../support/watch-job.js';

const example: PopulationSpecification = {
  gender: 'female',
  count: 1000,
  country: 'MX',
  city: 'Mexico City',
  age_range: [18, 25],
  interests: ['street art', 'urban culture'],
  seed: '20241005',
};

interface Answer {
  population_id: string;
  seed: string;
  seed_source: string;
  job_id?: string;
  links: Record<string, string>;
  preview?: AgentProfile[];
  agents?: AgentProfile[];
}

let runtime: Runtime;
let app: NestFastifyApplication;
let jobs: JobsService;
let dataSource: DataSource;
let authorization: string;

beforeAll(async () => {
  runtime = await testRuntime({ AZT3KNET_PREVIEW_LIMIT: '50' });
  app = await createHttpApplication(compose('all', runtime));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  jobs = app.get(JobsService, { strict: false });
  dataSource = app.get(DataSource);
  const password = app.get(AdminAccount, { strict: false }).generatedPassword ?? '';
  const login = await app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    payload: { username: 'admin', password },
  });
  authorization = `Bearer ${login.json<{ access_token: string }>().access_token}`;
});

afterAll(async () => {
  await app.close();
  await runtime.close();
});

function post(payload: object, url = '/api/populate') {
  return app.inject({ method: 'POST', url, payload, headers: { authorization } });
}

/** The files in the storage of exports. */
async function files(): Promise<string[]> {
  const folder = join(runtime.config.dataDir, 'exports');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** The files that rows name for a population. */
async function filesOf(id: string): Promise<string[]> {
  const named = await dataSource.query<{ blob_key: string }[]>(
    'SELECT blob_key FROM exports WHERE population_id = $1',
    [id],
  );
  return named.map(({ blob_key }) => join(runtime.config.dataDir, blob_key));
}

function get(url: string) {
  return app.inject({ url, headers: { authorization } });
}

async function end(id: string | undefined): Promise<Job> {
  for await (const job of watchJob(jobs, id ?? '')) if (isFinished(job)) return job;
  throw new Error('unreachable');
}

async function rows(table: 'agents' | 'populations', id: string): Promise<number> {
  const column = table === 'agents' ? 'population_id' : 'id';
  const [row] = await dataSource.query<{ count: string }[]>(
    `SELECT count(*) FROM ${table} WHERE ${column} = $1`,
    [id],
  );
  return Number(row?.count);
}

describe('POST /api/populate', () => {
  it('shows the first agents at once with preview, and stores nothing', async () => {
    const response = await post({ ...example, preview: 10 });
    expect(response.statusCode).toBe(200);
    const answer = response.json<Answer>();
    const generator = await createGenerator(example);
    expect(answer).toEqual({
      synthetic: true,
      population_id: generator.id,
      seed: '20241005',
      seed_source: 'request',
      specification: generator.specification,
      links: {},
      preview: generator.preview(10),
    });
    expect(await rows('populations', answer.population_id)).toBe(0);
  });

  it('shows all agents up to the limit, and beyond it names the options', async () => {
    const all = await post({ ...example, count: 50 });
    expect(all.statusCode).toBe(200);
    expect(all.json<Answer>().agents).toHaveLength(50);
    const refused = await post({ ...example, count: 51 });
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({ code: 'population_too_large', errors: [{ field: 'count' }] });
    for (const option of ['preview', 'persist', 'export']) expect(refused.body).toContain(option);
  });

  it('generates a seed when none is given, and tells it', async () => {
    const { seed: _, ...rest } = example;
    const [one, two] = [await post({ ...rest, preview: 1 }), await post({ ...rest, preview: 1 })];
    expect(one.json<Answer>().seed_source).toBe('generated');
    expect(one.json<Answer>().seed).not.toBe(two.json<Answer>().seed);
    const again = await post({ ...rest, preview: 1, seed: one.json<Answer>().seed });
    expect(again.json<Answer>().preview).toEqual(one.json<Answer>().preview);
  });

  it('persists and exports by a job, with the preview in the answer', async () => {
    const response = await post({ ...example, preview: 3, persist: true }, '/api/v1/populate?export=json');
    expect(response.statusCode).toBe(202);
    const answer = response.json<Answer>();
    expect(answer.preview).toHaveLength(3);
    expect(response.headers['location']).toBe(`/api/v1/jobs/${answer.job_id}`);
    expect(Object.keys(answer.links).toSorted()).toEqual(['agents', 'export', 'job', 'population']);
    const job = await end(answer.job_id);
    expect(job).toMatchObject({
      status: 'completed',
      result: { population_id: answer.population_id, count: 1000, persisted: true, created: true },
    });
    for (const link of Object.values(answer.links)) expect((await get(link)).statusCode).toBe(200);

    const generator = await createGenerator(example);
    const text = [...exportText(generator, 'json')].join('');
    const file = await get(answer.links['export'] as string);
    expect(file.body).toBe(text);
    expect(file.headers).toMatchObject({
      'x-synthetic': 'true',
      'content-length': String(Buffer.byteLength(text)),
    });
    const manifest = await get(`${answer.links['export'] as string}/manifest`);
    expect(manifest.json()).toMatchObject({
      synthetic: true,
      seed: '20241005',
      count: 1000,
      sha256: createHash('sha256').update(text).digest('hex'),
    });
  });

  it('returns the population that is there for the same specification and seed', async () => {
    const specification = { ...example, count: 200, seed: 'again', persist: true };
    const answers = await Promise.all([post(specification), post(specification), post(specification)]);
    const done = await Promise.all(answers.map((answer) => end(answer.json<Answer>().job_id)));
    expect(done.map((job) => job.status)).toEqual(['completed', 'completed', 'completed']);
    const created = done.filter((job) => (job.result as { created: boolean }).created);
    expect(created).toHaveLength(1);
    const id = answers[0]?.json<Answer>().population_id ?? '';
    expect(await rows('agents', id)).toBe(200);
    expect(await rows('populations', id)).toBe(1);
  });

  it('exports without persisting, persists later, and makes a lost file again', async () => {
    const specification = { ...example, count: 120, seed: 'file', city: 'Puebla' };
    const first = await post({ ...specification, export: 'csv' });
    await end(first.json<Answer>().job_id);
    const { population_id: id, links } = first.json<Answer>();
    expect(await rows('agents', id)).toBe(0);
    const listing = await get(`/api/populations/${id}/agents`);
    expect(listing.json()).toMatchObject({ status: 409, code: 'population_not_persisted' });
    const before = (await get(links['export'] as string)).body;

    const [lost] = await filesOf(id);
    await rm(lost as string);
    expect((await get(links['export'] as string)).statusCode).toBe(404);
    await end((await post({ ...specification, export: 'csv', persist: true })).json<Answer>().job_id);
    expect((await get(links['export'] as string)).body).toBe(before);
    expect(await rows('agents', id)).toBe(120);
    expect((await get(`/api/populations/${id}`)).json()).toMatchObject({
      persisted: true,
      exports: [{ format: 'csv' }],
    });
    expect((await filesOf(id)).length).toBe(1);
    expect((await files()).filter((name) => name.includes('.partial'))).toEqual([]);
  });

  it.each([
    [{ gender: 'robot' }, 'gender'],
    [{ gender: undefined }, 'gender'],
    [{ count: 0 }, 'count'],
    [{ count: '10' }, 'count'],
    [{ count: 1e9 }, 'count'],
    [{ country: 'ZZ' }, 'country'],
    [{ country: 'Mexico' }, 'country'],
    [{ country: 5 }, 'country'],
    [{ city: 'Mexico Cty' }, 'city'],
    [{ city: null, age_range: [25, 18] }, 'age_range'],
    [{ age_range: [12, 18] }, 'age_range'],
    [{ age_range: '18-25' }, 'age_range'],
    [{ age_range: [18, 20, 25] }, 'age_range'],
    [{ interests: [] }, 'interests'],
    [{ interests: 'tea' }, 'interests'],
    [{ interests: ['tea', '@someone'] }, 'interests[1]'],
    [{ interests: [['nested']] }, 'interests'],
    [{ seed: 20241005 }, 'seed'],
    [{ seed: '' }, 'seed'],
    [{ seed: 'a\u0000b' }, 'seed'],
    [{ preview: 0 }, 'preview'],
    [{ preview: 51 }, 'preview'],
    [{ preview: 'all' }, 'preview'],
    [{ persist: 'yes' }, 'persist'],
    [{ export: 'xml' }, 'export'],
    [{ colour: 'red' }, 'colour'],
  ])('refuses %j, naming %s', async (change, field) => {
    const response = await post({ ...example, ...change });
    expect(response.statusCode).toBe(422);
    const { errors } = response.json<{ errors: { field: string; message: string }[] }>();
    expect(errors.map((error) => (error.field.startsWith(field) ? field : error.field))).toContain(field);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });

  it('refuses two different exports, an unknown format and an unknown query', async () => {
    for (const query of ['export=json', 'export=xml', 'exports=json']) {
      expect((await post({ ...example, export: 'csv' }, `/api/populate?${query}`)).statusCode).toBe(422);
    }
  });

  it('is for those who may', async () => {
    const response = await app.inject({ method: 'POST', url: '/api/populate', payload: example });
    expect(response.statusCode).toBe(401);
  });
});

describe('the guard', () => {
  it('refuses a specification it blocks before any job, and keeps the decision', async () => {
    const response = await post({ ...example, interests: ['kill yourself'], persist: true });
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({
      code: 'compliance_refused',
      errors: [{ field: 'interests[0]' }, { field: 'review_id' }, { field: 'seed', message: '20241005' }],
    });
    const [row] = await dataSource.query<{ action: string }[]>(
      `SELECT action FROM decisions WHERE subject_type = 'population' ORDER BY decided_at DESC LIMIT 1`,
    );
    expect(row?.action).toBe('block');
  });

  it('decides on every population, and all of it is on the audit chain', async () => {
    const id = (await createGenerator(example)).id;
    const [population] = await dataSource.query<{ decision_id: string }[]>(
      'SELECT decision_id FROM populations WHERE id = $1',
      [id],
    );
    expect((await get(decisionPath(population?.decision_id ?? ''))).json()).toMatchObject({
      subject: { type: 'population', id },
      checked: true,
    });
    const entries = await dataSource.query<{ action: string }[]>(
      'SELECT DISTINCT action FROM audit WHERE subject_id = $1 ORDER BY action',
      [id],
    );
    expect(entries.map((entry) => entry.action)).toEqual(['compliance.decide', 'population.complete']);
    expect((await app.get(AuditService, { strict: false }).verify()).intact).toBe(true);
  });
});

describe('populations that are there', () => {
  let id: string;
  let expected: AgentProfile[];

  beforeAll(async () => {
    const specification: PopulationSpecification = {
      gender: 'unspecified',
      count: 2500,
      country: 'JP',
      interests: ['back\\slash', '"quotes", commas', 'c’est la vie'],
      seed: 'pages\\n',
    };
    const generator = await createGenerator(specification);
    id = generator.id;
    expected = [...generator.profiles()];
    const response = await post({ ...specification, persist: true });
    await end(response.json<Answer>().job_id);
  });

  it('give back every agent as it was made, field for field', async () => {
    const agents: AgentProfile[] = [];
    for await (const batch of app.get(AgentsService, { strict: false }).eachAgents(id)) agents.push(...batch);
    expect(agents).toEqual(expected);
    expect(Object.keys(agents[0] ?? {})).toEqual(Object.keys(expected[0] ?? {}));
  });

  it('are listed in pages', async () => {
    const seen: AgentProfile[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = await get(`/api/v1/populations/${id}/agents?limit=1000${after}`);
      const body = page.json<{ agents: AgentProfile[]; next_cursor: string | null; synthetic: boolean }>();
      expect(body.synthetic).toBe(true);
      seen.push(...body.agents);
      cursor = body.next_cursor;
    }
    expect(seen).toEqual(expected);
    expect((await get(`/api/populations/${id}/agents`)).json<{ agents: object[] }>().agents).toHaveLength(
      100,
    );
  });

  it('are found by id or digest, their agents by id', async () => {
    const [{ digest }] = (await dataSource.query<{ digest: string }[]>(
      'SELECT digest FROM populations WHERE id = $1',
      [id],
    )) as [{ digest: string }];
    for (const key of [id, id.toUpperCase(), digest]) {
      expect((await get(`/api/populations/${key}`)).json()).toMatchObject({
        synthetic: true,
        id,
        count: 2500,
      });
    }
    const agent = expected[7] as AgentProfile;
    expect((await get(`/api/agents/${agent.id}`)).json()).toEqual({
      synthetic: true,
      population_id: id,
      agent,
    });
  });

  it.each([
    ['/api/populations/no%20thing', 422],
    ['/api/populations/0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11', 404],
    ['/api/populations/0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11/agents', 404],
    ['/api/populations/0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11/exports/json', 404],
    ['/api/agents/0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11', 404],
    ['/api/agents/nobody', 422],
    ['/api/populations/ID/exports/xml', 422],
    ['/api/populations/ID/exports/..%2f..%2fadmin-password', 422],
    ['/api/populations/ID/exports/csv', 404],
    ['/api/populations/ID/exports/csv/manifest', 404],
    ['/api/populations/ID/agents?limit=0', 422],
    ['/api/populations/ID/agents?limit=1001', 422],
    ['/api/populations/ID/agents?limit=ten', 422],
    ['/api/populations/ID/agents?cursor=bogus', 422],
    ['/api/populations/ID/agents?page=2', 422],
  ])('answer %s with %i', async (url, status) => {
    const response = await get(url.replace('ID', id));
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });

  it('cannot be changed by the application', async () => {
    await expect(dataSource.query(`UPDATE agents SET name = 'x'`)).rejects.toThrow('permission denied');
    await expect(dataSource.query('DELETE FROM agents')).rejects.toThrow('permission denied');
  });
});

describe('a cancelled population job', () => {
  it('leaves nothing behind', async () => {
    const before = await files();
    const response = await post({
      ...example,
      count: 400_000,
      city: undefined,
      seed: 'stop',
      persist: true,
      export: 'jsonl',
    });
    const { job_id, population_id } = response.json<Answer>();
    for await (const job of watchJob(jobs, job_id as string)) if (job.status === 'running') break;
    await jobs.cancel(job_id as string);
    expect((await end(job_id)).status).toBe('cancelled');
    expect(await rows('populations', population_id)).toBe(0);
    expect(await rows('agents', population_id)).toBe(0);
    expect(await files()).toEqual(before);
  });
});

describe('exports in the data folder', () => {
  it('have their manifest beside them', async () => {
    const exported = (await files()).filter((name) => !name.endsWith('.manifest.json'));
    expect(exported.length).toBeGreaterThan(0);
    for (const name of exported) {
      const manifest = JSON.parse(readFileSync(`${name}.manifest.json`, 'utf8')) as {
        sha256: string;
      };
      expect(createHash('sha256').update(readFileSync(name)).digest('hex')).toBe(manifest.sha256);
    }
  });
});
