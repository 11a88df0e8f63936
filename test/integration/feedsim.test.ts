import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Laboratory, type Answer, type Body } from '../support/laboratory.js';

const SMALL = `id: small_feedsim
version: 1.0.0
title: A small network of numbers
description: A thousand agents for the tests.
model: feedsim
agents: 1000
ticks: 4025
`;
const HUGE = SMALL.replace('small_', 'huge_').replace('1000', '2000000').replace('4025', '100000');

function digests({ files }: Body): unknown[] {
  return (files as Body[]).map(({ name, sha256 }) => [name, sha256] as const);
}

describe('a scenario of the model feedsim', () => {
  let lab: Laboratory;

  beforeAll(async () => {
    lab = await Laboratory.open();
    for (const text of [SMALL, HUGE]) await lab.call('POST', '/scenarios', text);
  });

  afterAll(async () => {
    await lab?.close();
  });

  const start = (scenario: string, body: object): Promise<Answer> =>
    lab.call('POST', `/simulations/${scenario}/run`, body);
  const finish = async (scenario: string, body: object): Promise<Body> => {
    const { body: accepted } = await start(scenario, body);
    await lab.ended(accepted['job_id']);
    return (await lab.call('GET', `/runs/${String(accepted['run_id'])}`)).body;
  };

  it('runs by itself, without people and texts, and has the checksum of the definition', async () => {
    const answer = await start('small_feedsim', { seed: '12345' });
    expect(answer).toMatchObject({
      status: 202,
      body: { population_id: null, ticks: 4025, jobs: { population: null, content: null } },
    });
    expect((await lab.ended(answer.body['job_id'])).status).toBe('completed');
    const { body: run } = await lab.call('GET', `/runs/${String(answer.body['run_id'])}`);
    expect(run).toMatchObject({ status: 'completed', checksum: '3394879819', population_id: null });
    expect(run['files']).toMatchObject([{ name: 'report.html' }, { name: 'report.json' }]);
    const { body: list } = await lab.call('GET', '/reports');
    expect(list['reports']).toMatchObject([{ scenario: 'small_feedsim', population_id: null }]);
  });

  it('reports every tick, a checksum and a digest of its state', async () => {
    const run = await finish('small_feedsim', { seed: 'a text', ticks: 40 });
    const { body: report } = await lab.call('GET', `/reports/${String(run['id'])}`);
    expect(report).toMatchObject({
      synthetic: true,
      agents: 1000,
      ticks: 40,
      digests: { state: expect.stringMatching(/^[0-9a-f]{64}$/u) as string },
    });
    expect(String(report['checksum'])).toBe(run['checksum']);
    const { body: metrics } = await lab.call('GET', `/runs/${String(run['id'])}/metrics`);
    const ticks = metrics['ticks'] as Record<string, number>[];
    expect(ticks.map(({ tick }) => tick)).toEqual(Array.from({ length: 40 }, (_, tick) => tick));
    const totals = run['totals'] as Record<string, number>;
    for (const name of ['active', 'idle', 'posts', 'exposures', 'reactions', 'comments', 'reposts']) {
      expect(ticks.reduce((sum, tick) => sum + (tick[name] ?? 0), 0)).toBe(totals[name]);
    }
    expect(ticks.at(-1)).toMatchObject({ reached: totals['reached'], acted: totals['acted'] });
    expect(totals['reached']).toBeGreaterThan(500);
  });

  it('leaves the same bytes again', async () => {
    const first = await finish('small_feedsim', { seed: '7', ticks: 60 });
    expect(digests(await finish('small_feedsim', { seed: '7', ticks: 60 }))).toEqual(digests(first));
    expect(digests(await finish('small_feedsim', { seed: '8', ticks: 60 }))).not.toEqual(digests(first));
  });

  it.each([
    ['population_id', '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11'],
    ['agent_states', true],
  ])('refuses %s, since its agents are no people', async (field, value) => {
    expect(await start('small_feedsim', { [field]: value })).toMatchObject({
      status: 422,
      body: { code: 'out_of_range', errors: [{ field }] },
    });
  });

  it('can be cancelled while it runs', async () => {
    const { body } = await start('huge_feedsim', { seed: '1' });
    const job = String(body['job_id']);
    await expect.poll(async () => (await lab.call('GET', `/jobs/${job}`)).body['status']).toBe('running');
    await lab.call('POST', `/jobs/${job}/cancel`);
    expect((await lab.ended(job)).status).toBe('cancelled');
  });

  it('is deleted like any other run', async () => {
    const run = await finish('small_feedsim', { ticks: 3 });
    expect((await lab.call('DELETE', `/runs/${String(run['id'])}`)).status).toBe(204);
  });
});
