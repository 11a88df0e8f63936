import { Controller, Get, Param, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { file, preferred, Route, sendDownload, uuid } from '../../core/http/index.js';
import { ReportListDto, ReportsQueryDto, reportSummaryDto } from './dto/list-runs.dto.js';
import { REPORT_HTML, REPORT_JSON } from './run-files.js';
import { RunsService } from './runs.service.js';

const ReportParams = z.strictObject({ run_id: uuid });
type ReportParams = z.infer<typeof ReportParams>;

const FILES = { 'application/json': REPORT_JSON, 'text/html': REPORT_HTML } as const;
const TYPES = ['application/json', 'text/html'] as const;
const REPORT = file(...TYPES);

@Controller('reports')
@Route.group('simulations')
export class ReportsController {
  constructor(private readonly service: RunsService) {}

  @Get()
  @Route({
    summary:
      'Reports of completed runs with their totals, the newest first unless another order is asked for.',
    permission: 'simulations:read',
    query: ReportsQueryDto,
    answers: { 200: ReportListDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: ReportsQueryDto): Promise<ReportListDto> {
    const { rows, next } = await this.service.reports(filter, { sort, limit, cursor });
    return { synthetic: true, reports: rows.map(reportSummaryDto), next_cursor: next };
  }

  @Get(':run_id')
  @Route({
    summary: 'The report of a completed run, as data or as a page, whichever the Accept header wants more.',
    permission: 'simulations:read',
    params: ReportParams,
    answers: { 200: REPORT, 206: REPORT, 304: null },
  })
  async get(
    @Param() { run_id: id }: ReportParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const name = FILES[preferred(request.headers.accept, TYPES)];
    void reply.header('Vary', 'Accept');
    return sendDownload(await this.service.download(id, name, 'inline'), request, reply);
  }
}
