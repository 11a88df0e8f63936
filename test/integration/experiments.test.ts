import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExperimentResultsService } from '../../src/modules/simulation/experiments/experiment-results.js';
import { ExperimentStarter } from '../../src/modules/simulation/experiments/experiment.starter.js';
import { RUN_MEASURES } from '../../src/modules/simulation/experiments/outcomes.js';
import { Laboratory, type Body } from '../support/laboratory.js';

const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const TOWN = `id: trial_town
version: 1.0.0
title: A town for experiments
description: Sixty people for the tests.
population: { gender: unspecified, count: 60, country: MX, interests: [street art, football] }
content: { template: street_art_campaign, drafts_per_agent: 3 }
tick_minutes: 30
ticks: 12
graph: {}
feed: {}
measures: { opinion: tolls }
behaviour: { sessions_per_day: 20, repost: 0.1 }
`;

/** An experiment of two arms; parts of it may be others. */
function experiment(
  parts: Partial<Record<'id' | 'seeds' | 'share' | 'ticks' | 'alpha', string>> = {},
): string {
  const { id = 'questions', seeds = '3', share = '1', ticks = '12', alpha = '0.05' } = parts;
  return `id: ${id}
title: Does a question before sharing slow reposts?
description: For the tests.
scenario: trial_town
ticks: ${ticks}
seeds: ${seeds}
control: open
arms:
  - name: open
  - name: asked
    changes: { interventions: [{ kind: friction, content: { veracity: any }, share: ${share} }] }
outcomes:
  - { name: reposts, measure: totals.reposts }
  - { name: early_reposts, at: ticks, measure: reposts, statistic: sum, to: 6 }
  - { name: opinions, measure: polarisation.opinion.variance }
preregistration:
  hypotheses:
    - { text: Fewer reposts., arm: asked, outcome: reposts, direction: less }
  primary_outcome: reposts
  alpha: ${alpha}
  stopping: All seeds.
`;
}

interface Planned {
  arm: string;
  seed: string;
  run_id: string | null;
  status: string | null;
}

function planned(body: Body): Planned[] {
  return body['run_list'] as Planned[];
}

