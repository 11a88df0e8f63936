import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import { BlobStore } from '../../src/core/blobs/index.js';
import { JobsService } from '../../src/modules/jobs/index.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { walk, type Item } from '../support/lists.js';
import { isFinished, watchJob } from '../support/watch-job.js';

const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const TEMPLATE = 'street_art_campaign';

let lab: TestApplication;

beforeAll(async () => {
  lab = await testApplication();
});

afterAll(() => lab.close());

async function ended(id: unknown): Promise<void> {
  for await (const job of watchJob(lab.app.get(JobsService, { strict: false }), String(id)))
    if (isFinished(job) && job.status !== 'completed') throw new Error(JSON.stringify(job.error));
}

async function provision(seed: string, count = 4): Promise<string> {
  const specification = { gender: 'unspecified', count, country: 'MX', seed };
  const { body } = await lab.call('POST', '/api/agents/provision', specification);
  await ended(body['job_id']);
  return String(body['population_id']);
}

async function run(population: string, seed: string): Promise<string> {
  const request = { ticks: 1, seed, population_id: population };
  const { body } = await lab.call('POST', '/api/simulations/metro_cdmx/run', request);
  await ended(body['job_id']);
  return String(body['run_id']);
}

async function sql(query: string, parameters: unknown[] = []): Promise<Item[]> {
  return lab.app.get(DataSource).query<Item[]>(query, parameters);
}

const audited = (action: string, subject: string): Promise<Item[]> =>
  sql('SELECT actor, data FROM audit WHERE action = $1 AND subject_id = $2', [action, subject]);

const told = (type: string, topic: string): Promise<Item[]> =>
  sql('SELECT payload FROM outbox WHERE type = $1 AND topic = $2', [type, topic]);

const stored = async (key: string): Promise<boolean> =>
  (await lab.app.get(BlobStore, { strict: false }).stat(key)) !== undefined;

const patch = (id: string, body: object, ifMatch?: string) =>
  lab.call('PATCH', `/api/populations/${id}`, body, ifMatch === undefined ? {} : { 'if-match': ifMatch });
const etagOf = async (id: string): Promise<string> =>
  String((await lab.call('GET', `/api/populations/${id}`)).headers['etag']);

const waiting = async (count: number): Promise<string[]> =>
  (
    await sql(
      `INSERT INTO jobs (id, queue, name, status, payload, run_at)
       SELECT gen_random_uuid(), 'content', 'content.draft', 'queued', '{}', now() + interval '1 hour'
       FROM generate_series(1, $1::int) RETURNING id`,
      [count],
    )
  ).map(({ id }) => String(id));
const cancel = (body: object) => lab.call('POST', '/api/jobs/bulk-cancel', body);

