import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { Laboratory, type Answer, type Body } from '../support/laboratory.js';

const METRO = readFileSync(join(PROJECT_ROOT, 'scenarios', 'metro_cdmx.yaml'), 'utf8');
const HOSTILE = 'k1ll y0urself';

/** A small scenario of the same world. */
function scenario(id: string, title: string): string {
  return METRO.replace(/^id: .*$/mu, `id: ${id}`)
    .replace(/^title: .*$/mu, `title: ${JSON.stringify(title)}`)
    .replace(/count: \d+/u, 'count: 20')
    .replace(/^ticks: \d+/mu, 'ticks: 6');
}

async function runOf(lab: Laboratory, name: string, payload: object = {}): Promise<Body> {
  const { status, body } = await lab.call('POST', `/simulations/${name}/run`, payload);
  if (status !== 202) throw new Error(JSON.stringify(body));
  expect(await lab.ended(body['job_id'])).toMatchObject({ status: 'completed' });
  return (await lab.call('GET', `/runs/${String(body['run_id'])}`)).body;
}

function countRuns(lab: Laboratory): Promise<unknown> {
  return lab.dataSource.query('SELECT count(*) FROM runs');
}

async function textOf(lab: Laboratory, path: unknown): Promise<string> {
  const token = { authorization: `Bearer ${lab.token}` };
  const { body } = await lab.app.inject({ url: String(path), headers: token });
  return body;
}

describe('what runs show of their own', () => {
  let lab: Laboratory;

  const start = (name: string, payload: object): Promise<Answer> =>
    lab.call('POST', `/simulations/${name}/run`, payload);

  beforeAll(async () => {
    lab = await Laboratory.open();
    for (const [id, title] of [
      ['quiet', 'A quiet evening'],
      ['loud', `Now ${HOSTILE}`],
      ['claims', "I'm not a bot"],
    ] as const)
      await lab.call('POST', '/scenarios', scenario(id, title));
  });
  afterAll(() => lab?.close());

  it('rests on a decision that the run names', async () => {
    const run = await runOf(lab, 'quiet', { seed: 'evening' });
    const { decision } = run['links'] as Record<string, string>;
    expect(decision).toContain(String(run['decision_id']));
    const { body } = await lab.call('GET', `/decisions/${String(run['decision_id'])}`);
    expect(body).toMatchObject({
      action: 'allow',
      checked: true,
      subject: { type: 'scenario', id: 'quiet@1.0.0' },
    });
  }, 90_000);

  it.each([
    ['title', 'loud', { seed: '1' }],
    ['seed', 'quiet', { seed: HOSTILE }],
  ])('is refused for its %s, and nothing is accepted', async (field, name, payload) => {
    const before = await countRuns(lab);
    const { status, body } = await start(name, payload);
    expect([status, body['code']]).toEqual([422, 'compliance_refused']);
    expect(body['errors']).toContainEqual(expect.objectContaining({ field }));
    expect(await countRuns(lab)).toEqual(before);
  });

  it('waits in the queue of reviews where a person may decide', async () => {
    expect((await start('claims', { seed: '2' })).status).toBe(422);
    const { body } = await lab.call('GET', '/reviews?status=open&limit=50');
    expect(JSON.stringify(body)).toContain('claims@1.0.0');
  });
});

describe('seeds', () => {
  let lab: Laboratory;

  beforeAll(async () => {
    lab = await Laboratory.open();
  });
  afterAll(() => lab?.close());

  it('of drafts are among the texts that are decided on', async () => {
    const specification = { gender: 'female', count: 2, country: 'MX', seed: '7', persist: true };
    const made = await lab.call('POST', '/populate', specification);
    expect(await lab.ended(made.body['job_id'])).toMatchObject({ status: 'completed' });
    const { body } = await lab.call('GET', '/agents?limit=1');
    const [agent] = body['agents'] as { id: string }[];
    const drafted = await lab.call('POST', '/content/draft', {
      agent: agent?.id,
      template: 'street_art_campaign',
      seed: HOSTILE,
    });
    expect(drafted.body).toMatchObject({ decision: { action: 'block' } });
  });
});

describe('with the guard off', () => {
  let lab: Laboratory;

  beforeAll(async () => {
    lab = await Laboratory.open('all', { AZT3KNET_COMPLIANCE_ENABLED: 'false' });
    await lab.call('POST', '/scenarios', scenario('loud', `Now ${HOSTILE}`));
  });
  afterAll(() => lab?.close());

  it('a run is marked, and so are its report and each draft', async () => {
    const run = await runOf(lab, 'loud', { seed: '1' });
    const { body } = await lab.call('GET', `/decisions/${String(run['decision_id'])}`);
    expect(body).toMatchObject({ action: 'label', checked: false, labels: ['unchecked'] });
    const { report } = run['links'] as Record<string, string>;
    expect(await textOf(lab, report)).toContain('Unchecked: the guard was off');
    const drafts = await lab.call('GET', '/content/drafts?label=unchecked&limit=1');
    expect(drafts.body['drafts']).toHaveLength(1);
  }, 90_000);

  it('an export is marked', async () => {
    const specification = { gender: 'female', count: 5, country: 'MX', seed: '9', export: 'csv' };
    const { body } = await lab.call('POST', '/populate', specification);
    expect(await lab.ended(body['job_id'])).toMatchObject({ status: 'completed' });
    const { population_id } = body as { population_id: string };
    const manifest = await textOf(lab, `/api/v1/populations/${population_id}/exports/csv/manifest`);
    expect(JSON.parse(manifest)).toMatchObject({ checked: false });
  });
});
