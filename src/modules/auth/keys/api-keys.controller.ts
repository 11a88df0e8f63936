import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentCaller, IdParams, Route, type Caller } from '../../../core/http/index.js';
import {
  CreateKeyDto,
  IssuedKeyDto,
  issuedKeyDto,
  keyDto,
  KeyDto,
  KeyListDto,
  KeysQueryDto,
  RotateKeyDto,
} from '../dto/key.dto.js';
import { ApiKeysService } from './api-keys.service.js';

@Controller('keys')
@Route.group('auth')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @Route({
    summary: 'The caller’s keys, or everybody’s.',
    description:
      'Those of others take `keys:read`. Who calls with a key sees that one, and those of its user that may do no more.',
    permission: 'any',
    query: KeysQueryDto,
    answers: { 200: KeyListDto },
  })
  async list(
    @Query() { sort, limit, cursor, ...filter }: KeysQueryDto,
    @CurrentCaller() caller: Caller,
  ): Promise<KeyListDto> {
    const { rows, next } = await this.keys.list(caller, filter, { sort, limit, cursor });
    return { synthetic: true, keys: rows.map(keyDto), next_cursor: next };
  }

  @Post()
  @Route({
    summary: 'Makes an API key, or a client secret of a service account.',
    description:
      'The secret is told in this answer and never again. For another user it takes `keys:write`, and a user who may do no more ' +
      'than the caller. A program that calls with a key, or with the token of a client, makes none.',
    permission: 'any',
    body: CreateKeyDto,
    bodyExample: { name: 'nightly export', scopes: ['populations:read'], expires_in_days: 90 },
    answers: { 201: IssuedKeyDto },
  })
  async create(@Body() body: CreateKeyDto, @CurrentCaller() caller: Caller): Promise<IssuedKeyDto> {
    return issuedKeyDto(await this.keys.issue(body, caller));
  }

  @Get(':id')
  @Route({
    summary: 'A key, without its secret.',
    permission: 'any',
    params: IdParams,
    answers: { 200: KeyDto },
  })
  async get(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<KeyDto> {
    return keyDto(await this.keys.get(caller, id));
  }

  @Post(':id/rotate')
  @Route({
    summary: 'Another key in the place of this one.',
    description:
      'A program may do so with the key that it calls with: the new one ends when the old one would have, or is revoked.',
    permission: 'any',
    params: IdParams,
    body: RotateKeyDto,
    answers: { 201: IssuedKeyDto },
  })
  async rotate(
    @Param() { id }: IdParams,
    @Body() { overlap_seconds: overlap }: RotateKeyDto,
    @CurrentCaller() caller: Caller,
  ): Promise<IssuedKeyDto> {
    return issuedKeyDto(await this.keys.rotate(id, overlap, caller));
  }

  @Delete(':id')
  @Route({
    summary: 'Revokes a key, within a second and everywhere.',
    description:
      'What it put in its place by itself ends, too. Who calls with a key ends none that may do more.',
    permission: 'any',
    params: IdParams,
    answers: { 204: null },
  })
  async revoke(@Param() { id }: IdParams, @CurrentCaller() caller: Caller): Promise<void> {
    await this.keys.revoke(id, caller);
  }
}
