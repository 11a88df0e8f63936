import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DocumentFacts, DocumentSummary, DocumentVersion } from './document-kind.js';
import type { DocumentRecord } from './document.entity.js';
import {
  versionOrder,
  type DocumentPlace,
  type DocumentSort,
  type DocumentStatus,
} from './document.rules.js';

/** A version to keep. */
export type NewDocument = DocumentFacts &
  Pick<DocumentRecord, 'kind' | 'origin' | 'content' | 'note' | 'created_by'> & {
    /** Whether it is only a draft. */
    draft?: boolean | undefined;
  };

/** A version with its text. */
export type StoredDocument<S extends DocumentSummary = DocumentSummary> = DocumentVersion<S> &
  Pick<DocumentRecord, 'content'>;

/** Which documents a list has: all conditions together. */
export interface DocumentFilter {
  /** A part of the name. */
  name?: string | undefined;
  /** What the summary holds, by JSON containment: `{ tags: ['a'] }`. */
  summary?: object | undefined;
  /** Of each name the highest version with this status; active unless given. */
  status?: DocumentStatus | undefined;
}

/** What a page of a list is asked for. */
export interface DocumentPageRequest {
  filter: DocumentFilter;
  sort: DocumentSort;
  after: DocumentPlace | undefined;
  limit: number;
}

/** An entry of a list, with the value that the list is sorted by. */
export type ListedDocument<S extends DocumentSummary> = DocumentVersion<S> & { place: string };

const FACTS =
  'name, version, sha256, origin, summary, note, created_by, created_at, activated_at, retired_at';

/** The rows that a list by status is made of. */
const WITH_STATUS: Record<DocumentStatus, string> = {
  draft: 'activated_at IS NULL AND retired_at IS NULL',
  active: 'activated_at IS NOT NULL AND retired_at IS NULL',
  archived: 'retired_at IS NOT NULL',
};

/** What a list is sorted by, as text: documents of the product have no time and come first. */
const SORT_VALUES: Record<string, string> = {
  name: 'name',
  title: `summary ->> 'title'`,
  created_at: `coalesce(to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '')`,
};

@Injectable()
export class DocumentsRepository {
  /** Until the end of the transaction, nobody else changes the documents of this name. */
  async lock(manager: EntityManager, kind: string, name: string): Promise<void> {
    const key = JSON.stringify(['documents', kind, name]);
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
  }

  /** Every version of a name that was given or used, the newest first. */
  versions<S extends DocumentSummary>(
    manager: EntityManager,
    kind: string,
    name: string,
  ): Promise<DocumentVersion<S>[]> {
    return manager.query<DocumentVersion<S>[]>(
      `SELECT ${FACTS} FROM documents WHERE kind = $1 AND name = $2
       ORDER BY version_order DESC, origin DESC, created_at DESC, sha256`,
      [kind, name],
    );
  }

  /** The newest version of a name that was given and is active. */
  async newest<S extends DocumentSummary>(
    manager: EntityManager,
    kind: string,
    name: string,
  ): Promise<StoredDocument<S> | undefined> {
    const [row] = await manager.query<StoredDocument<S>[]>(
      `SELECT ${FACTS}, content FROM documents
       WHERE kind = $1 AND name = $2 AND origin = 'stored' AND ${WITH_STATUS.active}
       ORDER BY version_order DESC LIMIT 1`,
      [kind, name],
    );
    return row;
  }

  /** Of every name the newest version that was given and is active. */
  newestOfAll(
    manager: EntityManager,
    kind: string,
  ): Promise<Pick<DocumentVersion, 'name' | 'version' | 'sha256'>[]> {
    return manager.query(
      `SELECT DISTINCT ON (name) name, version, sha256 FROM documents
       WHERE kind = $1 AND origin = 'stored' AND ${WITH_STATUS.active}
       ORDER BY name, version_order DESC`,
      [kind],
    );
  }

