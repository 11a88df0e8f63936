import { EventEmitter, once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RunStore } from '../../src/modules/simulation/run.store.js';
import type { ValidationDto } from '../../src/modules/simulation/validation/validation.dto.js';
import { Laboratory, type Answer, type Body } from '../support/laboratory.js';

const SCENARIO = `id: village
version: 1.0.0
title: A village
description: Eighty people for the tests.
population: { gender: unspecified, count: 80, country: MX, city: Mexico City }
content: { template: street_art_campaign }
ticks: 40
tick_minutes: 30
measures: { group_by: gender }
graph:
  model: imported
  file: follows.graphml
  affinity: { interests: 1, past: 1, export: csv }
behaviour: { sessions_per_day: 40, lurking: 0.1, repost: 0.1 }
`;
const MADE = SCENARIO.replace('village', 'hamlet').replace(/graph:[\s\S]*behaviour/u, 'behaviour');

/** A ring of eighty who follow the next three. */
function ring(): string {
  const nodes = Array.from({ length: 80 }, (_, i) => `<node id="n${i}"/>`);
  const edges = Array.from(
    { length: 240 },
    (_, e) => `<edge source="n${e % 80}" target="n${(e + 1 + Math.floor(e / 80)) % 80}"/>`,
  );
  return `<graphml><graph edgedefault="directed">${nodes.join('')}${edges.join('\n')}</graph></graphml>`;
}

const TREES = 'cascade,node,parent,minute\na,0,,0\na,1,0,5\na,2,0,9\nb,0,,0\nb,1,0,30\n';

/** Cascades of a node each. */
function singles(cascades: number): string {
  const rows = Array.from({ length: cascades }, (_, i) => `${i.toString(36)},a,,0`);
  return `cascade,node,parent,minute\n${rows.join('\n')}`;
}

