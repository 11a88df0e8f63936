import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import { JobsService } from '../../src/modules/jobs/index.js';
import { makeCaller } from '../support/caller.js';
import { TestNetwork, type Member } from '../support/network.js';
import { isFinished, watchJob } from '../support/watch-job.js';
import { ended, until, workflowOf, type ShownWorkflow } from '../support/workflows.js';

const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';
const PEOPLE = 30;
/** Nobody may write this. */
const REFUSED_TEMPLATE = `id: leaky_reply
version: 1.0.0
title: Leaky reply
description: Tells where to write to.
default_language: en
variables: [thread.author, agent.first_name]
languages:
  en:
    phrases: { where: [at home, at work, in the office, on the road, in town, by the sea] }
    caption: '{{ thread.author }}, write to ana.torres@correo.mx {{ where }}, says {{ agent.first_name }}.'
    alt_text: A letter
    hashtags: ['#letters']
    variations: { count: 1 }
`;

interface Plan {
  id: string;
  state: string;
  planned: number;
  sessions: Record<string, number>;
  acts: Record<string, Record<string, number>>;
  code?: string;
  detail?: string;
}
interface Shown {
  id: string;
  agent_id: string;
  state: string;
  reason: string | null;
  planned_at: string;
  links: Record<string, string>;
  views: { rank: number; status_id: string }[];
  acts: { kind: string; state: string; reason: string | null; draft_id: string | null }[];
}

let network: TestNetwork;
let source: DataSource;

const rows = <T = Record<string, unknown>>(statement: string, values: unknown[] = []): Promise<T[]> =>
  source.query<T[]>(statement, values);
