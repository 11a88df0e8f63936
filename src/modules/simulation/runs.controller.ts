import { createReadStream } from 'node:fs';
import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequirePermission, UuidPipe } from '../../core/http/index.js';
import { RunDto, RunMetricsDto, RunsPageDto, RunsQueryDto, RunTickDto } from './dto/run.dto.js';
import { REPORT_HTML } from './run-files.js';
import { RunsService } from './runs.service.js';

const PAGE = 20;

@ApiTags('simulations')
@Controller('runs')
export class RunsController {
  constructor(private readonly service: RunsService) {}

  /** Runs, the newest first. */
  @Get()
  @RequirePermission('simulations:read')
  async list(@Query() { scenario, cursor, limit = PAGE }: RunsQueryDto): Promise<RunsPageDto> {
    const { runs, next } = await this.service.list(scenario, cursor, limit);
    return { synthetic: true, runs: runs.map((run) => RunDto.of(run, [])), next_cursor: next };
  }

  /** A run: its status, and when it is completed its totals and files. */
  @Get(':id')
  @RequirePermission('simulations:read')
  async get(@Param('id', UuidPipe) id: string): Promise<RunDto> {
    const run = await this.service.get(id);
    return RunDto.of(run, await this.service.files(run));
  }

  /** What happened in each tick of a completed run. */
  @Get(':id/metrics')
  @RequirePermission('simulations:read')
  async metrics(@Param('id', UuidPipe) id: string): Promise<RunMetricsDto> {
    const { run, ticks } = await this.service.ticks(id);
    return {
      synthetic: true,
      run_id: run.id,
      tick_minutes: run.definition.tick_minutes,
      ticks: ticks.map((tick) => RunTickDto.of(tick)),
    };
  }

  /** The report of a completed run: one page of HTML that needs nothing else. */
  @Get(':id/report')
  @ApiProduces('text/html')
  @RequirePermission('simulations:read')
  report(
    @Param('id', UuidPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.send(id, REPORT_HTML, 'inline', reply);
  }

  /** A file of a completed run: `events.jsonl`, `events.parquet`, `report.json` or `report.html`. */
  @Get(':id/files/:name')
  @ApiProduces('application/x-ndjson', 'application/vnd.apache.parquet', 'application/json', 'text/html')
  @RequirePermission('simulations:read')
  file(
    @Param('id', UuidPipe) id: string,
    @Param('name') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    return this.send(id, name, 'attachment', reply);
  }

  private async send(
    id: string,
    name: string,
    disposition: 'inline' | 'attachment',
    reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { file, path } = await this.service.file(id, name);
    void reply
      .header('X-Synthetic', 'true')
      .header('ETag', `"${file.sha256}"`)
      .header('X-Content-Type-Options', 'nosniff')
      .header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    return new StreamableFile(createReadStream(path), {
      type: file.media_type,
      length: Number(file.bytes),
      disposition: `${disposition}; filename="run-${id}-${file.name}"`,
    });
  }
}
