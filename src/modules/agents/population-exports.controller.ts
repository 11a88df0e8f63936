import { Body, Controller, Get, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentCaller, file, Route, sendDownload, type Caller } from '../../core/http/index.js';
import { answerExport, ExportAnswer, ExportsService, manifestText } from '../exports/index.js';
import { AgentsService } from './agents.service.js';
import { ExportParams, PopulationParams } from './dto/population.dto.js';
import { RequestPopulationExport } from './dto/request-export.dto.js';
import { POPULATION_MEDIA_TYPES } from './population.export.js';

const FILES = file(...Object.values(POPULATION_MEDIA_TYPES));

@Controller('populations/:id/exports')
@Route.group('agents')
export class PopulationExportsController {
  constructor(
    private readonly service: AgentsService,
    private readonly exports: ExportsService,
  ) {}

  @Post()
  @Route({
    summary: 'Accepts a job that exports a population.',
    description: 'Where the export is there already, the answer is 200 with it.',
    permission: 'populations:create',
    params: PopulationParams,
    body: RequestPopulationExport,
    answers: { 200: ExportAnswer, 202: ExportAnswer },
  })
  async create(
    @Param() { id }: PopulationParams,
    @Body() { format }: RequestPopulationExport,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ExportAnswer> {
    const requester = { id: caller.id, name: caller.username };
    return answerExport(await this.service.requestExport(id, format, requester), reply);
  }

  @Get(':format')
  @Route({
    summary: 'The file of a finished export.',
    description: 'Takes `Range`, and answers 304 to an `If-None-Match` that names its SHA-256.',
    permission: 'populations:read',
    params: ExportParams,
    answers: { 200: FILES, 206: FILES, 304: null },
  })
  async exported(
    @Param() { id, format }: ExportParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return sendDownload(this.exports.download(await this.service.export(id, format)), request, reply);
  }

  @Get(':format/manifest')
  @Route({
    summary: 'Where an export comes from: specification, seed, size and SHA-256.',
    permission: 'populations:read',
    params: ExportParams,
    answers: { 200: file('application/json; charset=utf-8') },
  })
  async manifest(@Param() { id, format }: ExportParams): Promise<StreamableFile> {
    const { manifest } = await this.service.export(id, format);
    return new StreamableFile(Buffer.from(manifestText(manifest)), {
      type: 'application/json; charset=utf-8',
    });
  }
}