const count = async (of: string, values: unknown[] = []): Promise<number> =>
  (await rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${of}`, values))[0]?.n ?? 0;

async function plan(body: object): Promise<Plan> {
  const made = await network.test.call<Plan>('POST', '/api/v1/agent-sessions', body);
  if (made.status !== 202) throw new Error(JSON.stringify(made.body));
  return made.body;
}
const planOf = async (id: string): Promise<Plan> =>
  (await network.test.call<Plan>('GET', `/api/v1/session-plans/${id}`)).body;
async function sessionsOf(id: string): Promise<Shown[]> {
  const path = `/api/v1/agent-sessions?plan=${id}&limit=1000&sort=planned_at`;
  return (await network.test.call<{ sessions: Shown[] }>('GET', path)).body.sessions;
}
async function over(id: string): Promise<Plan> {
  await expect
    .poll(async () => (await planOf(id)).state, { timeout: 240_000, interval: 500 })
    .toBe('completed');
  return planOf(id);
}

/** Three who are on line once a day. */
const daily = async (): Promise<string[]> =>
  (
    await rows<{ id: string }>(
      `SELECT id FROM agents WHERE posting_cadence = 'daily' ORDER BY position LIMIT 3`,
    )
  ).map(({ id }) => id);
const tomorrow = (hours: number): string => {
  const day = new Date(Date.now() + 86_400_000);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hours)).toISOString();
};
/** Everybody does much, so that there is something to count. */
const BUSY = {
  lurk_percent: 0,
  posts: 12,
  acts: 6,
  favourite_percent: 40,
  boost_percent: 15,
  reply_percent: 15,
  follow_percent: 20,
};
/** From now on, as fast as can be. */
const FAST = { speed: 10_000, seed: 'fast' };

beforeAll(async () => {
  network = await TestNetwork.open({}, PEOPLE);
  source = network.test.app.get(DataSource);
  const added = await network.test.call('POST', '/api/v1/templates', { content: REFUSED_TEMPLATE });
  if (added.status !== 201) throw new Error(JSON.stringify(added.body));
  const members: Member[] = [];
  for (let agent = 0; agent < 6; agent += 1) members.push(await network.member(agent));
  for (const [nth, member] of members.entries())
    for (const words of ['The mural on our street is finished', 'A walk along the river before breakfast'])
      await member.call('POST', '/api/v1/statuses', { status: `${words}, part ${nth}.` });
  // One of them has a home timeline.
  for (const other of members.slice(1, 4))
    await members[0]?.call('POST', `/api/v1/accounts/${other.account.id}/follow`);
}, 240_000);
afterAll(() => network?.close());

describe('a plan of sessions', () => {
  it('follows from seed, agents and clocks alone', async () => {
    const body = {
      population: network.populationId,
      starts_at: tomorrow(0),
      ends_at: tomorrow(48),
      quiet_hours: { from: '22:00', to: '08:00' },
    };
    const times = async (seed: string): Promise<string[]> => {
      const { id, planned } = await plan({ ...body, seed });
      const sessions = await sessionsOf(id);
      expect(sessions).toHaveLength(planned);
      expect((await network.test.call('POST', `/api/v1/session-plans/${id}/cancel`)).status).toBe(200);
      return sessions.map(({ agent_id, planned_at }) => `${agent_id} ${planned_at}`).toSorted();
    };
    const first = await times('one');
    expect(await times('one')).toEqual(first);
    expect(await times('two')).not.toEqual(first);
    const zones = new Map(
      (await rows<{ id: string; timezone: string }>('SELECT id, timezone FROM agents')).map(
        ({ id, timezone }) => [id, timezone],
      ),
    );
    for (const [agent = '', at = ''] of first.map((each) => each.split(' '))) {
      const hour = Number(
        new Date(at).toLocaleString('en-GB', { hour: '2-digit', hour12: false, timeZone: zones.get(agent) }),
      );
      expect(hour).toBeGreaterThanOrEqual(8);
      expect(hour).toBeLessThan(22);
    }
  });

  it('refuses what cannot be', async () => {
    const ask = async (body: object): Promise<[number, string | undefined]> => {
      const { status, body: told } = await network.test.call<Plan>('POST', '/api/v1/agent-sessions', {
        seed: 'x',
        ...body,
      });
      return [status, told.code];
    };
    const population = network.populationId;
    expect(await ask({})).toEqual([422, 'input_invalid']);
    expect(await ask({ population, agents: [NOBODY] })).toEqual([422, 'input_invalid']);
    const never = { quiet_hours: { from: '08:00', to: '08:00' } };
    expect(await ask({ population, ...never })).toEqual([422, 'input_invalid']);
    expect(await ask({ agents: [NOBODY] })).toEqual([404, 'agent_not_found']);
    expect(await ask({ population, network: 'none' })).toEqual([404, 'network_not_found']);
    expect(await ask({ population, reply_template: 'none' })).toEqual([404, 'template_not_found']);
    expect(await ask({ population, reply_template: 'street_art_campaign' })).toEqual([
      422,
      'sessions_invalid',
    ]);
    expect(
      await ask({ population, starts_at: '2020-01-01T00:00:00Z', ends_at: '2020-01-02T00:00:00Z' }),
    ).toEqual([422, 'sessions_invalid']);
    expect(await ask({ population, starts_at: tomorrow(2), ends_at: tomorrow(1) })).toEqual([
      422,
      'sessions_invalid',
    ]);
  });

  it('is for those who may write and post', async () => {
    const viewer = await makeCaller(network.test.app, 'viewer');
    const call = (authorization: string) =>
      network.test.call<Plan>(
        'POST',
        '/api/v1/agent-sessions',
        { agents: [network.agents[0]], seed: 'x' },
        { authorization },
      );
    expect((await call(viewer.authorization)).status).toBe(403);
    await rows(
      `INSERT INTO roles (name, description, permissions) VALUES ('starter', '', '{workflows:run,workflows:read,networks:post}')`,
    );
    const starter = await makeCaller(network.test.app, 'starter');
    const refused = await call(starter.authorization);
    expect([refused.status, refused.body.code]).toEqual([403, 'permission_missing']);
    expect(refused.body.detail).toContain('drafts:create');
  });

  it('keeps its population, and goes when it is over', async () => {
    const { id } = await plan({ population: network.populationId, seed: 'kept', starts_at: tomorrow(0) });
    const kept = await network.test.call<Plan>('DELETE', `/api/v1/populations/${network.populationId}`);
    expect(kept.status).toBe(409);
    expect(JSON.stringify(kept.body)).toContain('session_plans');
    await network.test.call('POST', `/api/v1/session-plans/${id}/cancel`);
    await expect
      .poll(async () => (await planOf(id)).sessions, { timeout: 30_000 })
      .not.toHaveProperty('planned');
    for (const { state, reason } of await sessionsOf(id))
      expect([state, reason]).toEqual(['skipped', 'the plan was cancelled']);
    const again = await network.test.call<Plan>('POST', `/api/v1/session-plans/${id}/resume`);
    expect([again.status, again.body.code]).toEqual([409, 'session_plan_over']);
  });
});

describe('a day of thirty people', () => {
  it('is seen, liked, boosted, answered and followed, each once and within the quotas', async () => {
    const cap = 10;
    const speed = 1_440;
    const { id, planned } = await plan({
      population: network.populationId,
      seed: 'a day',
      speed,
      behaviour: { ...BUSY, lurk_percent: 33 },
      acts_per_day: cap,
    });
    const done = await over(id);
    const states = { ended: 0, skipped: 0, failed: 0, ...done.sessions };
    expect(states.failed).toBe(0);
    expect(states.ended + states.skipped).toBe(planned);
    expect(states.ended).toBeGreaterThan(10);
    // They are behind what somebody waits for.
    expect(
      await rows(
        `SELECT DISTINCT priority FROM jobs WHERE id IN (SELECT job_id FROM workflows WHERE name = 'session')`,
      ),
    ).toEqual([{ priority: 10 }]);
    const told = (kind: string): number =>
      (done.acts[kind]?.['done'] ?? 0) + (done.acts[kind]?.['held'] ?? 0);
    expect(told('favourite')).toBeGreaterThan(5);
    expect(told('reply')).toBeGreaterThan(0);
    // What is on the network is what the sessions say, no more and no less.
    const of = `agent_session_acts a JOIN agent_sessions s ON s.id = a.session_id WHERE s.plan_id = $1`;
    expect(await count(`network_marks WHERE kind = 'favourite'`)).toBe(told('favourite'));
    expect(await count('network_statuses WHERE reblog_of_id IS NOT NULL')).toBe(told('boost'));
    expect(await count(`network_statuses WHERE in_reply_to_id IS NOT NULL`)).toBe(told('reply'));
    expect(await count(`network_relations WHERE kind = 'follow'`)).toBe(3 + told('follow'));
    expect(
      await count(
        `${of} AND a.kind = 'reply' AND a.state = 'done' AND NOT EXISTS (
        SELECT FROM network_statuses n JOIN drafts d ON d.id = n.draft_id JOIN decision_outcomes o ON o.id = d.decision_id
        WHERE n.draft_id = a.draft_id AND n.in_reply_to_id = a.status_id AND o.action IN ('allow', 'label'))`,
        [id],
      ),
    ).toBe(0);
    // No window of a day has more of an agent than it may do.
    const acts = await rows<{ agent_id: string; at: Date }>(
      `SELECT s.agent_id, a.done_at AS at FROM ${of} AND a.done_at IS NOT NULL ORDER BY a.done_at`,
      [id],
    );
    expect(acts.length).toBeGreaterThan(10);
    const most = await rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${of} AND a.state = 'skipped' AND a.reason LIKE 'a quota%'`,
      [id],
    );
    const byAgent = new Map<string, number>();
    for (const { agent_id } of acts) byAgent.set(agent_id, (byAgent.get(agent_id) ?? 0) + 1);
    const length = await rows<{ s: number }>(
      `SELECT extract(epoch FROM max(ended_at) - min(opened_at))::float8 AS s FROM agent_sessions WHERE plan_id = $1`,
      [id],
    );
    const days = Math.ceil((length[0]?.s ?? 0) / (86_400 / speed));
    for (const [, own] of byAgent) expect(own).toBeLessThanOrEqual(cap * days);
    expect(most[0]?.n).toBeGreaterThan(0);
    // Some looked and did nothing; whoever follows somebody saw them at home first.
    const quiet = await rows<{ acts: number; views: number }>(
      `SELECT (SELECT count(*)::int FROM agent_session_acts a WHERE a.session_id = s.id) AS acts,
         (SELECT count(*)::int FROM agent_session_views v WHERE v.session_id = s.id) AS views
       FROM agent_sessions s WHERE s.plan_id = $1 AND s.state = 'ended'`,
      [id],
    );
    const lurked = quiet.filter(({ acts: n }) => n === 0).length / quiet.length;
    expect(lurked).toBeGreaterThan(0.15);
    expect(lurked).toBeLessThan(0.55);
    expect(Math.min(...quiet.map(({ views }) => views))).toBeGreaterThan(0);
    const mixed = await rows<{ wrong: number }>(
      `SELECT count(*)::int AS wrong FROM agent_session_views v JOIN agent_session_views h ON h.session_id = v.session_id
       WHERE v.timeline = 'public' AND h.timeline = 'home' AND h.rank > v.rank`,
    );
    expect(mixed).toEqual([{ wrong: 0 }]);
    expect((await network.test.app.get(AuditService, { strict: false }).verify()).intact).toBe(true);
    const events = await count(`outbox WHERE topic = $1 AND type = 'session.changed'`, [`sessions.${id}`]);
    expect(events).toBeGreaterThanOrEqual(states.ended * 2);
  }, 300_000);

  it('has no reply that the guard does not let through', async () => {
    const before = await count('network_statuses WHERE in_reply_to_id IS NOT NULL');
    const { id } = await plan({
      ...FAST,
      population: network.populationId,
      behaviour: { ...BUSY, favourite_percent: 0, boost_percent: 0, follow_percent: 0, reply_percent: 60 },
      reply_template: 'leaky_reply',
    });
    const done = await over(id);
    expect(done.acts['reply']?.['refused']).toBeGreaterThan(3);
    expect(done.acts['reply']?.['done']).toBeUndefined();
    expect(await count('network_statuses WHERE in_reply_to_id IS NOT NULL')).toBe(before);
    const [session] = await rows<{ session_id: string }>(
      `SELECT session_id FROM agent_session_acts WHERE state = 'refused' LIMIT 1`,
    );
    const shown = await network.test.call<Shown>('GET', `/api/v1/agent-sessions/${session?.session_id}`);
    const refused = shown.body.acts.find(({ state }) => state === 'refused');
    expect(refused).toMatchObject({ kind: 'reply', reason: 'the guard does not let the reply through' });
    expect(refused?.draft_id).not.toBeNull();
  }, 300_000);
});

