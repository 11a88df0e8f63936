import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Decision } from '../compliance/index.js';
import type { Draft } from './draft.entity.js';
import type { NewDraft } from './draft-record.js';

/** A draft with what the guard said about it. */
export type DecidedDraft = Draft & Pick<Decision, 'action' | 'compliance_score' | 'labels' | 'matches'>;

/** A draft that may go on, with what a simulation reads of it. */
export type PassedDraft = Pick<
  Draft,
  'id' | 'agent_id' | 'caption' | 'hashtags' | 'quality' | 'sentiment' | 'readability' | 'decision_id'
>;

/** Which drafts: all conditions together. */
export interface DraftFilter {
  population?: string | undefined;
  agent?: string | undefined;
  template?: string | undefined;
  seed?: string | undefined;
}

const BATCH = 1_000;
const SELECT = `SELECT drafts.*, decisions.action, decisions.compliance_score, decisions.labels, decisions.matches
  FROM drafts JOIN decisions ON decisions.id = drafts.decision_id`;
const MATCHING = `($1::uuid IS NULL OR drafts.population_id = $1) AND ($2::uuid IS NULL OR drafts.agent_id = $2)
  AND ($3::text IS NULL OR drafts.template = $3) AND ($4::text IS NULL OR drafts.seed = $4)`;

function conditions({ population, agent, template, seed }: DraftFilter): (string | null)[] {
  return [population ?? null, agent ?? null, template ?? null, seed ?? null];
}

@Injectable()
export class DraftsRepository {
  async find(manager: EntityManager, id: string): Promise<DecidedDraft | undefined> {
    const [row] = await manager.query<DecidedDraft[]>(`${SELECT} WHERE drafts.id = $1`, [id]);
    return row;
  }

  /** A page of drafts in the order of their ids, after the given one. */
  page(
    manager: EntityManager,
    filter: DraftFilter,
    after: string | undefined,
    limit: number,
  ): Promise<DecidedDraft[]> {
    return manager.query<DecidedDraft[]>(
      `${SELECT} WHERE ${MATCHING} AND ($5::uuid IS NULL OR drafts.id > $5) ORDER BY drafts.id LIMIT $6`,
      [...conditions(filter), after ?? null, limit],
    );
  }

  /** The drafts that the guard lets pass, agent by agent in the order of their ids, each agent's own by index. */
  passed(manager: EntityManager, filter: DraftFilter): Promise<PassedDraft[]> {
    return manager.query<PassedDraft[]>(
      `SELECT drafts.id, agent_id, caption, hashtags, quality, sentiment, readability, decision_id
       FROM drafts JOIN decisions ON decisions.id = drafts.decision_id
       WHERE decisions.action IN ('allow', 'label') AND ${MATCHING}
       ORDER BY agent_id, (metadata ->> 'index')::bigint, drafts.id`,
      conditions(filter),
    );
  }

  /**
   * Until the end of the transaction, nobody else writes drafts of this population, template and seed. Two writers of
   * the same drafts would else wait for each other: one for a decision, the other for the audit chain.
   */
  async lock(
    manager: EntityManager,
    { population_id, template, seed }: Pick<Draft, 'population_id' | 'template' | 'seed'>,
  ): Promise<void> {
    const name = JSON.stringify(['drafts', population_id, template, seed]);
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
  }

  /** Which of some drafts are there already. */
  async existing(manager: EntityManager, ids: readonly string[]): Promise<Set<string>> {
    const rows = await manager.query<{ id: string }[]>('SELECT id FROM drafts WHERE id = ANY($1::uuid[])', [
      ids,
    ]);
    return new Set(rows.map((row) => row.id));
  }

  /** Stores the drafts that are not there yet. */
  async insertMissing(
    manager: EntityManager,
    drafts: readonly (NewDraft & { decision_id: string })[],
  ): Promise<void> {
    // In the order of their ids, so that two transactions with the same drafts wait instead of deadlocking.
    const ordered = drafts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (let from = 0; from < ordered.length; from += BATCH) {
      await manager.query(
        `INSERT INTO drafts (id, agent_id, population_id, template, template_version, language, seed, caption, alt_text,
                             hashtags, variations, metadata, quality, sentiment, readability, decision_id)
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS given (
           id uuid, agent_id uuid, population_id uuid, template text, template_version text, language text, seed text,
           caption text, alt_text text, hashtags text[], variations jsonb, metadata jsonb, quality double precision,
           sentiment double precision, readability double precision, decision_id uuid)
         ON CONFLICT (id) DO NOTHING`,
        [JSON.stringify(ordered.slice(from, from + BATCH))],
      );
    }
  }
}
