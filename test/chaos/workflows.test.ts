import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '../../src/core/audit/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { keyFromText, RandomStream } from '../../src/engine/random.js';
import { testApplication, type TestApplication } from '../support/application.js';
import { printed } from '../support/program.js';
import { HELD_TEMPLATE, startWorkflow, workflowOf, type ShownWorkflow } from '../support/workflows.js';

// A worker process kills itself at the boundaries of the steps of a workflow; whoever keeps it running starts it again. In the end the
// workflow has come to what it comes to undisturbed, and has done nothing twice.

/** `npm run test:chaos` has it die at every boundary; otherwise at so many of each workflow, drawn by a seed. */
const ALL = Number(process.env['CHAOS_MOMENTS'] ?? 3) >= 20;
const DRAWN = 3;
const MOMENTS = ['before', 'between', 'within', 'after'];

const STEPS = {
  onboarding: ['populate', 'audit', 'accounts', 'activate'],
  content_publication: ['audience', 'draft', 'review', 'publish', 'verify'],
  moderation_escalation: ['open', 'remind', 'escalate', 'expire'],
  lifecycle: ['change', 'publications', 'account', 'monitor'],
  session: ['read', 'react', 'leave'],
} as const;
type Name = keyof typeof STEPS;

let test: TestApplication;
let source: DataSource;
let crashes: string;
let worker: ChildProcess | undefined;
let populationId: string;
let agents: string[];

const rows = <T = Record<string, unknown>>(statement: string, values: unknown[] = []): Promise<T[]> =>
  source.query<T[]>(statement, values);