describe('sessions that do not go as planned', () => {
  it('are skipped while the agent is suspended', async () => {
    const [agent = ''] = (
      await rows<{ id: string }>(`SELECT id FROM agents WHERE posting_cadence IN ('daily', 'hourly') LIMIT 1`)
    ).map(({ id }) => id);
    const { body } = await network.test.call<ShownWorkflow>('POST', `/api/v1/agents/${agent}/suspend`, {
      reason: 'looked into',
    });
    await ended(network.test, body.id);
    const { id } = await plan({
      ...FAST,
      agents: [agent],
      ends_at: new Date(Date.now() + 3 * 86_400_000).toISOString(),
    });
    await over(id);
    const sessions = await sessionsOf(id);
    expect(sessions.length).toBeGreaterThan(0);
    for (const { state, reason } of sessions)
      expect([state, reason]).toEqual(['skipped', 'its agent is suspended']);
    await ended(
      network.test,
      (await network.test.call<ShownWorkflow>('POST', `/api/v1/agents/${agent}/activate`, {})).body.id,
    );
  }, 120_000);

  it('begin as others are over, where very many are open', async () => {
    const [agent = ''] = await daily();
    const body = { gender: 'male', count: 1_000, country: 'ES', seed: 'many', persist: true };
    const made = await network.test.call<{ job_id: string }>('POST', '/api/v1/populate', body);
    const jobs = network.test.app.get(JobsService, { strict: false });
    for await (const job of watchJob(jobs, made.body.job_id))
      if (isFinished(job) && job.status !== 'completed') throw new Error('no population');
    const { id } = await plan({
      agents: [agent],
      seed: 'many',
      starts_at: tomorrow(0),
      ends_at: tomorrow(72),
    });
    const open = `agent_sessions WHERE plan_id = $1 AND state = 'open'`;
    await rows(
      `INSERT INTO agent_sessions (id, plan_id, agent_id, workflow_id, planned_at, due_at, state, opened_at)
       SELECT gen_random_uuid(), $1, id, gen_random_uuid(), now(), now(), 'open', now() FROM agents WHERE population_id <> $2`,
      [id, network.populationId],
    );
    await rows(
      `UPDATE agent_sessions SET due_at = now()
       WHERE id = (SELECT id FROM agent_sessions WHERE plan_id = $1 AND state = 'planned' ORDER BY planned_at LIMIT 1)`,
      [id],
    );
    await sleep(3_000);
    expect(await count(open, [id])).toBe(1_000);
    await rows(`DELETE FROM agent_sessions WHERE plan_id = $1 AND state = 'open'`, [id]);
    await expect
      .poll(() => count(`agent_sessions WHERE plan_id = $1 AND opened_at IS NOT NULL`, [id]), {
        timeout: 30_000,
      })
      .toBe(1);
    await network.test.call('POST', `/api/v1/session-plans/${id}/cancel`);
  }, 120_000);

  it('wait while their plan is paused, and can be cancelled one by one', async () => {
    const made = await plan({
      agents: await daily(),
      seed: 'held',
      starts_at: tomorrow(0),
      behaviour: { ...BUSY, acts: 0 },
    });
    const pause = await network.test.call<Plan>('POST', `/api/v1/session-plans/${made.id}/pause`);
    expect(pause.body.state).toBe('paused');
    await rows('UPDATE agent_sessions SET due_at = now() WHERE plan_id = $1', [made.id]);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect((await planOf(made.id)).sessions).toEqual({ planned: made.planned });
    const [first] = await sessionsOf(made.id);
    const cancelled = await network.test.call<Shown>('POST', `/api/v1/agent-sessions/${first?.id}/cancel`);
    expect(cancelled.body).toMatchObject({ state: 'skipped', reason: 'admin cancelled it' });
    const twice = await network.test.call<{ code: string }>(
      'POST',
      `/api/v1/agent-sessions/${first?.id}/cancel`,
    );
    expect([twice.status, twice.body.code]).toEqual([409, 'session_over']);
    expect((await network.test.call('POST', `/api/v1/session-plans/${made.id}/resume`)).status).toBe(200);
    const done = await over(made.id);
    expect(done.sessions).toEqual({ ended: made.planned - 1, skipped: 1 });
  }, 240_000);

  it('end when their workflow is cancelled, and are not begun again', async () => {
    const made = await plan({
      agents: await daily(),
      seed: 'slow',
      starts_at: tomorrow(0),
      behaviour: { ...BUSY, favourite_percent: 100 },
    });
    await rows(
      `UPDATE agent_sessions SET due_at = now() WHERE id = (SELECT id FROM agent_sessions WHERE plan_id = $1 ORDER BY planned_at LIMIT 1)`,
      [made.id],
    );
    const open = async (): Promise<Shown | undefined> =>
      (await sessionsOf(made.id)).find(({ state }) => state === 'open');
    await expect.poll(async () => (await open())?.state, { timeout: 30_000 }).toBe('open');
    const session = await open();
    const workflow = session?.links['workflow']?.split('/').at(-1) ?? '';
    await until(network.test, workflow, 'waiting');
    const cancelled = await network.test.call<Shown>('POST', `/api/v1/agent-sessions/${session?.id}/cancel`);
    expect(cancelled.body).toMatchObject({ state: 'ended', reason: 'admin cancelled it' });
    expect(cancelled.body.acts.map(({ state }) => state)).not.toContain('planned');
    await network.test.call('POST', `/api/v1/workflows/${workflow}/retry`);
    expect(await ended(network.test, workflow)).toMatchObject({
      state: 'failed',
      reason: 'the session is over already',
    });
    await network.test.call('POST', `/api/v1/session-plans/${made.id}/cancel`);
  }, 120_000);

  it('fail when who planned them may not do it any more', async () => {
    const planner = await makeCaller(network.test.app, 'operator');
    const made = await network.test.call<Plan>(
      'POST',
      '/api/v1/agent-sessions',
      { agents: await daily(), seed: 'lost', starts_at: tomorrow(0) },
      { authorization: planner.authorization },
    );
    await rows(`UPDATE users SET role = 'viewer' WHERE id = $1`, [planner.userId]);
    const before = await count('agent_session_views');
    await rows('UPDATE agent_sessions SET due_at = now() WHERE plan_id = $1', [made.body.id]);
    const done = await over(made.body.id);
    expect(done.sessions).toEqual({ failed: made.body.planned });
    const [first] = await sessionsOf(made.body.id);
    expect(first?.reason).toBe(
      `${planner.username}, who started it, does not have the permission drafts:create any more`,
    );
    expect(await count('agent_session_views')).toBe(before);
  }, 240_000);
});