describe('runs and reality', () => {
  let lab: Laboratory;
  let run: Body;

  beforeAll(async () => {
    lab = await Laboratory.open();
    for (const text of [SCENARIO, MADE]) await lab.call('POST', '/scenarios', text);
    const accepted = await start({ seed: 'x', network: ring() });
    await lab.ended(accepted.body['job_id']);
    run = (await lab.call('GET', `/runs/${String(accepted.body['run_id'])}`)).body;
  });

  afterAll(async () => {
    await lab?.close();
  });

  const start = (body: object, scenario = 'village'): Promise<Answer> =>
    lab.call('POST', `/simulations/${scenario}/run`, body);
  const validate = (body: object): Promise<Answer> =>
    lab.call('POST', `/runs/${String(run['id'])}/validation`, body);
  const file = async (name: string): Promise<string> => {
    const url = `/api/v1/runs/${String(run['id'])}/files/${name}`;
    return (await lab.app.inject({ url, headers: { authorization: `Bearer ${lab.token}` } })).body;
  };

  it('keep the network that came with them, and leave its affinities', async () => {
    expect(run['status']).toBe('completed');
    expect((run['files'] as Body[]).map(({ name }) => name)).toEqual([
      'affinity.csv',
      'events.jsonl',
      'events.parquet',
      'follows.graphml',
      'report.html',
      'report.json',
    ]);
    expect(await file('follows.graphml')).toBe(ring());
    const [header, ...rows] = (await file('affinity.csv')).trimEnd().split('\n');
    expect([header, rows.length]).toEqual(['follower_id,followee_id,before,after', 240]);
  });

  it('are refused without their network, with one that is none, and with one that nobody asked for', async () => {
    const refusals = await Promise.all([
      start({}),
      start({ network: '<graphml>\n<graph edgedefault="directed"><node/></graph></graphml>' }),
      start({ network: ring() }, 'hamlet'),
    ]);
    expect(refusals.map(({ status, body }) => [status, body['code']])).toEqual([
      [422, 'out_of_range'],
      [422, 'network_invalid'],
      [422, 'out_of_range'],
    ]);
    expect(String(refusals[1]?.body['detail'])).toContain('follows.graphml:2: a node has no id');
    expect(refusals[1]?.body['errors']).toEqual([{ field: 'network', message: 'a node has no id', line: 2 }]);
  });

  it('have measures of every tick and of the whole', async () => {
    expect(run['measures']).toMatchObject({
      groups: { by: 'gender' },
      cascades: { count: (run['totals'] as Body)['posts'] },
    });
    const { body } = await lab.call('GET', `/runs/${String(run['id'])}/metrics`);
    const last = (body['ticks'] as Body[]).at(-1);
    expect(last).toMatchObject({ largest_cascade: expect.any(Number), compliance_ratio: expect.any(Number) });
    expect(Object.values(last ?? {}).every((value) => value !== null)).toBe(true);
  });

  it('are held against the aggregates that come with the product', async () => {
    const { status, body } = await validate({});
    expect(status).toBe(200);
    expect(body).toMatchObject({
      synthetic: true,
      reference: { kind: 'aggregates' },
      selection: { min_size: 2, posts: (run['totals'] as Body)['posts'] },
      baselines: { source: 'published' },
      curves: null,
    });
    const page = await lab.app.inject({
      method: 'POST',
      url: `/api/v1/runs/${String(run['id'])}/validation/page`,
      headers: { authorization: `Bearer ${lab.token}` },
      payload: {},
    });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body.startsWith('<!doctype html>')).toBe(true);
  });

  it('of the shipped calibrated scenario are as near to real cascades as its description says, on people that were not searched on', async () => {
    const accepted = await start({ seed: '7' }, 'rumour_town');
    await lab.ended(accepted.body['job_id']);
    const path = `/runs/${String(accepted.body['run_id'])}/validation`;
    const { body } = await lab.call('POST', path, { min_size: 50 });
    const { figures, timing, attention } = body as unknown as ValidationDto;
    const shape = Math.sqrt(
      figures.reduce((sum, { log_ratio }) => sum + (log_ratio ?? 7) ** 2, 0) / figures.length,
    );
    expect(figures).toHaveLength(8);
    expect(shape).toBeLessThan(0.45);
    expect(timing.error).toBeLessThan(0.1);
    expect(Math.abs((attention.idle_sessions ?? 1) - attention.reference)).toBeLessThan(0.05);
  }, 120_000);

  it('are held against trees of one’s own, which are refused with their line', async () => {
    const { body } = await validate({ trees: TREES });
    expect(body).toMatchObject({
      reference: { kind: 'trees', cascades: 2 },
      baselines: { source: 'computed' },
    });
    expect((body['curves'] as Body[]).map(({ measure }) => measure)).toEqual(['scale', 'depth', 'breadth']);
    const refused = await validate({ trees: `${TREES}b,2,9,1\n` });
    expect([refused.status, refused.body['code']]).toEqual([422, 'trees_invalid']);
    expect(String(refused.body['detail'])).toContain('trees:7: the parent "9" is no node');
  });

  it('are held against the most trees without keeping others waiting; more are refused', async () => {
    // Processor time of this thread between two looks, so that it does not matter who else uses the machine.
    let [longest, last] = [0, process.threadCpuUsage()];
    const look = setInterval(() => {
      const { user, system } = process.threadCpuUsage(last);
      last = process.threadCpuUsage();
      longest = Math.max(longest, (user + system) / 1_000);
    }, 5);
    const big = { over: false };
    const answer = validate({ trees: singles(10_000), min_size: 1 }).finally(() => (big.over = true));
    let others = 0;
    for (; !big.over; others += 1) expect((await lab.call('GET', '/runs?limit=1')).status).toBe(200);
    clearInterval(look);
    expect(await answer).toMatchObject({
      status: 200,
      body: { reference: { cascades: 10_000 }, selection: { min_size: 1 } },
    });
    expect(others).toBeGreaterThan(1);
    expect(longest).toBeLessThan(400);
    const { status, body } = await validate({ trees: singles(10_001), min_size: 1 });
    expect([status, body['code'], body['errors']]).toEqual([
      422,
      'trees_invalid',
      [
        {
          field: 'trees',
          message: 'begins cascade 10001; 10000 cascades are the most',
          line: 10_002,
        },
      ],
    ]);
  }, 60_000);

  it('can be calibrated: the same search gives the same result, a scenario that can be added', async () => {
    const body = {
      seed: 'c',
      evaluations: 4,
      ticks: 10,
      parameters: ['behaviour.repost', 'feed.window_ticks'],
    };
    const results: unknown[] = [];
    for (let n = 0; n < 2; n += 1) {
      const accepted = await lab.call('POST', '/simulations/hamlet/calibrate', body);
      expect(accepted.status).toBe(202);
      const job = await lab.ended(accepted.body['job_id']);
      expect(job).toMatchObject({ name: 'simulation.calibrate', status: 'completed', progress_done: '6' });
      results.push(job.result);
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[0]).toMatchObject({
      synthetic: true,
      seed: 'c',
      trials: { length: 4 },
      held_out: { length: 2 },
    });
    const checked = await lab.call('POST', '/scenarios/check', {
      document: (results[0] as Body)['scenario'],
    });
    expect(checked.status).toBe(200);
    // It stands beside its origin.
    const added = await lab.call('POST', '/scenarios', { document: (results[0] as Body)['scenario'] });
    expect([added.status, added.body['name']]).toEqual([
      201,
      expect.stringMatching(/^hamlet_calibrated_[\da-f]{8}$/u),
    ]);
    expect((added.body['scenario'] as Body)['description']).toMatch(
      /Calibrated from hamlet 1\.0\.0: 4 runs of \d+ ticks with the seed c, against rumour_cascades /u,
    );
  }, 60_000);

  it('are not started where people who are generated would be grouped by what only a file gives them', async () => {
    const grouped = MADE.replace('hamlet', 'colours').replace('group_by: gender', 'group_by: colour');
    expect((await lab.call('POST', '/scenarios', grouped)).status).toBe(201);
    const refused = await lab.call('POST', '/simulations/colours/run', { ticks: 2 });
    expect([refused.status, refused.body['code']]).toEqual([422, 'scenario_invalid']);
    expect(refused.body['errors']).toMatchObject([{ field: 'measures.group_by' }]);
  });

  it.each([
    ['village', {}, 422, 'out_of_range'],
    ['feedsim', {}, 422, 'out_of_range'],
    ['nowhere', {}, 404, 'scenario_not_found'],
    ['hamlet', { parameters: ['behaviour.luck'] }, 422, undefined],
    ['hamlet', { evaluations: 0 }, 422, undefined],
  ])('%s with %j cannot be calibrated', async (scenario, body, status, code) => {
    const answer = await lab.call('POST', `/simulations/${scenario}/calibrate`, body);
    expect(answer.status).toBe(status);
    expect(code ?? answer.body['code']).toBe(answer.body['code']);
  });
});

