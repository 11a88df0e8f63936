import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../core/database/index.js';
import type { Action, Decision } from '../compliance/index.js';
import type { Draft } from './draft.entity.js';
import type { NewDraft } from './draft-record.js';

/** A draft with what the guard said about it, or people since. */
export type DecidedDraft = Draft &
  Pick<Decision, 'action' | 'compliance_score' | 'labels' | 'matches'> & {
    /** What the guard's model scored the texts, by head; null where it was not asked. */
    heads: Readonly<Record<string, number>> | null;
    /** How long the guard took, in microseconds. */
    guard_us: number;
    /** Whether it is people who said so by now. */
    reviewed: boolean;
  };

/** Which drafts: all conditions together. */
export interface DraftFilter {
  population?: string | undefined;
  agent?: string | undefined;
  template?: string | undefined;
  template_version?: string | undefined;
  language?: string | undefined;
  seed?: string | undefined;
  /** What may happen to it: as the guard said, or people since. */
  action?: Action | undefined;
  /** One of the guard's labels. */
  label?: string | undefined;
  min_compliance_score?: number | undefined;
  min_quality?: number | undefined;
  created_after?: string | undefined;
  created_before?: string | undefined;
}

const BATCH = 1_000;
const COLUMNS =
  'drafts.*, decisions.action, decisions.compliance_score, decisions.labels, decisions.matches, decisions.reviewed, ' +
  `given.scores -> 'heads' AS heads, given.latency_us AS guard_us`;
const TABLES =
  'drafts JOIN decision_outcomes AS decisions ON decisions.id = drafts.decision_id ' +
  'JOIN decisions AS given ON given.id = drafts.decision_id';

export const DRAFT_SORTS = ['id', 'created_at', 'quality', 'compliance_score'] as const;
export type DraftSort = (typeof DRAFT_SORTS)[number];

export const DRAFT_LIST = new Listing<DraftSort>({
  name: 'drafts',
  select: COLUMNS,
  from: TABLES,
  id: 'drafts.id',
  sorts: {
    id: { sql: 'drafts.id', type: 'uuid' },
    created_at: { sql: 'drafts.created_at', type: 'timestamptz' },
    quality: { sql: 'drafts.quality', type: 'double precision' },
    compliance_score: { sql: 'decisions.compliance_score', type: 'double precision' },
  },
});

export function draftConditions(filter: DraftFilter): Conditions {
  return new Conditions()
    .equal('drafts.population_id', filter.population)
    .equal('drafts.agent_id', filter.agent)
    .equal('drafts.template', filter.template)
    .equal('drafts.template_version', filter.template_version)
    .equal('drafts.language', filter.language)
    .equal('drafts.seed', filter.seed)
    .equal('decisions.action', filter.action)
    .add(filter.label, (label) => `decisions.labels @> ARRAY[${label}]`)
    .atLeast('decisions.compliance_score', filter.min_compliance_score)
    .atLeast('drafts.quality', filter.min_quality)
    .within('drafts.created_at', filter.created_after, filter.created_before);
}

@Injectable()
export class DraftsRepository {
  async find(manager: EntityManager, id: string): Promise<DecidedDraft | undefined> {
    return (await this.all(manager, [id]))[0];
  }

  /** Those of some drafts that there are, in any order. */
  all(manager: EntityManager, ids: readonly string[]): Promise<DecidedDraft[]> {
    return manager.query(`SELECT ${COLUMNS} FROM ${TABLES} WHERE drafts.id = ANY($1::uuid[])`, [ids]);
  }

  /** The texts of drafts, by what the guard reads of them. */
  textsOf(
    manager: EntityManager,
    ids: readonly string[],
  ): Promise<Pick<Draft, 'id' | 'caption' | 'alt_text' | 'hashtags' | 'variations' | 'seed' | 'context'>[]> {
    return manager.query(
      'SELECT id, caption, alt_text, hashtags, variations, seed, context FROM drafts WHERE id = ANY($1::uuid[])',
      [ids],
    );
  }

  /** The latest captions of an agent, then those of its population, that were drafted for the same campaign or for none. */
  async earlierTexts(
    manager: EntityManager,
    { agent_id, population_id, context }: Pick<NewDraft, 'agent_id' | 'population_id' | 'context'>,
    limit: number,
  ): Promise<string[]> {
    const rows = await manager.query<{ caption: string }[]>(
      `(SELECT caption FROM drafts WHERE agent_id = $1 ORDER BY created_at DESC, id DESC LIMIT $4)
       UNION ALL
       (SELECT caption FROM drafts
        WHERE population_id = $2 AND agent_id <> $1 AND context ->> 'campaign' IS NOT DISTINCT FROM $3
        ORDER BY created_at DESC, id DESC LIMIT $4)`,
      [agent_id, population_id, context?.campaign ?? null, limit],
    );
    return rows.map(({ caption }) => caption);
  }

  /** The latest captions of a population. */
  async textsOfPopulation(manager: EntityManager, populationId: string, limit: number): Promise<string[]> {
    const rows = await manager.query<{ caption: string }[]>(
      'SELECT caption FROM drafts WHERE population_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2',
      [populationId, limit],
    );
    return rows.map(({ caption }) => caption);
  }

  /** A page of drafts. @throws InvalidCursor */
  page(
    manager: EntityManager,
    filter: DraftFilter,
    request: PageRequest<DraftSort>,
  ): Promise<Page<DecidedDraft>> {
    return DRAFT_LIST.page<DecidedDraft>(manager, draftConditions(filter), request);
  }

  /** The drafts of a population: how many, and the first ids. */
  async ofPopulation(
    manager: EntityManager,
    populationId: string,
    ids: number,
  ): Promise<{ count: number; ids: string[] }> {
    const [row] = await manager.query<{ count: string; ids: string[] }[]>(
      `SELECT (SELECT count(*) FROM drafts WHERE population_id = $1) AS count,
              ARRAY(SELECT id::text FROM drafts WHERE population_id = $1 ORDER BY id LIMIT $2) AS ids`,
      [populationId, ids],
    );
    return { count: Number(row?.count), ids: row?.ids ?? [] };
  }

  /** Holds the population of new drafts until the transaction ends, so that nobody deletes it meanwhile. */
  async holdPopulation(manager: EntityManager, populationId: string): Promise<boolean> {
    const rows = await manager.query<object[]>('SELECT 1 FROM populations WHERE id = $1 FOR KEY SHARE', [
      populationId,
    ]);
    return rows.length > 0;
  }

  async delete(manager: EntityManager, id: string): Promise<void> {
    await manager.query('DELETE FROM drafts WHERE id = $1', [id]);
  }

  /** Deletes the drafts and batches of a population. @returns how many drafts there were */
  async deleteOfPopulation(manager: EntityManager, populationId: string): Promise<number> {
    await manager.query('DELETE FROM draft_batches WHERE population_id = $1', [populationId]);
    const [, count] = await manager.query<[unknown, number]>('DELETE FROM drafts WHERE population_id = $1', [
      populationId,
    ]);
    return count;
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
                             hashtags, variations, metadata, context, quality, sentiment, readability, persona_fit,
                             originality, timings, decision_id)
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS given (
           id uuid, agent_id uuid, population_id uuid, template text, template_version text, language text, seed text,
           caption text, alt_text text, hashtags text[], variations jsonb, metadata jsonb, context jsonb,
           quality double precision, sentiment double precision, readability double precision,
           persona_fit double precision, originality double precision, timings jsonb, decision_id uuid)
         ON CONFLICT (id) DO NOTHING`,
        [JSON.stringify(ordered.slice(from, from + BATCH))],
      );
    }
  }
}
