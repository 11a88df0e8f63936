import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import { COPY_AGENTS, copyLine } from './agent.copy.js';
import { Agent } from './agent.entity.js';
import { Population } from './population.entity.js';
import type { PopulationGenerator } from './population.generator.js';

/** How many agents one piece of a COPY holds: a few milliseconds of work. */
const COPY_CHUNK = 1_000;

@Injectable()
export class AgentsRepository {
  /** A population by its id or its digest. */
  findPopulation(manager: EntityManager, id: string): Promise<Population | null> {
    const digest = /^[\da-f]{64}$/u.test(id);
    return manager.getRepository(Population).findOneBy(digest ? { digest: id } : { id });
  }

  findAgent(manager: EntityManager, id: string): Promise<Agent | null> {
    return manager.getRepository(Agent).findOneBy({ id });
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
   * @returns whether its agents are persisted already
   */
  async claimPopulation(
    manager: EntityManager,
    population: Omit<Population, 'created_at'>,
  ): Promise<boolean> {
    const rows = await manager.query<{ persisted: boolean }[]>(
      `INSERT INTO populations (id, digest, specification, seed, count, generator_version, decision_id, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (digest) DO UPDATE SET decision_id = EXCLUDED.decision_id
       RETURNING persisted`,
      [
        population.id,
        population.digest,
        JSON.stringify(population.specification),
        population.seed,
        population.count,
        population.generator_version,
        population.decision_id,
        population.created_by,
      ],
    );
    return rows[0]?.persisted ?? false;
  }

  /** Stores all agents of a claimed population by COPY in the manager's transaction. */
  async copyAgents(
    manager: EntityManager,
    generator: PopulationGenerator,
    signal: AbortSignal,
  ): Promise<void> {
    const { queryRunner } = manager;
    if (queryRunner === undefined) throw new Error('agents are copied in a transaction');
    const client = (await queryRunner.connect()) as pg.PoolClient;
    await pipeline(Readable.from(copyLines(generator)), client.query(copyFrom(COPY_AGENTS)), { signal });
    await manager.query('UPDATE populations SET persisted = true WHERE id = $1', [generator.id]);
  }
}

async function* copyLines(generator: PopulationGenerator): AsyncGenerator<string> {
  let position = 0;
  for (const agents of generator.chunks({ chunk: COPY_CHUNK })) {
    let lines = '';
    for (const agent of agents) {
      lines += copyLine(generator.id, position, agent);
      position += 1;
    }
    yield lines;
    await setImmediate();
  }
}