describe('holding runs against reality', () => {
  let lab: Laboratory;
  let store: RunStore;
  const runs: string[] = [];

  beforeAll(async () => {
    lab = await Laboratory.open();
    store = lab.app.get(RunStore, { strict: false });
    await lab.call('POST', '/scenarios', MADE);
    for (const seed of ['one', 'two']) {
      const accepted = await lab.call('POST', '/simulations/hamlet/run', { seed });
      await lab.ended(accepted.body['job_id']);
      runs.push(String(accepted.body['run_id']));
    }
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  afterAll(async () => {
    await lab?.close();
  });

  const validate = (run: number, body: object): Promise<Answer> =>
    lab.call('POST', `/runs/${runs[run]}/validation`, body);
  /** Counts how often an event log is read, and holds the reading up until `until`. */
  function readings(until: Promise<unknown> = Promise.resolve()): () => number {
    const open = store.open.bind(store);
    const spy = vi.spyOn(store, 'open').mockImplementation(async (file) => {
      await until;
      return open(file);
    });
    return () => spy.mock.calls.length;
  }

  it('reads a log once for the same targets, and again for others and for another run', async () => {
    const read = readings();
    const first = await validate(0, {});
    expect([first.status, read()]).toEqual([200, 1]);
    const page = await lab.app.inject({
      method: 'POST',
      url: `/api/v1/runs/${runs[0]}/validation/page`,
      headers: { authorization: `Bearer ${lab.token}` },
      payload: {},
    });
    expect([page.statusCode, (await validate(0, {})).body, read()]).toEqual([200, first.body, 1]);

    const other = await validate(1, {});
    expect([other.status, other.body['run_id'], read()]).toEqual([200, runs[1], 2]);
    expect(other.body['selection']).not.toEqual(first.body['selection']);
    const larger = await validate(0, { min_size: 3 });
    expect([larger.body['selection'], read()]).toMatchObject([{ min_size: 3 }, 3]);
    const trees = await validate(0, { trees: TREES });
    expect([trees.body['reference'], read()]).toMatchObject([{ kind: 'trees', cascades: 2 }, 4]);
    const more = await validate(0, { trees: `${TREES}c,0,,0\nc,1,0,5\n` });
    expect([more.body['reference'], read()]).toMatchObject([{ kind: 'trees', cascades: 3 }, 5]);
    // All of them are at hand now.
    expect((await validate(0, {})).body).toEqual(first.body);
    expect((await validate(1, {})).body).toEqual(other.body);
    expect((await validate(0, { trees: TREES })).body).toEqual(trees.body);
    expect(read()).toBe(5);
  });

  it('keeps a failure from nobody: the same is worked out again', async () => {
    vi.spyOn(store, 'open').mockRejectedValueOnce(new Error('the disk is away'));
    expect((await validate(0, { min_size: 4 })).status).toBe(500);
    expect((await validate(0, { min_size: 4 })).status).toBe(200);
  });

  it('lets eight wait for their turn, to whom the same ask adds none, and refuses the ninth', async () => {
    const gate = new EventEmitter();
    readings(once(gate, 'open'));
    const nine = Array.from({ length: 9 }, async (_, n) => ({
      n,
      ...(await validate(0, { min_size: 10 + n })),
    }));
    const refused = await Promise.race(nine);
    expect([refused.status, refused.body['code']]).toEqual([503, 'validation_busy']);
    const another = validate(1, { min_size: 10 });
    expect((await another).status).toBe(503);
    const same = validate(0, { min_size: refused.n === 0 ? 11 : 10 });
    gate.emit('open');
    const statuses = (await Promise.all(nine)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(8);
    expect((await same).status).toBe(200);
    expect((await validate(1, { min_size: 10 })).status).toBe(200);
  });

  it('keeps thirty-two at hand, those that were asked for last', async () => {
    const read = readings();
    for (let min_size = 100; min_size < 132; min_size += 1) await validate(0, { min_size });
    await validate(0, { min_size: 100 });
    expect(read()).toBe(32);
    await validate(0, { min_size: 132 });
    await validate(0, { min_size: 100 });
    expect(read()).toBe(33);
    await validate(0, { min_size: 101 });
    expect(read()).toBe(34);
  });
});
