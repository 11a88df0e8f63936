import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { AgentSession, SessionAct, SessionPlan, SessionView } from './session.entity.js';
import type { SessionState } from './session.rules.js';

export const SESSION_SORTS = ['planned_at'] as const;
export type SessionSort = (typeof SESSION_SORTS)[number];

/** Which sessions: all conditions together. */
export interface SessionFilter {
  plan?: string | undefined;
  agent?: string | undefined;
  state?: SessionState | undefined;
}

/** A session with what of its plan it goes by. */
export type PlannedSession = AgentSession &
  Pick<SessionPlan, 'network' | 'seed' | 'speed' | 'terms' | 'actor' | 'created_by'> & {
    plan_state: SessionPlan['state'];
    /** What its agent is, where it may not act any more. */
    halted: 'suspended' | 'retired' | null;
  };

/** What came of an act. */
export type ActOutcome = Pick<SessionAct, 'ordinal' | 'kind' | 'state'> &
  Partial<Pick<SessionAct, 'reason' | 'draft_id' | 'remote_id'>>;

const LIST = new Listing<SessionSort>({
  name: 'agent_sessions',
  select: 'agent_sessions.*',
  from: 'agent_sessions',
  id: 'agent_sessions.id',
  sorts: { planned_at: { sql: 'agent_sessions.planned_at', type: 'timestamptz' } },
});

const PLANNED = `SELECT s.*, p.network, p.seed, p.speed, p.terms, p.actor, p.created_by, p.state AS plan_state,
    l.state AS halted
  FROM agent_sessions s JOIN session_plans p ON p.id = s.plan_id
  LEFT JOIN agent_lifecycles l ON l.agent_id = s.agent_id AND l.state <> 'active'`;

/** So late a session may begin: an hour of the agents’ time, and five minutes of ours in any case. */
const LATE = `greatest(interval '5 minutes', interval '1 hour' / p.speed)`;

/** All SQL about sessions, what was seen and done in them. Times are those of the database. */
@Injectable()
export class SessionsRepository {
  async find(manager: EntityManager, id: string, lock: boolean = false): Promise<AgentSession | undefined> {
    const [row] = await manager.query<AgentSession[]>(
      `SELECT * FROM agent_sessions WHERE id = $1${lock ? ' FOR UPDATE' : ''}`,
      [id],
    );
    return row;
  }

  /** A session as its workflow goes by it. */
  async planned(manager: EntityManager, id: string): Promise<PlannedSession | undefined> {
    const [row] = await manager.query<PlannedSession[]>(`${PLANNED} WHERE s.id = $1`, [id]);
    return row;
  }

  /** @throws InvalidCursor */
  page(
    manager: EntityManager,
    { plan, agent, state }: SessionFilter,
    request: PageRequest<SessionSort>,
  ): Promise<Page<AgentSession>> {
    const conditions = new Conditions()
      .equal('agent_sessions.plan_id', plan)
      .equal('agent_sessions.agent_id', agent)
      .equal('agent_sessions.state', state);
    return LIST.page<AgentSession>(manager, conditions, request);
  }

  views(manager: EntityManager, id: string): Promise<SessionView[]> {
    return manager.query<SessionView[]>(
      'SELECT * FROM agent_session_views WHERE session_id = $1 ORDER BY rank',
      [id],
    );
  }

  acts(manager: EntityManager, id: string): Promise<SessionAct[]> {
    return manager.query<SessionAct[]>(
      'SELECT * FROM agent_session_acts WHERE session_id = $1 ORDER BY ordinal',
      [id],
    );
  }

  async insert(
    manager: EntityManager,
    planId: string,
    sessions: readonly Pick<AgentSession, 'id' | 'agent_id' | 'planned_at' | 'due_at'>[],
  ): Promise<void> {
    await manager.query(
      `INSERT INTO agent_sessions (plan_id, id, agent_id, planned_at, due_at)
       SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[])`,
      [
        planId,
        sessions.map(({ id }) => id),
        sessions.map(({ agent_id }) => agent_id),
        sessions.map(({ planned_at }) => planned_at),
        sessions.map(({ due_at }) => due_at),
      ],
    );
  }

