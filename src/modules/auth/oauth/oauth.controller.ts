import { Body, Controller, Headers, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Route, wire } from '../../../core/http/index.js';
import { AccessRecord } from '../access/access.record.js';
import { OAuthError, OAuthService, type ClientCredentials } from './oauth.service.js';

/** Without a value it counts as not given (RFC 6749, 3.2). */
const text = z
  .string()
  .max(4_000)
  .transform((value) => (value === '' ? undefined : value))
  .optional();

const TokenRequestDto = wire(
  'TokenRequest',
  // What is not known is ignored (RFC 6749, 3.2); what is there twice was refused before.
  z
    .object({
      grant_type: text.meta({ enum: ['client_credentials'], examples: ['client_credentials'] }),
      client_id: text.meta({
        description: 'Unless it is in `Authorization: Basic …`.',
        examples: ['nightly-export'],
      }),
      client_secret: text,
      scope: text.meta({
        description: 'Permissions with spaces between.',
        examples: ['populations:read drafts:read'],
      }),
    })
    // Whatever is missing is said as RFC 6749, 5.2, says it.
    .meta({ required: ['grant_type'] }),
);
type TokenRequestDto = z.infer<typeof TokenRequestDto>;

const GrantedTokenDto = wire(
  'GrantedToken',
  z.strictObject({
    access_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int().meta({ description: 'Seconds.', examples: [1800] }),
    scope: z.string().meta({ description: 'What it may do.', examples: ['populations:read drafts:read'] }),
  }),
);
type GrantedTokenDto = z.infer<typeof GrantedTokenDto>;

const OAuthErrorDto = wire(
  'OAuthError',
  z
    .strictObject({
      error: z.enum([
        'invalid_request',
        'invalid_client',
        'unauthorized_client',
        'unsupported_grant_type',
        'invalid_scope',
      ]),
      error_description: z.string(),
    })
    .describe('As RFC 6749, 5.2, says.'),
);
type OAuthErrorDto = z.infer<typeof OAuthErrorDto>;

/** In the characters that RFC 6749 allows: others came from who asks. */
function oauthError(error: OAuthErrorDto['error'], description: string): OAuthErrorDto {
  return { error, error_description: description.replaceAll(/[^ !#-[\]-~]/g, "'") };
}

@Controller('oauth')
@Route.group('auth')
export class OAuthController {
  constructor(
    private readonly oauth: OAuthService,
    private readonly record: AccessRecord,
  ) {}

  @Post('token')
  @Route({
    summary: 'An access token for a service account: the client credentials grant of OAuth 2.',
    permission: 'public',
    proves: 'token',
    body: TokenRequestDto,
    bodyExample: {
      grant_type: 'client_credentials',
      client_id: 'nightly-export',
      client_secret: 'the secret of the service account',
      scope: 'populations:read drafts:read',
    },
    bodyTypes: ['application/x-www-form-urlencoded'],
    mistake: (detail) => oauthError('invalid_request', detail),
    answers: { 200: GrantedTokenDto, 400: OAuthErrorDto, 401: OAuthErrorDto },
  })
  async token(
    @Body() body: TokenRequestDto,
    @Headers('authorization') authorization: string | undefined,
    @Req() { ip }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GrantedTokenDto | OAuthErrorDto> {
    void reply.header('Cache-Control', 'no-store').header('Pragma', 'no-cache');
    try {
      if (body.grant_type === undefined) throw new OAuthError('invalid_request', 'grant_type is missing');
      if (body.grant_type !== 'client_credentials')
        throw new OAuthError('unsupported_grant_type', 'grant_type must be client_credentials');
      return await this.oauth.grant(credentialsOf(body, authorization), body.scope);
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      this.record.tokenRefused(error.error, ip);
      const unknown = error.error === 'invalid_client';
      if (unknown) void reply.header('WWW-Authenticate', 'Basic realm="azt3knet"');
      void reply.status(unknown ? 401 : 400);
      return oauthError(error.error, error.description);
    }
  }
}

/** From the header, which is to be preferred, or from the body (RFC 6749, 2.3.1); not from both. */
function credentialsOf(body: TokenRequestDto, authorization: string | undefined): ClientCredentials {
  const { client_id: clientId, client_secret: clientSecret } = body;
  if (authorization === undefined) {
    if (clientId === undefined || clientSecret === undefined)
      throw new OAuthError('invalid_client', 'client_id and client_secret are missing');
    return { clientId, clientSecret };
  }
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  if (basic === undefined) throw new OAuthError('invalid_client', 'the header must be Authorization: Basic');
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(/:(.*)/s);
  const inHeader = { clientId: decoded(id), clientSecret: decoded(secret) };
  if (clientSecret !== undefined || (clientId !== undefined && clientId !== inHeader.clientId))
    throw new OAuthError('invalid_request', 'give the client in the header or in the body, not in both');
  return inHeader;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return part;
  }
}
