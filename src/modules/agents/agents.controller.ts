import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, IdParams, Route, type Caller } from '../../core/http/index.js';
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
  populateAnswerDto,
  PopulateAnswerDto,
  populationDto,
  PopulationDto,
  PopulationParams,
} from './dto/population.dto.js';

@Controller()
@Route.group('agents')
export class AgentsController {
  constructor(private readonly service: AgentsService) {}

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
