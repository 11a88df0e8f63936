import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AgentLifecycle } from './agent-lifecycle.entity.js';

/** Where agents are in their lives; an idle one has no row. */
@Injectable()
export class AgentLifecyclesRepository {
  /** Whoever else moves the agent waits until the transaction ends. */
  async lock(manager: EntityManager, agentId: string): Promise<void> {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('lifecycle/' || $1, 0))`, [agentId]);
  }

  async find(manager: EntityManager, agentId: string): Promise<AgentLifecycle | undefined> {
    const [row] = await manager.query<AgentLifecycle[]>(
      'SELECT * FROM agent_lifecycles WHERE agent_id = $1',
      [agentId],
    );
    return row;
  }

  async save(
    manager: EntityManager,
    row: Pick<AgentLifecycle, 'agent_id' | 'state' | 'reason' | 'actor'>,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO agent_lifecycles (agent_id, state, reason, actor) VALUES ($1, $2, $3, $4)
       ON CONFLICT (agent_id) DO UPDATE SET state = $2, reason = $3, actor = $4, changed_at = now()`,
      [row.agent_id, row.state, row.reason, row.actor],
    );
  }

  /** Activates the idle agents of a population. @returns how many */
  async activateAll(manager: EntityManager, populationId: string, actor: string): Promise<number> {
    const [row] = await manager.query<{ made: number }[]>(
      `WITH made AS (
         INSERT INTO agent_lifecycles (agent_id, state, actor)
         SELECT id, 'active', $2 FROM agents WHERE population_id = $1 ORDER BY position
         ON CONFLICT DO NOTHING RETURNING 1)
       SELECT count(*)::int AS made FROM made`,
      [populationId, actor],
    );
    return row?.made ?? 0;
  }
}
