import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, IdParams, Route, type Caller } from '../../core/http/index.js';
import { RequestExport } from '../agents/index.js';
import { answerExport, ExportAnswer } from '../exports/index.js';
import { DraftExportsService } from './draft-exports.service.js';

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
    body: RequestExport,
    answers: { 200: ExportAnswer, 202: ExportAnswer },
  })
  async create(
    @Param() { id }: IdParams,
    @Body() { format }: RequestExport,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExportAnswer> {
    const requester = { id: caller.id, name: caller.username };
    return answerExport(await this.service.request(id, format, requester), reply);
  }
}
