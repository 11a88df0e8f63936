import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RetentionService } from '../../src/core/retention/index.js';
import { JobsService } from '../../src/modules/jobs/index.js';
import { query } from '../support/embedded-postgres.js';
import { testApplication, type Answered, type TestApplication } from '../support/application.js';
import { watchJob } from '../support/watch-job.js';

const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';

interface State {
  version: number;
  state: unknown;
  author: string | null;
}

describe('the state of an agent', () => {
  let application: TestApplication;
  let agents: string[];

  beforeAll(async () => {
    application = await testApplication({ AZT3KNET_STATE_RETENTION_DAYS: '30' });
    const { body } = await application.call('POST', '/api/v1/populate', {
      gender: 'female',
      count: 4,
      country: 'MX',
      age_range: [18, 25],
      seed: '1',
      persist: true,
    });
    const jobs = application.app.get(JobsService, { strict: false });
    let status = '';
    for await (const job of watchJob(jobs, String(body['job_id']))) ({ status } = job);
    if (status !== 'completed') throw new Error(`the job was ${status}`);
    const rows = await application.app
      .get(DataSource)
      .query<{ id: string }[]>('SELECT id FROM agents ORDER BY id');
    agents = rows.map(({ id }) => id);
  });

  afterAll(() => application.close());

  const get = (path: string): Promise<Answered<State>> =>
    application.call<State>('GET', `/api/v1/agents/${path}`);
  const put = (agent: string, body: unknown, ifMatch?: string): Promise<Answered<State>> => {
    const headers = ifMatch === undefined ? undefined : { 'if-match': ifMatch };
    return application.call<State>('PUT', `/api/v1/agents/${agent}/state`, body as object, headers);
  };

  it('is empty at first, and each write keeps what was before', async () => {
    const [agent = ''] = agents;
    const first = await get(`${agent}/state`);
    expect(first).toMatchObject({ status: 200, headers: { etag: '"0"' } });
    expect(first.body).toEqual({
      synthetic: true,
      agent_id: agent,
      version: 0,
      state: {},
      author: null,
      run_id: null,
      created_at: null,
    });
    const state = {
      mood: 'curious',
      nothing: null,
      opinions: { 'street art': 0.8, ñ: [1, 'ü', { deep: [] }] },
    };
    const written = await put(agent, { state }, '"0"');
    expect(written).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect(written.body).toMatchObject({ version: 1, state, author: 'admin' });
    expect((await get(`${agent}/state`)).body).toEqual(written.body);
    expect((await put(agent, { state: { mood: 'tired' } }, '"1"')).body.version).toBe(2);
    expect((await get(`${agent}/state/1`)).body).toEqual(written.body);
    expect((await get(`${agent}/state/2`)).body.state).toEqual({ mood: 'tired' });
    expect((await get(`${agents[1] ?? ''}/state`)).body.version).toBe(0);
  });

  it('has a history, page by page, the newest first', async () => {
    const agent = agents[1] ?? '';
    for (let n = 0; n < 5; n += 1) await put(agent, { state: { n } }, '*');
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next = cursor === '' ? '' : `&cursor=${cursor}`;
      const { status, body } = await application.call(
        'GET',
        `/api/v1/agents/${agent}/state/history?limit=2${next}`,
      );
      expect(status).toBe(200);
      seen.push(...(body['versions'] as State[]).map(({ version }) => version));
      cursor = body['next_cursor'] as string | null;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1]);
    const wrong = await application.call('GET', `/api/v1/agents/${agent}/state/history?cursor=x`);
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: 'cursor' }] } });
  });

  it('is written by one of many that read the same', async () => {
    const agent = agents[2] ?? '';
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => put(agent, { state: { n } }, '"0"')),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200,
      ...Array<number>(7).fill(412),
    ]);
    const all = await Promise.all(Array.from({ length: 8 }, (_, n) => put(agent, { state: { n } }, '*')));
    expect(all.map(({ body }) => body.version).toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect((await put(agent, { state: {} })).status).toBe(428);
  });

  it.each<[string, unknown, string]>([
    ['no state', {}, 'state'],
    ['a list', { state: [1] }, 'state'],
    ['a text', { state: 'x' }, 'state'],
    ['null', { state: null }, 'state'],
    ['an unknown field', { state: {}, more: 1 }, 'more'],
    ['too much', { state: { text: 'ñ'.repeat(32_768) } }, 'state'],
    [
      'too deep',
      { state: JSON.parse(`${'{"a":'.repeat(30)}1${'}'.repeat(30)}`) as object },
      `state${'.a'.repeat(20)}`,
    ],
  ])('refuses %s', async (_, body, field) => {
    const answer = await put(agents[3] ?? '', body, '*');
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });

  it('of no agent, or of no version, is not found', async () => {
    const found = await Promise.all([
      get(`${NOBODY}/state`),
      get(`${NOBODY}/state/1`),
      get(`${NOBODY}/state/history`),
      put(NOBODY, { state: {} }, '*'),
      get(`${agents[3] ?? ''}/state/7`),
    ]);
    expect(found.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await get(`${agents[3] ?? ''}/state/0`)).status).toBe(422);
    expect((await get(`${agents[3] ?? ''}/state/x`)).status).toBe(422);
  });

  it('that was superseded long ago is swept where the configuration says so, the current one never', async () => {
    const agent = agents[3] ?? '';
    for (const n of [1, 2, 3]) await put(agent, { state: { n } }, '*');
    const retention = application.app.get(RetentionService);
    expect(await retention.sweep(true)).toContainEqual({ name: 'agent_states', days: 30, rows: 0 });
    // Rows never change: only the owner can put the clock back.
    await query(
      application.runtime.database.owner.url,
      `UPDATE agent_states SET created_at = now() - interval '31 days' WHERE agent_id = '${agent}'`,
    );
    expect(await retention.sweep(true)).toContainEqual({ name: 'agent_states', days: 30, rows: 2 });
    expect(await retention.sweep()).toContainEqual({ name: 'agent_states', days: 30, rows: 2 });
    expect((await get(`${agent}/state`)).body).toMatchObject({ version: 3, state: { n: 3 } });
    expect((await put(agent, { state: {} }, '"3"')).body.version).toBe(4);
  });

  const run = async (body: object): Promise<Record<string, unknown>> => {
    const accepted = await application.call('POST', '/api/v1/simulations/metro_cdmx/run', {
      ticks: 12,
      ...body,
    });
    const jobs = application.app.get(JobsService, { strict: false });
    let status = '';
    for await (const job of watchJob(jobs, String(accepted.body['job_id']))) ({ status } = job);
    expect(status).toBe('completed');
    return (await application.call('GET', `/api/v1/runs/${String(accepted.body['run_id'])}`)).body;
  };

  it('says after a run what became of the agent, where the run is asked to', async () => {
    const count = (): Promise<unknown[]> =>
      query(
        application.runtime.database.owner.url,
        'SELECT count(*) FROM agent_states WHERE run_id IS NOT NULL',
      );
    const plain = await run({ seed: 'states' });
    expect(await count()).toEqual([{ count: '0' }]);
    const first = await run({ seed: 'states', agent_states: true });
    expect(first['totals']).toEqual(plain['totals']);
    const states = await query(
      application.runtime.database.owner.url,
      `SELECT agent_id, version, state, author FROM agent_states WHERE run_id = '${String(first['id'])}' ORDER BY agent_id`,
    );
    expect(states).toHaveLength(1000);
    const outcomes = states.map(({ state }) => (state as { simulation: Record<string, number> }).simulation);
    const sum = (field: string): number =>
      outcomes.reduce((total, outcome) => total + (outcome[field] ?? 0), 0);
    const { posts, exposures, reactions, comments, reposts } = first['totals'] as Record<string, number>;
    expect(['posts', 'exposures', 'reactions', 'comments', 'reposts'].map(sum)).toEqual([
      posts,
      exposures,
      reactions,
      comments,
      reposts,
    ]);
    expect(sum('reactions_received')).toBe(reactions);
    expect(sum('reposts_received')).toBe(reposts);
    expect(sum('followers')).toBe(sum('following'));
    expect(sum('followers')).toBeGreaterThan(10_000);
    const { agent_id: agent } = states[0] as { agent_id: string };
    expect((await get(`${agent}/state`)).body).toMatchObject({
      version: 1,
      author: 'admin',
      run_id: first['id'],
    });
    // What somebody wrote stays beside it, and the same seed says the same again.
    await put(agent, { state: { mood: 'curious' } }, '"1"');
    const second = await run({ seed: 'states', agent_states: true });
    const now = (await get(`${agent}/state`)).body;
    expect(now).toMatchObject({ version: 3, state: { mood: 'curious', simulation: outcomes[0] } });
    expect(now).toMatchObject({ run_id: second['id'] });
  });

  it('is not written, within a second, of a run that is cancelled while it is stored', async () => {
    const { url } = application.runtime.database.owner;
    const ticks = new pg.Client(url);
    const states = new pg.Client(url);
    await Promise.all([ticks.connect(), states.connect()]);
    try {
      // What is written first waits until the run is cancelled; what comes after it would wait for ever.
      await ticks.query('BEGIN; LOCK TABLE run_ticks IN SHARE MODE');
      await states.query('BEGIN; LOCK TABLE agent_states IN SHARE MODE');
      const { body } = await application.call('POST', '/api/v1/simulations/metro_cdmx/run', {
        ticks: 12,
        seed: 'states',
        agent_states: true,
      });
      const id = String(body['job_id']);
      const jobs = application.app.get(JobsService, { strict: false });
      for await (const job of watchJob(jobs, id)) if (job.progress_note === 'storing') break;
      await application.call('POST', `/api/v1/jobs/${id}/cancel`);
      // Its worker looks for that several times a second.
      await sleep(1_500);
      await ticks.query('COMMIT');
      const began = performance.now();
      let status = '';
      for await (const job of watchJob(jobs, id)) ({ status } = job);
      expect(status).toBe('cancelled');
      expect(performance.now() - began).toBeLessThan(1_000);
    } finally {
      await Promise.all([ticks.end(), states.end()]);
    }
  });
});
