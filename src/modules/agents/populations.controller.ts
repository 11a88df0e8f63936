import { Body, Controller, Delete, Get, Param, Patch, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { contentTag, CurrentCaller, IfMatch, Route, type Caller } from '../../core/http/index.js';
import { AgentsService } from './agents.service.js';
import {
  DeletePopulationQueryDto,
  populationDto,
  PopulationDto,
  PopulationListDto,
  PopulationParams,
  PopulationsQueryDto,
  populationSummaryDto,
  UpdatePopulationDto,
} from './dto/population.dto.js';
import { PopulationRemoval } from './population.removal.js';
import { PopulationsService } from './populations.service.js';

@Controller('populations')
@Route.group('agents')
export class PopulationsController {
  constructor(
    private readonly service: PopulationsService,
    private readonly agents: AgentsService,
    private readonly removal: PopulationRemoval,
  ) {}

  @Get()
  @Route({
    summary: 'Populations, the newest first unless another order is asked for.',
    permission: 'populations:read',
    query: PopulationsQueryDto,
    answers: { 200: PopulationListDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: PopulationsQueryDto): Promise<PopulationListDto> {
    const { rows, next } = await this.service.list(filter, { sort, limit, cursor });
    return { synthetic: true, populations: rows.map(populationSummaryDto), next_cursor: next };
  }

  @Get(':id')
  @Route({
    summary: 'A population that was persisted or exported.',
    permission: 'populations:read',
    params: PopulationParams,
    answers: { 200: PopulationDto },
  })
  async get(
    @Param() { id }: PopulationParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PopulationDto> {
    const population = await this.agents.population(id);
    const answer = populationDto(population, await this.agents.exportsOf(population));
    void reply.header('ETag', contentTag(answer));
    return answer;
  }

  @Patch(':id')
  @Route({
    summary: 'Names, annotates or tags a population.',
    description: 'What it is made from and its agents never change.',
    permission: 'populations:update',
    params: PopulationParams,
    body: UpdatePopulationDto,
    ifMatch: true,
    answers: { 200: PopulationDto },
  })
  async update(
    @Param() { id }: PopulationParams,
    @Body() body: UpdatePopulationDto,
    @IfMatch() ifMatch: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PopulationDto> {
    const answer = await this.service.update(id, body, ifMatch, caller.username);
    void reply.header('ETag', contentTag(answer));
    return answer;
  }

  @Delete(':id')
  @Route({
    summary: 'Deletes a population with its agents and exports.',
    description:
      'Refused with 409 while drafts, runs or unfinished jobs need it; with `cascade` its drafts and runs go as well.',
    permission: 'populations:delete',
    params: PopulationParams,
    query: DeletePopulationQueryDto,
    answers: { 204: null },
  })
  async delete(
    @Param() { id }: PopulationParams,
    @Query() { cascade }: DeletePopulationQueryDto,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    await this.removal.delete(id, cascade, caller.username);
  }
}
