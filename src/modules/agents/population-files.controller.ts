import { Body, Controller, Get, Param, Post, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CurrentCaller,
  downloadOf,
  file,
  preferred,
  Route,
  sendDownload,
  YAML_TYPES,
  type Caller,
} from '../../core/http/index.js';
import { jobPath } from '../jobs/index.js';
import {
  CheckedPopulationFile,
  CheckPopulationFile,
  CreatePopulation,
  POPULATION_EXAMPLE,
} from './dto/population-file.dto.js';
import { populateAnswerDto, PopulateAnswerDto, PopulationParams } from './dto/population.dto.js';
import { PopulationAuditsService } from './population-audits.service.js';
import { PopulationFilesService } from './population-files.service.js';

const TYPES = ['application/json', 'text/html'] as const;
const AUDIT = file(...TYPES);

@Controller('populations')
@Route.group('agents')
export class PopulationFilesController {
  constructor(
    private readonly files: PopulationFilesService,
    private readonly audits: PopulationAuditsService,
  ) {}

  @Post()
  @Route({
    summary: 'Makes a population of a population file: distributions, tables, a sample.',
    description:
      'With `preview`, the first agents come back; with `persist` or `export`, the answer is 202 with the job that ' +
      'stores or exports them all; without any, all agents come back, up to the limit.',
    permission: 'populations:create',
    body: CreatePopulation,
    bodyExample: { content: POPULATION_EXAMPLE, seed: '20241005', preview: 10 },
    bodyTypes: YAML_TYPES,
    answers: { 200: PopulateAnswerDto, 202: PopulateAnswerDto },
  })
  async create(
    @Body() { content, document, sample, ...wishes }: CreatePopulation,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PopulateAnswerDto> {
    const requester = { id: caller.id, name: caller.username };
    const answer = await this.files.populate({ content, document, sample }, wishes, requester);
    if (answer.job) void reply.status(202).header('Location', jobPath(answer.job.id));
    return populateAnswerDto(answer);
  }

  @Post('check')
  @Route({
    summary: 'Says what is wrong with a population file, or what it gives; nothing is kept.',
    permission: 'populations:read',
    body: CheckPopulationFile,
    bodyTypes: YAML_TYPES,
    answers: { 200: CheckedPopulationFile },
  })
  async check(@Body() body: CheckPopulationFile): Promise<CheckedPopulationFile> {
    const { id, version, sha256, normal } = await this.files.check(body);
    return { synthetic: true, name: id, version, sha256, specification: normal };
  }

  @Get(':id/audit')
  @Route({
    summary:
      'Every margin and association, asked for and reached, with diversity and coherence, as data or as a page, whichever the Accept header wants more.',
    description: 'All agents are made again and counted, which takes a second for each 20,000 of them.',
    permission: 'populations:read',
    params: PopulationParams,
    answers: { 200: AUDIT, 206: AUDIT, 304: null },
  })
  async audit(
    @Param() { id }: PopulationParams,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const type = preferred(request.headers.accept, TYPES);
    const audit = await this.audits.audit(id);
    const page = type === 'text/html';
    const bytes = Buffer.from(page ? this.audits.page(audit) : `${JSON.stringify(audit)}\n`);
    void reply.header('Vary', 'Accept');
    const name = `audit-${audit.population_id}.${page ? 'html' : 'json'}`;
    return sendDownload(downloadOf(bytes, name, `${type}; charset=utf-8`), request, reply);
  }
}
