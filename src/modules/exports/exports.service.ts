import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../core/audit/index.js';
import {
  BlobNotFound,
  BlobStore,
  PendingBlobs,
  type BlobContent,
  type BlobSource,
  type ByteRange,
} from '../../core/blobs/index.js';
import { CONFIG, type Config } from '../../core/config/index.js';
import type { Download } from '../../core/http/index.js';
import {
  fileNameOf,
  kindOf,
  manifestText,
  type Export,
  type ExportSubject,
  type ManifestOfExport,
} from './export.entity.js';
import { ExportNotFound } from './exports.errors.js';
import { ExportsRepository, type ExportFilter } from './exports.repository.js';
import { cursorAfter, placeOf } from './exports.rules.js';

const DAY_MS = 86_400_000;
const SWEEP_PAGE = 200;

/** What an export is made from. */
export interface ExportRequest {
  subject: ExportSubject;
  format: string;
  mediaType: string;
  content: BlobSource;
  /** What stands beside the file, once its size and digest are known. */
  manifest: (file: { bytes: number; sha256: string }) => ManifestOfExport;
  createdBy: string | null;
}

/** The row of an export, as it was inserted or found. */
export type KeptExport = Omit<Export, 'created_at'>;

/** A whole export that has no row yet; `pending` holds its objects. */
export interface WrittenExport {
  row: KeptExport;
  pending: PendingBlobs;
}

