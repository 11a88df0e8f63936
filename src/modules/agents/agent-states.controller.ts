import { Body, Controller, Get, Param, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, etagOf, IdParams, IfMatch, Route, type Caller } from '../../core/http/index.js';
import { AgentStatesService } from './agent-states.service.js';
import {
  agentStateDto,
  AgentStateDto,
  AgentStateHistoryDto,
  AgentStateHistoryQuery,
  AgentStateParams,
  agentStateVersionDto,
  cursorBefore,
  versionOf,
  WriteAgentStateDto,
} from './dto/agent-state.dto.js';

@Controller('agents/:id/state')
@Route.group('agents')
export class AgentStatesController {
  constructor(private readonly service: AgentStatesService) {}

  @Get()
  @Route({
    summary: 'The state of an agent now.',
    description: 'Before the first one is written, it is an empty object of version 0.',
    permission: 'populations:read',
    params: IdParams,
    answers: { 200: AgentStateDto },
  })
  async current(
    @Param() { id }: IdParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgentStateDto> {
    const current = await this.service.current(id);
    void reply.header('ETag', etagOf(current.version));
    return agentStateDto(current);
  }

  @Put()
  @Route({
    summary: 'Writes a new state of an agent; what it was before stays in its history.',
    permission: 'agents:update',
    params: IdParams,
    body: WriteAgentStateDto,
    ifMatch: true,
    answers: { 200: AgentStateDto },
  })
  async write(
    @Param() { id }: IdParams,
    @Body() { state }: WriteAgentStateDto,
    @IfMatch() ifMatch: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AgentStateDto> {
    const written = await this.service.write(id, state, ifMatch, caller.username);
    void reply.header('ETag', etagOf(written.version));
    return agentStateDto(written);
  }

  @Get('history')
  @Route({
    summary: 'The versions of an agent’s state, the newest first.',
    permission: 'populations:read',
    params: IdParams,
    query: AgentStateHistoryQuery,
    answers: { 200: AgentStateHistoryDto },
  })
  async history(
    @Param() { id }: IdParams,
    @Query() { cursor, limit }: AgentStateHistoryQuery,
  ): Promise<AgentStateHistoryDto> {
    const versions = await this.service.history(id, versionOf(cursor), limit + 1);
    const shown = versions.slice(0, limit);
    const last = shown.at(-1);
    const more = last !== undefined && versions.length > limit;
    return {
      synthetic: true,
      versions: shown.map(agentStateVersionDto),
      next_cursor: more ? cursorBefore(last.version) : null,
    };
  }

  @Get(':version')
  @Route({
    summary: 'The state of an agent in one version.',
    permission: 'populations:read',
    params: AgentStateParams,
    answers: { 200: AgentStateDto },
  })
  async version(@Param() { id, version }: AgentStateParams): Promise<AgentStateDto> {
    return agentStateDto(await this.service.version(id, version));
  }
}
