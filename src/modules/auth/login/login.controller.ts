import { Body, Controller, Headers, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CurrentCaller, Route, type Caller } from '../../../core/http/index.js';
import { AccessRecord } from '../access/access.record.js';
import { TokenInvalidError } from '../auth.errors.js';
import { EndedSessionsDto, LoginDto, TokensDto } from '../dto/auth.dto.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { LoginService } from './login.service.js';

@Controller('auth')
@Route.group('auth')
export class LoginController {
  constructor(
    private readonly logins: LoginService,
    private readonly sessions: SessionsService,
    private readonly record: AccessRecord,
  ) {}

  @Post('login')
  @Route({
    summary: 'Logs in with a username and a password, and a code where an authenticator is enrolled.',
    description:
      'After some failures the name is blocked for the address, for longer each time (429 with `Retry-After`).',
    permission: 'public',
    proves: 'login',
    body: LoginDto,
    answers: { 200: TokensDto },
  })
  login(@Body() body: LoginDto, @Req() request: FastifyRequest): Promise<TokensDto> {
    return this.logins.login(body, { address: request.ip, userAgent: request.headers['user-agent'] });
  }

  @Post('refresh')
  @Route({
    summary: 'New tokens for a refresh token.',
    description:
      'It goes into `Authorization: Bearer …`. A refresh token holds once. Using one again ends its session: somebody else has it.',
    permission: 'public',
    credential: 'refresh',
    answers: { 200: TokensDto },
  })
  async refresh(
    @Req() { ip }: FastifyRequest,
    @Headers('authorization') authorization?: string,
  ): Promise<TokensDto> {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined)
      throw new TokenInvalidError('the refresh token is missing: send it as Authorization: Bearer …');
    try {
      return await this.sessions.refresh(token);
    } catch (error) {
      this.record.rejected(error, ip);
      throw error;
    }
  }

  @Post('logout')
  @Route({
    summary: 'Ends the session; its tokens hold no more.',
    permission: 'session',
    answers: { 204: null },
  })
  async logout(@CurrentCaller() { id, username, sessionId = '' }: Caller): Promise<void> {
    await this.sessions.revoke(sessionId, 'logout', username, id);
  }

  @Post('logout-everywhere')
  @Route({
    summary: 'Ends all sessions of the caller, this one too.',
    permission: 'session',
    answers: { 200: EndedSessionsDto },
  })
  async logoutEverywhere(@CurrentCaller() { id, username }: Caller): Promise<EndedSessionsDto> {
    return { synthetic: true, ended: await this.sessions.revokeAll(id, 'owner', username) };
  }
}