/** The files that are made of populations and drafts: kept, listed, read, deleted. */
@Injectable()
export class ExportsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(CONFIG) private readonly config: Config,
    private readonly repository: ExportsRepository,
    private readonly store: BlobStore,
    private readonly audit: AuditService,
  ) {}

  /**
   * Writes an export and its manifest into the storage. `keep` it in a transaction, and discard what is pending
   * afterwards, whatever happens.
   * @throws what the content throws; an AppError of kind `unavailable` when the storage does not take it
   */
  async write(request: ExportRequest): Promise<WrittenExport> {
    const { subject, format, mediaType } = request;
    const id = randomUUID();
    const pending = new PendingBlobs(this.store);
    const columns = { population_id: null, draft_batch_id: null, ...subject };
    const key = `exports/${id}/${kindOf(columns)}.${format}`;
    try {
      const { bytes, sha256 } = await pending.put(key, request.content, mediaType);
      const manifest = request.manifest({ bytes, sha256 });
      await pending.put(manifestKey(key), [manifestText(manifest)], 'application/json');
      const file = { format, media_type: mediaType, blob_key: key, bytes: String(bytes), sha256, manifest };
      return { row: { id, ...columns, ...file, created_by: request.createdBy }, pending };
    } catch (error) {
      await pending.discard();
      throw error;
    }
  }

  /**
   * Gives a written export its row in the manager's transaction; one of the same subject and format that is still
   * whole stays instead.
   * @returns the row that is there now
   */
  async keep(manager: EntityManager, { row, pending }: WrittenExport): Promise<KeptExport> {
    const { population_id, draft_batch_id } = row;
    const subject = population_id === null ? { draft_batch_id: draft_batch_id as string } : { population_id };
    await this.repository.lock(manager, subject);
    const others = await this.repository.ofSubject(manager, subject);
    const there = others.find(({ format }) => format === row.format);
    if (there !== undefined) {
      if (there.sha256 === row.sha256 && (await this.isWhole(there))) return there;
      await this.repository.delete(manager, there.id);
    }
    await this.repository.insert(manager, row);
    pending.handOver();
    return row;
  }

  /** @throws ExportNotFound */
  async get(id: string): Promise<Export> {
    const found = await this.repository.find(this.dataSource.manager, id);
    if (found === null) throw new ExportNotFound(id);
    return found;
  }

  /** The exports of a subject, by format. */
  ofSubject(subject: ExportSubject): Promise<Export[]> {
    return this.repository.ofSubject(this.dataSource.manager, subject);
  }

  /** Whether an export's file is there in its whole length. */
  async isWhole({ blob_key, bytes }: Export): Promise<boolean> {
    return (await this.store.stat(blob_key))?.bytes === Number(bytes);
  }

  /** A page of exports, the newest first. @throws InvalidExportCursor */
  async list(
    filter: ExportFilter,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ exports: Export[]; next: string | null }> {
    const rows = await this.repository.newest(this.dataSource.manager, filter, placeOf(cursor), limit + 1);
    const exports = rows.slice(0, limit);
    const last = exports.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { exports, next: more ? cursorAfter({ created_at: last.place, id: last.id }) : null };
  }

  /** The bytes of an export, or a part of them. @throws ExportNotFound when its file has been removed */
  async open({ id, blob_key }: Export, range?: ByteRange): Promise<BlobContent> {
    try {
      return await this.store.get(blob_key, range);
    } catch (error) {
      throw error instanceof BlobNotFound ? new ExportNotFound(id) : error;
    }
  }

  /** An export as a file to send. */
  download(row: Export): Download {
    return {
      name: fileNameOf(row),
      mediaType: row.media_type,
      bytes: Number(row.bytes),
      sha256: row.sha256,
      disposition: 'attachment',
      open: async (part) => (await this.open(row, part)).stream,
    };
  }

  /** Where an operator finds an export: a path or an `s3://` URL; its manifest is beside it. */
  locate({ blob_key }: Export): string {
    return this.store.locate(blob_key);
  }

  /** When the sweep may delete an export; null when exports are kept. */
  expiryOf({ created_at }: Pick<Export, 'created_at'>): Date | null {
    const days = this.config.exportRetentionDays;
    return days === 0 ? null : new Date(created_at.getTime() + days * DAY_MS);
  }

  /** Keeps in the audit that somebody made a link, and until when it lasts. @param expires seconds since 1970 */
  async recordLink(id: string, expires: number, actor: string): Promise<void> {
    const data = { expires_at: new Date(expires * 1000).toISOString() };
    await this.dataSource.transaction((manager) =>
      this.audit.append(manager, {
        actor,
        action: 'export.share',
        subject: { type: 'export', id },
        data,
      }),
    );
  }

  /** @throws ExportNotFound */
  async delete(id: string, actor: string): Promise<void> {
    if (!(await this.remove(await this.get(id), actor))) throw new ExportNotFound(id);
  }

  /**
   * Exports that are older than the configured age; none when they are kept.
   * @param remove whether to delete them as well
   */
  async *expired(remove: boolean): AsyncGenerator<Export> {
    const days = this.config.exportRetentionDays;
    if (days === 0) return;
    let after: string | undefined;
    for (;;) {
      const page = await this.repository.expired(this.dataSource.manager, days, after, SWEEP_PAGE);
      for (const each of page) {
        if (!remove || (await this.remove(each, 'system'))) yield each;
      }
      after = page.at(-1)?.id;
      if (after === undefined) return;
    }
  }

  /**
   * The row goes first: a file without a row is swept, a row without a file would be a broken promise.
   * @returns whether the row was there
   */
  private async remove(row: Export, actor: string): Promise<boolean> {
    const { id, blob_key, sha256 } = row;
    const there = await this.dataSource.transaction(async (manager) => {
      if (!(await this.repository.delete(manager, id))) return false;
      await this.audit.append(manager, {
        actor,
        action: 'export.delete',
        subject: { type: 'export', id },
        data: { kind: kindOf(row), format: row.format, sha256 },
      });
      return true;
    });
    const keys = there ? [blob_key, manifestKey(blob_key)] : [];
    await Promise.allSettled(keys.map((key) => this.store.delete(key)));
    return there;
  }
}

/** The object of an export's manifest; the view `stored_blobs` says the same. */
function manifestKey(key: string): string {
  return `${key}.manifest.json`;
}
