import { Controller, Get, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { file, IdParams, Route, sendDownload } from '../../core/http/index.js';
import { runDto, RunDto, RunMetricsDto, RunsPageDto, RunsQueryDto, runTickDto } from './dto/run.dto.js';
import { REPORT_HTML } from './run-files.js';
import { RunsService } from './runs.service.js';

const FileParams = IdParams.extend({
  name: z
    .string()
    .max(100)
    .meta({ examples: ['events.parquet'] }),
});
type FileParams = z.infer<typeof FileParams>;

const REPORT = file('text/html');
const FILES = file('application/x-ndjson', 'application/vnd.apache.parquet', 'application/json', 'text/html');

@Controller('runs')
@Route.group('simulations')
export class RunsController {
  constructor(private readonly service: RunsService) {}

  @Get()
  @Route({
    summary: 'Runs, the newest first; their files are told by the single run.',
    permission: 'simulations:read',
    query: RunsQueryDto,
    answers: { 200: RunsPageDto },
  })
  async list(@Query() { scenario, cursor, limit }: RunsQueryDto): Promise<RunsPageDto> {
    const { runs, next } = await this.service.list(scenario, cursor, limit);
    return { synthetic: true, runs: runs.map((run) => runDto(run, [])), next_cursor: next };
  }

  @Get(':id')
  @Route({
    summary: 'A run: its status, and when it is completed its totals and files.',
    permission: 'simulations:read',
    params: IdParams,
    answers: { 200: RunDto },
  })
  async get(@Param() { id }: IdParams): Promise<RunDto> {
    const run = await this.service.get(id);
    return runDto(run, await this.service.files(run));
  }

  @Get(':id/metrics')
  @Route({
    summary: 'What happened in each tick of a completed run.',
    permission: 'simulations:read',
    params: IdParams,
    answers: { 200: RunMetricsDto },
  })
  async metrics(@Param() { id }: IdParams): Promise<RunMetricsDto> {
    const { run, ticks } = await this.service.ticks(id);
    return {
      synthetic: true,
      run_id: run.id,
      tick_minutes: run.definition.tick_minutes,
      ticks: ticks.map((tick) => runTickDto(tick)),
    };
  }

  @Get(':id/report')
  @Route({
    summary: 'The report of a completed run: one page of HTML that needs nothing else.',
    permission: 'simulations:read',
    params: IdParams,
    answers: { 200: REPORT, 206: REPORT, 304: null },
  })
  async report(
    @Param() { id }: IdParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return sendDownload(await this.service.download(id, REPORT_HTML, 'inline'), request, reply);
  }

  @Get(':id/files/:name')
  @Route({
    summary: 'A file of a completed run: `events.jsonl`, `events.parquet`, `report.json` or `report.html`.',
    description: 'Takes `Range`, and answers 304 to an `If-None-Match` that names its SHA-256.',
    permission: 'simulations:read',
    params: FileParams,
    answers: { 200: FILES, 206: FILES, 304: null },
  })
  async file(
    @Param() { id, name }: FileParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return sendDownload(await this.service.download(id, name, 'attachment'), request, reply);
  }
}
