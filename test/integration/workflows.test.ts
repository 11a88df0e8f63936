import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import { HeldPosts } from '../../src/modules/integrations/network/held-posts.js';
import { makeCaller } from '../support/caller.js';
import { TestNetwork } from '../support/network.js';
import {
  ended,
  HELD_TEMPLATE,
  startWorkflow,
  until,
  workflowOf,
  type ShownWorkflow,
} from '../support/workflows.js';

/** The guard wants a person to look at it. */
const HELD = 'soy una persona real';
const NOBODY = '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11';

let network: TestNetwork;
let source: DataSource;
let operator: string;

const part = <T>(token: abstract new (...args: never[]) => T): T =>
  network.test.app.get<T>(token, { strict: false });
const rows = <T = Record<string, unknown>>(statement: string, values: unknown[] = []): Promise<T[]> =>
  source.query<T[]>(statement, values);
const start = (workflow: string, input: object): Promise<ShownWorkflow> =>
  startWorkflow(network.test, workflow, input);
const over = (id: string): Promise<ShownWorkflow> => ended(network.test, id);
const outputOf = ({ steps }: ShownWorkflow, name: string): Record<string, unknown> =>
  steps.find((each) => each.name === name)?.output ?? {};
const acts = async (id: string): Promise<string[]> =>
  (
    await rows<{ action: string }>('SELECT action FROM audit WHERE subject_id = $1 ORDER BY sequence', [id])
  ).map(({ action }) => action);

/** Decides on a review as a person. */
async function decide(decision: string, verdict: string): Promise<void> {
  const headers = { authorization: operator };
  const call = (path: string, body?: object) =>
    network.test.call('POST', `/api/v1/reviews/${decision}${path}`, body, headers);
  expect((await call('/claim')).status).toBe(200);
  expect((await call('/decide', { verdict, reason: 'seen' })).status).toBe(200);
}

const heldDraft = async (agent: number): Promise<string> => {
  const { body } = await network.test.call<{ decision: { id: string } }>('POST', '/api/v1/content/draft', {
    agent: network.agents[agent],
    template: 'overheard',
    seed: `held-${agent}`,
  });
  return body.decision.id;
};

const act = (agent: string, what: string, body: object) =>
  network.test.call<ShownWorkflow>('POST', `/api/v1/agents/${agent}/${what}`, body);
const stateOf = async (agent: string): Promise<unknown> =>
  (await network.test.call('GET', `/api/v1/agents/${agent}/lifecycle`)).body['state'];

beforeAll(async () => {
  network = await TestNetwork.open();
  source = network.test.app.get(DataSource);
  operator = (await makeCaller(network.test.app, 'operator')).authorization;
  const added = await network.test.call('POST', '/api/v1/templates', { content: HELD_TEMPLATE });
  if (added.status !== 201) throw new Error(JSON.stringify(added.body));
}, 180_000);
afterAll(() => network?.close());

