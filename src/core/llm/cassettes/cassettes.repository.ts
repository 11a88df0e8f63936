import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import type { EntityManager } from 'typeorm';
import { createHash } from 'node:crypto';
import { Conditions, Listing, type Page, type PageRequest } from '../../database/index.js';
import type { Cassette } from './cassette.entity.js';
import type { Entry } from './cassette-file.js';

export const CASSETTE_SORTS = ['created_at', 'name'] as const;
export type CassetteSort = (typeof CASSETTE_SORTS)[number];

/** A cassette as lists show it; counts are texts, as PostgreSQL gives them. */
export type CassetteFacts = Cassette & {
  entries: string;
  input_tokens: string;
  output_tokens: string;
  models: string[];
};

/** Which cassettes. */
export interface CassetteFilter {
  /** A part of the name. */
  name?: string | undefined;
}

/** A backend and a model that a cassette was recorded with. */
export interface RecordedModel {
  backend: string;
  model: string;
}

const FACTS = `(SELECT count(*) FROM cassette_entries WHERE cassette_id = cassettes.id) AS entries,
  (SELECT coalesce(sum(input_tokens), 0) FROM cassette_entries WHERE cassette_id = cassettes.id) AS input_tokens,
  (SELECT coalesce(sum(output_tokens), 0) FROM cassette_entries WHERE cassette_id = cassettes.id) AS output_tokens,
  ARRAY(SELECT DISTINCT backend || '/' || model FROM cassette_entries
        WHERE cassette_id = cassettes.id ORDER BY 1) AS models`;

const LIST = new Listing<CassetteSort>({
  name: 'cassettes',
  select: `cassettes.*, ${FACTS}`,
  from: 'cassettes',
  id: 'cassettes.id',
  sorts: {
    created_at: { sql: 'cassettes.created_at', type: 'timestamptz' },
    name: { sql: 'cassettes.name', type: 'text' },
  },
});

@Injectable()
export class CassettesRepository {
  async idOf(manager: EntityManager, name: string): Promise<string | undefined> {
    const [row] = await manager.query<{ id: string }[]>('SELECT id FROM cassettes WHERE name = $1', [name]);
    return row?.id;
  }

  /** The id of a cassette, which is made unless it is there. */
  async ensure(manager: EntityManager, name: string): Promise<string> {
    const found = await this.idOf(manager, name);
    if (found !== undefined) return found;
    await manager.query(
      'INSERT INTO cassettes (id, name) VALUES (gen_random_uuid(), $1) ON CONFLICT (name) DO NOTHING',
      [name],
    );
    return (await this.idOf(manager, name)) as string;
  }

  /** The backends and models that there are answers of. */
  models(manager: EntityManager, cassetteId: string): Promise<RecordedModel[]> {
    return manager.query<RecordedModel[]>(
      'SELECT DISTINCT backend, model FROM cassette_entries WHERE cassette_id = $1 ORDER BY backend, model',
      [cassetteId],
    );
  }

  /** The digests that a model had when it was recorded, the latest first. */
  async digests(
    manager: EntityManager,
    cassetteId: string,
    { backend, model }: RecordedModel,
  ): Promise<string[]> {
    const rows = await manager.query<{ model_digest: string }[]>(
      `SELECT model_digest FROM cassette_entries WHERE cassette_id = $1 AND backend = $2 AND model = $3
       GROUP BY model_digest ORDER BY max(recorded_at) DESC, model_digest`,
      [cassetteId, backend, model],
    );
    return rows.map((row) => row.model_digest);
  }

  /**
   * The entry of the first of some keys that there is one for.
   * @param sessionId only what this session recorded
   */
  async find(
    manager: EntityManager,
    cassetteId: string,
    keys: readonly string[],
    sessionId?: string,
  ): Promise<Entry | undefined> {
    const [row] = await manager.query<{ entry: string }[]>(
      `SELECT entry FROM cassette_entries
       WHERE cassette_id = $1 AND key = ANY($2) AND ($3::uuid IS NULL OR session_id = $3)
       ORDER BY array_position($2, key) LIMIT 1`,
      [cassetteId, keys, sessionId ?? null],
    );
    return row && (JSON.parse(row.entry) as Entry);
  }

  /**
   * Keeps an entry unless there is one of its key.
   * @param sessionId keeps it in the place of what other sessions recorded, too
   * @returns what is there now
   */
  async keep(manager: EntityManager, cassetteId: string, entry: Entry, sessionId?: string): Promise<Entry> {
    const text = canonicalize(entry) as string;
    await manager.query(
      `INSERT INTO cassette_entries (cassette_id, key, backend, model, model_digest, entry, sha256, session_id,
                                     input_tokens, output_tokens, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (cassette_id, key) DO UPDATE SET backend = EXCLUDED.backend, model = EXCLUDED.model,
         model_digest = EXCLUDED.model_digest, entry = EXCLUDED.entry, sha256 = EXCLUDED.sha256,
         session_id = EXCLUDED.session_id, input_tokens = EXCLUDED.input_tokens,
         output_tokens = EXCLUDED.output_tokens, recorded_at = EXCLUDED.recorded_at
       WHERE EXCLUDED.session_id IS NOT NULL AND cassette_entries.session_id IS DISTINCT FROM EXCLUDED.session_id`,
      [
        cassetteId,
        entry.key,
        entry.backend,
        entry.model,
        entry.model_digest,
        text,
        createHash('sha256').update(text).digest('hex'),
        sessionId ?? null,
        entry.answer.tokens.input,
        entry.answer.tokens.output,
        entry.recorded_at,
      ],
    );
    return (await this.find(manager, cassetteId, [entry.key])) as Entry;
  }

  /** Entries as canonical JSON, in the order of their keys, after one of them. */
  async after(manager: EntityManager, cassetteId: string, key: string, limit: number) {
    return manager.query<{ key: string; entry: string }[]>(
      `SELECT key, entry FROM cassette_entries WHERE cassette_id = $1 AND key > $2 ORDER BY key LIMIT $3`,
      [cassetteId, key, limit],
    );
  }

  async facts(manager: EntityManager, name: string): Promise<CassetteFacts | undefined> {
    const [row] = await manager.query<CassetteFacts[]>(
      `SELECT cassettes.*, ${FACTS} FROM cassettes WHERE name = $1`,
      [name],
    );
    return row;
  }

  /** A page of cassettes. @throws InvalidCursor */
  page(
    manager: EntityManager,
    { name }: CassetteFilter,
    request: PageRequest<CassetteSort>,
  ): Promise<Page<CassetteFacts>> {
    const conditions = new Conditions().add(name, (text) => `position(${text} IN cassettes.name) > 0`);
    return LIST.page<CassetteFacts>(manager, conditions, request);
  }
}
