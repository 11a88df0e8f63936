import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { EventsService } from '../../../core/events/index.js';
import { Metrics } from '../../../core/metrics/index.js';
import type { AgentSession, SessionPlan } from './session.entity.js';
import { sessionChanged, sessionPlanChanged } from './session.events.js';
import type { ActOutcome } from './sessions.repository.js';

/** Tells of sessions: to the audit, to who listens, and to who measures. */
@Injectable()
export class SessionRecord {
  private readonly sessions;
  private readonly acts;

  constructor(
    private readonly audit: AuditService,
    private readonly events: EventsService,
    metrics: Metrics,
  ) {
    this.sessions = metrics.counter({
      name: 'agent_sessions_total',
      help: 'Sessions of agents that were opened, ended, skipped or failed.',
      labels: ['state'],
    });
    this.acts = metrics.counter({
      name: 'agent_session_acts_total',
      help: 'What agents did in sessions, and what was refused or skipped.',
      labels: ['kind', 'state'],
    });
  }

  async planned(manager: EntityManager, plan: SessionPlan, act: string, actor: string): Promise<void> {
    const { id, state, sessions, network, seed } = plan;
    await this.events.emit(manager, sessionPlanChanged({ plan_id: id, state, sessions }));
    await this.audit.append(manager, {
      actor,
      action: `session_plan.${act}`,
      subject: { type: 'session_plan', id },
      data: { state, sessions, network, seed },
    });
  }

  /** Say it last in a transaction: the audit lets one after the other through. */
  async changed(manager: EntityManager, sessions: readonly AgentSession[], actor: string): Promise<void> {
    if (sessions.length === 0) return;
    const events = sessions.map(({ id, plan_id, agent_id, state, reason }) =>
      sessionChanged({ plan_id, session_id: id, agent_id, state, reason }),
    );
    await this.events.emit(manager, ...events);
    const entries = sessions.map(({ id, plan_id, agent_id, state, reason, workflow_id }) => ({
      actor,
      action: `session.${state}`,
      subject: { type: 'session', id },
      data: { plan_id, agent_id, workflow_id, reason },
    }));
    await this.audit.append(manager, ...entries);
    for (const { state } of sessions) this.sessions.inc({ state });
  }

  /** Measures what was done. */
  acted(outcomes: readonly ActOutcome[]): void {
    for (const { kind, state } of outcomes) this.acts.inc({ kind, state });
  }
}