describe('content_publication', () => {
  it('writes, decides, publishes and finds what it published', async () => {
    const { id } = await start('content_publication', {
      population: network.populationId,
      template: 'street_art_campaign',
      most: 3,
    });
    const done = await over(id);
    expect(done).toMatchObject({ state: 'completed', reason: null, waits_for: null });
    expect(done.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'audience completed',
      'draft completed',
      'review completed',
      'publish completed',
      'verify completed',
    ]);
    const { published, refused } = outputOf(done, 'verify') as {
      published: { draft_id: string; url: string }[];
      refused: unknown[];
    };
    expect(refused).toEqual([]);
    expect(published).toHaveLength(3);
    for (const { draft_id } of published)
      expect(await rows(`SELECT state FROM network_statuses WHERE draft_id = $1`, [draft_id])).toEqual([
        { state: 'published' },
      ]);
    const told = await acts(id);
    expect(told[0]).toBe('workflow.start');
    expect(told.at(-1)).toBe('workflow.complete');
    expect(told.filter((action) => action === 'workflow.step')).toHaveLength(4);
    const events = await rows<{ state: string }>(
      `SELECT payload ->> 'state' AS state FROM outbox WHERE topic = $1 AND type = 'workflow.changed' ORDER BY batch, n`,
      [`workflows.${id}`],
    );
    expect(events.map(({ state }) => state)).toContain('waiting');
    expect(events.at(-1)).toEqual({ state: 'completed' });
  });

  it('waits for people, holds no job meanwhile, and goes on when they let it', async () => {
    const { id } = await start('content_publication', { agent: network.agents[0], template: 'overheard' });
    const waiting = await until(network.test, id, 'waiting');
    expect(waiting).toMatchObject({ step: 'review', waits_for: { kind: 'decision' } });
    const held = `SELECT status FROM jobs WHERE payload ->> 'workflow_id' = $1 AND status IN ('queued', 'running')`;
    expect(await rows(held, [id])).toEqual([]);
    const decision = waiting.waits_for?.id ?? '';
    const escalation = await rows<{ id: string }>(
      `SELECT id FROM workflows WHERE name = 'moderation_escalation' AND subject_id = $1`,
      [decision],
    );
    expect(escalation).toHaveLength(1);
    await decide(decision, 'release');
    const done = await over(id);
    expect(done).toMatchObject({ state: 'completed' });
    expect(await over(escalation[0]?.id ?? '')).toMatchObject({
      state: 'completed',
      reason: 'people have decided: allow',
    });
  });

  it('ends with the reason when people decide against all of it', async () => {
    const { id } = await start('content_publication', { agent: network.agents[1], template: 'overheard' });
    const waiting = await until(network.test, id, 'waiting');
    await decide(waiting.waits_for?.id ?? '', 'uphold');
    expect(await over(id)).toMatchObject({
      state: 'failed',
      step: 'review',
      reason: 'no draft goes out: people have decided against the draft',
    });
    expect(await rows('SELECT 1 FROM campaigns WHERE name = $1', [`workflow-${id}`])).toEqual([]);
  });

  it('waits for approval; cancelled, it publishes nothing, and tried again it says so', async () => {
    const { id } = await start('content_publication', {
      agent: network.agents[2],
      template: 'street_art_campaign',
      approvals: 1,
    });
    await expect
      .poll(async () => (await workflowOf(network.test, id)).waits_for?.kind, { timeout: 60_000 })
      .toBe('publication');
    const cancelled = await network.test.call<ShownWorkflow>('POST', `/api/v1/workflows/${id}/cancel`);
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled', waits_for: null } });
    const again = await network.test.call<ShownWorkflow>('POST', `/api/v1/workflows/${id}/cancel`);
    expect(again.status).toBe(200);
    const publications = `SELECT p.state FROM publications p JOIN campaigns c ON c.id = p.campaign_id WHERE c.name = $1`;
    await expect
      .poll(() => rows(publications, [`workflow-${id}`]), { timeout: 30_000 })
      .toEqual([{ state: 'cancelled' }]);
    const retried = await network.test.call<ShownWorkflow>('POST', `/api/v1/workflows/${id}/retry`);
    expect(retried.status).toBe(202);
    expect(await over(id)).toMatchObject({ state: 'failed', step: 'verify' });
    expect((await workflowOf(network.test, id)).reason).toMatch(/^nothing is out: cancelled/u);
  });

  it('refuses what cannot be, before it begins', async () => {
    const ask = async (input: object): Promise<[number, string | undefined]> => {
      const { status, body } = await network.test.call<ShownWorkflow>('POST', '/api/v1/workflows', {
        workflow: 'content_publication',
        input,
      });
      return [status, body.code];
    };
    const template = 'street_art_campaign';
    expect(await ask({ agent: NOBODY, template })).toEqual([404, 'agent_not_found']);
    expect(await ask({ agent: network.agents[0], template: 'none' })).toEqual([404, 'template_not_found']);
    expect(await ask({ template })).toEqual([422, 'input_invalid']);
    expect(await ask({ agent: network.agents[0], template, adapter: 'none' })).toEqual([
      404,
      'adapter_not_found',
    ]);
  });
});

describe('onboarding', () => {
  it('makes a population, audits it, gives it accounts and activates it', async () => {
    const specification = { gender: 'male', count: 5, country: 'ES', seed: 'onboarding' };
    const { id } = await start('onboarding', { specification });
    const done = await over(id);
    expect(done).toMatchObject({ state: 'completed', reason: null });
    const { population_id } = outputOf(done, 'populate') as { population_id: string };
    expect(outputOf(done, 'audit')).toMatchObject({ count: 5, coherent: true });
    expect(outputOf(done, 'accounts')).toEqual({ network: 'main', accounts: 5 });
    expect(outputOf(done, 'activate')).toEqual({ activated: 5 });
    expect(
      await rows(
        `SELECT l.state, count(*)::int AS n FROM agent_lifecycles l JOIN agents a ON a.id = l.agent_id
         WHERE a.population_id = $1 GROUP BY 1`,
        [population_id],
      ),
    ).toEqual([{ state: 'active', n: 5 }]);
    // The same once more finds all of it.
    const again = await over((await start('onboarding', { population: population_id })).id);
    expect(outputOf(again, 'accounts')).toEqual({ network: 'main', accounts: 0 });
    expect(outputOf(again, 'activate')).toEqual({ activated: 0 });
  });

  it('says what is wrong with a specification at once', async () => {
    const { status, body } = await network.test.call<ShownWorkflow>('POST', '/api/v1/workflows', {
      workflow: 'onboarding',
      input: { specification: { gender: 'male', count: 5, country: 'Atlantis', seed: '1' } },
    });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'invalid_population_specification' });
  });
});

