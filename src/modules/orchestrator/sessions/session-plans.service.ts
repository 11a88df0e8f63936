import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Page, PageRequest } from '../../../core/database/index.js';
import type { Caller } from '../../../core/http/index.js';
import { Planner, type PlannedAgent } from '../../scheduler/index.js';
import { OrchestratorError } from '../orchestrator.errors.js';
import { WorkflowsService } from '../workflows/workflows.service.js';
import type { AgentSession, SessionPlan } from './session.entity.js';
import {
  SessionPlansRepository,
  type SessionCounts,
  type SessionPlanFilter,
  type SessionPlanSort,
} from './session-plans.repository.js';
import { SessionRecord } from './session.record.js';
import type { SessionPlanState, SessionTerms } from './session.rules.js';
import { SessionSources } from './session.sources.js';
import { SessionsRepository } from './sessions.repository.js';

const HOUR_MS = 3_600_000;
const DAYS_MAX = 31;
/** In one plan. */
const SESSIONS_MAX = 50_000;

/** What sessions are planned from. */
export interface SessionRequest extends SessionTerms {
  /** By any of its names; either this or `agents`. */
  population?: string | undefined;
  agents?: readonly string[] | undefined;
  network: string;
  seed: string;
  starts_at: Date;
  ends_at: Date;
  /** So many times as fast as the clock of the server. */
  speed: number;
}

/** What can be done with a plan, and what it has to be for it. */
const ACTS = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['running', 'paused'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly SessionPlanState[]; to: SessionPlanState }>;
type SessionPlanAct = keyof typeof ACTS;

/** Plans sessions, and moves their plans on. */
@Injectable()
export class SessionPlansService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: SessionPlansRepository,
    private readonly sessions: SessionsRepository,
    private readonly sources: SessionSources,
    private readonly workflows: WorkflowsService,
    private readonly record: SessionRecord,
  ) {}

  /**
   * Plans the sessions of agents by their cadence and clocks: the same request has the same sessions at the same times.
   * @throws OrchestratorError `permission_missing`, `sessions_invalid`; what {@link SessionSources} does
   */
  async plan(request: SessionRequest, caller: Caller): Promise<SessionPlan> {
    this.workflows.requireAllowed('session', {}, caller);
    const now = new Date();
    requireWindow(request, now);
    const { population_id, agents, reply_template } = await this.sources.of(request);
    const { network, seed, starts_at, ends_at, speed, quiet_hours, rhythm, behaviour, acts_per_day } =
      request;
    const plan = {
      id: randomUUID(),
      population_id,
      network,
      seed,
      starts_at,
      ends_at,
      begun_at: speed === 1 ? starts_at : now,
      speed,
      terms: { quiet_hours, rhythm, behaviour, acts_per_day, reply_template },
      actor: caller.username,
      created_by: caller.id,
    };
    const planned = plannedSessions(plan, agents);
    if (planned.length === 0)
      throw OrchestratorError.sessions(
        'ends_at',
        'none of the agents is on line by then, as they post; take a longer time',
      );
    return this.dataSource.transaction(async (manager) => {
      const made = await this.repository.insert(manager, { ...plan, sessions: planned.length });
      await this.sessions.insert(manager, plan.id, planned);
      await this.record.planned(manager, made, 'create', caller.username);
      return made;
    });
  }

  /** @throws OrchestratorError `session_plan_not_found` */
  async get(id: string): Promise<{ plan: SessionPlan; counts: SessionCounts }> {
    const { manager } = this.dataSource;
    const plan = await this.repository.find(manager, id);
    if (plan === undefined) throw OrchestratorError.planNotFound(id);
    return { plan, counts: await this.repository.counts(manager, id) };
  }

  /** @throws InvalidCursor, PopulationNotFound */
  async list(filter: SessionPlanFilter, request: PageRequest<SessionPlanSort>): Promise<Page<SessionPlan>> {
    const population = filter.population && (await this.sources.populationIdOf(filter.population));
    return this.repository.page(this.dataSource.manager, { ...filter, population }, request);
  }

  /**
   * Pauses, resumes or cancels a plan. While it is paused nothing begins, and open sessions do nothing; cancelled, what has not
   * begun is skipped, and open sessions end.
   * @throws OrchestratorError `session_plan_not_found`, `session_plan_over`, `permission_missing`
   */
  async act(id: string, act: SessionPlanAct, caller: Caller): Promise<SessionPlan> {
    this.workflows.requireAllowed('session', {}, caller);
    return this.dataSource.transaction(async (manager) => {
      const plan = await this.repository.find(manager, id, true);
      if (plan === undefined) throw OrchestratorError.planNotFound(id);
      const { from, to } = ACTS[act];
      if (!(from as readonly string[]).includes(plan.state)) {
        const message = `${act}: the session plan ${id} is ${plan.state}; it has to be ${from.join(' or ')}`;
        throw new OrchestratorError('conflict', 'session_plan_over', message);
      }
      const moved = await this.repository.setState(manager, id, to);
      await this.record.planned(manager, moved, act, caller.username);
      return moved;
    });
  }
}

function requireWindow({ starts_at, ends_at, speed }: SessionRequest, now: Date): void {
  const hours = (ends_at.getTime() - starts_at.getTime()) / HOUR_MS;
  if (hours <= 0 || hours > DAYS_MAX * 24)
    throw OrchestratorError.sessions('ends_at', `must be after starts_at, at most ${DAYS_MAX} days`);
  if (speed === 1 && now.getTime() - starts_at.getTime() > HOUR_MS)
    throw OrchestratorError.sessions('starts_at', 'is over; only a plan with a speed above 1 may replay it');
}

/** @throws OrchestratorError `sessions_invalid` where there are too many */
function plannedSessions(
  {
    id,
    seed,
    starts_at,
    ends_at,
    begun_at,
    speed,
    terms,
  }: Omit<SessionPlan, 'state' | 'sessions' | 'created_at' | 'finished_at'>,
  agents: readonly PlannedAgent[],
): Pick<AgentSession, 'id' | 'agent_id' | 'planned_at' | 'due_at'>[] {
  const planner = new Planner({
    id,
    // Not the times at which a campaign of the same seed has them post.
    seed: `sessions/${seed}`,
    templates: [''],
    startsAt: starts_at,
    endsAt: ends_at,
    quietHours: terms.quiet_hours,
    rhythm: terms.rhythm,
    caps: { total: SESSIONS_MAX },
    approval: { rule: 'none' },
  });
  const sessions = [];
  for (const agent of agents)
    for (const { id: sessionId, agentId, dueAt } of planner.ofAgent(agent, () => true)) {
      const due = begun_at.getTime() + (dueAt - starts_at.getTime()) / speed;
      sessions.push({
        id: sessionId,
        agent_id: agentId,
        planned_at: new Date(dueAt),
        due_at: new Date(due),
      });
      if (sessions.length > SESSIONS_MAX)
        throw OrchestratorError.sessions(
          'ends_at',
          `there would be more than ${SESSIONS_MAX} sessions; take a shorter time or fewer agents`,
        );
    }
  return sessions;
}
