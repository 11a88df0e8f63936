import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('runs and reality', () => {
  let lab: Laboratory;
  let run: Body;

  beforeAll(async () => {
    lab = await Laboratory.open();
    for (const text of [SCENARIO, MADE]) await lab.call('POST', '/scenarios', text);
    const accepted = await start({ seed: 'x', network: ring() });
    await lab.ended(accepted.body['job_id']);
    run = (await lab.call('GET', `/runs/${String(accepted.body['run_id'])}`)).body;
  }, 90_000);

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
  }, 60_000);

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
