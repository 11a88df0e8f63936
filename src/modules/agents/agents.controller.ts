import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, IdParams, Route, type Caller } from '../../core/http/index.js';
import { jobPath } from '../jobs/index.js';
import { profileOf } from './agent.entity.js';
import { InvalidSpecification } from './agents.errors.js';
import { AgentsService } from './agents.service.js';
import {
  AgentDto,
  AgentListDto,
  AgentsQueryDto,
  PopulationAgentsDto,
  PopulationAgentsQueryDto,
} from './dto/agent.dto.js';
import { ExportQueryDto, PopulateDto, ProvisionDto } from './dto/populate.dto.js';
import { populateAnswerDto, PopulateAnswerDto, PopulationParams } from './dto/population.dto.js';

const SPECIFICATION = {
  gender: 'female',
  count: 1000,
  country: 'MX',
  city: 'Mexico City',
  age_range: [18, 25],
  interests: ['street art', 'urban culture'],
  seed: '20241005',
};

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
    bodyExample: { ...SPECIFICATION, preview: 10 },
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

  @Post('agents/provision')
  @Route({
    summary: 'Provisions agents: makes a population and stores it.',
    description:
      'As `POST /populate` with `persist`. A population follows from its specification and its seed, so agents are ' +
      'never added to one that is there; the same specification and seed again give the same agents, once.',
    permission: 'populations:create',
    body: ProvisionDto,
    bodyExample: SPECIFICATION,
    answers: { 202: PopulateAnswerDto },
  })
  async provision(
    @Body() body: ProvisionDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PopulateAnswerDto> {
    const requester = { id: caller.id, name: caller.username };
    const answer = await this.service.populate({ ...body, persist: true }, requester);
    if (answer.job) void reply.header('Location', jobPath(answer.job.id));
    return populateAnswerDto(answer);
  }

  @Get('agents')
  @Route({
    summary: 'Persisted agents of all populations.',
    permission: 'populations:read',
    query: AgentsQueryDto,
    answers: { 200: AgentListDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: AgentsQueryDto): Promise<AgentListDto> {
    const { rows, next } = await this.service.list(filter, { sort, limit, cursor });
    const agents = rows.map((agent) => ({ ...profileOf(agent), population_id: agent.population_id }));
    return { synthetic: true, agents, next_cursor: next };
  }

  @Get('populations/:id/agents')
  @Route({
    summary: 'The agents of a persisted population, in their order unless another is asked for.',
    permission: 'populations:read',
    params: PopulationParams,
    query: PopulationAgentsQueryDto,
    answers: { 200: PopulationAgentsDto },
  })
  async ofPopulation(
    @Param() { id }: PopulationParams,
    @Query() { sort, limit, cursor, ...filter }: PopulationAgentsQueryDto,
  ): Promise<PopulationAgentsDto> {
    const { population, rows, next } = await this.service.listOf(id, filter, { sort, limit, cursor });
    const agents = rows.map(profileOf);
    return { synthetic: true, population_id: population.id, agents, next_cursor: next };
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
