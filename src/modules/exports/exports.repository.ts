import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Export, type ExportSubject } from './export.entity.js';

/** Which exports: all conditions together. */
export interface ExportFilter {
  population_id?: string | undefined;
  draft_batch_id?: string | undefined;
  format?: string | undefined;
}

/** A place in the list of exports; the moment as PostgreSQL writes it, with microseconds. */
export interface ExportPlace {
  created_at: string;
  id: string;
}

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

  /** Exports, the newest first, those before a place in that order. */
  newest(
    manager: EntityManager,
    { population_id, draft_batch_id, format }: ExportFilter,
    before: ExportPlace | undefined,
    limit: number,
  ): Promise<(Export & { place: string })[]> {
    return manager.query(
      `SELECT *, created_at::text AS place FROM exports
       WHERE ($1::uuid IS NULL OR population_id = $1) AND ($2::uuid IS NULL OR draft_batch_id = $2)
         AND ($3::text IS NULL OR format = $3)
         AND ($4::timestamptz IS NULL OR (created_at, id) < ($4::timestamptz, $5::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $6`,
      [
        population_id ?? null,
        draft_batch_id ?? null,
        format ?? null,
        before?.created_at ?? null,
        before?.id ?? null,
        limit,
      ],
    );
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