  /** Whether this transaction alone opens sessions. */
  async takesTurn(manager: EntityManager): Promise<boolean> {
    const [row] = await manager.query<{ taken: boolean }[]>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('agent-sessions', 0)) AS taken`,
    );
    return row?.taken === true;
  }

  async openCount(manager: EntityManager): Promise<number> {
    const [row] = await manager.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM agent_sessions WHERE state = 'open'`,
    );
    return row?.count ?? 0;
  }

  /** Sessions that are due, of plans that run and agents that may act and are in no other, locked: of each agent the first. */
  due(manager: EntityManager, limit: number): Promise<PlannedSession[]> {
    return manager.query<PlannedSession[]>(
      `${PLANNED} WHERE s.state = 'planned' AND s.due_at <= now() AND p.state = 'running' AND l.state IS NULL
         AND NOT EXISTS (SELECT FROM agent_sessions o WHERE o.agent_id = s.agent_id AND o.state = 'open')
         AND NOT EXISTS (SELECT FROM agent_sessions b JOIN session_plans bp ON bp.id = b.plan_id
           WHERE b.agent_id = s.agent_id AND b.state = 'planned' AND bp.state = 'running'
             AND (b.due_at, b.id) < (s.due_at, s.id))
       ORDER BY s.due_at, s.id LIMIT $1 FOR UPDATE OF s SKIP LOCKED`,
      [limit],
    );
  }

  async open(manager: EntityManager, id: string, workflowId: string): Promise<AgentSession> {
    const [[row]] = await manager.query<[[AgentSession], number]>(
      `UPDATE agent_sessions SET state = 'open', workflow_id = $2, opened_at = now() WHERE id = $1 RETURNING *`,
      [id, workflowId],
    );
    return row;
  }

  /** Keeps what was seen, and what is to be done with it; once. */
  async saw(
    manager: EntityManager,
    id: string,
    views: readonly Omit<SessionView, 'session_id' | 'session'>[],
    acts: readonly Pick<SessionAct, 'ordinal' | 'id' | 'kind' | 'status_id' | 'account_id' | 'due_at'>[],
  ): Promise<void> {
    await manager.query(
      `INSERT INTO agent_session_views (session_id, rank, status_id, account_id, timeline)
       SELECT $1, r.* FROM jsonb_to_recordset($2::jsonb) AS r (rank smallint, status_id bigint, account_id bigint, timeline text)
       ON CONFLICT DO NOTHING`,
      [id, JSON.stringify(views)],
    );
    await manager.query(
      `INSERT INTO agent_session_acts (session_id, ordinal, id, kind, status_id, account_id, due_at)
       SELECT $1, r.* FROM jsonb_to_recordset($2::jsonb)
         AS r (ordinal smallint, id uuid, kind text, status_id bigint, account_id bigint, due_at timestamptz)
       ON CONFLICT DO NOTHING`,
      [id, JSON.stringify(acts)],
    );
  }

  async settleActs(manager: EntityManager, id: string, outcomes: readonly ActOutcome[]): Promise<void> {
    await manager.query(
      `UPDATE agent_session_acts a SET state = r.state, reason = r.reason, draft_id = r.draft_id, remote_id = r.remote_id,
         done_at = CASE WHEN r.state IN ('done', 'held') THEN now() END
       FROM jsonb_to_recordset($2::jsonb) AS r (ordinal smallint, state text, reason text, draft_id uuid, remote_id text)
       WHERE a.session_id = $1 AND a.ordinal = r.ordinal AND a.state = 'planned'`,
      [id, JSON.stringify(outcomes)],
    );
  }

  /** Ends an open session. What it had still to do is not done. @returns nothing where it was not open */
  async end(
    manager: EntityManager,
    id: string,
    state: 'ended' | 'failed',
    reason: string | null,
  ): Promise<AgentSession | undefined> {
    const [rows] = await manager.query<[AgentSession[], number]>(
      `UPDATE agent_sessions SET state = $2, reason = $3, ended_at = now() WHERE id = $1 AND state = 'open' RETURNING *`,
      [id, state, reason],
    );
    await manager.query(
      `UPDATE agent_session_acts SET state = 'skipped', reason = 'the session was over' WHERE session_id = $1 AND state = 'planned'`,
      [id],
    );
    return rows[0];
  }

  async skip(manager: EntityManager, id: string, reason: string): Promise<AgentSession> {
    const [[row]] = await manager.query<[[AgentSession], number]>(
      `UPDATE agent_sessions SET state = 'skipped', reason = $2, ended_at = now() WHERE id = $1 RETURNING *`,
      [id, reason],
    );
    return row;
  }

  /** Skips what is not to begin any more: of cancelled plans, of agents that may not act, too late. */
  async skipLost(manager: EntityManager, limit: number): Promise<AgentSession[]> {
    const [rows] = await manager.query<[AgentSession[], number]>(
      `WITH found AS MATERIALIZED (
         SELECT s.id AS found_id, CASE WHEN p.state = 'cancelled' THEN 'the plan was cancelled'
             WHEN l.state IS NOT NULL THEN 'its agent is ' || l.state
             ELSE 'too late: ' || CASE WHEN p.state = 'paused' THEN 'the plan was paused'
               WHEN EXISTS (SELECT FROM agent_sessions o WHERE o.agent_id = s.agent_id AND o.state = 'open')
                 THEN 'its agent was in another session' ELSE 'no worker was there' END END AS why
         FROM agent_sessions s JOIN session_plans p ON p.id = s.plan_id
         LEFT JOIN agent_lifecycles l ON l.agent_id = s.agent_id AND l.state <> 'active'
         WHERE s.state = 'planned' AND (p.state = 'cancelled' OR (s.due_at <= now() AND l.state IS NOT NULL)
           OR s.due_at + ${LATE} <= now())
         LIMIT $1 FOR UPDATE OF s SKIP LOCKED)
       UPDATE agent_sessions s SET state = 'skipped', reason = why, ended_at = now() FROM found WHERE s.id = found_id
       RETURNING s.*`,
      [limit],
    );
    return rows;
  }

  /** Ends sessions whose workflow was ended without them. */
  async endLost(manager: EntityManager, limit: number): Promise<AgentSession[]> {
    const lost = await manager.query<{ id: string; state: 'ended' | 'failed'; reason: string | null }[]>(
      `SELECT s.id, CASE w.state WHEN 'failed' THEN 'failed' ELSE 'ended' END AS state, w.reason
       FROM agent_sessions s JOIN workflows w ON w.id = s.workflow_id
       WHERE s.state = 'open' AND w.state IN ('failed', 'cancelled', 'completed') ORDER BY s.id LIMIT $1
       FOR UPDATE OF s SKIP LOCKED`,
      [limit],
    );
    const ended = [];
    for (const { id, state, reason } of lost) ended.push(await this.end(manager, id, state, reason));
    return ended.filter((each) => each !== undefined);
  }

  /** The open session of a workflow. */
  async ofWorkflow(manager: EntityManager, workflowId: string): Promise<AgentSession | undefined> {
    const [row] = await manager.query<AgentSession[]>(
      `SELECT * FROM agent_sessions WHERE workflow_id = $1 AND state = 'open' FOR UPDATE`,
      [workflowId],
    );
    return row;
  }
}