describe('moderation_escalation', () => {
  it('reminds, escalates, and at last refuses, with the reason', async () => {
    const decision = await heldDraft(3);
    const { id } = await start('moderation_escalation', {
      decision,
      remind_after: 0,
      escalate_after: 0,
      expire_after: 1,
    });
    const done = await over(id);
    expect(done).toMatchObject({ state: 'completed', step: 'expire' });
    expect(done.reason).toMatch(/^nobody has decided by .*held for good$/u);
    expect(await acts(decision)).toEqual(
      expect.arrayContaining(['review.remind', 'review.escalate', 'review.expire']),
    );
    expect(await rows('SELECT status, outcome, escalated FROM reviews WHERE id = $1', [decision])).toEqual([
      { status: 'closed', outcome: 'block', escalated: true },
    ]);
    const told = await rows<{ type: string }>('SELECT type FROM outbox WHERE topic = $1 ORDER BY batch, n', [
      `reviews.${decision}`,
    ]);
    expect(told.map(({ type }) => type)).toEqual([
      'review.opened',
      'review.reminded',
      'review.escalated',
      'review.closed',
    ]);
  });

  it('ends as soon as somebody decides, and is one for a decision', async () => {
    const decision = await heldDraft(4);
    const { id } = await start('moderation_escalation', { decision });
    expect((await start('moderation_escalation', { decision })).id).toBe(id);
    expect(await until(network.test, id, 'waiting')).toMatchObject({ step: 'remind' });
    await decide(decision, 'release');
    const done = await over(id);
    expect(done).toMatchObject({ state: 'completed', reason: 'people have decided: allow' });
    expect(done.steps.map(({ state }) => state)).toEqual(['completed', 'completed', 'skipped', 'skipped']);
  });

  it('is for decisions that wait, and no others', async () => {
    const { status, body } = await network.test.call<ShownWorkflow>('POST', '/api/v1/workflows', {
      workflow: 'moderation_escalation',
      input: { decision: NOBODY },
    });
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'review_not_found' });
  });
});

