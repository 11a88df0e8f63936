import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import { anywhere, Conditions, Listing, type Page, type PageRequest } from '../../core/database/index.js';
import { COPY_AGENTS, copyLine } from './agent.copy.js';
import { Agent } from './agent.entity.js';
import type { AgentSource } from './agent.source.js';
import type { Gender, PostingCadence, Tone } from './agent.profile.js';
import { Population } from './population.entity.js';
import { referenceColumn } from './population.reference.js';

/** How many agents one COPY has: a few milliseconds of work. */
const COPY_CHUNK = 1_000;

/** Which agents: all conditions together. */
export interface AgentFilter {
  population?: string | undefined;
  country?: string | undefined;
  city?: string | undefined;
  gender?: Gender | undefined;
  /** Years, both ends included. */
  age_min?: number | undefined;
  age_max?: number | undefined;
  interest?: string | undefined;
  posting_cadence?: PostingCadence | undefined;
  tone?: Tone | undefined;
  /** A part of the name or of the username. */
  q?: string | undefined;
}

export const AGENT_SORTS = ['id', 'name', 'username', 'age'] as const;
export type AgentSort = (typeof AGENT_SORTS)[number] | 'position';

/** Agents are a million: the order of their ids, and of the positions in a population, costs no sorting. */
export const AGENT_LIST = new Listing<AgentSort>({
  name: 'agents',
  select: 'agents.*',
  from: 'agents',
  id: 'agents.id',
  sorts: {
    id: { sql: 'agents.id', type: 'uuid' },
    name: { sql: 'agents.name COLLATE "C"', type: 'text' },
    username: { sql: 'agents.username_hint COLLATE "C"', type: 'text' },
    age: { sql: 'agents.age', type: 'integer' },
    position: { sql: 'agents.position', type: 'integer' },
  },
});

export function agentConditions(filter: AgentFilter): Conditions {
  return new Conditions()
    .equal('agents.population_id', filter.population)
    .equal('agents.country', filter.country)
    .add(filter.city, (city) => `lower(agents.city) = lower(${city})`)
    .equal('agents.gender', filter.gender)
    .atLeast('agents.age', filter.age_min)
    .atMost('agents.age', filter.age_max)
    .add(filter.interest, (interest) => `agents.interests @> ARRAY[${interest}]`)
    .equal('agents.posting_cadence', filter.posting_cadence)
    .equal('agents.tone', filter.tone)
    .add(
      filter.q && anywhere(filter.q),
      (pattern) => `agents.name ILIKE ${pattern} OR agents.username_hint ILIKE ${pattern}`,
    );
}

@Injectable()
export class AgentsRepository {
  /** A population by its id, its digest or its name. */
  findPopulation(manager: EntityManager, reference: string): Promise<Population | null> {
    return manager.getRepository(Population).findOneBy({ [referenceColumn(reference)]: reference });
  }

  async findAgent(manager: EntityManager, id: string): Promise<Agent | null> {
    const [row] = await manager.query<Agent[]>('SELECT * FROM agents WHERE id = $1', [id]);
    return row ?? null;
  }

  /** A page of agents. @throws InvalidCursor */
  page(manager: EntityManager, filter: AgentFilter, request: PageRequest<AgentSort>): Promise<Page<Agent>> {
    return AGENT_LIST.page<Agent>(manager, agentConditions(filter), request);
  }

  /** Agents of a population in order, those after a position. */
  agentsAfter(
    manager: EntityManager,
    populationId: string,
    position: number,
    limit: number,
  ): Promise<Agent[]> {
    return manager.query<Agent[]>(
      'SELECT * FROM agents WHERE population_id = $1 AND position > $2 ORDER BY position LIMIT $3',
      [populationId, position, limit],
    );
  }

  /**
   * Makes the row of a population, or finds it, and holds it until the transaction ends: a second transaction for the
   * same population waits here and then sees what the first one did.
   * @returns whether its agents are persisted already, and which writing it has
   */
  async claimPopulation(
    manager: EntityManager,
    population: Omit<Population, 'name' | 'notes' | 'tags' | 'created_at' | 'writing'>,
  ): Promise<Pick<Population, 'persisted' | 'writing_id'>> {
    const rows = await manager.query<Pick<Population, 'persisted' | 'writing_id'>[]>(
      `INSERT INTO populations (id, digest, specification, seed, count, generator_version, decision_id,
         writing_id, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (digest) DO UPDATE SET decision_id = EXCLUDED.decision_id
       RETURNING persisted, writing_id`,
      [
        population.id,
        population.digest,
        JSON.stringify(population.specification),
        population.seed,
        population.count,
        population.generator_version,
        population.decision_id,
        population.writing_id,
        population.created_by,
      ],
    );
    return rows[0] as Pick<Population, 'persisted' | 'writing_id'>;
  }

  /** Stores all agents of a claimed population by COPY in the manager's transaction. */
  async copyAgents(manager: EntityManager, source: AgentSource, signal: AbortSignal): Promise<void> {
    const { queryRunner } = manager;
    if (queryRunner === undefined) throw new Error('agents are copied in a transaction');
    const client = (await queryRunner.connect()) as pg.PoolClient;
    let position = 0;
    // A COPY each: what was written is read by the same connection, in between.
    for await (const agents of source.chunks({ chunk: COPY_CHUNK, manager })) {
      const from = position;
      const lines = agents.map((agent, at) => copyLine(source.id, from + at, agent)).join('');
      await pipeline(Readable.from([lines]), client.query(copyFrom(COPY_AGENTS)), { signal });
      position += agents.length;
      await setImmediate();
    }
    await manager.query('UPDATE populations SET persisted = true WHERE id = $1', [source.id]);
  }
}
