import { Controller, Delete, Get, Param, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentCaller, file, IdParams, Route, sendDownload, type Caller } from '../../core/http/index.js';
import { RunComparison } from './comparison/run.comparison.js';
import { RunsPageDto, RunsQueryDto } from './dto/list-runs.dto.js';
import { runDifferenceDto, RunDifferenceDto, RunPairParams } from './dto/run-difference.dto.js';
import { runDto, RunDto, runSummaryDto } from './dto/run.dto.js';
import { RunMetricsDto, runTickDto } from './dto/run-metrics.dto.js';
import { RunRemoval } from './run.removal.js';
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
  constructor(
    private readonly service: RunsService,
    private readonly removal: RunRemoval,
    private readonly comparison: RunComparison,
  ) {}

  @Get()
  @Route({
    summary:
      'Runs, the newest first unless another order is asked for; their files are told by the single run.',
    permission: 'simulations:read',
    query: RunsQueryDto,
    answers: { 200: RunsPageDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: RunsQueryDto): Promise<RunsPageDto> {
    const { rows, next } = await this.service.list(filter, { sort, limit, cursor });
    return { synthetic: true, runs: rows.map((run) => runSummaryDto(run)), next_cursor: next };
  }

  @Delete(':id')
  @Route({
    summary: 'Deletes a finished run with its files.',
    permission: 'simulations:delete',
    params: IdParams,
    answers: { 204: null },
  })
  async delete(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<void> {
    await this.removal.delete(id, caller.username);
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

  @Get(':id/diff/:other')
  @Route({
    summary: 'The first tick in which two completed runs are not the same, and what is not the same in it.',
    permission: 'simulations:read',
    params: RunPairParams,
    answers: { 200: RunDifferenceDto },
  })
  async diff(@Param() { id, other }: RunPairParams): Promise<RunDifferenceDto> {
    return runDifferenceDto(await this.comparison.compare(id, other));
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
    summary: 'A file of a completed run: events.jsonl, events.parquet, report.json or report.html.',
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
