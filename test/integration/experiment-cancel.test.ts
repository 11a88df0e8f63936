import { Readable } from 'node:stream';
import { ModuleRef } from '@nestjs/core';
import pg from 'pg';
import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BlobStore } from '../../src/core/blobs/index.js';
import { SimulationModule } from '../../src/modules/simulation/simulation.module.js';
import { ExperimentStarter } from '../../src/modules/simulation/experiments/experiment.starter.js';
import { Laboratory, type Body } from '../support/laboratory.js';

const SEEDS = 80;
const RUNS = 3 * SEEDS;
const HAMLET = `id: hamlet
version: 1.0.0
title: A hamlet
description: Twenty people for the tests.
population: { gender: unspecified, count: 20, country: MX }
content: { template: street_art_campaign }
tick_minutes: 30
ticks: 2
graph: {}
feed: {}
behaviour: { sessions_per_day: 20 }
`;
const FILE = `id: large
title: Does a question before sharing slow reposts?
description: More runs than fit a request one by one.
scenario: hamlet
ticks: 2
seeds: ${SEEDS}
control: open
arms:
  - name: open
  - name: asked
    changes: { interventions: [{ kind: friction, content: { veracity: any }, share: 1 }] }
  - name: half
    changes: { interventions: [{ kind: friction, content: { veracity: any }, share: 0.5 }] }
outcomes:
  - { name: reposts, measure: totals.reposts }
preregistration:
  hypotheses:
    - { text: Fewer reposts., arm: asked, outcome: reposts, direction: less }
  primary_outcome: reposts
  alpha: 0.05
  stopping: All seeds.
`;

interface Planned {
  job_id: string;
  status: string;
}

