import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  contentTag,
  CurrentCaller,
  IdParams,
  IfMatch,
  Route,
  type Caller,
} from '../../../core/http/index.js';
import { EndedSessionsDto } from '../dto/auth.dto.js';
import {
  CreateUserDto,
  ResetPasswordDto,
  UpdateUserDto,
  userDto,
  UserDto,
  UserListDto,
  UsersQueryDto,
} from '../dto/user.dto.js';
import { LoginPardon } from '../login/login-pardon.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { AdminPasswordFile } from './admin-password-file.js';
import { UsersService } from './users.service.js';

/** Users, for those who administrate them. */
@Controller('users')
@Route.group('auth')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly file: AdminPasswordFile,
    private readonly pardon: LoginPardon,
  ) {}

  @Get()
  @Route({
    summary: 'People and service accounts.',
    permission: 'users:read',
    query: UsersQueryDto,
    answers: { 200: UserListDto },
  })
  async list(@Query() { sort, limit, cursor, ...filter }: UsersQueryDto): Promise<UserListDto> {
    const { rows, next } = await this.users.list(filter, { sort, limit, cursor });
    return { synthetic: true, users: rows.map(userDto), next_cursor: next };
  }

  @Post()
  @Route({
    summary: 'Makes a person or a service account.',
    description:
      'A person changes the first password at the first log-in. Nobody gives a role that may do more than theirs.',
    permission: 'users:write',
    body: CreateUserDto,
    answers: { 201: UserDto },
  })
  async create(
    @Body() body: CreateUserDto,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserDto> {
    const user = userDto(await this.users.create(body, caller));
    void reply.header('Location', `/api/v1/users/${user.id}`);
    return user;
  }

  @Get(':id')
  @Route({ summary: 'A user.', permission: 'users:read', params: IdParams, answers: { 200: UserDto } })
  async get(@Param() { id }: IdParams, @Res({ passthrough: true }) reply: FastifyReply): Promise<UserDto> {
    const user = userDto(await this.users.get(id));
    void reply.header('ETag', contentTag(user));
    return user;
  }

  @Patch(':id')
  @Route({
    summary: 'Gives a user another role, or lets it act or not.',
    description: 'It holds within a second, everywhere. The last administrator stays one.',
    permission: 'users:write',
    params: IdParams,
    body: UpdateUserDto,
    ifMatch: true,
    answers: { 200: UserDto },
  })
  async update(
    @Param() { id }: IdParams,
    @Body() body: UpdateUserDto,
    @IfMatch() ifMatch: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserDto> {
    const user = userDto(await this.users.update(id, body, ifMatch, caller));
    void reply.header('ETag', contentTag(user));
    return user;
  }

  @Post(':id/reset-password')
  @Route({
    summary: 'Gives a person another first password; all their sessions end.',
    description: 'Failed log-ins that block the name are forgotten.',
    permission: 'users:write',
    params: IdParams,
    body: ResetPasswordDto,
    answers: { 204: null },
  })
  async resetPassword(
    @Param() { id }: IdParams,
    @Body() { password }: ResetPasswordDto,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    const user = await this.users.resetPassword(id, password, caller);
    this.file.forget(user.username);
    await this.pardon.grant(user);
  }

  @Post(':id/reset-totp')
  @Route({
    summary: 'Takes a lost authenticator away; all sessions of the user end.',
    permission: 'users:write',
    params: IdParams,
    answers: { 204: null },
  })
  async resetTotp(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<void> {
    await this.users.resetTotp(id, caller);
  }

  @Delete(':id/sessions')
  @Route({
    summary: 'Ends all sessions of a user.',
    description: 'Of somebody who may do no more than the caller.',
    permission: 'sessions:revoke',
    params: IdParams,
    answers: { 200: EndedSessionsDto },
  })
  async endSessions(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<EndedSessionsDto> {
    return { synthetic: true, ended: await this.sessions.revokeAllOf(id, caller) };
  }
}
