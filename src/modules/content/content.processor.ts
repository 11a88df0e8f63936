import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobContext } from '../jobs/index.js';
import { DraftBatchBuilder } from './draft-batch.builder.js';
import type { DraftBatchJob } from './draft-record.js';

/** The jobs of the queue content. */
@Injectable()
export class ContentProcessor {
  constructor(private readonly builder: DraftBatchBuilder) {}

  @HandlesJob('content.draft')
  draft(job: DraftBatchJob, context: JobContext): Promise<void> {
    return this.builder.build(job, context);
  }
}
