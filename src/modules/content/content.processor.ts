import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobContext } from '../jobs/index.js';
import { DraftBatchBuilder } from './draft-batch.builder.js';
import { DraftExportBuilder } from './draft-export.builder.js';
import type { DraftExportJob } from './draft-exports.service.js';
import type { DraftBatchJob } from './draft-record.js';

/** The jobs of the queue content. */
@Injectable()
export class ContentProcessor {
  constructor(
    private readonly builder: DraftBatchBuilder,
    private readonly exports: DraftExportBuilder,
  ) {}

  @HandlesJob('content.draft')
  draft(job: DraftBatchJob, context: JobContext): Promise<void> {
    return this.builder.build(job, context);
  }
  @HandlesJob('content.export')
  export(job: DraftExportJob, context: JobContext): Promise<void> {
    return this.exports.build(job, context);
  }
}