describe('lifecycle', () => {
  it('lets what a suspended agent has to publish wait until it is reinstated', async () => {
    const agent = network.agents[3] ?? '';
    expect(await stateOf(agent)).toBe('idle');
    const suspended = await act(agent, 'suspend', { reason: 'looked into' });
    expect(suspended.status).toBe(202);
    expect(await over(suspended.body.id)).toMatchObject({ state: 'completed' });
    expect(await stateOf(agent)).toBe('suspended');
    const { id } = await start('content_publication', { agent, template: 'street_art_campaign' });
    await expect
      .poll(async () => (await workflowOf(network.test, id)).waits_for?.kind, { timeout: 60_000 })
      .toBe('publication');
    // A worker has looked for something due meanwhile, more than once.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const left = `SELECT state FROM publications WHERE agent_id = $1 AND state <> 'published'`;
    expect(await rows(left, [agent])).toEqual([{ state: 'due' }]);
    const back = await act(agent, 'activate', {});
    expect(await over(back.body.id)).toMatchObject({ state: 'completed' });
    expect(await over(id)).toMatchObject({ state: 'completed' });
  });

  it('lets no token of a suspended agent change anything, and no text of it out', async () => {
    const agent = network.agents[3] ?? '';
    const [member, other] = [await network.member(3), await network.member(1)];
    const post = (fields: object) =>
      member.call<{ id: string; error: string }>('POST', '/api/v1/statuses', fields);
    const { body: theirs } = await other.call<{ id: string }>('POST', '/api/v1/statuses', { status: 'hola' });
    const held = await post({ status: HELD });
    expect(held.body.error).toContain('held, not lost');
    const suspended = await act(agent, 'suspend', { reason: 'looked into' });
    expect(await over(suspended.body.id)).toMatchObject({ state: 'completed' });
    for (const [path, fields] of [
      ['statuses', { status: 'otra vez' }],
      [`statuses/${theirs.id}/favourite`, undefined],
      [`statuses/${theirs.id}/reblog`, undefined],
      [`accounts/${other.account.id}/follow`, undefined],
    ] as const) {
      const { status, body } = await member.call<{ error: string }>('POST', `/api/v1/${path}`, fields);
      expect([path, status, body.error]).toEqual([path, 403, 'the agent is suspended: looked into']);
    }
    expect((await member.call('GET', '/api/v1/timelines/home')).status).toBe(200);
    // People let a text go that it had written before.
    const mine = `FROM network_statuses WHERE account_id = $1 AND text = $2`;
    await rows(
      `UPDATE reviews SET status = 'closed', outcome = 'allow' WHERE id = (SELECT decision_id ${mine})`,
      [member.account.id, HELD],
    );
    await part(HeldPosts).settle();
    expect(await rows(`SELECT state ${mine}`, [member.account.id, HELD])).toEqual([{ state: 'held' }]);
    const back = await act(agent, 'activate', {});
    expect(await over(back.body.id)).toMatchObject({ state: 'completed' });
    await part(HeldPosts).settle();
    expect(await rows(`SELECT state ${mine}`, [member.account.id, HELD])).toEqual([{ state: 'published' }]);
    expect((await post({ status: 'otra vez' })).status).toBe(200);
  });

  it('publishes nothing of a suspended agent that a worker had begun and not brought out', async () => {
    const agent = network.agents[2] ?? '';
    const suspended = await act(agent, 'suspend', { reason: 'looked into' });
    expect(await over(suspended.body.id)).toMatchObject({ state: 'completed' });
    const { id } = await start('content_publication', { agent, template: 'street_art_campaign' });
    await expect
      .poll(async () => (await workflowOf(network.test, id)).waits_for?.kind, { timeout: 60_000 })
      .toBe('publication');
    const publication = (await workflowOf(network.test, id)).waits_for?.id;
    const begun = await rows(
      `UPDATE publications SET state = 'publishing', lease_token = lease_token + 1, attempts = 1,
         leased_until = now() - interval '1 s' WHERE id = $1 AND state = 'due' RETURNING id`,
      [publication],
    );
    expect(begun[1]).toBe(1);
    const left = 'SELECT state FROM publications WHERE id = $1';
    await expect
      .poll(async () => await rows(left, [publication]), { timeout: 30_000 })
      .not.toEqual([{ state: 'publishing' }]);
    expect(await rows(left, [publication])).toEqual([{ state: 'due' }]);
    const back = await act(agent, 'activate', {});
    expect(await over(back.body.id)).toMatchObject({ state: 'completed' });
    expect(await over(id)).toMatchObject({ state: 'completed' });
  });

  it('withdraws what a retired agent has to publish, and its account says so', async () => {
    const agent = network.agents[4] ?? '';
    const member = await network.member(4);
    const { id } = await start('content_publication', {
      agent,
      template: 'street_art_campaign',
      approvals: 2,
    });
    await expect
      .poll(async () => (await workflowOf(network.test, id)).waits_for?.kind, { timeout: 60_000 })
      .toBe('publication');
    const retired = await act(agent, 'retire', { reason: 'its study is over' });
    const done = await over(retired.body.id);
    expect(done).toMatchObject({ state: 'completed' });
    expect(outputOf(done, 'publications')).toEqual({ withdrawn: 1 });
    expect(await over(id)).toMatchObject({
      state: 'failed',
      reason: 'nothing is out: cancelled: the agent is retired: its study is over',
    });
    const { body } = await member.call<{ note: string }>('GET', '/api/v1/accounts/verify_credentials');
    expect(body.note).toContain('Retired: this synthetic agent posts no more.');
    expect(await member.call('POST', '/api/v1/statuses', { status: 'hola' })).toMatchObject({
      status: 403,
      body: { error: 'the agent is retired: its study is over' },
    });
    const back = await act(agent, 'activate', {});
    expect({ status: back.status, code: back.body.code }).toEqual({ status: 409, code: 'lifecycle_refused' });
  });

  it('watches an agent that was activated, and suspends it when too much is blocked', async () => {
    const agent = network.agents[5] ?? '';
    const watched = await act(agent, 'activate', {
      monitor: { seconds: 600, every_seconds: 5, most_blocked: 1 },
    });
    expect(await until(network.test, watched.body.id, 'waiting')).toMatchObject({ step: 'monitor' });
    await rows(
      `INSERT INTO decisions SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'agent_id', $1::text,
         'action', 'block', 'decided_at', clock_timestamp()))).* FROM decisions d LIMIT 1`,
      [agent],
    );
    expect(await over(watched.body.id)).toMatchObject({ state: 'completed' });
    expect((await workflowOf(network.test, watched.body.id)).reason).toMatch(/^suspended: 1 of its texts/u);
    expect(await stateOf(agent)).toBe('suspended');
    // Somebody else has the last word: it takes the place of what is at work.
    const first = await act(agent, 'activate', { monitor: { seconds: 600 } });
    await until(network.test, first.body.id, 'waiting');
    const second = await act(agent, 'suspend', { reason: 'enough' });
    expect(await over(first.body.id)).toMatchObject({
      state: 'cancelled',
      reason: `workflow ${second.body.id} took its place`,
    });
    expect(await over(second.body.id)).toMatchObject({ state: 'completed' });
  });
});