describe('a population', () => {
  it('is named, and goes by its name wherever it goes by its id', async () => {
    const id = await provision('named');
    const labels = { name: 'control-1', notes: 'Größe 1', tags: ['a', 'b', 'a'] };
    const { status, body, headers } = await patch(id, labels, await etagOf(id));
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, name: 'control-1', notes: 'Größe 1', tags: ['a', 'b'] });
    const byName = await lab.call('GET', '/api/populations/Control-1');
    expect(byName.body).toEqual(body);
    expect(byName.headers['etag']).toBe(headers['etag']);
    expect(await walk(lab, '/api/populations/control-1/agents')).toHaveLength(4);
    const draft = { population: 'control-1', template: TEMPLATE, seed: 'n' };
    expect((await lab.call('POST', '/api/content/draft', draft)).body).toMatchObject({ population_id: id });
    const job = (await lab.call('POST', '/api/content/draft', draft)).body['job_id'];
    await ended(job);
    const request = { ticks: 1, population_id: 'control-1', seed: 'n' };
    const started = await lab.call('POST', '/api/simulations/metro_cdmx/run', request);
    expect(started.body).toMatchObject({ population_id: id });
    await ended(started.body['job_id']);
    expect(await audited('population.update', id)).toEqual([
      { actor: 'admin', data: { ...labels, tags: ['a', 'b'] } },
    ]);
    expect(await told('population.updated', `populations.${id}`)).toHaveLength(1);
    const back = await patch(id, { name: null, notes: null }, '*');
    expect(back.body).toMatchObject({ name: null, notes: null, tags: ['a', 'b'] });
  });

  it('is changed by one of two who read the same', async () => {
    const id = await provision('raced');
    const etag = await etagOf(id);
    expect(await patch(id, { notes: 'x' })).toMatchObject({
      status: 428,
      body: { code: 'if_match_required' },
    });
    const answers = await Promise.all([patch(id, { notes: 'one' }, etag), patch(id, { notes: 'two' }, etag)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
    const winner = answers.find(({ status }) => status === 200);
    expect(await etagOf(id)).toBe(winner?.headers['etag']);
    expect(await patch(NOBODY, { notes: 'x' }, '*')).toMatchObject({ status: 404 });
  });

  it('has a name of its own, also when two ask at once', async () => {
    const ids = [await provision('twin 1'), await provision('twin 2')];
    const answers = await Promise.all(ids.map((id) => patch(id, { name: 'twin' }, '*')));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ code: 'population_name_taken', errors: [{ field: 'name' }] });
  });

  it.each([
    { name: NOBODY },
    { name: 'ab'.repeat(32) },
    { name: 'Ünter' },
    { name: '1st' },
    { name: 'a b' },
    { name: '' },
    { name: 'x'.repeat(65) },
    { notes: 'x'.repeat(2_001) },
    { tags: ['a\nb'] },
    { tags: Array.from({ length: 21 }, (_, i) => `t${i}`) },
    { seed: 'other' },
    { count: 5 },
  ])('cannot be changed to %j', async (body) => {
    expect((await patch(NOBODY, body, '*')).status).toBe(422);
  });

  it('stays while drafts and runs need it, and goes with them by cascade', async () => {
    const id = await provision('needed');
    const kept = await provision('kept');
    const runId = await run(id, 'one');
    const other = await run(kept, 'one');
    await lab.call('POST', '/api/populate', {
      gender: 'unspecified',
      count: 4,
      country: 'MX',
      seed: 'needed',
      export: 'csv',
    });
    const [job] = await walk(lab, '/api/jobs?name=population.generate');
    await ended(job?.['job_id']);
    const [batch] = await sql('SELECT id FROM draft_batches WHERE population_id = $1', [id]);
    const drafts = `/api/content/batches/${String(batch?.['id'])}/exports`;
    await ended((await lab.call('POST', drafts, { format: 'jsonl' })).body['job_id']);
    const refused = await lab.call('DELETE', `/api/populations/${id}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'population_in_use' } });
    expect(refused.body['detail']).toContain(runId);
    expect(refused.body['errors']).toMatchObject([
      { field: 'drafts' },
      { field: 'runs', message: `1: ${runId}` },
    ]);
    const keys = (await sql('SELECT key FROM stored_blobs')).map(({ key }) => String(key));
    const own = keys.filter((key) => key.includes(runId) || key.startsWith('exports/'));
    // Two exports with their manifests, and the files of the run.
    expect(own.filter((key) => key.startsWith('exports/'))).toHaveLength(4);
    expect(await Promise.all(own.map(stored))).not.toContain(false);
    const decisions = (await walk(lab, '/api/decisions', 500)).length;

    expect((await lab.call('DELETE', `/api/populations/${id}?cascade=true`)).status).toBe(204);
    for (const url of [`populations/${id}`, `runs/${runId}`, `reports/${runId}`]) {
      expect((await lab.call('GET', `/api/${url}`)).status).toBe(404);
    }
    expect(await walk(lab, `/api/agents?population=${id}`)).toEqual([]);
    expect(await walk(lab, `/api/content/drafts?population=${id}`)).toEqual([]);
    await expect.poll(() => Promise.all(own.map(stored))).not.toContain(true);
    expect(await walk(lab, '/api/decisions', 500)).toHaveLength(decisions);
    expect((await lab.call('GET', `/api/runs/${other}`)).status).toBe(200);
    expect(await walk(lab, `/api/content/drafts?population=${kept}`)).not.toHaveLength(0);
    expect(await audited('population.delete', id)).toMatchObject([
      { actor: 'admin', data: { cascade: true } },
    ]);
    expect(await audited('run.delete', runId)).toHaveLength(1);
    expect(await told('population.deleted', `populations.${id}`)).toHaveLength(1);
    expect(await told('run.deleted', `runs.${runId}`)).toHaveLength(1);
    expect((await lab.call('DELETE', `/api/populations/${id}`)).status).toBe(404);
    // The same specification makes it again.
    expect(await provision('needed')).toBe(id);
  });

  it('stays while a job is at work on it', async () => {
    const id = await provision('worked on');
    await sql(
      `INSERT INTO jobs (id, queue, name, status, payload, run_at)
       VALUES ($1, 'content', 'content.draft', 'queued', $2, now() + interval '1 hour')`,
      [NOBODY, JSON.stringify({ population_id: id })],
    );
    for (const cascade of [false, true]) {
      const refused = await lab.call('DELETE', `/api/populations/${id}?cascade=${cascade}`);
      expect(refused).toMatchObject({
        status: 409,
        body: { errors: [{ field: 'jobs', message: `1: ${NOBODY}` }] },
      });
    }
    await sql(`DELETE FROM jobs WHERE id = $1`, [NOBODY]);
    expect((await lab.call('DELETE', `/api/populations/${id}`)).status).toBe(204);
  });

  it('is deleted or drafted for, never half of both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await provision(`contested ${round}`);
      const [agent] = await walk(lab, `/api/populations/${id}/agents`);
      const [deleted, drafted] = await Promise.all([
        lab.call('DELETE', `/api/populations/${id}`),
        lab.call('POST', '/api/content/draft', { agent: agent?.['id'], template: TEMPLATE, seed: 'c' }),
      ]);
      expect([
        [204, 404],
        [409, 201],
      ]).toContainEqual([deleted.status, drafted.status]);
    }
  });
});

describe('drafts', () => {
  it('are written many at once, each for itself', async () => {
    const id = await provision('bulk');
    const agents = await walk(lab, `/api/populations/${id}/agents`);
    const requests = agents.map((agent) => ({ agent: agent['id'], template: TEMPLATE, seed: 'b' }));
    const wrong = [
      { agent: NOBODY, template: TEMPLATE },
      { agent: agents[0]?.['id'], template: 'no_such_template' },
    ];
    const body = { requests: [...requests, ...wrong, requests[0]] };
    const answer = await lab.call('POST', '/api/content/drafts/bulk', body);
    expect(answer.status).toBe(200);
    const results = answer.body['results'] as { status: number; draft: Item | null; problem: Item | null }[];
    expect(results.map(({ status }) => status)).toEqual([201, 201, 201, 201, 404, 404, 200]);
    expect(results.map(({ problem }) => problem?.['code'])).toEqual([
      ...agents.map(() => undefined),
      'agent_not_found',
      'template_not_found',
      undefined,
    ]);
    expect(results.slice(0, 4).map(({ draft }) => draft?.['agent_id'])).toEqual(
      agents.map((each) => each['id']),
    );
    expect(results[6]?.draft).toEqual(results[0]?.draft);
    const listed = await walk(lab, `/api/content/drafts?population=${id}`);
    expect(listed).toHaveLength(4);
  });

  it.each([
    [[]],
    [Array.from({ length: 101 }, () => ({ agent: NOBODY, template: TEMPLATE }))],
    [[{ agent: NOBODY }]],
    [[{ population: NOBODY, template: TEMPLATE }]],
  ])('are refused together where the request is wrong', async (requests) => {
    expect((await lab.call('POST', '/api/content/drafts/bulk', { requests })).status).toBe(422);
  });

  it('are deleted, except those that runs are made from', async () => {
    const id = await provision('deleted drafts');
    const [agent] = await walk(lab, `/api/populations/${id}/agents`);
    const single = { agent: agent?.['id'], template: TEMPLATE, seed: 'single' };
    const draft = (await lab.call('POST', '/api/content/draft', single)).body;
    const path = `/api/content/drafts/${String(draft['id'])}`;
    expect((await lab.call('DELETE', path)).status).toBe(204);
    expect((await lab.call('GET', path)).status).toBe(404);
    expect((await lab.call('DELETE', path)).status).toBe(404);
    expect(await audited('draft.delete', String(draft['id']))).toHaveLength(1);
    expect(await told('draft.deleted', `agents.${String(agent?.['id'])}`)).toHaveLength(1);
    // Asked for again, it is the same draft.
    expect((await lab.call('POST', '/api/content/draft', single)).body['id']).toBe(draft['id']);
    await run(id, 'kept');
    const [used] = await walk(lab, `/api/content/drafts?population=${id}&seed=kept`);
    const refused = await lab.call('DELETE', `/api/content/drafts/${String(used?.['id'])}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'draft_in_use' } });
  });
});

