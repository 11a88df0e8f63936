import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AgentState } from './agent-state.entity.js';

/** A run that writes states, and the field of the state that is its own. */
export interface RunAuthor {
  run_id: string;
  author: string;
  key: string;
}

/** A version without its state. */
export type AgentStateVersion = Omit<AgentState, 'state'> & { bytes: number };

@Injectable()
export class AgentStatesRepository {
  current(manager: EntityManager, agentId: string): Promise<AgentState | null> {
    return manager.getRepository(AgentState).findOne({
      where: { agent_id: agentId },
      order: { version: 'DESC' },
    });
  }

  find(manager: EntityManager, agentId: string, version: number): Promise<AgentState | null> {
    return manager.getRepository(AgentState).findOneBy({ agent_id: agentId, version });
  }

  /** Versions, the newest first, those before one. */
  history(
    manager: EntityManager,
    agentId: string,
    before: number,
    limit: number,
  ): Promise<AgentStateVersion[]> {
    return manager.query<AgentStateVersion[]>(
      `SELECT agent_id, version, author, run_id, created_at, octet_length(state::text) AS bytes
       FROM agent_states WHERE agent_id = $1 AND version < $2 ORDER BY version DESC LIMIT $3`,
      [agentId, before, limit],
    );
  }

  /** Adds a version; nothing when somebody else has written it meanwhile. */
  async add(
    manager: EntityManager,
    { agent_id, version, state, author }: Pick<AgentState, 'agent_id' | 'version' | 'state' | 'author'>,
  ): Promise<AgentState | undefined> {
    const [row] = await manager.query<AgentState[]>(
      `INSERT INTO agent_states (agent_id, version, state, author) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING *`,
      [agent_id, version, JSON.stringify(state), author],
    );
    return row;
  }

  /**
   * Adds a version to each agent that has none of this run yet: its state so far, with one more field.
   * @returns how many; fewer when somebody wrote one of them meanwhile
   */
  async addOfRun(
    manager: EntityManager,
    { run_id, author, key }: RunAuthor,
    agents: readonly string[],
    values: readonly object[],
  ): Promise<number> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO agent_states (agent_id, version, state, author, run_id)
       SELECT given.agent_id, COALESCE(last.version, 0) + 1,
         COALESCE(last.state, '{}') || jsonb_build_object($3::text, given.value), $4, $5
       FROM unnest($1::uuid[], $2::jsonb[]) AS given (agent_id, value)
       LEFT JOIN LATERAL (
         SELECT version, state FROM agent_states WHERE agent_id = given.agent_id ORDER BY version DESC LIMIT 1
       ) AS last ON true
       WHERE NOT EXISTS (SELECT 1 FROM agent_states WHERE agent_id = given.agent_id AND run_id = $5)
       ON CONFLICT DO NOTHING RETURNING version`,
      [agents, values.map((value) => JSON.stringify(value)), key, author, run_id],
    );
    return rows.length;
  }

  /** How many versions before the current ones are older than `days`. */
  async countSuperseded(manager: EntityManager, days: number): Promise<number> {
    const [row] = await manager.query<{ states: string }[]>(
      `SELECT count(*) AS states FROM agent_states WHERE ${SUPERSEDED}`,
      [days],
    );
    return Number(row?.states);
  }

  /** Deletes up to `limit` of them. Returns how many. */
  async deleteSuperseded(manager: EntityManager, days: number, limit: number): Promise<number> {
    const [, count] = await manager.query<[unknown[], number]>(
      `DELETE FROM agent_states WHERE (agent_id, version) IN (
         SELECT agent_id, version FROM agent_states WHERE ${SUPERSEDED} LIMIT $2)`,
      [days, limit],
    );
    return count;
  }
}

const SUPERSEDED = `created_at < now() - make_interval(days => $1) AND EXISTS (
  SELECT 1 FROM agent_states AS later
  WHERE later.agent_id = agent_states.agent_id AND later.version > agent_states.version)`;
