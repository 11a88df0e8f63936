import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Route } from './document.js';

/** Values of what belongs to sessions of agents: what a request moves or ends is its own. */
export function sessionValues({ path, name }: Route): Record<string, readonly unknown[]> {
  if (path.startsWith('/api/v1/session-plans/'))
    return { id: [`FRESH-${path.endsWith('/resume') ? 'PAUSED' : ''}SESSIONPLAN`] };
  if (!path.startsWith('/api/v1/agent-sessions')) return {};
  if (name !== 'POST /api/v1/agent-sessions') return { id: ['FRESH-AGENTSESSION'] };
  return {
    network: ['main'],
    starts_at: ['2099-01-01T00:00:00.000Z'],
    ends_at: ['2099-01-03T00:00:00.000Z'],
    reply_template: ['thread_reply', null],
  };
}

/** A plan of the far future, with one session. @returns the ids of both */
async function addPlan(source: DataSource, state: string): Promise<{ plan: string; session: string }> {
  const [plan, session] = [randomUUID(), randomUUID()];
  await source.query(
    `WITH made AS (
       INSERT INTO session_plans (id, network, seed, starts_at, ends_at, begun_at, terms, state, sessions, actor)
       VALUES ($1, 'main', '1', '2099-01-01', '2099-01-02', '2099-01-01', $3, $2, 1, 'test') RETURNING id)
     INSERT INTO agent_sessions (id, plan_id, agent_id, planned_at, due_at)
     SELECT $4, made.id, agents.id, '2099-01-01', '2099-01-01' FROM made, agents LIMIT 1`,
    [
      plan,
      state,
      JSON.stringify({
        quiet_hours: null,
        rhythm: null,
        behaviour: { lurk_percent: 33 },
        acts_per_day: 50,
        reply_template: null,
      }),
      session,
    ],
  );
  return { plan, session };
}

export async function addSessionPlan(source: DataSource, state: 'running' | 'paused'): Promise<string> {
  return (await addPlan(source, state)).plan;
}

export async function addAgentSession(source: DataSource): Promise<string> {
  return (await addPlan(source, 'running')).session;
}
