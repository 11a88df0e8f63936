import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, etagOf, Route, type Caller } from '../../../core/http/index.js';
import { botDto, BotDto, BotParams } from './bot.dto.js';
import { BotsService } from './bots.service.js';
import {
  botInstancesDto,
  BotInstancesDto,
  botRevisionsDto,
  BotRevisionsDto,
  RollBackBotDto,
} from './replicas.dto.js';
import { BotRevisions } from './revisions.service.js';

@Controller('bots')
@Route.group('bots')
export class BotReplicasController {
  constructor(
    private readonly service: BotsService,
    private readonly revisions: BotRevisions,
  ) {}

  @Get(':id/instances')
  @Route({
    summary: 'The instances of a bot, one by one.',
    permission: 'bots:read',
    params: BotParams,
    answers: { 200: BotInstancesDto },
  })
  async instances(@Param() { id }: BotParams): Promise<BotInstancesDto> {
    return botInstancesDto(await this.service.get(id));
  }

  @Get(':id/revisions')
  @Route({
    summary: 'What a bot has run: its configurations and pinned blueprints, the newest first.',
    permission: 'bots:read',
    params: BotParams,
    answers: { 200: BotRevisionsDto },
  })
  async list(@Param() { id }: BotParams): Promise<BotRevisionsDto> {
    const { seen, revisions } = await this.revisions.list(id);
    return botRevisionsDto(seen, revisions);
  }

  @Post(':id/rollback')
  @Route({
    summary: 'Has a bot run an earlier revision again.',
    description: 'Its instances are replaced as after any other change; those that run that revision stay.',
    permission: 'bots:write',
    params: BotParams,
    body: RollBackBotDto,
    answers: { 200: BotDto },
  })
  async rollBack(
    @Param() { id }: BotParams,
    @Body() { revision }: RollBackBotDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BotDto> {
    const seen = await this.revisions.rollBack(id, revision ?? undefined, caller);
    void reply.header('ETag', etagOf(seen.bot.version));
    return botDto(seen);
  }
}
