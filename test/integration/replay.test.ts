import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Laboratory, type Body } from '../support/laboratory.js';

const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';

/** A scenario of the town; what stands behind it is YAML. */
function town(id: string, rest: string): string {
  return `id: ${id}
version: 1.0.0
title: A town that is replayed
description: Sixty people for the tests.
population: { gender: unspecified, count: 60, country: MX, interests: [street art, football] }
content: { template: street_art_campaign, drafts_per_agent: 3 }
tick_minutes: 30
ticks: 30
graph: {}
feed: {}
behaviour: { sessions_per_day: 20, reaction: 0.1, comment: 0.1, repost: 0.1, answering: 0.5 }
${rest}
`;
}

describe('a run whose people do again what they did', () => {
  let lab: Laboratory;
  let first: Body;

  beforeAll(async () => {
    lab = await Laboratory.open();
    await lab.call('POST', '/scenarios', town('town', ''));
    first = await done('town');
  });

  afterAll(async () => {
    await lab?.close();
  });

  async function done(scenario: string): Promise<Body> {
    const { body } = await lab.call('POST', `/simulations/${scenario}/run`, { seed: '1' });
    await lab.ended(body['job_id']);
    return (await lab.call('GET', `/runs/${String(body['run_id'])}`)).body;
  }
  const add = (id: string, run: unknown): Promise<unknown> =>
    lab.call('POST', '/scenarios', town(id, `deciders: [{ kind: replay, run: ${String(run)} }]`));
  const digests = async ({ id }: Body): Promise<unknown[]> =>
    ((await lab.call('GET', `/runs/${String(id)}/metrics`)).body['ticks'] as Body[]).map(
      ({ digest }) => digest,
    );

  it('has its digests', async () => {
    await add('town_again', first['id']);
    const again = await done('town_again');
    expect(again['status']).toBe('completed');
    expect(again['checksum']).toBe(first['checksum']);
    expect(await digests(again)).toEqual(await digests(first));
  }, 120_000);

  it('is refused for other people, who have done nothing of it', async () => {
    const population_id = first['population_id'];
    const refused = await lab.call('POST', '/simulations/town_again/run', { seed: '2' });
    expect([refused.status, refused.body['code']]).toEqual([409, 'run_not_replayable']);
    expect(refused.body['errors']).toMatchObject([
      {
        field: 'population_id',
        message: expect.stringContaining(`give it population_id ${String(population_id)}`),
      },
    ]);
    const { status } = await lab.call('POST', '/simulations/town_again/run', { seed: '2', population_id });
    expect(status).toBe(202);
  });

  it('is refused where there is nothing to do again', async () => {
    await add('town_of_nobody', NOBODY);
    expect((await lab.call('POST', '/simulations/town_of_nobody/run', {})).body['code']).toBe(
      'run_not_found',
    );
    await lab.call('POST', '/scenarios', town('town_unseen', 'log_exposures: false'));
    await add('town_unseen_again', (await done('town_unseen'))['id']);
    const { status, body } = await lab.call('POST', '/simulations/town_unseen_again/run', {});
    expect([status, body['code']]).toEqual([409, 'run_not_replayable']);
  }, 120_000);
});
