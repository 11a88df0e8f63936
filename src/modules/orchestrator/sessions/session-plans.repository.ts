import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { SessionPlan } from './session.entity.js';
import type { ActKind, ActState, SessionPlanState, SessionState } from './session.rules.js';

export const SESSION_PLAN_SORTS = ['created_at'] as const;
export type SessionPlanSort = (typeof SESSION_PLAN_SORTS)[number];

/** Which plans: all conditions together. */
export interface SessionPlanFilter {
  state?: SessionPlanState | undefined;
  population?: string | undefined;
}

/** How far a plan has come. */
export interface SessionCounts {
  sessions: Partial<Record<SessionState, number>>;
  /** What was done, and what not, by kind. */
  acts: Partial<Record<ActKind, Partial<Record<ActState, number>>>>;
}

const LIST = new Listing<SessionPlanSort>({
  name: 'session_plans',
  select: 'session_plans.*',
  from: 'session_plans',
  id: 'session_plans.id',
  sorts: { created_at: { sql: 'session_plans.created_at', type: 'timestamptz' } },
});

const OF_POPULATION = `(p.population_id = $1 OR EXISTS (SELECT FROM agent_sessions s JOIN agents a ON a.id = s.agent_id
  WHERE s.plan_id = p.id AND a.population_id = $1))`;

/** All SQL about plans of sessions. */
@Injectable()
export class SessionPlansRepository {
  async find(manager: EntityManager, id: string, lock: boolean = false): Promise<SessionPlan | undefined> {
    const [row] = await manager.query<SessionPlan[]>(
      `SELECT * FROM session_plans WHERE id = $1${lock ? ' FOR UPDATE' : ''}`,
      [id],
    );
    return row;
  }

  /** @throws InvalidCursor */
  page(
    manager: EntityManager,
    { state, population }: SessionPlanFilter,
    request: PageRequest<SessionPlanSort>,
  ): Promise<Page<SessionPlan>> {
    const conditions = new Conditions()
      .equal('session_plans.state', state)
      .equal('session_plans.population_id', population);
    return LIST.page<SessionPlan>(manager, conditions, request);
  }

  async insert(
    manager: EntityManager,
    plan: Omit<SessionPlan, 'state' | 'created_at' | 'finished_at'>,
  ): Promise<SessionPlan> {
    const { id, population_id, network, seed, starts_at, ends_at, begun_at, speed, terms, sessions } = plan;
    const [row] = await manager.query<[SessionPlan]>(
      `INSERT INTO session_plans (id, population_id, network, seed, starts_at, ends_at, begun_at, speed, terms, sessions, actor,
         created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING *`,
      [
        id,
        population_id,
        network,
        seed,
        starts_at,
        ends_at,
        begun_at,
        speed,
        JSON.stringify(terms),
        sessions,
        plan.actor,
        plan.created_by,
      ],
    );
    return row;
  }

  async setState(manager: EntityManager, id: string, state: SessionPlanState): Promise<SessionPlan> {
    const [[row]] = await manager.query<[[SessionPlan], number]>(
      `UPDATE session_plans SET state = $2,
         finished_at = CASE WHEN $2 IN ('completed', 'cancelled') THEN now() END
       WHERE id = $1 RETURNING *`,
      [id, state],
    );
    return row;
  }

  /** Completes running plans none of whose sessions is left. */
  async complete(manager: EntityManager): Promise<SessionPlan[]> {
    const [rows] = await manager.query<[SessionPlan[], number]>(
      `UPDATE session_plans p SET state = 'completed', finished_at = now()
       WHERE p.state = 'running' AND NOT EXISTS (
         SELECT FROM agent_sessions s WHERE s.plan_id = p.id AND s.state IN ('planned', 'open'))
       RETURNING *`,
    );
    return rows;
  }

  async counts(manager: EntityManager, id: string): Promise<SessionCounts> {
    const sessions = await manager.query<{ state: SessionState; n: number }[]>(
      'SELECT state, count(*)::int AS n FROM agent_sessions WHERE plan_id = $1 GROUP BY state',
      [id],
    );
    const acts = await manager.query<{ kind: ActKind; state: ActState; n: number }[]>(
      `SELECT a.kind, a.state, count(*)::int AS n FROM agent_session_acts a JOIN agent_sessions s ON s.id = a.session_id
       WHERE s.plan_id = $1 GROUP BY a.kind, a.state`,
      [id],
    );
    const counts: SessionCounts = {
      sessions: Object.fromEntries(sessions.map(({ state, n }) => [state, n])),
      acts: {},
    };
    for (const { kind, state, n } of acts) counts.acts[kind] = { ...counts.acts[kind], [state]: n };
    return counts;
  }

  /** The plans with agents of a population. @param ids so many of their ids */
  async ofPopulation(
    manager: EntityManager,
    populationId: string,
    ids: number,
  ): Promise<{ count: number; ids: string[]; active: string[] }> {
    const [row] = await manager.query<{ count: number; ids: string[]; active: string[] }[]>(
      `SELECT count(*)::int AS count, (coalesce(array_agg(p.id::text ORDER BY p.created_at), '{}'))[1:$2] AS ids,
         coalesce(array_agg(p.id::text) FILTER (WHERE p.state IN ('running', 'paused')), '{}') AS active
       FROM session_plans p WHERE ${OF_POPULATION}`,
      [populationId, ids],
    );
    return row ?? { count: 0, ids: [], active: [] };
  }

  async deleteOfPopulation(manager: EntityManager, populationId: string): Promise<void> {
    await manager.query(`DELETE FROM session_plans p WHERE ${OF_POPULATION}`, [populationId]);
  }

  async deleteFinished(manager: EntityManager, days: number, dryRun: boolean): Promise<number> {
    const which = `state IN ('completed', 'cancelled') AND finished_at < now() - make_interval(days => $1)
      AND NOT EXISTS (SELECT FROM agent_sessions s WHERE s.plan_id = session_plans.id AND s.state = 'open')`;
    if (dryRun) {
      const [row] = await manager.query<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM session_plans WHERE ${which}`,
        [days],
      );
      return row?.n ?? 0;
    }
    const [, count] = await manager.query<[unknown[], number]>(`DELETE FROM session_plans WHERE ${which}`, [
      days,
    ]);
    return count;
  }
}
