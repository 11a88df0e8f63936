import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, etagOf, IfMatch, Route, type Caller } from '../../../core/http/index.js';
import {
  botDto,
  BotDto,
  BotListDto,
  botMetricsDto,
  BotMetricsDto,
  BotParams,
  botPath,
  BotsQueryDto,
  CreateBotDto,
  UpdateBotDto,
  updateRequest,
} from './bot.dto.js';
import { botHistoryDto, BotHistoryDto, BotHistoryQueryDto } from './bot-history.dto.js';
import type { SeenBot } from './bots.repository.js';
import { BotsService, type BotAct } from './bots.service.js';

const EXAMPLE = {
  id: 'analytics-bot-v1',
  name: 'Analytics Bot',
  description: 'Data analysis and reporting',
  blueprint: 'bots/analytics_bot.py',
  role: 'analyzer',
};

@Controller('bots')
@Route.group('bots')
export class BotsController {
  constructor(private readonly service: BotsService) {}

  @Get()
  @Route({
    summary: 'Bots, the newest first unless another order is asked for.',
    permission: 'bots:read',
    query: BotsQueryDto,
    answers: { 200: BotListDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: BotsQueryDto): Promise<BotListDto> {
    const { rows, next } = await this.service.list(filter, { sort, limit, cursor });
    return { synthetic: true, bots: rows.map(botDto), next_cursor: next };
  }

  @Post()
  @Route({
    summary: 'Registers a bot, which does nothing until it is started.',
    description: 'Its blueprint is pinned as it is now: another content of it is not started.',
    permission: 'bots:write',
    body: CreateBotDto,
    bodyExample: EXAMPLE,
    answers: { 201: BotDto },
  })
  async create(
    @Body() { id, ...body }: CreateBotDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BotDto> {
    const made = await this.service.create(id, { ...body, paused: false }, caller);
    void reply.header('Location', botPath(id));
    return tagged(made, reply);
  }

  @Get(':id')
  @Route({
    summary: 'A bot: what is wanted of it, and what is seen of it.',
    permission: 'bots:read',
    params: BotParams,
    answers: { 200: BotDto },
  })
  async get(@Param() { id }: BotParams, @Res({ passthrough: true }) reply: FastifyReply): Promise<BotDto> {
    return tagged(await this.service.get(id), reply);
  }

  @Patch(':id')
  @Route({
    summary: 'Changes a bot.',
    description: 'Another configuration or blueprint takes a new process, which replaces one that runs.',
    permission: 'bots:write',
    params: BotParams,
    body: UpdateBotDto,
    ifMatch: true,
    answers: { 200: BotDto },
  })
  async update(
    @Param() { id }: BotParams,
    @Body() body: UpdateBotDto,
    @IfMatch() ifMatch: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BotDto> {
    return tagged(await this.service.update(id, updateRequest(body), ifMatch, caller), reply);
  }

  @Delete(':id')
  @Route({
    summary: 'Deletes a bot that is stopped, with its logs and its history.',
    permission: 'bots:write',
    params: BotParams,
    answers: { 204: null },
  })
  async delete(@Param() { id }: BotParams, @CurrentCaller() caller: Caller): Promise<void> {
    await this.service.delete(id, caller.username);
  }

  @Post(':id/start')
  @Route({
    summary: 'Wants a bot to run.',
    description:
      'One that waits, has failed or is quarantined is started at once; of one with replicas, those alone of which that is true.',
    permission: 'bots:run',
    params: BotParams,
    answers: { 200: BotDto },
  })
  start(
    @Param() { id }: BotParams,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BotDto> {
    return this.act(id, 'start', caller, reply);
  }

  @Post(':id/stop')
  @Route({
    summary: 'Wants a bot to be stopped.',
    description: 'It is asked to end, and killed with all its processes when it takes too long.',
    permission: 'bots:run',
    params: BotParams,
    answers: { 200: BotDto },
  })
  stop(
    @Param() { id }: BotParams,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BotDto> {
    return this.act(id, 'stop', caller, reply);
  }

  @Post(':id/restart')
  @Route({
    summary: 'Wants a bot to run in a new process.',
    permission: 'bots:run',
    params: BotParams,
    answers: { 200: BotDto },
  })
  restart(
    @Param() { id }: BotParams,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BotDto> {
    return this.act(id, 'restart', caller, reply);
  }

  @Get(':id/metrics')
  @Route({
    summary: 'How a bot does.',
    permission: 'bots:read',
    params: BotParams,
    answers: { 200: BotMetricsDto },
  })
  async metrics(@Param() { id }: BotParams): Promise<BotMetricsDto> {
    return botMetricsDto(await this.service.get(id));
  }

  @Get(':id/history')
  @Route({
    summary: 'How a bot came to where it is, the newest first.',
    permission: 'bots:read',
    params: BotParams,
    query: BotHistoryQueryDto,
    answers: { 200: BotHistoryDto },
  })
  async history(@Param() { id }: BotParams, @Query() { limit }: BotHistoryQueryDto): Promise<BotHistoryDto> {
    return botHistoryDto(id, await this.service.history(id, limit));
  }

  private async act(id: string, act: BotAct, caller: Caller, reply: FastifyReply): Promise<BotDto> {
    return tagged(await this.service.act(id, act, caller.username), reply);
  }
}

function tagged(seen: SeenBot, reply: FastifyReply): BotDto {
  void reply.header('ETag', etagOf(seen.bot.version));
  return botDto(seen);
}
