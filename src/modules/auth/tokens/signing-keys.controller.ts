import { Body, Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { CurrentCaller, Route, type Caller } from '../../../core/http/index.js';
import {
  JwksDto,
  RotateSigningKeyDto,
  signingKeyDto,
  SigningKeyDto,
  SigningKeyListDto,
  SigningKeyParams,
} from '../dto/signing-key.dto.js';
import { KeySet } from './key-set.js';

@Controller('signing-keys')
@Route.group('auth')
export class SigningKeysController {
  constructor(private readonly keys: KeySet) {}

  @Get()
  @Route({
    summary: 'The keys that sign tokens, the newest first.',
    permission: 'signing_keys:read',
    answers: { 200: SigningKeyListDto },
  })
  async list(): Promise<SigningKeyListDto> {
    return { synthetic: true, signing_keys: (await this.keys.list()).map(signingKeyDto) };
  }

  @Post('rotate')
  @Route({
    summary: 'Another key signs from now on; the older ones go on verifying, unless they are revoked.',
    permission: 'signing_keys:rotate',
    body: RotateSigningKeyDto,
    answers: { 201: SigningKeyDto },
  })
  async rotate(
    @Body() { revoke }: RotateSigningKeyDto,
    @CurrentCaller() { username }: Caller,
  ): Promise<SigningKeyDto> {
    return signingKeyDto(await this.keys.rotate(username, revoke));
  }

  @Delete(':kid')
  @Route({
    summary: 'Revokes a key: what it signed does not hold any more, within a second and everywhere.',
    permission: 'signing_keys:rotate',
    params: SigningKeyParams,
    answers: { 204: null },
  })
  async revoke(@Param() { kid }: SigningKeyParams, @CurrentCaller() { username }: Caller): Promise<void> {
    await this.keys.revoke(kid, username);
  }
}

/** Where programs look for the public keys. */
@Controller('.well-known/jwks.json')
@Route.group('auth')
export class JwksController {
  constructor(private readonly keys: KeySet) {}

  @Get()
  @Route({
    summary: 'The public keys of the access tokens; none where a shared secret signs them.',
    permission: 'public',
    answers: { 200: JwksDto },
  })
  async jwks(): Promise<JwksDto> {
    const { keys } = await this.keys.publicKeys();
    return { keys: keys as Record<string, string>[] };
  }
}
