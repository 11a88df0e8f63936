import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { CurrentCaller, IdParams, Route, type Caller } from '../../../core/http/index.js';
import { sessionDto, SessionListDto, SessionsQueryDto } from '../dto/session.dto.js';
import { SessionsService } from './sessions.service.js';

/** Everybody's sessions, for those who administrate them. */
@Controller('sessions')
@Route.group('auth')
export class SessionsController {
  constructor(private readonly sessions: SessionsService) {}

  @Get()
  @Route({
    summary: 'Sessions of everybody, the newest first unless another order is asked for.',
    permission: 'sessions:read',
    query: SessionsQueryDto,
    answers: { 200: SessionListDto },
  })
  async list(
    @Query() { sort, limit, cursor, ...filter }: SessionsQueryDto,
    @CurrentCaller() { sessionId }: Caller,
  ): Promise<SessionListDto> {
    const { rows, next } = await this.sessions.list(filter, { sort, limit, cursor });
    const sessions = rows.map((session) => sessionDto(session, sessionId));
    return { synthetic: true, sessions, next_cursor: next };
  }

  @Delete(':id')
  @Route({
    summary: 'Ends a session; its tokens hold no more, within a second and everywhere.',
    description: 'Of somebody who may do no more than the caller.',
    permission: 'sessions:revoke',
    params: IdParams,
    answers: { 204: null },
  })
  async revoke(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<void> {
    await this.sessions.revokeOf(id, caller);
  }
}
