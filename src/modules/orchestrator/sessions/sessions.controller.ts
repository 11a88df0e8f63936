import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentCaller, IdParams, Route, type Caller } from '../../../core/http/index.js';
import { SessionPlanDto, sessionPlanDto, sessionPlanPath } from './session-plan.dto.js';
import { SessionPlansService } from './session-plans.service.js';
import {
  AgentSessionDto,
  agentSessionDto,
  AgentSessionListDto,
  AgentSessionsQueryDto,
  PlanSessionsDto,
  sessionRequest,
  sessionSummaryDto,
} from './session.dto.js';
import { SessionsService } from './sessions.service.js';

@Controller('agent-sessions')
@Route.group('workflows')
export class AgentSessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly plans: SessionPlansService,
  ) {}

  @Get()
  @Route({
    summary: 'Sessions of agents, the latest first unless another order is asked for.',
    permission: 'workflows:read',
    query: AgentSessionsQueryDto,
    answers: { 200: AgentSessionListDto },
  })
  async list(
    @Query() { sort, limit, cursor, ...filter }: AgentSessionsQueryDto,
  ): Promise<AgentSessionListDto> {
    const { rows, next } = await this.sessions.list(filter, { sort, limit, cursor });
    return { synthetic: true, sessions: rows.map(sessionSummaryDto), next_cursor: next };
  }

  @Post()
  @Route({
    summary: 'Plans when agents are on line on the sandbox network, and lets them be.',
    description:
      'By their cadence, time zones, quiet hours and rhythm. It needs `drafts:create` and `networks:post` as well. In a session an ' +
      'agent reads its timeline and reacts: likes, boosts, replies, follows, within its quotas and through the guard.',
    permission: 'workflows:run',
    body: PlanSessionsDto,
    bodyExample: { population: 'people', seed: '20241005', speed: 1440 },
    answers: { 202: SessionPlanDto },
  })
  async plan(
    @Body() body: PlanSessionsDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionPlanDto> {
    const plan = await this.plans.plan(sessionRequest(body), caller);
    void reply.header('Location', sessionPlanPath(plan.id));
    return sessionPlanDto(plan);
  }

  @Get(':id')
  @Route({
    summary: 'A session, with what the agent saw and did.',
    permission: 'workflows:read',
    params: IdParams,
    answers: { 200: AgentSessionDto },
  })
  async get(@Param() { id }: IdParams): Promise<AgentSessionDto> {
    return agentSessionDto(await this.sessions.get(id));
  }

  @Post(':id/cancel')
  @Route({
    summary: 'Skips a session that has not begun, or ends one that is open.',
    description: 'It needs `drafts:create` and `networks:post` as well. What was done in it stays.',
    permission: 'workflows:run',
    params: IdParams,
    answers: { 200: AgentSessionDto },
  })
  async cancel(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<AgentSessionDto> {
    return agentSessionDto(await this.sessions.cancel(id, caller));
  }
}