describe('experiments', () => {
  let lab: Laboratory;

  beforeAll(async () => {
    lab = await Laboratory.open();
    await lab.call('POST', '/scenarios', TOWN);
  });

  afterAll(async () => {
    await lab?.close();
  });

  const show = async (id: unknown): Promise<Body> =>
    (await lab.call('GET', `/experiments/${String(id)}`)).body;
  async function over(id: unknown, status = 'completed'): Promise<Body> {
    await expect
      .poll(async () => (await show(id))['status'], { timeout: 200_000, interval: 100 })
      .toBe(status);
    return show(id);
  }
  async function download(
    path: string,
  ): Promise<{ status: number; bytes: Buffer; headers: Record<string, unknown> }> {
    const authorization = `Bearer ${lab.token}`;
    const answer = await lab.app.inject({
      method: 'GET',
      url: `/api/v1/experiments/${path}`,
      headers: { authorization },
    });
    return { status: answer.statusCode, bytes: answer.rawPayload, headers: answer.headers };
  }
  let first: Body;

  it('run arms by seeds as jobs of their own, with the same people in a pair', async () => {
    const accepted = await lab.call('POST', '/experiments', experiment());
    expect(accepted).toMatchObject({ status: 202, body: { created: true, runs: 6, name: 'questions' } });
    expect(accepted.headers['location']).toBe(`/api/v1/jobs/${String(accepted.body['job_id'])}`);
    first = await over(accepted.body['experiment_id']);
    expect(first).toMatchObject({ completed: 6, runs: 6, progress: { done: 72, total: 72 } });
    expect(planned(first).map(({ arm, seed, status }) => `${arm} ${seed} ${status}`)).toEqual(
      ['1', '2', '3'].flatMap((seed) => [`open ${seed} completed`, `asked ${seed} completed`]),
    );
    const runs = await lab.dataSource.query<
      { seed: string; population_id: string; draft_batch_id: string; job_id: string }[]
    >('SELECT seed, population_id, draft_batch_id, job_id FROM runs');
    expect(new Set(runs.map(({ job_id }) => job_id)).size).toBe(6);
    for (const what of ['population_id', 'draft_batch_id'] as const) {
      expect(new Set(runs.map((run) => `${run.seed} ${run[what]}`)).size).toBe(3);
      expect(new Set(runs.map((run) => run[what])).size).toBe(3);
    }
    // Jobs that prepare them were asked for once a seed.
    const [jobs] = await lab.dataSource.query<{ populations: number; drafts: number }[]>(
      `SELECT count(*) FILTER (WHERE name = 'population.generate')::int AS populations,
         count(*) FILTER (WHERE name = 'content.draft')::int AS drafts FROM jobs`,
    );
    expect(jobs).toEqual({ populations: 3, drafts: 3 });
  }, 240_000);

  it('are registered in the audit before their first run', async () => {
    const audit = await lab.dataSource.query<{ action: string; data: Body }[]>(
      `SELECT action, data FROM audit WHERE action IN ('experiment.register', 'simulation.complete') ORDER BY sequence`,
    );
    expect(audit.map(({ action }) => action)).toEqual([
      'experiment.register',
      ...Array(6).fill('simulation.complete'),
    ]);
    expect(audit[0]?.data).toMatchObject({
      digest: first['digest'],
      preregistration_sha256: first['preregistration_sha256'],
      file_sha256: first['file_sha256'],
    });
    const checked = await lab.call('POST', '/experiments/check', experiment());
    expect(checked).toMatchObject({
      status: 200,
      body: { digest: first['digest'], seeds: ['1', '2', '3'], runs: 6 },
    });
    // Comments and spacing are no part of the meaning; alpha is.
    const same = await lab.call('POST', '/experiments/check', `# a comment\n${experiment()}`);
    expect(same.body['digest']).toBe(first['digest']);
    const other = await lab.call('POST', '/experiments/check', experiment({ alpha: '0.01' }));
    expect(other.body['digest']).not.toBe(first['digest']);
    expect(other.body['preregistration_sha256']).not.toBe(first['preregistration_sha256']);
  });

  it('compare the arms by the measures of their runs', async () => {
    const { status, body } = await lab.call('GET', `/experiments/${String(first['id'])}/results`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'completed', alpha: 0.05, primary_outcome: 'reposts' });
    // Worked out once, however many ask.
    const service = lab.app.get(ExperimentResultsService, { strict: false });
    const [one, other] = await Promise.all([1, 2].map(() => service.of(String(first['id']))));
    expect(one?.analysis).toBe(other?.analysis);
    const runs = body['runs'] as {
      arm: string;
      seed: string;
      run_id: string;
      values: Record<string, number | null>;
    }[];
    for (const { run_id, values } of runs) {
      const run = (await lab.call('GET', `/runs/${run_id}`)).body;
      expect(values['reposts']).toBe((run['totals'] as Body)['reposts']);
      const ticks = (await lab.call('GET', `/runs/${run_id}/metrics`)).body['ticks'] as {
        tick: number;
        reposts: number;
      }[];
      const early = ticks.filter(({ tick }) => tick < 6).reduce((sum, { reposts }) => sum + reposts, 0);
      expect(values['early_reposts']).toBe(early);
    }
    const [reposts, , opinions] = body['comparisons'] as Body[];
    const valueOf = (arm: string, seed: string): number =>
      runs.find((run) => run.arm === arm && run.seed === seed)?.values['reposts'] ?? Number.NaN;
    const differences = ['1', '2', '3'].map((seed) => valueOf('asked', seed) - valueOf('open', seed));
    expect(differences.every((difference) => difference < 0)).toBe(true);
    expect(reposts).toMatchObject({
      outcome: 'reposts',
      primary: true,
      arm: 'asked',
      pairs: 3,
      mean_difference: expect.closeTo((differences[0]! + differences[1]! + differences[2]!) / 3, 9) as number,
      // Two of the eight ways to flip three signs.
      p_sign_flip: 0.25,
      exact: true,
    });
    expect(opinions).toMatchObject({
      pairs: 0,
      mean_difference: null,
      relative_difference: null,
      p_sign_flip: null,
      t_interval: null,
    });
    expect(body['hypotheses']).toMatchObject([{ verdict: 'not_supported' }]);
    expect(body['deviations']).toEqual([
      '3 pairs of asked and open have no value of opinions and were left out.',
    ]);
  });

  it('leave a report and tables, the same each time', async () => {
    const id = String(first['id']);
    const report = await download(`${id}/report`);
    expect(report.status).toBe(200);
    const html = report.bytes.toString();
    const ids = [...html.matchAll(/ id="([^"]*)"/gu)].map(([, name]) => name);
    expect(new Set(ids).size).toBe(ids.length);
    for (const text of [
      'Synthetic data',
      'Deviations from the registration',
      String(first['digest']),
      '<svg',
      'Effects',
    ])
      expect(html).toContain(text);
    expect(html).not.toMatch(/NaN|undefined|Infinity/u);
    expect((await download(`${id}/report`)).bytes.equals(report.bytes)).toBe(true);
    const csv = (await download(`${id}/tables/runs.csv`)).bytes.toString().trimEnd().split('\r\n');
    expect(csv[0]).toBe(
      'synthetic,experiment,arm,seed,run_id,checksum,outcome_reposts,outcome_early_reposts,outcome_opinions',
    );
    expect(csv).toHaveLength(7);
    const parquet = await download(`${id}/tables/runs.parquet`);
    expect(parquet.bytes.subarray(0, 4).toString()).toBe('PAR1');
    expect((await download(`${id}/tables/runs.parquet`)).bytes.equals(parquet.bytes)).toBe(true);
    const comparisons = (await download(`${id}/tables/comparisons.csv`)).bytes.toString();
    expect(comparisons).toContain('\r\ntrue,questions,reposts,true,asked,open,3,');
    // Nothing is measured of it, and so nothing is written.
    expect(comparisons).toContain(`\r\ntrue,questions,opinions,false,asked,open,0${','.repeat(15)}\r\n`);
    expect(html).toMatch(/<td>opinions<\/td><td>asked<\/td><td class="n">0<\/td><td class="n">–<\/td>/u);
    expect(html).toContain('3 pairs cannot show it');
    expect(html).toContain('over all 3 registered comparisons');
    expect(html).toMatch(/<dt>Found<\/dt><dd><strong>\d of 3<\/strong>/u);
    expect((await download(`${id}/tables/nothing.csv`)).status).toBe(422);
  });

  it('are the same when they are sent again', async () => {
    const again = await lab.call('POST', '/experiments', experiment());
    expect(again).toMatchObject({
      status: 202,
      body: { created: false, experiment_id: first['id'], status: 'completed' },
    });
    expect(planned(await show(first['id']))).toEqual(planned(first));
    const many = await Promise.all(
      [1, 2, 3].map(() => lab.call('POST', '/experiments', experiment({ id: 'at_once', seeds: '[9]' }))),
    );
    expect(new Set(many.map(({ body }) => body['experiment_id'])).size).toBe(1);
    expect(many.filter(({ body }) => body['created'] === true)).toHaveLength(1);
    await over(many[0]?.body['experiment_id']);
  }, 240_000);

  it('say so when something else was registered before', async () => {
    const { body } = await lab.call('POST', '/experiments', experiment({ alpha: '0.1', seeds: '[1, 2]' }));
    await over(body['experiment_id']);
    const results = await lab.call('GET', `/experiments/${String(body['experiment_id'])}/results`);
    expect(results.body['deviations']).toContainEqual(
      expect.stringMatching(
        /^An experiment of this name was registered on .* with another seeds, preregistration\.$/u,
      ),
    );
    const list = await lab.call('GET', '/experiments?name=questions');
    expect((list.body['experiments'] as Body[]).map(({ id }) => id)).toEqual([
      body['experiment_id'],
      first['id'],
    ]);
  }, 240_000);

  it('are cancelled with all that they do, and go on to what they would have been', async () => {
    const file = experiment({ id: 'stopped', seeds: '[4, 5, 6]', ticks: '800' });
    const { body } = await lab.call('POST', '/experiments', file);
    const id = String(body['experiment_id']);
    await expect
      .poll(async () => planned(await show(id)).some(({ status }) => status === 'running'), {
        timeout: 60_000,
        interval: 50,
      })
      .toBe(true);
    expect((await lab.call('GET', `/experiments/${id}/results`)).body['code']).toBe(
      'experiment_not_finished',
    );
    expect((await lab.call('POST', `/experiments/${id}/cancel`)).status).toBe(200);
    const cancelled = await over(id, 'cancelled');
    expect(planned(cancelled).every(({ status }) => status !== 'running' && status !== 'queued')).toBe(true);
    const early = await lab.call('GET', `/experiments/${id}/results`);
    // How far it came before is for the machine to say; a verdict needs both arms of two seeds.
    const seeds = planned(cancelled)
      .filter(({ status }) => status === 'completed')
      .map(({ seed }) => seed);
    const pairs = seeds.length - new Set(seeds).size;
    const verdicts = pairs < 2 ? ['undecidable'] : ['supported', 'not_supported', 'opposite'];
    expect(early.body['status']).toBe('cancelled');
    expect(verdicts).toContain((early.body['hypotheses'] as Body[])[0]?.['verdict']);
    const page = (await download(`${id}/report`)).bytes.toString();
    expect(/<dt>Primary outcome<\/dt><dd><strong>–<\/strong>/u.test(page)).toBe(pairs === 0);
    expect(page.includes('<section class="charts">')).toBe(pairs > 0);
    const again = await lab.call('POST', '/experiments', file);
    expect(again.body).toMatchObject({ created: false, experiment_id: id });
    const done = await over(id);
    expect(done).toMatchObject({ completed: 6 });
    const results = (await lab.call('GET', `/experiments/${id}/results`)).body;
    expect(results['deviations']).toContain('The results were read 2 times before all runs were there.');
    expect((await lab.call('POST', `/experiments/${id}/cancel`)).body['code']).toBe('experiment_finished');
  }, 450_000);

  it('start each run once, whoever dies meanwhile or comes twice', async () => {
    const { body } = await lab.call(
      'POST',
      '/experiments',
      experiment({ id: 'raced', seeds: '[21, 22, 23]', ticks: '2' }),
    );
    const id = String(body['experiment_id']);
    const starter = lab.app.get(ExperimentStarter, { strict: false });
    const job = { experiment_id: id, actor: 'admin', actor_id: null };
    const context = (progress: () => void) => ({
      jobId: NOBODY,
      signal: new AbortController().signal,
      progress,
      write: <T>(work: (manager: EntityManager) => Promise<T>) => lab.dataSource.transaction(work),
      postpone: () => Promise.resolve(false),
      complete: <T extends object>(work: (manager: EntityManager) => Promise<T>) =>
        lab.dataSource.transaction(work),
    });
    const dies = starter.start(
      job,
      context(() => {
        throw new Error('the process is gone');
      }),
    );
    const ends = await Promise.allSettled([
      dies,
      starter.start(
        job,
        context(() => {}),
      ),
      starter.start(
        job,
        context(() => {}),
      ),
    ]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    const done = await over(id);
    expect(new Set(planned(done).map(({ run_id }) => run_id)).size).toBe(6);
    const [made] = await lab.dataSource.query<{ runs: number; jobs: number }[]>(
      `SELECT count(*)::int AS runs, (SELECT count(*)::int FROM jobs WHERE name = 'population.generate' AND payload @> $1::jsonb) AS jobs
       FROM runs WHERE seed IN ('21', '22', '23')`,
      [JSON.stringify({ specification: { seed: '21' } })],
    );
    expect(made).toEqual({ runs: 6, jobs: 1 });
  }, 240_000);

  it('take up the runs that are there, whatever is missing', async () => {
    const [, second] = planned(first);
    expect((await lab.call('DELETE', `/runs/${second?.run_id ?? ''}`)).status).toBe(204);
    expect(await show(first['id'])).toMatchObject({ status: 'incomplete', completed: 5 });
    const before = planned(await show(first['id']));
    await lab.call('POST', '/experiments', experiment());
    const after = planned(await over(first['id']));
    expect(after.filter(({ run_id }) => before.some((run) => run.run_id === run_id))).toHaveLength(5);
    expect(after[1]?.run_id).not.toBe(second?.run_id);
  }, 240_000);

  it.each([
    ['scenario: trial_town', 'scenario: nowhere', 'scenario', 4, /there is no scenario "nowhere"/u],
    ['control: open', 'control: closed', 'control', 7, /must be one of open, asked/u],
    ['totals.reposts', 'totals.retweets', 'outcomes[0].measure', 13, /totals\.reposts/u],
    ['kind: friction', 'kind: frction', 'arms[1].changes.interventions[0].kind', 11, /friction/u],
    [
      'primary_outcome: reposts',
      'primary_outcome: likes',
      'preregistration.primary_outcome',
      19,
      /must be one of reposts/u,
    ],
    ['seeds: 3', 'seeds: [1, 1]', 'seeds', 6, /has a seed twice/u],
    ['share: 1 }', 'share: 7 }', 'arms[1].changes.interventions[0].share', 11, /1/u],
    [
      'changes: { interventions: [{ kind: friction, content: { veracity: any }, share: 1 }] }',
      'changes: {}',
      'arms[1].changes',
      11,
      /the same as open/u,
    ],
  ])('refuse %s → %s with its line', async (from, to, field, line, message) => {
    const { status, body } = await lab.call('POST', '/experiments', experiment().replace(from, to));
    expect(status).toBe(422);
    const [error] = body['errors'] as { field: string; line: number; message: string }[];
    expect(error).toMatchObject({ field, line });
    expect(error?.message).toMatch(message);
  });

  it('tell every mistake at once, whole', async () => {
    const wrong = experiment()
      .replace('scenario: trial_town', 'scenario: nowhere')
      .replace('control: open', 'control: closed')
      .replace('totals.reposts', 'totals.retweets')
      .replace('primary_outcome: reposts', 'primary_outcome: likes');
    const { body } = await lab.call('POST', '/experiments/check', wrong);
    const errors = body['errors'] as { field: string; line: number; message: string }[];
    expect(errors.map(({ field, line }) => `${line} ${field}`)).toEqual([
      '4 scenario',
      '7 control',
      '13 outcomes[0].measure',
      '19 preregistration.primary_outcome',
    ]);
    // The last of what is accepted is there.
    expect(errors[2]?.message).toMatch(/^must be one of totals\.\S+, .*, [a-z_.\d]+$/u);
    expect(errors[2]?.message).toContain(RUN_MEASURES.at(-1));
    const arms = experiment().replace(
      'changes: { interventions: [{ kind: friction, content: { veracity: any }, share: 1 }] }',
      'changes: { feed: { nothing: 1 }, interventions: [{ kind: friction, content: { veracity: any }, share: 7 }] }',
    );
    const both = await lab.call('POST', '/experiments/check', arms);
    expect((both.body['errors'] as { field: string }[]).map(({ field }) => field)).toEqual([
      'arms[1].changes.feed.nothing',
      'arms[1].changes.interventions[0].share',
    ]);
  });

  it('are refused with their line where a model that is to decide cannot be asked', async () => {
    const without = `${TOWN.replace('trial_town', 'model_town')}deciders: [{ kind: llm, people: { share: 0.1 } }]\n`;
    await lab.call('POST', '/scenarios', without);
    const refused = await lab.call(
      'POST',
      '/experiments',
      experiment({ id: 'modelled' }).replace('scenario: trial_town', 'scenario: model_town'),
    );
    expect(refused).toMatchObject({
      status: 422,
      body: {
        errors: [
          {
            field: 'scenario',
            line: 4,
            message: expect.stringMatching(
              /^the scenario model_town: deciders\[0\]\.kind llm needs/u,
            ) as string,
          },
        ],
      },
    });
    const arm = experiment({ id: 'modelled' }).replace(
      '  - name: open\n',
      '  - name: open\n    changes: { deciders: [{ kind: llm, people: { share: 0.1 }, cassette_mode: replay }] }\n',
    );
    const there = await lab.call('POST', '/experiments', arm);
    expect(there).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'arms[0].changes.deciders[0].cassette', line: 10 }] },
    });
    const alone = await lab.call('POST', '/simulations/model_town/run', { seed: '1' });
    expect(alone.body['detail']).toContain('llm needs a language model');
  });

  it('tell of their end once, and take their runs with them when they are deleted', async () => {
    const file = experiment({ id: 'passing', seeds: '[31]', ticks: '2' });
    const { body } = await lab.call('POST', '/experiments', file);
    const id = String(body['experiment_id']);
    const done = await over(id);
    const told = (): Promise<{ type: string; payload: Body }[]> =>
      lab.dataSource.query(`SELECT type, payload FROM outbox WHERE topic = $1 ORDER BY batch, n`, [
        `experiments.${id}`,
      ]);
    await expect
      .poll(async () => (await told()).map(({ type }) => type), { timeout: 20_000 })
      .toHaveLength(1);
    expect((await told())[0]).toMatchObject({
      type: 'experiment.completed',
      payload: { experiment_id: id, name: 'passing', status: 'completed', runs: 2, completed: 2 },
    });
    const runs = planned(done).map(({ run_id }) => run_id);
    const [{ count } = { count: 0 }] = await lab.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM run_files WHERE run_id = ANY($1)`,
      [runs],
    );
    expect(count).toBeGreaterThan(0);
    expect((await lab.call('DELETE', `/experiments/${id}`)).status).toBe(204);
    for (const path of [`/experiments/${id}`, ...runs.map((run) => `/runs/${run ?? ''}`)])
      expect((await lab.call('GET', path)).status).toBe(404);
    expect((await lab.call('DELETE', `/experiments/${id}`)).body['code']).toBe('experiment_not_found');
    const audit = await lab.dataSource.query<{ action: string; data: Body }[]>(
      `SELECT action, data FROM audit WHERE (subject_id = $1 AND action = 'experiment.delete')
         OR (action = 'run.delete' AND subject_id = ANY($2)) ORDER BY sequence`,
      [id, runs],
    );
    expect(audit.map(({ action }) => action)).toEqual(['run.delete', 'run.delete', 'experiment.delete']);
    expect(audit.at(-1)?.data).toMatchObject({
      digest: done['digest'],
      preregistration_sha256: done['preregistration_sha256'],
    });
    await expect
      .poll(async () => (await told()).map(({ type }) => type))
      .toEqual(['experiment.completed', 'experiment.deleted']);
    // Whoever registers it anew does not begin from nothing.
    const again = await lab.call('POST', '/experiments', file);
    expect(again.body).toMatchObject({ created: true });
    await over(again.body['experiment_id']);
    const results = await lab.call('GET', `/experiments/${String(again.body['experiment_id'])}/results`);
    expect(results.body['deviations']).toContainEqual(
      expect.stringMatching(
        /^An experiment of this name was registered on .* and deleted on .*, with 2 of 2 runs completed\.$/u,
      ),
    );
  }, 240_000);

  it('are not deleted while they go on, and have a report when they were cancelled before any run', async () => {
    const { body } = await lab.call(
      'POST',
      '/experiments',
      experiment({ id: 'early', seeds: '[41, 42]', ticks: '2000' }),
    );
    const id = String(body['experiment_id']);
    expect((await lab.call('DELETE', `/experiments/${id}`)).body['code']).toBe('experiment_busy');
    expect((await lab.call('GET', `/experiments/${id}/report`)).body).toMatchObject({
      code: 'experiment_not_finished',
      detail: expect.stringContaining('it has results when no run is left to do') as string,
    });
    await lab.call('POST', `/experiments/${id}/cancel`);
    await over(id, 'cancelled');
    const report = await download(`${id}/report`);
    expect(report.status).toBe(200);
    const html = report.bytes.toString();
    expect(html).toContain('Deviations from the registration');
    expect(html).not.toMatch(/NaN|undefined|Infinity/u);
    // A warning is printed whole.
    expect(html).toContain('no hypothesis can be supported: take');
    for (const name of ['runs.csv', 'runs.parquet', 'comparisons.csv', 'comparisons.parquet'])
      expect((await download(`${id}/tables/${name}`)).status).toBe(200);
    const types = (): Promise<{ type: string }[]> =>
      lab.dataSource.query('SELECT type FROM outbox WHERE topic = $1', [`experiments.${id}`]);
    await expect.poll(types, { timeout: 20_000 }).toEqual([{ type: 'experiment.cancelled' }]);
  }, 240_000);

  it('count what happens in ticks by the names that the metrics have', async () => {
    const file = experiment({ id: 'readers', seeds: '[51]', ticks: '3' }).replace(
      'measure: reposts, statistic: sum, to: 6',
      'measure: actions.reads, statistic: sum',
    );
    const { body } = await lab.call('POST', '/experiments', file);
    const done = await over(body['experiment_id']);
    const results = await lab.call('GET', `/experiments/${String(done['id'])}/results`);
    const runs = results.body['runs'] as { run_id: string; values: Record<string, number | null> }[];
    expect(runs).toHaveLength(2);
    for (const { run_id, values } of runs) {
      const ticks = (await lab.call('GET', `/runs/${run_id}/metrics`)).body['ticks'] as {
        actions: Record<string, number>;
      }[];
      const reads = ticks.reduce((sum, { actions }) => sum + (actions['reads'] ?? 0), 0);
      expect(reads).toBeGreaterThan(0);
      expect(values['early_reposts']).toBe(reads);
    }
    const unknown = file.replace('actions.reads', 'actions.read').replace('id: readers', 'id: misread');
    const refused = await lab.call('POST', '/experiments/check', unknown);
    expect(refused.status).toBe(422);
    expect(refused.body['detail']).toMatch(/outcomes\[1\]\.measure: .*did you mean actions\.reads\?/u);
  }, 120_000);

  it('are not found where there are none', async () => {
    for (const path of ['', '/results', '/report', '/tables/runs.csv'])
      expect((await lab.call('GET', `/experiments/${NOBODY}${path}`)).body['code']).toBe(
        'experiment_not_found',
      );
  });
});
