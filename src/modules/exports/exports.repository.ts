import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../core/database/index.js';
import { Export, type ExportSubject } from './export.entity.js';

/** Which exports: all conditions together. */
export interface ExportFilter {
  population_id?: string | undefined;
  draft_batch_id?: string | undefined;
  format?: string | undefined;
}

export const EXPORT_SORTS = ['created_at', 'bytes'] as const;
export type ExportSort = (typeof EXPORT_SORTS)[number];

const LIST = new Listing<ExportSort>({
  name: 'exports',
  select: 'exports.*',
  from: 'exports',
  id: 'exports.id',
  sorts: {
    created_at: { sql: 'exports.created_at', type: 'timestamptz' },
    bytes: { sql: 'exports.bytes', type: 'bigint' },
  },
});

@Injectable()
export class ExportsRepository {
  find(manager: EntityManager, id: string): Promise<Export | null> {
    return manager.getRepository(Export).findOneBy({ id });
  }

  /** The exports of a subject, by format. */
  ofSubject(manager: EntityManager, subject: ExportSubject): Promise<Export[]> {
    return manager.getRepository(Export).find({ where: subject, order: { format: 'ASC' } });
  }

  /** Until the end of the transaction, nobody else keeps an export of this subject. */
  async lock(manager: EntityManager, subject: ExportSubject): Promise<void> {
    const name = JSON.stringify(['exports', subject]);
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
  }

  /** A page of exports. @throws InvalidCursor */
  page(
    manager: EntityManager,
    filter: ExportFilter,
    request: PageRequest<ExportSort>,
  ): Promise<Page<Export>> {
    const conditions = new Conditions()
      .equal('exports.population_id', filter.population_id)
      .equal('exports.draft_batch_id', filter.draft_batch_id)
      .equal('exports.format', filter.format);
    return LIST.page<Export>(manager, conditions, request);
  }

  /** Exports that are older than so many days, in the order of their ids, after the given one. */
  expired(manager: EntityManager, days: number, after: string | undefined, limit: number): Promise<Export[]> {
    return manager.query(
      `SELECT * FROM exports WHERE created_at < now() - make_interval(days => $1)
         AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [days, after ?? null, limit],
    );
  }

  async insert(manager: EntityManager, row: Omit<Export, 'created_at'>): Promise<void> {
    await manager.query(
      `INSERT INTO exports (id, population_id, draft_batch_id, format, media_type, blob_key, bytes, sha256, manifest,
                            created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        row.id,
        row.population_id,
        row.draft_batch_id,
        row.format,
        row.media_type,
        row.blob_key,
        row.bytes,
        row.sha256,
        JSON.stringify(row.manifest),
        row.created_by,
      ],
    );
  }

  /** @returns whether it was there */
  async delete(manager: EntityManager, id: string): Promise<boolean> {
    const { affected } = await manager.getRepository(Export).delete({ id });
    return (affected ?? 0) > 0;
  }
}