describe('workflows', () => {
  it('are listed by kind, state and subject, page by page', async () => {
    interface Page {
      workflows: { id: string; workflow: string }[];
      next_cursor: string | null;
    }
    const list = async (query: string): Promise<Page> =>
      (await network.test.call<Page>('GET', `/api/v1/workflows?${query}`)).body;
    const whole = await list('workflow=lifecycle');
    expect(new Set(whole.workflows.map(({ workflow }) => workflow))).toEqual(new Set(['lifecycle']));
    const first = await list('workflow=lifecycle&limit=1');
    const second = await list(`workflow=lifecycle&limit=1&cursor=${first.next_cursor}`);
    expect([...first.workflows, ...second.workflows]).toEqual(whole.workflows.slice(0, 2));
    expect((await list(`subject=${network.agents[4]}`)).workflows).toHaveLength(1);
    expect((await list('state=running,waiting&workflow=onboarding')).workflows).toEqual([]);
  });

  it('need the permissions of what they do', async () => {
    const call = async (role: string, workflow: string, input: object) => {
      const { authorization } = await makeCaller(network.test.app, role);
      const { status, body } = await network.test.call<ShownWorkflow>(
        'POST',
        '/api/v1/workflows',
        { workflow, input },
        { authorization },
      );
      return { status, code: body.code, detail: body.detail };
    };
    await rows(
      `INSERT INTO roles (name, description, permissions) VALUES ('starter', 'starts', '{workflows:run}')`,
    );
    const input = { agent: network.agents[0], template: 'street_art_campaign' };
    expect(await call('viewer', 'content_publication', input)).toMatchObject({ status: 403 });
    const refused = await call('starter', 'content_publication', input);
    expect(refused).toMatchObject({ status: 403, code: 'permission_missing' });
    expect(refused.detail).toContain('drafts:create');
    // Operators decide no escalated review: they end none by a clock of their own either.
    const ending = await call('operator', 'moderation_escalation', {
      decision: NOBODY,
      escalate_after: 0,
      expire_after: 0,
    });
    expect(ending).toMatchObject({ status: 403, code: 'permission_missing' });
    expect(ending.detail).toContain('reviews:decide_escalated');
    expect((await call('operator', 'moderation_escalation', { decision: NOBODY })).status).toBe(404);
  });

  it('whose job fails fail with its reason, and go on from that step', async () => {
    const { id } = await start('content_publication', {
      agent: network.agents[0],
      template: 'street_art_campaign',
      approvals: 1,
    });
    await until(network.test, id, 'waiting');
    const lost = `UPDATE workflows SET state = 'running', job_id = (
        SELECT id FROM jobs WHERE status = 'failed' LIMIT 1) WHERE id = $1 RETURNING job_id`;
    await rows(
      `INSERT INTO jobs (id, queue, name, payload, status, error, run_at) VALUES (gen_random_uuid(), 'content', 'workflow.step', '{}',
         'failed', '{"code":"boom","message":"the disk is full"}', now())`,
    );
    await rows(lost, [id]);
    expect(await over(id)).toMatchObject({ state: 'failed', step: 'verify', reason: 'the disk is full' });
    const retried = await network.test.call<ShownWorkflow>('POST', `/api/v1/workflows/${id}/retry`);
    expect(retried.body).toMatchObject({ state: 'running', reason: null });
    expect(await until(network.test, id, 'waiting')).toMatchObject({ step: 'verify' });
    const back = await network.test.call<ShownWorkflow>('POST', `/api/v1/workflows/${id}/retry`);
    expect({ status: back.status, code: back.body.code }).toEqual({
      status: 409,
      code: 'workflow_not_retried',
    });
    await network.test.call('POST', `/api/v1/workflows/${id}/cancel`);
  });

  it('leave an audit that holds', async () => {
    expect((await part(AuditService).verify()).intact).toBe(true);
  });
});
