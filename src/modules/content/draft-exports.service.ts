import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { ExportFormat, Requester } from '../agents/index.js';
import { ComplianceService, mayPass, subjectKey } from '../compliance/index.js';
import { batchExportsPath, ExportsService, type Export, type RequestedExport } from '../exports/index.js';
import { JobsService } from '../jobs/index.js';
import { ContentError } from './content.errors.js';
import type { DraftBatch } from './draft-batch.entity.js';
import { DraftBatchesRepository } from './draft-batches.repository.js';
import { contextTexts, type DraftContext } from './writing/draft-context.js';

/** What an export job of drafts is told. */
export interface DraftExportJob {
  draft_batch_id: string;
  format: ExportFormat;
  /** Who asked: a user name, or `system`. */
  actor: string;
  created_by: string | null;
}

/** Accepts exports of draft batches. */
@Injectable()
export class DraftExportsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly batches: DraftBatchesRepository,
    private readonly exports: ExportsService,
    private readonly jobs: JobsService,
    private readonly compliance: ComplianceService,
  ) {}

  /** What the drafts of a batch were asked to be about, for an export; nothing where the guard would hold it. */
  async told({ id, context }: DraftBatch): Promise<{ context?: DraftContext }> {
    if (context === null) return {};
    const subject = subjectKey({ type: 'draft_batch', id });
    const { evaluation } = await this.compliance.assess(contextTexts(context), { subject });
    return mayPass(evaluation.action) ? { context } : {};
  }

  /**
   * The export of a batch where it is there, otherwise a job that makes it.
   * @throws ContentError `batch_not_found`
   */
  async request(batchId: string, format: ExportFormat, requester: Requester): Promise<RequestedExport> {
    const batch = await this.batch(batchId);
    const there = await this.find(batch.id, format);
    if (there !== undefined) return { there };
    const payload: DraftExportJob = {
      draft_batch_id: batch.id,
      format,
      actor: requester.name,
      created_by: requester.id ?? null,
    };
    const job = await this.dataSource.transaction((manager) =>
      this.jobs.submit(manager, {
        queue: 'content',
        name: 'content.export',
        payload,
        links: { exports: batchExportsPath(batch.id) },
        createdBy: requester.id,
      }),
    );
    return { job };
  }

  /** A batch that is there. @throws ContentError `batch_not_found` */
  async batch(id: string): Promise<DraftBatch> {
    const batch = await this.batches.find(this.dataSource.manager, id);
    if (batch !== null) return batch;
    throw new ContentError('not_found', 'batch_not_found', `there is no batch ${id} with its drafts`);
  }

  /** An export of a batch whose file is there. */
  async find(batchId: string, format: ExportFormat): Promise<Export | undefined> {
    const exports = await this.exports.ofSubject({ draft_batch_id: batchId });
    const found = exports.find((each) => each.format === format);
    return found !== undefined && (await this.exports.isWhole(found)) ? found : undefined;
  }
}
