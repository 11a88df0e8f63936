import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GivenDecision } from '../../src/modules/simulation/deciders/decision.rules.js';
import { Laboratory, type Answer, type Body } from '../support/laboratory.js';
import { decideFor } from '../support/outside-decider.js';

const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const TICKS = 12;

/** A scenario of the town, and who decides in it. */
function town(id: string, deciders: string): string {
  return `id: ${id}
version: 1.0.0
title: A town
description: Sixty people for the tests.
population: { gender: unspecified, count: 60, country: MX, interests: [street art, football] }
content: { template: street_art_campaign, drafts_per_agent: 3 }
tick_minutes: 30
ticks: ${TICKS}
graph: {}
feed: {}
behaviour: { sessions_per_day: 20, reaction: 0.1, comment: 0.1, repost: 0.1, answering: 0.5 }
deciders: [${deciders}]
`;
}

type Seen = Parameters<typeof decideFor>[0];
interface Awaited extends Body {
  tick: number;
  missing: number;
  agents: Seen[];
}

const codeOf = ({ status, body }: Answer): unknown[] => [status, body['code']];

describe('a run that waits for decisions', () => {
  let lab: Laboratory;
  let first: Body;

  beforeAll(async () => {
    lab = await Laboratory.open('all', { AZT3KNET_CHECKPOINTS_KEPT: '2' });
    const external = 'kind: external, people: { share: 0.3 }';
    await lab.call('POST', '/scenarios', town('asked', `{ ${external} }`));
    await lab.call('POST', '/scenarios', town('hurried', `{ ${external}, every: 4, deadline_seconds: 1 }`));
    await lab.call(
      'POST',
      '/scenarios',
      town('ruled', `{ ${external}, every: 4, deadline_seconds: 1, missing: rules }`),
    );
    await lab.call('POST', '/scenarios', town('plain', '{ kind: rules }'));
    first = await answered(await start('asked'));
  }, 180_000);

  afterAll(async () => {
    await lab?.close();
  });

  async function start(scenario: string, body: object = {}): Promise<Body> {
    const answer = await lab.call('POST', `/simulations/${scenario}/run`, { seed: '1', ...body });
    expect(answer.status).toBe(202);
    return answer.body;
  }
  const show = async (id: unknown): Promise<Body> => (await lab.call('GET', `/runs/${String(id)}`)).body;
  const asked = (id: unknown, query = ''): Promise<Answer> =>
    lab.call('GET', `/runs/${String(id)}/decisions${query}`);
  const handIn = (id: unknown, tick: number, decisions: readonly GivenDecision[]): Promise<Answer> =>
    lab.call('POST', `/runs/${String(id)}/decisions`, { tick, decisions });

  /** What a run waits for, when it waits for a tick from this one on. */
  async function waiting(id: unknown, from = 0): Promise<Awaited> {
    for (;;) {
      const { status, body } = await asked(id);
      if (status === 200 && Number(body['tick']) >= from) return body as Awaited;
      const { status: is } = await show(id);
      if (is === 'failed' || is === 'completed') throw new Error(`the run is ${is}`);
      await sleep(20);
    }
  }

  /** Decides for everybody until the run has ended. @param until that tick alone */
  async function answered(accepted: Body, from = 0, until = TICKS): Promise<Body> {
    const { run_id } = accepted;
    for (let tick = from; tick < until; tick += 1) {
      const { agents } = await waiting(run_id, tick);
      expect(
        (
          await handIn(
            run_id,
            tick,
            agents.map((seen) => decideFor(seen, tick)),
          )
        ).status,
      ).toBe(200);
    }
    if (until === TICKS) await lab.ended((await show(run_id))['job_id']);
    return show(run_id);
  }
  const digests = async ({ id }: Body): Promise<unknown[]> =>
    ((await lab.call('GET', `/runs/${String(id)}/metrics`)).body['ticks'] as Body[]).map(
      ({ digest }) => digest,
    );
  it('goes on when they are there, and is completed', async () => {
    expect(first).toMatchObject({ status: 'completed', waits_for: null });
    expect(
      await lab.dataSource.query('SELECT count(*)::int AS n FROM run_turns WHERE offers IS NULL'),
    ).toEqual([{ n: TICKS }]);
  });

  it('says that it waits, for what and until when', async () => {
    const { run_id, job_id } = await start('asked', { seed: '2' });
    const { tick, missing, agents, due_at } = await waiting(run_id);
    expect(missing).toBe(agents.length);
    expect(await show(run_id)).toMatchObject({
      status: 'waiting',
      waits_for: { tick, agents: missing, due_at },
    });
    const { body: list } = await lab.call('GET', '/runs?status=waiting');
    expect((list['runs'] as Body[]).map(({ id }) => id)).toEqual([run_id]);
    // One alone, and those that are missing.
    const [one] = agents as [Seen];
    const alone = (await asked(run_id, `?agent_id=${one.agent_id}`)).body as Awaited;
    expect(alone.agents).toEqual([one]);
    await handIn(run_id, tick, [{ agent_id: one.agent_id, does: 'nothing' }]);
    const rest = (await asked(run_id, '?missing=true')).body as Awaited;
    expect(rest.agents).toEqual(agents.slice(1));
    // It can be cancelled, and waits for nothing then.
    await lab.call('POST', `/jobs/${String(job_id)}/cancel`);
    await lab.ended(job_id);
    expect(await show(run_id)).toMatchObject({ status: 'cancelled', waits_for: null });
    expect(codeOf(await asked(run_id))).toEqual([409, 'run_not_waiting']);
  }, 60_000);

  it('refuses what cannot be, and takes the same twice', async () => {
    const { run_id, job_id } = await start('asked', { seed: '3' });
    const { tick, agents } = await waiting(run_id);
    const [one, two] = agents as [Seen, Seen];
    const quiet = { agent_id: one.agent_id, does: 'nothing' } as const;
    expect(codeOf(await asked(NOBODY))).toEqual([404, 'run_not_found']);
    expect(codeOf(await handIn(NOBODY, 0, [quiet]))).toEqual([404, 'run_not_found']);
    expect(codeOf(await asked(first['id']))).toEqual([409, 'run_not_waiting']);
    expect(codeOf(await handIn(first['id'], 3, [quiet]))).toEqual([409, 'tick_past']);
    expect(codeOf(await handIn(run_id, tick + 1, [quiet]))).toEqual([409, 'tick_not_open']);
    const wrong = await handIn(run_id, tick, [
      quiet,
      { ...quiet, does: 'post' },
      { agent_id: NOBODY, does: 'read' },
      { agent_id: two.agent_id, does: 'read', acts: [{ kind: 'repost', post_id: NOBODY }] },
    ]);
    expect(codeOf(wrong)).toEqual([422, 'decision_invalid']);
    expect((wrong.body['errors'] as Body[]).map(({ field }) => field)).toEqual([
      'decisions[1].agent_id',
      'decisions[2].agent_id',
      'decisions[3].acts[0].post_id',
    ]);
    // Nothing of that was taken.
    const taken = await handIn(run_id, tick, [quiet]);
    expect(taken).toMatchObject({
      status: 200,
      body: { accepted: 1, repeated: 0, missing: agents.length - 1 },
    });
    expect(await handIn(run_id, tick, [quiet])).toMatchObject({
      status: 200,
      body: { accepted: 0, repeated: 1 },
    });
    const other = await handIn(run_id, tick, [{ ...quiet, does: 'read' }]);
    expect(codeOf(other)).toEqual([409, 'decision_taken']);
    const all = agents.map((seen) => (seen === one ? quiet : decideFor(seen, tick)));
    expect((await handIn(run_id, tick, all)).body).toMatchObject({ accepted: agents.length - 1, missing: 0 });
    await waiting(run_id, tick + 1);
    expect((await handIn(run_id, tick, all)).body).toMatchObject({ accepted: 0, repeated: agents.length });
    expect(codeOf(await handIn(run_id, tick, [{ ...quiet, does: 'read' }]))).toEqual([409, 'tick_past']);
    await lab.call('POST', `/jobs/${String(job_id)}/cancel`);
    await lab.ended(job_id);
  }, 60_000);

  it('gives its place to others when nobody answers, and goes on when somebody does', async () => {
    const accepted = await start('asked');
    const { run_id, job_id } = accepted;
    await answered(accepted, 0, 5);
    const jobNow = async (): Promise<Body> => (await lab.call('GET', `/jobs/${String(job_id)}`)).body;
    await expect.poll(async () => (await jobNow())['status'], { timeout: 60_000 }).toBe('queued');
    expect((await jobNow())['progress']).toMatchObject({
      done: 5,
      note: expect.stringMatching(/^waiting for \d+ decisions of tick 5$/) as string,
    });
    expect(await show(run_id)).toMatchObject({ status: 'waiting', waits_for: { tick: 5 } });
    const again = await answered(accepted, 5);
    expect(again).toMatchObject({ status: 'completed', checksum: first['checksum'], resumed: { tick: 5 } });
    expect(await digests(again)).toEqual(await digests(first));
  }, 120_000);

  it('is paused while it waits, and asks again when it goes on', async () => {
    const accepted = await start('asked');
    const { run_id, job_id } = accepted;
    await answered(accepted, 0, 4);
    const { agents, due_at } = await waiting(run_id, 4);
    const [one] = agents as [Seen];
    await handIn(run_id, 4, [decideFor(one, 4)]);
    await lab.call('POST', `/runs/${String(run_id)}/pause`);
    await lab.ended(job_id);
    expect(await show(run_id)).toMatchObject({ status: 'paused', waits_for: null });
    expect(codeOf(await handIn(run_id, 4, [decideFor(one, 4)]))).toEqual([409, 'run_not_waiting']);
    await sleep(20);
    expect((await lab.call('POST', `/runs/${String(run_id)}/resume`)).status).toBe(202);
    const later = await waiting(run_id, 4);
    // The deadline is another; what was handed in is there.
    expect(String(later['due_at']) > String(due_at)).toBe(true);
    expect(later.missing).toBe(agents.length - 1);
    const again = await answered(accepted, 4);
    expect(again).toMatchObject({ status: 'completed', checksum: first['checksum'], resumed: { tick: 4 } });
  }, 120_000);

  it('goes on without them at the deadline, by the rules or with nothing', async () => {
    const hurried = await start('hurried');
    await lab.ended(hurried['job_id']);
    const turns = await lab.dataSource.query<{ tick: number; decisions: Record<string, Body> }[]>(
      'SELECT tick, decisions FROM run_turns WHERE run_id = $1 ORDER BY tick',
      [hurried['run_id']],
    );
    expect(turns.map(({ tick }) => tick)).toEqual([0, 4, 8]);
    for (const { decisions } of turns)
      for (const decision of Object.values(decisions))
        expect(decision).toEqual({ does: 'nothing', origin: 'missing' });
    const ruled = await start('ruled');
    await lab.ended(ruled['job_id']);
    expect(await show(ruled['run_id'])).toMatchObject({ status: 'completed' });
    expect((await show(ruled['run_id']))['checksum']).not.toBe((await show(hurried['run_id']))['checksum']);
    const [{ decisions } = { decisions: {} }] = await lab.dataSource.query<{ decisions: object }[]>(
      'SELECT decisions FROM run_turns WHERE run_id = $1 AND tick = 4',
      [ruled['run_id']],
    );
    expect(new Set(Object.values(decisions).map(({ does }: Body) => does))).toEqual(new Set(['rules']));
  }, 120_000);

  it('has branches with what was decided before them, which ask from there on', async () => {
    const id = String(first['id']);
    const { body } = await lab.call('POST', `/runs/${id}/branch`, { at: 8 });
    const branch = await answered(body, 8);
    expect(branch).toMatchObject({ status: 'completed', checksum: first['checksum'] });
    const { run_id, job_id } = await start('asked', { seed: '4' });
    await waiting(run_id);
    const early = await lab.call('POST', `/runs/${String(run_id)}/branch`, { at: 8 });
    expect(codeOf(early)).toEqual([409, 'decisions_missing']);
    await lab.call('POST', `/jobs/${String(job_id)}/cancel`);
    await lab.ended(job_id);
  }, 120_000);

  it.each([
    ['by its kept decisions', (id: string) => `{ kind: external, people: { share: 0.3 }, repeats: ${id} }`],
    ['as a replay', (id: string) => `{ kind: replay, run: ${id} }`],
  ])(
    'is repeated %s',
    async (_, decider) => {
      const id = String(first['id']);
      const name = decider(id).includes('replay') ? 'asked_replayed' : 'asked_repeated';
      await lab.call('POST', '/scenarios', town(name, decider(id)));
      const again = await start(name);
      await lab.ended(again['job_id']);
      const run = await show(again['run_id']);
      expect(run).toMatchObject({ status: 'completed', checksum: first['checksum'] });
      expect(await digests(run)).toEqual(await digests(first));
    },
    120_000,
  );

  it('cannot repeat what nobody has decided', async () => {
    const plain = await start('plain');
    await lab.ended(plain['job_id']);
    const decider = `{ kind: external, repeats: ${String(plain['run_id'])} }`;
    await lab.call('POST', '/scenarios', town('repeats_nothing', decider));
    const refused = await lab.call('POST', '/simulations/repeats_nothing/run', {});
    expect(codeOf(refused)).toEqual([409, 'run_not_replayable']);
  }, 60_000);
});