describe('a large experiment that is cancelled', () => {
  let lab: Laboratory;
  let id: string;
  let starting: string;
  let held: string;

  /** No worker takes its jobs: all of its runs wait but one, which is running for as long as the test says. */
  beforeAll(async () => {
    lab = await Laboratory.open('api');
    await lab.call('POST', '/scenarios', HAMLET);
    const { body } = await lab.call('POST', '/experiments', FILE);
    [id, starting] = [String(body['experiment_id']), String(body['job_id'])];
    await (
      await lab.app.select(SimulationModule).get(ModuleRef, { strict: true }).create(ExperimentStarter)
    ).start(
      { experiment_id: id, actor: 'admin', actor_id: null },
      {
        jobId: starting,
        signal: new AbortController().signal,
        progress: () => {},
        write: <T>(work: (manager: EntityManager) => Promise<T>) => lab.dataSource.transaction(work),
        postpone: () => Promise.resolve(false),
        complete: <T extends object>(work: (manager: EntityManager) => Promise<T>) =>
          lab.dataSource.transaction(work),
      },
    );
    held = (await planned())[7]!.job_id;
    await lab.dataSource.query(`UPDATE jobs SET status = 'running', started_at = now() WHERE id = $1`, [
      held,
    ]);
  }, 480_000);

  afterAll(async () => {
    await lab?.close();
  });

  const show = async (): Promise<Body> => (await lab.call('GET', `/experiments/${id}`)).body;
  const planned = async (): Promise<Planned[]> => (await show())['run_list'] as Planned[];
  const cancel = () => lab.call('POST', `/experiments/${id}/cancel`);
  const records = async (action: string): Promise<number> =>
    (
      await lab.dataSource.query<{ count: number }[]>(
        'SELECT count(*)::int AS count FROM audit WHERE action = $1',
        [action],
      )
    )[0]!.count;

  it('is cancelling from the answer on, with all that waited cancelled at one moment', async () => {
    expect(await show()).toMatchObject({ status: 'running', runs: RUNS });
    const began = Date.now();
    const answer = await cancel();
    // A request may take 30 s.
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(answer).toMatchObject({ status: 200, body: { status: 'cancelling' } });
    expect((await planned()).filter(({ status }) => status === 'cancelled')).toHaveLength(RUNS - 1);
    const [jobs] = await lab.dataSource.query<Body[]>(
      `SELECT count(*)::int AS jobs, count(DISTINCT finished_at)::int AS moments,
         (SELECT count(*)::int FROM outbox WHERE type = 'job.cancelled') AS told
       FROM jobs WHERE status = 'cancelled'`,
    );
    // The runs, the people and the drafts of each seed, and the job that starts them.
    const waited = RUNS - 1 + 2 * SEEDS + 1;
    expect(jobs).toEqual({ jobs: waited, moments: 1, told: waited });
    expect(await records('job.cancel')).toBe(waited + 1);
    expect(await records('experiment.cancel')).toBe(1);
    expect((await lab.call('GET', `/jobs/${held}`)).body).toMatchObject({ status: 'running' });
    expect((await lab.call('GET', '/experiments?status=cancelling')).body['experiments']).toMatchObject([
      { id },
    ]);
  }, 60_000);

  it('takes nothing else meanwhile, and the same again changes nothing', async () => {
    const before = await records('job.cancel');
    expect(await cancel()).toMatchObject({ status: 200, body: { status: 'cancelling' } });
    expect([await records('job.cancel'), await records('experiment.cancel')]).toEqual([before, 1]);
    const refused = [
      await lab.call('DELETE', `/experiments/${id}`),
      await lab.call('POST', '/experiments', FILE),
      await lab.call('GET', `/experiments/${id}/results`),
    ];
    expect(refused.map(({ status, body }) => [status, body['code'], body['detail']])).toEqual([
      [409, 'experiment_busy', `experiment ${id} is being cancelled; it can be deleted once it is cancelled`],
      [409, 'experiment_busy', `experiment ${id} is being cancelled; it can go on once it is cancelled`],
      [
        409,
        'experiment_not_finished',
        `experiment ${id} is cancelling; it has results when no run is left to do`,
      ],
    ]);
  }, 60_000);

  it('is cancelling while what prepares a run stops, which that run would follow into nothing', async () => {
    const [[preparing]] = await lab.dataSource.query<[{ id: string }[], number]>(
      `UPDATE jobs SET status = 'running', finished_at = NULL
       WHERE id = (SELECT preparing[1] FROM experiment_runs WHERE experiment_id = $1 AND place = 7) RETURNING id`,
      [id],
    );
    await lab.dataSource.query(`UPDATE jobs SET status = 'cancelled', finished_at = now() WHERE id = $1`, [
      held,
    ]);
    expect(await show()).toMatchObject({ status: 'cancelling' });
    expect(await lab.call('POST', '/experiments', FILE)).toMatchObject({
      status: 409,
      body: { code: 'experiment_busy' },
    });
    await lab.dataSource.query(`UPDATE jobs SET status = 'cancelled', finished_at = now() WHERE id = $1`, [
      preparing?.id,
    ]);
  }, 60_000);

  it('is cancelled when its last run has stopped, and then it can go on, or be deleted', async () => {
    expect(await show()).toMatchObject({ status: 'cancelled', completed: 0 });
    expect(await cancel()).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    const again = await lab.call('POST', '/experiments', FILE);
    expect(again).toMatchObject({ status: 202, body: { created: false, status: 'running' } });
    // Nothing of it runs: there is nothing to wait for.
    expect(await cancel()).toMatchObject({ status: 200, body: { status: 'cancelled' } });
  }, 60_000);

  it('is deleted with all of its runs, their files and what is told of each, in a few statements', async () => {
    const runs = ((await show())['run_list'] as { run_id: string }[]).map(({ run_id }) => run_id);
    const blobs = lab.app.get(BlobStore, { strict: false });
    const keys: string[] = [];
    for (const run of runs.slice(0, 3)) {
      const key = `runs/${run}/made/made.txt`;
      const { bytes, sha256 } = await blobs.put(key, Readable.from([Buffer.from('made')]), 'text/plain');
      await lab.dataSource.query(
        `INSERT INTO run_files (run_id, name, media_type, bytes, sha256, blob_key) VALUES ($1, 'made.txt', 'text/plain', $2, $3, $4)`,
        [run, bytes, sha256, key],
      );
      keys.push(key);
    }
    const statements = vi.spyOn(pg.Client.prototype, 'query');
    try {
      expect((await lab.call('DELETE', `/experiments/${id}`)).status).toBe(204);
      // One by one there would be several for each.
      expect(statements.mock.calls.length).toBeLessThan(RUNS / 2);
    } finally {
      statements.mockRestore();
    }
    const audit = await lab.dataSource.query<{ action: string; subject_id: string }[]>(
      `SELECT action, subject_id FROM audit WHERE action IN ('run.delete', 'experiment.delete') ORDER BY sequence`,
    );
    expect(audit).toEqual([
      ...runs.map((run) => ({ action: 'run.delete', subject_id: run })),
      { action: 'experiment.delete', subject_id: id },
    ]);
    const told = await lab.dataSource.query<{ run: string }[]>(
      `SELECT payload ->> 'run_id' AS run FROM outbox WHERE type = 'run.deleted' ORDER BY batch, n`,
    );
    expect(told.map(({ run }) => run)).toEqual(runs);
    expect(await lab.dataSource.query('SELECT id FROM runs')).toEqual([]);
    for (const key of keys)
      await expect
        .poll(() =>
          blobs.get(key).then(
            () => 'there',
            () => 'gone',
          ),
        )
        .toBe('gone');
  }, 120_000);
});
