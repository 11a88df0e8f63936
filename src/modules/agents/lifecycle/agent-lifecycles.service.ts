import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { EventsService } from '../../../core/events/index.js';
import { AgentsService } from '../agents.service.js';
import type { AgentLifecycle } from './agent-lifecycle.entity.js';
import { agentLifecycleChanged } from './agent-lifecycle.events.js';
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
    private readonly agents: AgentsService,
    private readonly events: EventsService,
    private readonly audit: AuditService,
  ) {}

  /** @throws AgentNotFound */
  async get(agentId: string): Promise<CurrentLifecycle> {
    const { manager } = this.dataSource;
    const found = await this.find(manager, agentId);
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
    // Whoever else moves it waits here.
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('lifecycle/' || $1, 0))`, [agentId]);
    await this.agents.agent(agentId, manager);
    const before = (await this.find(manager, agentId))?.state ?? 'idle';
    const state = stateAfter(agentId, before, act);
    if (state === before) return before;
    await manager.query(
      `INSERT INTO agent_lifecycles (agent_id, state, reason, actor) VALUES ($1, $2, $3, $4)
       ON CONFLICT (agent_id) DO UPDATE SET state = $2, reason = $3, actor = $4, changed_at = now()`,
      [agentId, state, reason, actor],
    );
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
    const [row] = await manager.query<{ made: number }[]>(
      `WITH made AS (
         INSERT INTO agent_lifecycles (agent_id, state, actor)
         SELECT id, 'active', $2 FROM agents WHERE population_id = $1 ORDER BY position
         ON CONFLICT DO NOTHING RETURNING 1)
       SELECT count(*)::int AS made FROM made`,
      [populationId, actor],
    );
    const activated = row?.made ?? 0;
    if (activated > 0)
      await this.audit.append(manager, {
        actor,
        action: 'agents.activate',
        subject: { type: 'population', id: populationId },
        data: { agents: activated },
      });
    return activated;
  }

  private async find(manager: EntityManager, agentId: string): Promise<AgentLifecycle | undefined> {
    const [row] = await manager.query<AgentLifecycle[]>(
      'SELECT * FROM agent_lifecycles WHERE agent_id = $1',
      [agentId],
    );
    return row;
  }
}
