import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentCaller, IdParams, Route, type Caller } from '../../../core/http/index.js';
import {
  CountedSessionPlanDto,
  countedSessionPlanDto,
  SessionPlanDto,
  sessionPlanDto,
  SessionPlanListDto,
  SessionPlansQueryDto,
} from './session-plan.dto.js';
import { SessionPlansService } from './session-plans.service.js';

@Controller('session-plans')
@Route.group('workflows')
export class SessionPlansController {
  constructor(private readonly plans: SessionPlansService) {}

  @Get()
  @Route({
    summary: 'Plans of sessions, the newest first unless another order is asked for.',
    permission: 'workflows:read',
    query: SessionPlansQueryDto,
    answers: { 200: SessionPlanListDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: SessionPlansQueryDto): Promise<SessionPlanListDto> {
    const { rows, next } = await this.plans.list(filter, { sort, limit, cursor });
    return { synthetic: true, plans: rows.map(sessionPlanDto), next_cursor: next };
  }

  @Get(':id')
  @Route({
    summary: 'A plan of sessions, and how far it has come.',
    permission: 'workflows:read',
    params: IdParams,
    answers: { 200: CountedSessionPlanDto },
  })
  async get(@Param() { id }: IdParams): Promise<CountedSessionPlanDto> {
    const { plan, counts } = await this.plans.get(id);
    return countedSessionPlanDto(plan, counts);
  }

  @Post(':id/pause')
  @Route({
    summary: 'Holds a plan: no session begins, and open ones do nothing.',
    permission: 'workflows:run',
    params: IdParams,
    answers: { 200: SessionPlanDto },
  })
  async pause(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<SessionPlanDto> {
    return sessionPlanDto(await this.plans.act(id, 'pause', caller));
  }

  @Post(':id/resume')
  @Route({
    summary: 'Lets a paused plan go on; what is too late by now is skipped.',
    permission: 'workflows:run',
    params: IdParams,
    answers: { 200: SessionPlanDto },
  })
  async resume(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<SessionPlanDto> {
    return sessionPlanDto(await this.plans.act(id, 'resume', caller));
  }

  @Post(':id/cancel')
  @Route({
    summary: 'Ends a plan: what has not begun is skipped, and open sessions end.',
    permission: 'workflows:run',
    params: IdParams,
    answers: { 200: SessionPlanDto },
  })
  async cancel(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<SessionPlanDto> {
    return sessionPlanDto(await this.plans.act(id, 'cancel', caller));
  }
}