describe('runs', () => {
  it('are deleted with their files once they are finished', async () => {
    const id = await provision('runs');
    const runId = await run(id, 'gone');
    const [file] = await sql('SELECT blob_key FROM run_files WHERE run_id = $1', [runId]);
    const key = String(file?.['blob_key']);
    expect(await stored(key)).toBe(true);
    await sql(`UPDATE jobs SET status = 'running' WHERE id = (SELECT job_id FROM runs WHERE id = $1)`, [
      runId,
    ]);
    const running = await lab.call('DELETE', `/api/runs/${runId}`);
    expect(running).toMatchObject({ status: 409, body: { code: 'run_not_finished' } });
    await sql(`UPDATE jobs SET status = 'completed' WHERE id = (SELECT job_id FROM runs WHERE id = $1)`, [
      runId,
    ]);
    expect((await lab.call('DELETE', `/api/runs/${runId}`)).status).toBe(204);
    await expect.poll(() => stored(key)).toBe(false);
    expect((await lab.call('DELETE', `/api/runs/${runId}`)).status).toBe(404);
    expect(await sql('SELECT 1 FROM run_ticks WHERE run_id = $1', [runId])).toEqual([]);
  });
});

describe('jobs', () => {
  it('are cancelled by their ids, each for itself', async () => {
    const ids = await waiting(3);
    const [done] = await walk(lab, '/api/jobs?status=completed');
    const { status, body } = await cancel({ ids: [...ids, NOBODY, done?.['job_id'], ids[0]] });
    expect(status).toBe(200);
    const results = body['results'] as {
      job_id: string;
      status: number;
      job: Item | null;
      problem: Item | null;
    }[];
    expect(results.map((each) => each.status)).toEqual([202, 202, 202, 404, 409]);
    expect(results.map((each) => each.job?.['status'])).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
      undefined,
      undefined,
    ]);
    expect(body['more']).toBe(false);
    for (const id of ids) expect(await audited('job.cancel', id)).toMatchObject([{ actor: 'admin' }]);
  });

  it('are cancelled by a filter, which means unfinished ones alone', async () => {
    const ids = await waiting(2);
    const { body } = await cancel({ filter: { queue: 'content', created_before: '2999-01-01T00:00:00Z' } });
    const results = body['results'] as { job_id: string; status: number }[];
    expect(results.map((each) => each.job_id).toSorted()).toEqual(ids.toSorted());
    expect((await cancel({ filter: {} })).body).toMatchObject({ results: [], more: false });
  });

  it.each([
    {},
    { ids: [] },
    { ids: [NOBODY], filter: {} },
    { filter: { status: ['queued'] } },
    { ids: ['x'] },
  ])('are not cancelled by %j', async (body) => {
    expect((await cancel(body)).status).toBe(422);
  });
});

it('leaves an audit that holds', async () => {
  expect(await lab.app.get(AuditService).verify()).toMatchObject({ intact: true });
});
