import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Laboratory, type Answer, type Body } from '../support/laboratory.js';

const LONG = 100_000;
const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const SMALL = `id: small_town
version: 1.0.0
title: A small town
description: Eighty people for the tests.
population: { gender: unspecified, count: 80, country: MX, interests: [street art, football] }
content: { template: street_art_campaign, drafts_per_agent: 3 }
tick_minutes: 30
ticks: 40
graph: {}
feed: {}
behaviour: {}
`;

const FEEDSIM = `id: large_feedsim
version: 1.0.0
title: Numbers
description: A model without people, for the tests.
model: feedsim
agents: 20000
ticks: 1500
`;

interface Checkpoint {
  tick: number;
  part: string;
  from_tick: number;
  pinned: boolean;
  blob_key: string;
}

function filesOf({ files }: Body): unknown[] {
  return (files as Body[]).map(({ name, sha256 }) => [name, sha256] as const);
}

function digests(ticks: Record<string, unknown>[]): unknown[] {
  return ticks.map(({ digest }) => digest);
}

describe('a run that is stopped', () => {
  let lab: Laboratory;
  let population: string;

  beforeAll(async () => {
    lab = await Laboratory.open('all', { AZT3KNET_CHECKPOINTS_KEPT: '2' });
    await lab.call('POST', '/scenarios', SMALL);
    const first = await start({ seed: '1', ticks: 2 });
    await lab.ended(first['job_id']);
    population = String(first['population_id']);
  });

  afterAll(async () => {
    await lab?.close();
  });

  /** Accepts a run with the same people. */
  async function start(body: object): Promise<Body> {
    const people = population === undefined ? {} : { population_id: population };
    const answer = await lab.call('POST', '/simulations/small_town/run', { ...people, ...body });
    expect(answer.status).toBe(202);
    return answer.body;
  }
  const show = async (id: unknown): Promise<Body> => (await lab.call('GET', `/runs/${String(id)}`)).body;
  const ended = async (accepted: Body): Promise<Body> => {
    await lab.ended(accepted['job_id']);
    return show(accepted['run_id']);
  };
  const control = (id: unknown, action: string, body?: object): Promise<Answer> =>
    lab.call('POST', `/runs/${String(id)}/${action}`, body);
  const checkpoints = (id: unknown): Promise<Checkpoint[]> =>
    lab.dataSource.query<Checkpoint[]>(
      'SELECT * FROM run_checkpoints WHERE run_id = $1 ORDER BY tick, part',
      [id],
    );
  const ticksOf = async (id: unknown): Promise<Record<string, unknown>[]> =>
    (await lab.call('GET', `/runs/${String(id)}/metrics`)).body['ticks'] as Record<string, unknown>[];

  /** Starts a run that takes long, and pauses it when it has come some way. */
  async function paused(ticks: number, every: number): Promise<{ id: string; took: number }> {
    const { run_id, job_id } = await start({ seed: '2', ticks, checkpoint_every: every });
    await expect
      .poll(
        async () =>
          Number(((await lab.call('GET', `/jobs/${String(job_id)}`)).body['progress'] as Body)['done']),
        {
          timeout: 60_000,
          interval: 50,
        },
      )
      .toBeGreaterThan(20);
    const began = performance.now();
    expect((await control(run_id, 'pause')).status).toBe(200);
    await lab.ended(job_id);
    return { id: String(run_id), took: performance.now() - began };
  }

  it('keeps the latest checkpoints while it runs, and none when it is completed', async () => {
    const { id, took } = await paused(LONG, 10);
    // A second where nothing else asks for the processor.
    expect(took).toBeLessThan(15_000);
    expect(await show(id)).toMatchObject({ status: 'paused', checkpoint_every: 10, completed_at: null });
    const kept = await checkpoints(id);
    const states = kept.filter(({ part }) => part === 'state');
    expect(states).toHaveLength(2);
    // Where it stands is where it goes on.
    const { ticks_done } = await show(id);
    expect(ticks_done).toBe(Math.max(...states.map(({ tick }) => tick)));
    // The events up to there have no gap.
    const events = kept.filter(({ part }) => part === 'events');
    expect(events.map(({ from_tick }) => from_tick)).toEqual([
      0,
      ...events.slice(0, -1).map(({ tick }) => tick),
    ]);
    const { body: list } = await lab.call('GET', '/runs?status=paused');
    const listed = (list['runs'] as Body[]).find((run) => run['id'] === id);
    expect(listed).toMatchObject({ ticks_done });
    const named = await lab.dataSource.query<{ key: string }[]>('SELECT key FROM stored_blobs');
    for (const { blob_key } of kept) expect(named.map(({ key }) => key)).toContain(blob_key);
    expect((await lab.call('DELETE', `/runs/${id}`)).status).toBe(204);
    expect(await checkpoints(id)).toEqual([]);
    for (const { blob_key } of kept)
      await expect
        .poll(() => readFile(join(lab.runtime.config.dataDir, blob_key)).catch(() => 'gone'))
        .toBe('gone');
    const done = await ended(await start({ seed: '3', checkpoint_every: 5 }));
    expect(done).toMatchObject({ status: 'completed', resumed: null, branch: null });
    expect(await checkpoints(done['id'])).toEqual([]);
  }, 120_000);

  it('goes on to the result that it would have had', async () => {
    const { id } = await paused(2_000, 1_000);
    const stopped = (await checkpoints(id)).findLast(({ part }) => part === 'state')?.tick ?? 0;
    expect(stopped).toBeGreaterThan(0);
    expect((await control(id, 'pause')).body).toMatchObject({ status: 'paused' });
    const again = await control(id, 'resume');
    expect(again).toMatchObject({ status: 202, body: { run_id: id, ticks: 2_000 } });
    expect(again.headers['location']).toBe(`/api/v1/jobs/${String(again.body['job_id'])}`);
    // From its first word on, its job is where the run goes on.
    const seen: number[] = [];
    await expect
      .poll(
        async () => {
          const { body } = await lab.call('GET', `/jobs/${String(again.body['job_id'])}`);
          const { done, total } = body['progress'] as { done: number; total: number | null };
          if (total !== null) seen.push(done);
          return body['status'];
        },
        { timeout: 60_000, interval: 20 },
      )
      .toBe('completed');
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(stopped);
    const resumed = await ended(again.body);
    expect(resumed).toMatchObject({
      status: 'completed',
      ticks_done: 2_000,
      resumed: { tick: stopped, skipped: [] },
    });
    const whole = await ended(await start({ seed: '2', ticks: 2_000 }));
    expect(resumed['checksum']).toBe(whole['checksum']);
    expect(filesOf(resumed)).toEqual(filesOf(whole));
    expect(await ticksOf(id)).toEqual(await ticksOf(whole['id']));
  }, 180_000);

  it('begins before a checkpoint that is damaged, and says so', async () => {
    const { id } = await paused(1_000, 10);
    const states = (await checkpoints(id)).filter(({ part }) => part === 'state');
    const [before, last] = states as [Checkpoint, Checkpoint];
    const path = join(lab.runtime.config.dataDir, last.blob_key);
    const bytes = await readFile(path);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const resumed = await ended((await control(id, 'resume')).body);
    expect(resumed).toMatchObject({
      status: 'completed',
      resumed: {
        tick: before.tick,
        skipped: [{ tick: last.tick, reason: expect.stringContaining('has another SHA-256') as string }],
      },
    });
    const whole = await ended(await start({ seed: '2', ticks: 1_000 }));
    expect(filesOf(resumed)).toEqual(filesOf(whole));
  }, 180_000);

  it('goes on as well when it was cancelled', async () => {
    const { run_id, job_id } = await start({ seed: '4', ticks: 3_000, checkpoint_every: 10 });
    await expect.poll(async () => (await checkpoints(run_id)).length, { timeout: 60_000 }).toBeGreaterThan(1);
    await lab.call('POST', `/jobs/${String(job_id)}/cancel`);
    await lab.ended(job_id);
    expect(await show(run_id)).toMatchObject({ status: 'cancelled' });
    const resumed = await ended((await control(run_id, 'resume')).body);
    expect(resumed).toMatchObject({ status: 'completed', resumed: { skipped: [] } });
    // Its first job has nothing to do with it any more.
    expect((await lab.call('POST', `/jobs/${String(job_id)}/retry`)).status).toBe(202);
    expect(await lab.ended(job_id)).toMatchObject({ status: 'failed', error: { code: 'run_gone_on' } });
    for (const action of ['pause', 'resume']) {
      const code = action === 'pause' ? 'run_not_pausable' : 'run_not_resumable';
      expect(await control(run_id, action)).toMatchObject({ status: 409, body: { code } });
    }
  }, 180_000);

  it('of the model feedsim begins anew when it goes on, and has no branches', async () => {
    await lab.call('POST', '/scenarios', FEEDSIM);
    const { body: accepted } = await lab.call('POST', '/simulations/large_feedsim/run', { seed: '1' });
    const { job_id, run_id } = accepted;
    await expect.poll(async () => (await show(run_id))['status'], { timeout: 60_000 }).toBe('running');
    await control(run_id, 'pause');
    await lab.ended(job_id);
    expect(await show(run_id)).toMatchObject({ status: 'paused', ticks_done: 0 });
    const resumed = await ended((await control(run_id, 'resume')).body);
    expect(resumed).toMatchObject({ status: 'completed', resumed: null });
    const refused = await control(run_id, 'branch', { at: 2 });
    expect(refused).toMatchObject({ status: 409, body: { code: 'run_without_people' } });
  }, 180_000);

  it('that nobody knows cannot be stopped', async () => {
    for (const action of ['pause', 'resume', 'branch']) {
      const answer = await control(NOBODY, action, action === 'branch' ? { at: 2 } : undefined);
      expect(answer).toMatchObject({ status: 404, body: { code: 'run_not_found' } });
    }
  });

  it('has branches that part where they say', async () => {
    const trunk = await ended(await start({ seed: '5' }));
    const changes = { interventions: [{ kind: 'depth_limit', depth: 0 }] };
    const same = await ended((await control(trunk['id'], 'branch', { at: 12 })).body);
    expect(same).toMatchObject({ checksum: trunk['checksum'], branch: { run_id: trunk['id'], tick: 12 } });
    expect(filesOf(same).slice(0, 2)).toEqual(filesOf(trunk).slice(0, 2));
    const other = await ended((await control(trunk['id'], 'branch', { at: 12, changes })).body);
    expect(other).toMatchObject({ status: 'completed', scenario: 'small_town', ticks: 40 });
    const [one, two] = [await ticksOf(trunk['id']), await ticksOf(other['id'])];
    expect(digests(two).slice(0, 12)).toEqual(digests(one).slice(0, 12));
    for (const { reposts } of two.slice(12)) expect(reposts).toBe(0);
    // A branch of a branch, longer than both.
    const third = await ended(
      (await control(other['id'], 'branch', { at: 30, ticks: 45, changes: { behaviour: { reaction: 0.9 } } }))
        .body,
    );
    const three = await ticksOf(third['id']);
    expect(three).toHaveLength(45);
    expect(digests(three).slice(0, 30)).toEqual(digests(two).slice(0, 30));
    expect(digests(three)[39]).not.toEqual(digests(two)[39]);
    expect((await lab.call('GET', `/runs/${String(trunk['id'])}/diff/${String(other['id'])}`)).status).toBe(
      200,
    );
    expect((await lab.call('DELETE', `/runs/${String(other['id'])}`)).status).toBe(204);
    expect(await show(third['id'])).toMatchObject({ branch: { run_id: null, tick: 30 } });
  }, 120_000);

  it('keeps the checkpoint that a branch begins at', async () => {
    const { id } = await paused(400, 10);
    const [first] = (await checkpoints(id)).filter(({ part }) => part === 'state') as [Checkpoint];
    const branch = await ended((await control(id, 'branch', { at: first.tick + 3 })).body);
    expect(branch['status']).toBe('completed');
    const resumed = await ended((await control(id, 'resume')).body);
    expect(resumed['checksum']).toBe(branch['checksum']);
    const kept = await checkpoints(id);
    expect(kept.filter(({ part }) => part === 'state')).toMatchObject([{ tick: first.tick, pinned: true }]);
    expect(kept.every(({ tick }) => tick <= first.tick)).toBe(true);
  }, 120_000);

  it.each<[object, string]>([
    [{ at: 40 }, 'at'],
    [{ at: 5, ticks: 5 }, 'ticks'],
    [{ at: 5, changes: { behaviour: { repost: 7 } } }, 'changes.behaviour.repost'],
    [{ at: 5, changes: { behaviour: { unknown: 7 } } }, 'changes.behaviour.unknown'],
    [{ at: 5, changes: { population: {} } }, 'changes.population'],
    [
      { at: 5, changes: { interventions: [{ kind: 'depth_limit', depth: 1, start: 2 }] } },
      'changes.interventions[0].start',
    ],
    [{ at: 5, changes: { interventions: [{ kind: 'moderation' }] } }, 'changes.interventions[0].kind'],
  ])('has no branch with %j', async (body, field) => {
    const { body: list } = await lab.call('GET', '/runs?status=completed&seed=5&limit=50');
    const trunk = (list['runs'] as Body[]).findLast(({ ticks }) => ticks === 40);
    const refused = await control(trunk?.['id'], 'branch', body);
    expect(refused.status).toBe(422);
    expect((refused.body['errors'] as Body[]).map((each) => each['field'])).toContain(field);
  });
});
