import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AgentProfile } from '../agent.profile.js';
import { noUsage, type WritingUsage } from '../../../core/llm/index.js';
import { noTally, type WritingTally } from './writer.js';
import type { PopulationWriting, WrittenAgent } from './writing.entity.js';

/** What is written of an agent, as it is kept. */
export type WrittenRow = Omit<WrittenAgent, 'writing_id' | 'writing'>;

/** What takes the place of a profile's own fields. */
export type WrittenFields = Pick<
  AgentProfile,
  'name' | 'username_hint' | 'interests' | 'bio' | 'behavioral_biases'
>;

/** How far a writing is, and what came of it. */
export type WritingState = Pick<PopulationWriting, 'position'> & {
  tally: WritingTally;
  usage: WritingUsage;
};

/** What language models wrote. */
@Injectable()
export class WritingsRepository {
  /** Begins a writing, or finds how far it is. */
  async begin(
    manager: EntityManager,
    { id, population_id, cassette }: Pick<PopulationWriting, 'id' | 'population_id' | 'cassette'>,
  ): Promise<WritingState> {
    const [row] = await manager.query<WritingState[]>(
      `INSERT INTO population_writings (id, population_id, cassette, tally, usage) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO UPDATE SET cassette = EXCLUDED.cassette
       RETURNING position, tally, usage`,
      [id, population_id, cassette, JSON.stringify(noTally()), JSON.stringify(noUsage())],
    );
    return row as WritingState;
  }

  async find(manager: EntityManager, id: string): Promise<PopulationWriting | undefined> {
    const [row] = await manager.query<PopulationWriting[]>(
      'SELECT * FROM population_writings WHERE id = $1',
      [id],
    );
    return row;
  }

  /** Keeps the next agents of a writing and how far it is with them: both or neither. */
  async add(
    manager: EntityManager,
    id: string,
    rows: readonly WrittenRow[],
    { position, tally, usage }: WritingState,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO written_agents (writing_id, position, name, name_key, username_hint, interests, bio, bio_bands,
         behavioral_biases)
       SELECT $1, position, name, name_key, username_hint, interests, bio, bio_bands, behavioral_biases
       FROM jsonb_to_recordset($2) AS row (position integer, name text, name_key text, username_hint text,
         interests text[], bio text, bio_bands integer[], behavioral_biases text[])`,
      [id, JSON.stringify(rows)],
    );
    await manager.query(
      'UPDATE population_writings SET position = $2, tally = $3, usage = $4 WHERE id = $1',
      [id, position, JSON.stringify(tally), JSON.stringify(usage)],
    );
  }

  /** Which of some names somebody of a writing has. */
  async namesTaken(manager: EntityManager, id: string, keys: readonly string[]): Promise<string[]> {
    const rows = await manager.query<{ name_key: string }[]>(
      'SELECT DISTINCT name_key FROM written_agents WHERE writing_id = $1 AND name_key = ANY($2)',
      [id, keys],
    );
    return rows.map(({ name_key }) => name_key);
  }

  /** The biographies of a writing that may be nearly the same as those with these bands. */
  async biographiesLike(manager: EntityManager, id: string, bands: readonly number[]): Promise<string[]> {
    const rows = await manager.query<{ bio: string }[]>(
      'SELECT bio FROM written_agents WHERE writing_id = $1 AND bio_bands && $2 ORDER BY position LIMIT 10000',
      [id, bands],
    );
    return rows.map(({ bio }) => bio);
  }

  /** What is written of the agents from a position on, in their order. */
  async texts(manager: EntityManager, id: string, from: number, to: number): Promise<WrittenFields[]> {
    return manager.query<WrittenFields[]>(
      `SELECT name, username_hint, interests, bio, behavioral_biases FROM written_agents
       WHERE writing_id = $1 AND position >= $2 AND position < $3 ORDER BY position`,
      [id, from, to],
    );
  }

  /** Deletes what was written for a population, but for one writing of it. */
  async removeOthers(manager: EntityManager, populationId: string, kept: string | null): Promise<void> {
    await manager.query(
      'DELETE FROM population_writings WHERE population_id = $1 AND id IS DISTINCT FROM $2',
      [populationId, kept],
    );
  }
}
