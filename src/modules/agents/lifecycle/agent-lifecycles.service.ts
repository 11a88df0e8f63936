import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { EventsService } from '../../../core/events/index.js';
import { AgentsService } from '../agents.service.js';
import type { AgentLifecycle } from './agent-lifecycle.entity.js';
import { agentLifecycleChanged } from './agent-lifecycle.events.js';
import { AgentLifecyclesRepository } from './agent-lifecycles.repository.js';
import { stateAfter, type LifecycleAct, type LifecycleState } from './agent-lifecycle.rules.js';

/** The lifecycle of an agent now; idle until somebody activates it. */
export type CurrentLifecycle = Pick<AgentLifecycle, 'agent_id' | 'reason'> & {
  state: LifecycleState;
  actor: string | null;
  changed_at: Date | null;
};

/** What agents may do: active, suspended, retired. */
@Injectable()
export class AgentLifecycles {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly lifecycles: AgentLifecyclesRepository,
    private readonly agents: AgentsService,
    private readonly events: EventsService,
    private readonly audit: AuditService,
  ) {}

  /** @throws AgentNotFound */
  async get(agentId: string): Promise<CurrentLifecycle> {
    const { manager } = this.dataSource;
    const found = await this.lifecycles.find(manager, agentId);
    if (found !== undefined) return found;
    await this.agents.agent(agentId);
    return { agent_id: agentId, state: 'idle', reason: null, actor: null, changed_at: null };
  }

  /**
   * Moves an agent on in the manager's transaction; one that is there already stays as it is.
   * @returns where it was before
   * @throws AgentNotFound, LifecycleRefused
   */
  async move(
    manager: EntityManager,
    agentId: string,
    act: LifecycleAct,
    reason: string | null,
    actor: string,
  ): Promise<LifecycleState> {
    await this.lifecycles.lock(manager, agentId);
    await this.agents.agent(agentId, manager);
    const before = (await this.lifecycles.find(manager, agentId))?.state ?? 'idle';
    const state = stateAfter(agentId, before, act);
    if (state === before) return before;
    await this.lifecycles.save(manager, { agent_id: agentId, state, reason, actor });
    await this.events.emit(manager, agentLifecycleChanged({ agent_id: agentId, state, reason }));
    await this.audit.append(manager, {
      actor,
      action: `agent.${act}`,
      subject: { type: 'agent', id: agentId },
      data: { before, state, reason },
    });
    return before;
  }

  /**
   * Activates the idle agents of a population in the manager's transaction; suspended and retired ones stay so.
   * @returns how many
   */
  async activateAll(manager: EntityManager, populationId: string, actor: string): Promise<number> {
    const activated = await this.lifecycles.activateAll(manager, populationId, actor);
    if (activated > 0)
      await this.audit.append(manager, {
        actor,
        action: 'agents.activate',
        subject: { type: 'population', id: populationId },
        data: { agents: activated },
      });
    return activated;
  }
}