const count = async (of: string, values: unknown[] = []): Promise<number> =>
  (await rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${of}`, values))[0]?.n ?? 0;

/** A worker takes work before it is ready: it may die of it by then. */
async function startWorker(): Promise<void> {
  const { config, database } = test.runtime;
  worker = spawn(process.execPath, [join(PROJECT_ROOT, 'test', 'support', 'workflow-worker.mjs')], {
    cwd: config.dataDir,
    env: {
      PATH: process.env['PATH'],
      AZT3KNET_DATA_DIR: config.dataDir,
      AZT3KNET_LOG_LEVEL: 'silent',
      DATABASE_URL: database.application.url,
      DATABASE_OWNER_URL: database.owner.url,
      CRASHES: crashes,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await printed(worker, /ready/).catch((error: unknown) => {
    if (worker?.signalCode !== 'SIGKILL') throw error;
  });
}

async function stopWorker(): Promise<void> {
  if (worker === undefined || worker.exitCode !== null || worker.signalCode !== null) return;
  worker.kill('SIGKILL');
  await once(worker, 'close');
}

/** Waits until a workflow is over, and starts the worker again whenever it has died. @returns how often that was */
async function carried(id: string): Promise<{ workflow: ShownWorkflow; deaths: number }> {
  let deaths = 0;
  const end = Date.now() + 540_000;
  for (;;) {
    const workflow = await workflowOf(test, id);
    if (workflow.state !== 'running' && workflow.state !== 'waiting') {
      // It may be about to die of what it has done last.
      await sleep(500);
      if (worker?.signalCode === 'SIGKILL') deaths += 1;
      return { workflow, deaths };
    }
    if (worker?.signalCode === 'SIGKILL') {
      deaths += 1;
      await startWorker();
    }
    if (Date.now() > end) throw new Error(`it is ${JSON.stringify(workflow)}`);
    await sleep(50);
  }
}

/** What a workflow came to, without what differs from one to the next: ids, places and times. */
function plain({ workflow, state, step, reason, steps }: ShownWorkflow): unknown {
  // Two populations are not equally diverse.
  const course = steps.map(({ name, state: at, output }) => ({
    name,
    state: at,
    output: output && { ...output, diversity: undefined },
  }));
  const text = JSON.stringify({ workflow, state, step, reason, course });
  return JSON.parse(
    text
      .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gu, 'id')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/gu, 'time')
      .replaceAll(/https?:[^"]+/gu, 'url')
      .replaceAll(/"\d{15,}"/gu, '"number"')
      .replaceAll(/"seed":"[^"]+"/gu, '"seed":"seed"'),
  );
}

function pointsOf(name: Name): string[] {
  const all = STEPS[name].flatMap((step) => MOMENTS.map((moment) => `${name}.${step}.${moment}`));
  if (ALL) return all;
  const draws = new RandomStream(keyFromText('workflows'), Object.keys(STEPS).indexOf(name));
  return Array.from({ length: DRAWN }, () => all.splice(draws.below(all.length), 1)).flat();
}

/** Runs a workflow undisturbed, and another with deaths, and holds them against each other. */
async function compare(name: Name, inputOf: (nth: number) => Promise<object>): Promise<string[]> {
  return compareStarted(
    name,
    async (nth) => (await startWorkflow(test, name, await inputOf(nth))).id,
    (shown) => shown,
  );
}

/** The same for workflows that are started otherwise. @param alike what of two courses is the same */
async function compareStarted(
  name: Name,
  start: (nth: number) => Promise<string>,
  alike: (shown: unknown) => unknown,
): Promise<string[]> {
  writeFileSync(crashes, '[]');
  if (worker?.signalCode === 'SIGKILL') await startWorker();
  const calm = await carried(await start(0));
  expect(calm.deaths).toBe(0);
  const points = pointsOf(name);
  writeFileSync(crashes, JSON.stringify(points));
  const { workflow, deaths } = await carried(await start(1));
  if (worker?.signalCode === 'SIGKILL') await startWorker();
  expect(JSON.parse(readFileSync(crashes, 'utf8'))).toEqual([]);
  expect(deaths).toBe(points.length);
  expect(alike(plain(workflow))).toEqual(alike(plain(calm.workflow)));
  const told = await rows<{ step: string }>(
    `SELECT data ->> 'step' AS step FROM audit WHERE subject_id = $1 AND action IN ('workflow.step', 'workflow.complete')
     ORDER BY sequence`,
    [workflow.id],
  );
  expect(told.map(({ step }) => step)).toEqual([...STEPS[name]]);
  expect((await test.app.get(AuditService, { strict: false }).verify()).intact).toBe(true);
  return [calm.workflow.id, workflow.id];
}

beforeAll(async () => {
  test = await testApplication({ AZT3KNET_SANDBOX_PORT: '0' }, 'api');
  source = test.app.get(DataSource);
  crashes = join(test.runtime.config.dataDir, 'crashes.json');
  writeFileSync(crashes, '[]');
  await startWorker();
  const added = await test.call('POST', '/api/v1/templates', { content: HELD_TEMPLATE });
  if (added.status !== 201) throw new Error(JSON.stringify(added.body));
  const specification = { gender: 'female', count: 6, country: 'MX', seed: 'workflows' };
  const { workflow } = await carried((await startWorkflow(test, 'onboarding', { specification })).id);
  populationId = String(workflow.steps[0]?.output?.['population_id']);
  agents = (await rows<{ id: string }>('SELECT id FROM agents ORDER BY position')).map(({ id }) => id);
}, 300_000);

afterAll(async () => {
  await stopWorker();
  await test?.close();
});

describe('a worker that is killed at the boundaries of steps', () => {
  it('onboards a population as if nothing had been', async () => {
    await compare('onboarding', (nth) =>
      Promise.resolve({ specification: { gender: 'male', count: 4, country: 'ES', seed: `crash-${nth}` } }),
    );
    expect(await count('populations')).toBe(3);
    expect(await count('network_accounts')).toBe(14);
    expect(await count(`agent_lifecycles WHERE state = 'active'`)).toBe(14);
  }, 600_000);

  it('publishes each text once', async () => {
    const [, crashed] = await compare('content_publication', (nth) =>
      Promise.resolve({
        population: populationId,
        template: 'street_art_campaign',
        most: 3,
        seed: `crash-${nth}`,
      }),
    );
    const of = `publications p JOIN campaigns c ON c.id = p.campaign_id WHERE c.name = 'workflow-${crashed}'`;
    const posts = await rows(
      `SELECT (SELECT count(*)::int FROM network_statuses s WHERE s.draft_id = p.draft_id) AS posts,
         (SELECT count(*)::int FROM audit a WHERE a.subject_id = p.id::text AND a.action = 'publication.published') AS told
       FROM ${of}`,
    );
    expect(posts).toEqual(Array.from({ length: 3 }, () => ({ posts: 1, told: 1 })));
    expect(await count('drafts')).toBe(6);
    expect(await count('network_statuses')).toBe(6);
  }, 600_000);

  it('reminds, escalates and refuses once', async () => {
    const decisions: string[] = [];
    await compare('moderation_escalation', async (nth) => {
      const { body } = await test.call<{ decision: { id: string } }>('POST', '/api/v1/content/draft', {
        agent: agents[nth],
        template: 'overheard',
        seed: 'held',
      });
      decisions.push(body.decision.id);
      return { decision: body.decision.id, remind_after: 1, escalate_after: 2, expire_after: 3 };
    });
    for (const decision of decisions)
      expect(
        await rows(
          `SELECT action, count(*)::int AS n FROM audit WHERE subject_id = $1 AND action LIKE 'review.%' GROUP BY 1 ORDER BY 1`,
          [decision],
        ),
      ).toEqual([
        { action: 'review.escalate', n: 1 },
        { action: 'review.expire', n: 1 },
        { action: 'review.remind', n: 1 },
      ]);
  }, 600_000);

  it('sees once, and likes, boosts, answers and follows each once', async () => {
    // Each of two agents has one session, which does all that can be done with what it sees.
    const sessionOf = async (nth: number): Promise<string> => {
      const { body: plan } = await test.call<{ id: string }>('POST', '/api/v1/agent-sessions', {
        agents: [agents[nth]],
        seed: `crash-${nth}`,
        starts_at: '2099-01-01T00:00:00.000Z',
        ends_at: '2099-01-31T00:00:00.000Z',
        behaviour: {
          lurk_percent: 0,
          posts: 16,
          acts: 8,
          favourite_percent: 100,
          boost_percent: 100,
          reply_percent: 100,
          follow_percent: 100,
        },
      });
      await rows(`UPDATE session_plans SET speed = 10000 WHERE id = $1`, [plan.id]);
      await rows(
        `UPDATE agent_sessions SET due_at = now()
         WHERE id = (SELECT id FROM agent_sessions WHERE plan_id = $1 ORDER BY planned_at LIMIT 1)`,
        [plan.id],
      );
      const opened = async (): Promise<string | undefined> =>
        (
          await rows<{ workflow_id: string }>(
            'SELECT workflow_id FROM agent_sessions WHERE plan_id = $1 AND workflow_id IS NOT NULL',
            [plan.id],
          )
        )[0]?.workflow_id;
      await expect.poll(opened, { timeout: 120_000 }).toBeDefined();
      return (await opened()) ?? '';
    };
    const [, crashed] = await compareStarted('session', sessionOf, (shown) => {
      // Two agents see different posts.
      const { state, course } = shown as { state: string; course: { name: string; state: string }[] };
      return { state, course: course.map(({ name, state: at }) => [name, at]) };
    });
    const acts = await rows<{ kind: string; state: string; done: number }>(
      `SELECT a.kind, a.state, CASE a.kind
           WHEN 'favourite' THEN (SELECT count(*)::int FROM network_marks m WHERE m.kind = 'favourite'
             AND m.status_id = a.status_id AND m.account_id = n.id)
           WHEN 'boost' THEN (SELECT count(*)::int FROM network_statuses b WHERE b.reblog_of_id = a.status_id AND b.account_id = n.id)
           WHEN 'reply' THEN (SELECT count(*)::int FROM network_statuses r WHERE r.draft_id = a.draft_id)
           ELSE (SELECT count(*)::int FROM network_relations f WHERE f.kind = 'follow' AND f.account_id = n.id
             AND f.target_id = a.account_id) END AS done
       FROM agent_session_acts a JOIN agent_sessions s ON s.id = a.session_id
       JOIN network_accounts n ON n.agent_id = s.agent_id WHERE s.workflow_id = $1`,
      [crashed],
    );
    expect(new Set(acts.map(({ kind }) => kind))).toEqual(new Set(['favourite', 'boost', 'reply', 'follow']));
    for (const { state, done } of acts) expect([state, done]).toEqual(['done', 1]);
    expect(await count(`audit WHERE action = 'session.ended'`)).toBe(2);
  }, 600_000);

  it('retires an agent once', async () => {
    await compare('lifecycle', (nth) =>
      Promise.resolve({ agent: agents[4 + nth], act: 'retire', reason: 'the study is over' }),
    );
    expect(await count(`audit WHERE action = 'agent.retire'`)).toBe(2);
    const notes = await rows<{ note: string }>('SELECT note FROM network_accounts WHERE agent_id = ANY($1)', [
      agents.slice(4, 6),
    ]);
    for (const { note } of notes) expect(note.split('Retired:')).toHaveLength(2);
  }, 600_000);
});