describe('workflows of people who have lost their rights', () => {
  it('stop before their next step, with the reason; only who may do as much cancels them', async () => {
    const operator = await makeCaller(network.test.app, 'operator');
    const start = async (agent: number): Promise<string> => {
      const input = {
        agent: network.agents[agent],
        act: 'activate',
        monitor: { seconds: 3_600, every_seconds: 5 },
      };
      const { body } = await network.test.call<ShownWorkflow>(
        'POST',
        '/api/v1/workflows',
        { workflow: 'lifecycle', input },
        { authorization: operator.authorization },
      );
      await until(network.test, body.id, 'waiting');
      return body.id;
    };
    const [lost, gone] = [await start(20), await start(21)];
    const starter = await makeCaller(network.test.app, 'starter');
    const cancel = await network.test.call<ShownWorkflow>(
      'POST',
      `/api/v1/workflows/${lost}/cancel`,
      undefined,
      {
        authorization: starter.authorization,
      },
    );
    expect([cancel.status, cancel.body.code]).toEqual([403, 'permission_missing']);
    expect(['running', 'waiting']).toContain((await workflowOf(network.test, lost)).state);
    await rows(`UPDATE users SET role = 'viewer' WHERE id = $1`, [operator.userId]);
    expect(await ended(network.test, lost)).toMatchObject({
      state: 'failed',
      step: 'monitor',
      reason: `${operator.username}, who started it, does not have the permission agents:update any more`,
    });
    await ended(network.test, gone);
    await rows('UPDATE users SET active = false WHERE id = $1', [operator.userId]);
    await rows(`UPDATE workflows SET state = 'waiting', wake_at = now(), finished_at = NULL WHERE id = $1`, [
      gone,
    ]);
    expect((await ended(network.test, gone)).reason).toBe(
      `${operator.username}, who started it, is no active user any more`,
    );
    // Whoever retries it answers for it from then on.
    expect((await network.test.call('POST', `/api/v1/workflows/${gone}/retry`)).status).toBe(202);
    expect(await until(network.test, gone, 'waiting')).toMatchObject({ started_by: 'admin' });
    expect((await network.test.call('POST', `/api/v1/workflows/${gone}/cancel`)).status).toBe(200);
  }, 120_000);
});
