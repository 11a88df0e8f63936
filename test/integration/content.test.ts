import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/composition.js';
import { createHttpApplication } from '../../src/http-application.js';
import { AgentsService, type AgentProfile } from '../../src/modules/agents/index.js';
import { DraftBatchesService } from '../../src/modules/content/index.js';
import { makeDraft, type NewDraft } from '../../src/modules/content/draft-record.js';
import { DraftStore } from '../../src/modules/content/draft-store.js';
import { TemplateLibrary } from '../../src/modules/content/templates/template-library.js';
import { JobsService, type Job } from '../../src/modules/jobs/index.js';
import type { Runtime } from '../../src/runtime.js';
import { testRuntime } from '../support/runtime.js';
import { isFinished, watchJob } from '../support/watch-job.js';

const PASSWORD = 'a password for the tests of content';
const TEMPLATE = 'street_art_campaign';
const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';

/** What a response body may have; tests look closer. */
type Body = Record<string, unknown>;

describe('content', () => {
  let runtime: Runtime;
  let app: NestFastifyApplication;
  let jobs: JobsService;
  let dataSource: DataSource;
  let token: string;
  let population: string;
  let profiles: AgentProfile[];

  const call = async (
    method: 'GET' | 'POST',
    url: string,
    payload?: object,
  ): Promise<{ status: number; location: string | undefined; body: Body }> => {
    const response = await app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}` },
      ...(payload && { payload }),
    });
    return {
      status: response.statusCode,
      location: response.headers.location,
      body: response.json<Body>(),
    };
  };
  const draft = (payload: object) => call('POST', '/api/content/draft', payload);
  const ended = async (id: unknown): Promise<Job> => {
    for await (const job of watchJob(jobs, String(id))) if (isFinished(job)) return job;
    throw new Error('unreachable');
  };
  const count = async (table: string): Promise<number> => {
    const [row] = await dataSource.query<{ count: string }[]>(`SELECT count(*) FROM ${table}`);
    return Number(row?.count);
  };

  beforeAll(async () => {
    runtime = await testRuntime({ AZT3KNET_ADMIN_PASSWORD: PASSWORD, AZT3KNET_DEFAULT_SEED: 'fallback' });
    app = await createHttpApplication(compose('all', runtime));
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    jobs = app.get(JobsService, { strict: false });
    dataSource = app.get(DataSource);
    const login = await app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { username: 'admin', password: PASSWORD },
    });
    token = String(login.json<Body>()['access_token']);
    const agents = app.get(AgentsService, { strict: false });
    const answer = await agents.populate(
      { gender: 'unspecified', count: 120, country: 'MX', seed: 'content', persist: true },
      { name: 'system' },
    );
    await ended(answer.job?.id);
    population = answer.generator.id;
    profiles = answer.generator.preview(120);
  });

  afterAll(async () => {
    await app?.close();
    await runtime?.close();
  });

  it('writes a draft as an agent, scored and decided on, and finds it again', async () => {
    const request = { agent: profiles[0]?.id, template: TEMPLATE, seed: '20241005' };
    const first = await draft(request);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      synthetic: true,
      agent_id: profiles[0]?.id,
      population_id: population,
      template: TEMPLATE,
      language: 'es',
      seed: '20241005',
      compliance_score: 1,
      decision: { action: 'allow', labels: [], matches: [] },
      metadata: { generator: 'rules', tone: profiles[0]?.tone, index: 0 },
    });
    expect(first.body['variations']).toHaveLength(3);
    const scores = first.body['scores'] as Record<string, number>;
    expect(Object.keys(scores)).toEqual([
      'quality',
      'sentiment',
      'readability',
      'persona_fit',
      'toxicity',
      'originality',
    ]);
    expect(scores['quality']).toBeGreaterThan(0.5);
    expect(first.location).toBe(`/api/v1/content/drafts/${String(first.body['id'])}`);

    const again = await draft(request);
    expect(again).toEqual({ ...first, status: 200 });
    expect(await call('GET', String(first.location))).toMatchObject({ status: 200, body: first.body });
  });

  it('has the decision of a draft, audited, before the draft itself', async () => {
    const { body } = await draft({ agent: profiles[1]?.id, template: TEMPLATE, seed: 'audited' });
    const decision = await call('GET', String((body['links'] as Body)['decision']));
    expect(decision.body).toMatchObject({ subject: { type: 'draft', id: body['id'] }, decided_by: 'admin' });
    const rows = await dataSource.query<object[]>(
      `SELECT * FROM audit WHERE action = 'compliance.decide' AND subject_id = $1`,
      [body['id']],
    );
    expect(rows).toHaveLength(1);
    const events = await dataSource.query<object[]>(
      `SELECT payload FROM outbox WHERE type = 'draft.created'`,
    );
    expect(events).toContainEqual({ payload: expect.objectContaining({ draft_id: body['id'] }) as object });
  });

  it('takes the configured seed where none is given, and any number of variations in range', async () => {
    const { body } = await draft({ agent: profiles[2]?.id, template: TEMPLATE, variations: 1 });
    expect(body).toMatchObject({ seed: 'fallback' });
    expect(body['variations']).toHaveLength(1);
  });

  it.each<[string, object, number, string, string | RegExp]>([
    ['neither agent nor population', {}, 422, 'target_invalid', 'exactly one of agent and population'],
    ['both', { agent: NOBODY, population: NOBODY }, 422, 'target_invalid', 'exactly one'],
    ['an unknown agent', { agent: NOBODY }, 404, 'agent_not_found', NOBODY],
    ['an unknown population', { population: NOBODY }, 404, 'population_not_found', NOBODY],
    [
      'a template that is not there',
      { agent: NOBODY, template: 'x' },
      404,
      'template_not_found',
      /"x"; known are .*street_art_campaign/,
    ],
    ['no template', { agent: NOBODY, template: undefined }, 422, 'input_invalid', 'template'],
    ['a population that is no id', { population: 'no such thing' }, 422, 'input_invalid', 'population'],
    ['an agent that is no UUID', { agent: 'ana' }, 422, 'input_invalid', 'agent'],
    ['too many variations', { agent: NOBODY, variations: 6 }, 422, 'input_invalid', 'variations'],
    ['half a variation', { agent: NOBODY, variations: 1.5 }, 422, 'input_invalid', 'variations'],
    ['a seed that is no text', { agent: NOBODY, seed: 5 }, 422, 'input_invalid', 'seed'],
    ['an empty seed', { agent: NOBODY, seed: '' }, 422, 'input_invalid', 'seed'],
    [
      'drafts per agent for one agent',
      { agent: NOBODY, drafts_per_agent: 2 },
      422,
      'target_invalid',
      'drafts_per_agent',
    ],
    [
      'too many drafts per agent',
      { population: NOBODY, drafts_per_agent: 21 },
      422,
      'input_invalid',
      'drafts_per_agent',
    ],
    ['an unknown field', { agent: NOBODY, mood: 'x' }, 422, 'input_invalid', 'mood'],
  ])('refuses %s', async (_what, fields, status, code, said) => {
    const response = await draft({ template: TEMPLATE, ...fields });
    expect(response).toMatchObject({ status, body: { code } });
    expect(JSON.stringify(response.body).replaceAll('\\', '')).toMatch(said);
  });

  it.each([
    '/api/content/drafts/ana',
    '/api/content/drafts?limit=0',
    '/api/content/drafts?limit=1001',
    '/api/content/drafts?cursor=x',
    '/api/content/drafts?agent=x',
    '/api/content/drafts?mood=x',
  ])('refuses %s', async (url) => {
    expect((await call('GET', url)).status).toBe(422);
  });

  it('does not know a draft that is not there', async () => {
    expect(await call('GET', `/api/content/drafts/${NOBODY}`)).toMatchObject({
      status: 404,
      body: { code: 'draft_not_found' },
    });
  });

  describe('for a population', () => {
    const request = { template: TEMPLATE, seed: 'bulk', drafts_per_agent: 2 };
    let drafted: Job;

    it('accepts a job that makes every draft, once', async () => {
      const before = await count('drafts');
      const accepted = await draft({ ...request, population });
      expect(accepted).toMatchObject({
        status: 202,
        body: { synthetic: true, population_id: population, template: TEMPLATE, seed: 'bulk', drafts: null },
      });
      expect(accepted.location).toBe(`/api/v1/jobs/${String(accepted.body['job_id'])}`);
      drafted = await ended(accepted.body['job_id']);
      expect(drafted).toMatchObject({
        status: 'completed',
        progress_done: '240',
        result: {
          population_id: population,
          template: TEMPLATE,
          seed: 'bulk',
          drafts: 240,
          held: 0,
          created: true,
        },
      });
      expect(await count('drafts')).toBe(before + 240);
      const [row] = await dataSource.query<{ undecided: string }[]>(
        `SELECT count(*) AS undecided FROM drafts WHERE NOT EXISTS (
           SELECT 1 FROM decisions WHERE id = decision_id AND subject_id = drafts.id::text)`,
      );
      expect(row?.undecided).toBe('0');
    });

    it('answers with what is there when asked again', async () => {
      const before = await count('drafts');
      expect(await draft({ ...request, population })).toMatchObject({
        status: 200,
        body: { job_id: drafted.id, drafts: 240 },
      });
      expect(await count('drafts')).toBe(before);
    });

    it('makes the draft that the agent alone would get', async () => {
      const alone = await draft({ agent: profiles[5]?.id, template: TEMPLATE, seed: 'bulk' });
      expect(alone.status).toBe(200);
    });

    it('makes nothing twice when two jobs meet', async () => {
      const both = await Promise.all([1, 2].map(() => draft({ ...request, population, seed: 'meeting' })));
      const ends = await Promise.all(both.map(({ body }) => ended(body['job_id'])));
      expect(ends.map((job) => job.status)).toEqual(['completed', 'completed']);
      const [row] = await dataSource.query<object[]>(
        `SELECT count(*)::int AS drafts, count(DISTINCT id)::int AS ids FROM drafts WHERE seed = 'meeting'`,
      );
      expect(row).toEqual({ drafts: 240, ids: 240 });
    });

    it('lets a batch and one of its drafts be written at the same time', async () => {
      const { value: template } = await app.get(TemplateLibrary, { strict: false }).get(TEMPLATE);
      const of = { population_id: population, template: TEMPLATE, seed: 'mixed' };
      const [wanted, ...others] = profiles
        .slice(0, 9)
        .map((profile) => makeDraft(template, profile, population, { seed: 'mixed', index: 0 }));
      let single: ReturnType<typeof draft> | undefined;
      function* packs(): Generator<NewDraft[]> {
        for (const other of others) {
          yield [other];
          single ??= draft({ agent: wanted?.agent_id, template: TEMPLATE, seed: 'mixed' });
        }
        yield wanted === undefined ? [] : [wanted];
      }
      const store = app.get(DraftStore, { strict: false });
      await dataSource.transaction((manager) => store.addMany(manager, of, packs(), 'system'));
      expect(await single).toMatchObject({ status: 200, body: { id: wanted?.id } });
    });

    it('lists page by page, each draft once', async () => {
      const path = `/api/content/drafts?population=${population}&seed=bulk&limit=100`;
      const ids: unknown[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await call('GET', cursor === '' ? path : `${path}&cursor=${cursor}`);
        ids.push(...(body['drafts'] as Body[]).map(({ id }) => id));
        cursor = body['next_cursor'] as string | null;
      }
      expect(ids).toHaveLength(240);
      expect(new Set(ids).size).toBe(240);
      const mine = await call('GET', `/api/content/drafts?agent=${String(profiles[0]?.id)}&seed=bulk`);
      expect(mine.body['drafts']).toHaveLength(2);
    });

    it('leaves nothing behind when it is cancelled', async () => {
      const before = await count('drafts');
      const { body } = await draft({ ...request, population, seed: 'cancelled', drafts_per_agent: 20 });
      await call('POST', `/api/jobs/${String(body['job_id'])}/cancel`);
      const job = await ended(body['job_id']);
      expect(job.status).toBe('cancelled');
      expect(await count('drafts')).toBe(before);
      const again = await draft({ ...request, population, seed: 'cancelled', drafts_per_agent: 20 });
      expect(again.status).toBe(202);
      // Its 2,400 drafts would keep the tests that follow waiting.
      await call('POST', `/api/jobs/${String(again.body['job_id'])}/cancel`);
      await ended(again.body['job_id']);
    });

    it('waits for the job that makes the population', async () => {
      const agents = app.get(AgentsService, { strict: false });
      const batches = app.get(DraftBatchesService, { strict: false });
      const specification = { gender: 'female', count: 40, country: 'US', seed: 'later' } as const;
      const answer = await agents.populate({ ...specification, persist: true }, { name: 'system' });
      const later = { population: answer.generator.id, template: TEMPLATE, draftsPerAgent: 1 };
      const { batch } = await dataSource.transaction((manager) =>
        batches.submitWithin(manager, later, { name: 'system' }, answer.job?.id),
      );
      expect(await ended(batch.job_id)).toMatchObject({
        status: 'completed',
        result: { drafts: 40, seed: 'fallback' },
      });
      const page = await call('GET', `/api/content/drafts?population=${answer.generator.id}&limit=1`);
      expect(page.body['drafts']).toMatchObject([{ language: 'en' }]);
    });

    it('refuses a population that was exported only', async () => {
      const agents = app.get(AgentsService, { strict: false });
      const specification = { gender: 'male', count: 5, country: 'MX', seed: 'exported' } as const;
      const answer = await agents.populate({ ...specification, export: 'json' }, { name: 'system' });
      await ended(answer.job?.id);
      expect(await draft({ template: TEMPLATE, population: answer.generator.id })).toMatchObject({
        status: 409,
        body: { code: 'population_not_persisted' },
      });
    });

    it('fails for good where the template has changed since the job was accepted', async () => {
      const payload = {
        population_id: population,
        template: TEMPLATE,
        template_version: '0.0.1',
        template_digest: '0000000000000000',
        seed: 'x',
        drafts_per_agent: 1,
        variations: null,
        actor: 'system',
      };
      const job = await dataSource.transaction((manager) =>
        jobs.submit(manager, { queue: 'content', name: 'content.draft', payload }),
      );
      expect(await ended(job.id)).toMatchObject({
        status: 'failed',
        attempts: 1,
        error: { code: 'template_lost' },
      });
    });
  });

  it('keeps what the guard blocks, with the reasons, and passes it to nobody', async () => {
    const id = '33333333-3333-4333-8333-333333333333';
    await dataSource.query(
      `INSERT INTO agents SELECT $1, population_id, 5000, seed, name, 'blocked', country, $2, locale, timezone, age, gender,
         interests, bio, posting_cadence, tone, behavioral_biases FROM agents WHERE id = $3`,
      [id, 'write to ana.torres@correo.mx', profiles[0]?.id],
    );
    const { status, body } = await draft({ agent: id, template: TEMPLATE, seed: 'blocked' });
    expect(status).toBe(201);
    const decision = body['decision'] as {
      action: string;
      matches: { field: string; start: number; end: number }[];
    };
    expect(decision.action).toBe('block');
    expect(body['compliance_score']).toBeLessThan(1);
    const match = decision.matches.find(({ field }) => field === 'alt_text');
    expect(String(body['alt_text']).slice(match?.start, match?.end)).toBe('ana.torres@correo.mx');
  });
});
