import { Body, Controller, Delete, Get, Ip, Param, Post, Query } from '@nestjs/common';
import { CurrentCaller, IdParams, PERMISSIONS, Route, type Caller } from '../../../core/http/index.js';
import { TodoError } from '../auth.errors.js';
import { MySessionsQueryDto, sessionDto, SessionListDto } from '../dto/session.dto.js';
import {
  ChangePasswordDto,
  CurrentPasswordDto,
  CurrentUserDto,
  RemoveTotpDto,
  TotpCodeDto,
  TotpSecretDto,
} from '../dto/user.dto.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { TotpService } from '../totp/totp.service.js';
import { AdminPasswordFile } from './admin-password-file.js';
import { OwnPasswordService } from './own-password.service.js';

/** The account of who calls. */
@Controller('users/me')
@Route.group('auth')
export class AccountController {
  constructor(
    private readonly passwords: OwnPasswordService,
    private readonly sessions: SessionsService,
    private readonly totp: TotpService,
    private readonly file: AdminPasswordFile,
  ) {}

  @Get()
  @Route({
    summary: 'Who calls, and what they may do.',
    permission: 'identified',
    answers: { 200: CurrentUserDto },
  })
  me(@CurrentCaller() { id, username, kind, role, permissions, todo }: Caller): CurrentUserDto {
    const listed = PERMISSIONS.filter((permission) => permissions.has(permission));
    return { synthetic: true, id, username, kind, role, permissions: listed, todo: todo ?? null };
  }

  @Post('password')
  @Route({
    summary: 'Changes the password; all other sessions end.',
    permission: 'session',
    body: ChangePasswordDto,
    answers: { 204: null },
  })
  async changePassword(
    @Body() { current_password: current, new_password: next }: ChangePasswordDto,
    @CurrentCaller() { id, username, sessionId }: Caller,
    @Ip() address: string,
  ): Promise<void> {
    await this.passwords.change({ id, password: current, address }, next, sessionId);
    this.file.forget(username);
  }

  @Get('sessions')
  @Route({
    summary: 'The caller’s own sessions.',
    permission: 'session',
    query: MySessionsQueryDto,
    answers: { 200: SessionListDto },
  })
  async mySessions(
    @Query() { active, ...request }: MySessionsQueryDto,
    @CurrentCaller() { id, sessionId }: Caller,
  ): Promise<SessionListDto> {
    const { rows, next } = await this.sessions.list({ user_id: id, active }, request);
    const sessions = rows.map((session) => sessionDto(session, sessionId));
    return { synthetic: true, sessions, next_cursor: next };
  }

  @Delete('sessions/:id')
  @Route({
    summary: 'Ends one of the caller’s own sessions.',
    permission: 'session',
    params: IdParams,
    answers: { 204: null },
  })
  async endSession(
    @Param() { id }: IdParams,
    @CurrentCaller() { id: userId, username, sessionId }: Caller,
  ): Promise<void> {
    await this.sessions.revoke(id, id === sessionId ? 'logout' : 'owner', username, userId);
  }

  @Post('totp')
  @Route({
    summary: 'A secret for an authenticator; log-ins need its codes once one is confirmed.',
    permission: 'session',
    body: CurrentPasswordDto,
    answers: { 200: TotpSecretDto },
  })
  async beginTotp(
    @Body() { current_password: password }: CurrentPasswordDto,
    @CurrentCaller() { id, todo }: Caller,
    @Ip() address: string,
  ): Promise<TotpSecretDto> {
    if (todo === 'change_password') throw new TodoError(todo);
    return { synthetic: true, ...(await this.totp.begin({ id, password, address })) };
  }

  @Post('totp/confirm')
  @Route({
    summary: 'Confirms the authenticator by one of its codes; all other sessions end.',
    permission: 'session',
    body: TotpCodeDto,
    answers: { 204: null },
  })
  async confirmTotp(@Body() { code }: TotpCodeDto, @CurrentCaller() caller: Caller): Promise<void> {
    await this.totp.confirm(caller, code);
  }

  @Post('totp/remove')
  @Route({
    summary: 'Removes the authenticator, by the password and one of its codes; all other sessions end.',
    permission: 'session',
    body: RemoveTotpDto,
    answers: { 204: null },
  })
  async removeTotp(
    @Body() { code, current_password: password }: RemoveTotpDto,
    @CurrentCaller() { id, sessionId }: Caller,
    @Ip() address: string,
  ): Promise<void> {
    await this.totp.remove({ id, password, address }, code, sessionId);
  }
}