  /** A version by its name, its number, or the beginning of its SHA-256; what was given before what came with the product. */
  async find<S extends DocumentSummary>(
    manager: EntityManager,
    kind: string,
    { name, version, sha256 }: { name: string; version?: string | undefined; sha256?: string | undefined },
  ): Promise<StoredDocument<S> | undefined> {
    const [row] = await manager.query<StoredDocument<S>[]>(
      `SELECT ${FACTS}, content FROM documents
       WHERE kind = $1 AND name = $2 AND ($3::text IS NULL OR version = $3)
         AND ($4::text IS NULL OR starts_with(sha256, $4))
       ORDER BY origin DESC, version_order DESC, created_at DESC, sha256 LIMIT 1`,
      [kind, name, version ?? null, sha256 ?? null],
    );
    return row;
  }

  /** Keeps a version unless the same is there. */
  async insert(manager: EntityManager, document: NewDocument): Promise<void> {
    const { kind, name, version, sha256, origin, content, summary, note, created_by, draft } = document;
    await manager.query(
      `INSERT INTO documents (kind, name, version, sha256, version_order, origin, content, summary, note, created_by,
                              activated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, CASE WHEN $11 THEN NULL ELSE now() END) ON CONFLICT (kind, name, version, sha256) DO NOTHING`,
      [
        kind,
        name,
        version,
        sha256,
        versionOrder(version),
        origin,
        content,
        JSON.stringify(summary),
        note,
        created_by,
        draft === true,
      ],
    );
  }

  /** Makes a draft active. Returns false where the version is none. */
  async activate(manager: EntityManager, kind: string, name: string, version: string): Promise<boolean> {
    const [, count] = await manager.query<[unknown, number]>(
      `UPDATE documents SET activated_at = now()
       WHERE kind = $1 AND name = $2 AND version = $3 AND origin = 'stored' AND ${WITH_STATUS.draft}`,
      [kind, name, version],
    );
    return count > 0;
  }

  /** Retires versions of a name that were given: all, or the one of a number. Returns those that were not yet. */
  async retire(
    manager: EntityManager,
    kind: string,
    { name, version }: { name: string; version?: string | undefined },
    actor: string,
  ): Promise<DocumentVersion[]> {
    const [rows] = await manager.query<[DocumentVersion[], number]>(
      `UPDATE documents SET retired_at = now(), retired_by = $4
       WHERE kind = $1 AND name = $2 AND ($3::text IS NULL OR version = $3)
         AND origin = 'stored' AND retired_at IS NULL
       RETURNING ${FACTS}`,
      [kind, name, version ?? null, actor],
    );
    return rows;
  }

  /** A page of the versions that count for their status; the current ones have those that come with the product among them. */
  page<S extends DocumentSummary>(
    manager: EntityManager,
    kind: string,
    shipped: readonly DocumentFacts[],
    { filter, sort, after, limit }: DocumentPageRequest,
  ): Promise<ListedDocument<S>[]> {
    const descending = sort.startsWith('-');
    const value = SORT_VALUES[descending ? sort.slice(1) : sort] ?? 'name';
    const [than, order] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
    return manager.query<ListedDocument<S>[]>(
      `WITH candidates AS (
         SELECT ${FACTS}, version_order FROM documents
         WHERE kind = $1 AND origin = 'stored' AND ${WITH_STATUS[filter.status ?? 'active']}
         UNION ALL
         SELECT name, version, sha256, 'shipped', summary, NULL, NULL, NULL, NULL, NULL, version_order
         FROM jsonb_to_recordset($2::jsonb)
           AS given (name text, version text, sha256 text, summary jsonb, version_order integer[])
       ), current AS (
         SELECT DISTINCT ON (name) * FROM candidates ORDER BY name, version_order DESC, origin DESC
       ), entries AS (
         SELECT ${FACTS}, (${value}) COLLATE "C" AS place FROM current
         WHERE ($3::text IS NULL OR position($3 IN name) > 0) AND ($4::jsonb IS NULL OR summary @> $4)
       )
       SELECT * FROM entries
       WHERE $5::text IS NULL OR (place, name COLLATE "C") ${than} ($5, $6)
       ORDER BY place ${order}, name COLLATE "C" ${order} LIMIT $7`,
      [
        kind,
        JSON.stringify(shipped.map((facts) => ({ ...facts, version_order: versionOrder(facts.version) }))),
        filter.name ?? null,
        filter.summary === undefined ? null : JSON.stringify(filter.summary),
        after?.[0] ?? null,
        after?.[1] ?? null,
        limit,
      ],
    );
  }
}
