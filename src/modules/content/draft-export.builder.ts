import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../core/audit/index.js';
import type { Page } from '../../core/database/index.js';
import { writerInOrder } from '../../core/llm/index.js';
import { EXPORT_MEDIA_TYPES } from '../agents/index.js';
import { ExportsService, type KeptExport, type WrittenExport } from '../exports/index.js';
import type { JobContext } from '../jobs/index.js';
import type { DraftBatch } from './draft-batch.entity.js';
import {
  draftExportManifest,
  draftExportText,
  draftRecord,
  type BatchHead,
  type DraftRecord,
} from './draft-export.js';
import { DraftExportsService, type DraftExportJob } from './draft-exports.service.js';
import { DraftsRepository, type DecidedDraft } from './drafts.repository.js';
import { tallyOf } from './models/batch-tally.js';
import { TemplateLibrary, templateOf } from './templates/template-library.js';
import type { CompiledTemplate } from './templates/compiled-template.js';

/** What an export job of drafts made. */
export interface DraftExportResult {
  export_id: string;
  draft_batch_id: string;
  format: string;
  bytes: number;
  sha256: string;
  /** False when the export was there already. */
  created: boolean;
}

const PAGE = 1_000;

/** Does the long work of exporting the drafts of a batch. */
@Injectable()
export class DraftExportBuilder {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly requests: DraftExportsService,
    private readonly exports: ExportsService,
    private readonly drafts: DraftsRepository,
    private readonly templates: TemplateLibrary,
    private readonly audit: AuditService,
  ) {}

  /** Everything before `context.complete` can be done twice; what it commits is there once. */
  async build(job: DraftExportJob, context: JobContext): Promise<void> {
    const batch = await this.requests.batch(job.draft_batch_id);
    const there = await this.requests.find(batch.id, job.format);
    if (there !== undefined) {
      await context.complete(() => Promise.resolve(resultOf(there, false)));
      return;
    }
    const written = await this.write(batch, job, context);
    try {
      await context.complete((manager) => this.commit(manager, written, job.actor));
    } finally {
      await written.pending.discard();
    }
  }

  private async write(
    batch: DraftBatch,
    { format, created_by }: DraftExportJob,
    context: JobContext,
  ): Promise<WrittenExport> {
    const template = await templateOf(this.templates, batch);
    const { id, population_id, template_version, seed, drafts_per_agent, variations } = batch;
    const head: BatchHead = {
      id,
      population_id,
      template: template.id,
      template_version,
      seed,
      drafts_per_agent,
      variations,
      ...(await this.requests.told(batch)),
      ...(batch.writer !== null && { writer: writerInOrder(batch.writer) }),
      ...(batch.writing !== null && { writing: tallyOf(batch.writing) }),
    };
    const counts = { count: 0, withheld: 0 };
    const pages = this.pages(batch, template, (records) => {
      counts.count += records.length;
      counts.withheld += records.filter(({ caption }) => caption === null).length;
      context.signal.throwIfAborted();
      context.progress(counts.count, batch.drafts, 'exporting');
    });
    return this.exports.write({
      subject: { draft_batch_id: id },
      format,
      mediaType: EXPORT_MEDIA_TYPES[format],
      content: draftExportText(head, pages, format),
      manifest: (file) => draftExportManifest(head, template.digest, counts, { format, ...file }),
      createdBy: created_by,
    });
  }

  /** The drafts of a batch, whatever else was drafted for its population, in the order of their ids. */
  private async *pages(
    batch: DraftBatch,
    template: CompiledTemplate,
    onPage: (records: readonly DraftRecord[]) => void,
  ): AsyncGenerator<DraftRecord[]> {
    const filter = { population: batch.population_id, template: batch.template, seed: batch.seed };
    const writer = canonicalize(batch.writer);
    const isOwn = ({ metadata, language, variations, context }: DecidedDraft): boolean =>
      canonicalize(metadata.writing?.writer ?? null) === writer &&
      metadata.template_digest === template.digest &&
      canonicalize(context) === canonicalize(batch.context) &&
      metadata.index < batch.drafts_per_agent &&
      variations.length === (batch.variations ?? template.languages.get(language)?.variationCount);
    for (let cursor: string | null | undefined; cursor !== null;) {
      const request = { sort: 'id', limit: PAGE, cursor } as const;
      const page: Page<DecidedDraft> = await this.drafts.page(this.dataSource.manager, filter, request);
      const own = page.rows.filter((draft) => isOwn(draft));
      const records = own.map((draft) => draftRecord(draft));
      yield records;
      onPage(records);
      cursor = page.next;
      await setImmediate();
    }
  }

  private async commit(
    manager: EntityManager,
    written: WrittenExport,
    actor: string,
  ): Promise<DraftExportResult> {
    const kept = await this.exports.keep(manager, written);
    const result = resultOf(kept, kept.id === written.row.id);
    // The audit chain comes last: its writers wait for each other.
    await this.audit.append(manager, {
      actor,
      action: 'drafts.export',
      subject: { type: 'draft_batch', id: result.draft_batch_id },
      data: { ...result },
    });
    return result;
  }
}

function resultOf(
  { id, draft_batch_id, format, bytes, sha256 }: KeptExport,
  created: boolean,
): DraftExportResult {
  const batch = draft_batch_id as string;
  return { export_id: id, draft_batch_id: batch, format, bytes: Number(bytes), sha256, created };
}
