import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  CurrentCaller,
  IdParams,
  links,
  Route,
  synthetic,
  uuid,
  wire,
  type Caller,
} from '../../core/http/index.js';
import { EXPORT_FORMATS } from '../agents/index.js';
import { exportPath } from '../exports/index.js';
import { jobPath } from '../jobs/index.js';
import { DraftExportsService } from './draft-exports.service.js';

const ExportDrafts = wire(
  'ExportDrafts',
  z
    .strictObject({ format: z.enum(EXPORT_FORMATS).meta({ examples: ['jsonl'] }) })
    .describe('How the drafts of a batch are to be exported.'),
);
type ExportDrafts = z.infer<typeof ExportDrafts>;

const DraftExportAnswer = wire(
  'DraftExportAnswer',
  z
    .strictObject({
      synthetic,
      draft_batch_id: uuid,
      format: z.enum(EXPORT_FORMATS),
      export_id: uuid.nullable().meta({ description: 'Null until the job is completed.' }),
      job_id: uuid.nullable().meta({ description: 'Null where the export was there already.' }),
      links,
    })
    .describe('The export of a batch of drafts, or the job that makes it.'),
);
type DraftExportAnswer = z.infer<typeof DraftExportAnswer>;

@Controller('content/batches')
@Route.group('content')
export class DraftExportsController {
  constructor(private readonly service: DraftExportsService) {}

  @Post(':id/exports')
  @Route({
    summary: 'Accepts a job that exports the drafts of a batch with their scores and decisions.',
    description: 'Where the export is there already, the answer is 200 with it.',
    permission: 'drafts:read',
    params: IdParams,
    body: ExportDrafts,
    answers: { 200: DraftExportAnswer, 202: DraftExportAnswer },
  })
  async create(
    @Param() { id }: IdParams,
    @Body() { format }: ExportDrafts,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftExportAnswer> {
    const found = await this.service.request(id, format, { id: caller.id, name: caller.username });
    const answer = { synthetic: true, draft_batch_id: id, format } as const;
    if ('there' in found) {
      const path = exportPath(found.there.id);
      void reply.header('Location', path);
      return { ...answer, export_id: found.there.id, job_id: null, links: { export: path } };
    }
    const path = jobPath(found.job.id);
    void reply.status(202).header('Location', path);
    return {
      ...answer,
      export_id: null,
      job_id: found.job.id,
      links: { job: path, ...found.job.links },
    };
  }
}
