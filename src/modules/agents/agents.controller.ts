import { Body, Controller, Get, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentCaller, file, IdParams, Route, sendDownload, type Caller } from '../../core/http/index.js';
import { ExportsService, manifestText } from '../exports/index.js';
import { jobPath } from '../jobs/index.js';
import { profileOf } from './agent.entity.js';
import { InvalidSpecification } from './agents.errors.js';
import { AgentsService } from './agents.service.js';
import { cursorAfter, positionOf } from './dto/agents-page.dto.js';
import { ExportQueryDto, PopulateDto } from './dto/populate.dto.js';
import {
  AgentDto,
  AgentsPageDto,
  AgentsQueryDto,
  ExportParams,
  populateAnswerDto,
  PopulateAnswerDto,
  populationDto,
  PopulationDto,
  PopulationParams,
} from './dto/population.dto.js';
import { EXPORT_MEDIA_TYPES } from './population.export.js';

const FILES = file(...Object.values(EXPORT_MEDIA_TYPES));

@Controller()
@Route.group('agents')
export class AgentsController {
  constructor(
    private readonly service: AgentsService,
    private readonly exports: ExportsService,
  ) {}

  @Post('populate')
  @Route({
    summary: 'Makes a population of synthetic agents.',
    description:
      'With `preview`, the first agents come back; with `persist` or `export`, the answer is 202 with the job that ' +
      'stores or exports them all; without any, all agents come back, up to the limit.',
    permission: 'populations:create',
    query: ExportQueryDto,
    body: PopulateDto,
    answers: { 200: PopulateAnswerDto, 202: PopulateAnswerDto },
  })
  async populate(
    @Body() body: PopulateDto,
    @Query() query: ExportQueryDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PopulateAnswerDto> {
    if ((query.export ?? body.export) !== (body.export ?? query.export)) {
      throw new InvalidSpecification([
        { field: 'export', message: 'differs between the query and the body' },
      ]);
    }
    const request = { ...body, export: query.export ?? body.export };
    const answer = await this.service.populate(request, { id: caller.id, name: caller.username });
    if (answer.job) void reply.status(202).header('Location', jobPath(answer.job.id));
    return populateAnswerDto(answer);
  }

  @Get('populations/:id')
  @Route({
    summary: 'A population that was persisted or exported, by its id or the digest of its specification.',
    permission: 'populations:read',
    params: PopulationParams,
    answers: { 200: PopulationDto },
  })
  async population(@Param() { id }: PopulationParams): Promise<PopulationDto> {
    const population = await this.service.population(id);
    return populationDto(population, await this.service.exportsOf(population));
  }

  @Get('populations/:id/agents')
  @Route({
    summary: 'The agents of a persisted population, in their order.',
    permission: 'populations:read',
    params: PopulationParams,
    query: AgentsQueryDto,
    answers: { 200: AgentsPageDto },
  })
  async agents(
    @Param() { id }: PopulationParams,
    @Query() { limit, cursor }: AgentsQueryDto,
  ): Promise<AgentsPageDto> {
    const { population, agents } = await this.service.agents(id, positionOf(cursor), limit);
    const last = agents.at(-1)?.position;
    const more = last !== undefined && last < population.count - 1;
    return {
      synthetic: true,
      population_id: population.id,
      agents: agents.map(profileOf),
      next_cursor: more ? cursorAfter(last) : null,
    };
  }

  @Get('populations/:id/exports/:format')
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

  @Get('populations/:id/exports/:format/manifest')
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

  @Get('agents/:id')
  @Route({
    summary: 'One persisted agent.',
    permission: 'populations:read',
    params: IdParams,
    answers: { 200: AgentDto },
  })
  async agent(@Param() { id }: IdParams): Promise<AgentDto> {
    const { population_id, profile } = await this.service.agent(id);
    return { synthetic: true, population_id, agent: profile };
  }
}
