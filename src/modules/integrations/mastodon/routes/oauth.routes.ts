import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AppError } from '../../../../core/errors/index.js';
import { People } from '../../../auth/index.js';
import { NetworkError } from '../../integrations.errors.js';
import { NetworkAccessService, TOKEN_DAYS, type IssuedToken } from '../../network/access.service.js';
import type { NetworkApp } from '../../network/access.entity.js';
import { AccountsService } from '../../network/accounts.service.js';
import { SCOPES, scopesIn } from '../../network/scopes.js';
import { consentPage, codePage, formTarget } from '../consent-page.js';
import { OAuthError } from '../errors.js';
import { NOTHING, text } from '../input.js';
import { userInfoJson } from '../render.js';
import { actorOf, route, type Call, type MastodonRoute } from '../routing.js';
import {
  appJson,
  Authorize,
  CHALLENGE,
  CLIENT_ID,
  Consent,
  DEFAULT_SCOPES,
  grantable,
  isRedirectUri,
  isWebsite,
  mismatchOf,
  NewApp,
  notGood,
  OUT_OF_BAND,
  TokenInput,
  tokenJson,
} from './oauth-requests.js';

/** Programs, and how they get tokens: OAuth 2 with codes, PKCE and client credentials. */
@Injectable()
export class OAuthRoutes {
  constructor(
    private readonly access: NetworkAccessService,
    private readonly accounts: AccountsService,
    private readonly people: People,
  ) {}

  get routes(): MastodonRoute[] {
    return [
      route({
        method: 'POST',
        path: '/api/v1/apps',
        access: 'public',
        proves: 'token',
        input: NewApp,
        handle: (call) => this.register(call),
      }),
      route({
        method: 'GET',
        path: '/api/v1/apps/verify_credentials',
        access: 'app',
        input: NOTHING,
        handle: (call) => this.verify(call),
      }),
      route({
        method: 'GET',
        path: '/oauth/authorize',
        access: 'public',
        input: Authorize,
        handle: async (call) => {
          const asked = await this.asked(call, call.input);
          return sendPage(call, consentPage(call.network, asked.app, asked.scopes, call.input), asked.target);
        },
      }),
      route({
        method: 'POST',
        path: '/oauth/authorize',
        access: 'public',
        proves: 'login',
        input: Consent,
        handle: (call) => this.consent(call),
      }),
      route({
        method: 'POST',
        path: '/oauth/token',
        access: 'public',
        proves: 'token',
        input: TokenInput,
        handle: (call) => this.token(call),
      }),
      route({
        method: 'POST',
        path: '/oauth/revoke',
        access: 'public',
        proves: 'token',
        input: z.object({ ...TokenInput.shape, grant_type: text(100).optional(), token: text(200) }),
        handle: async (call) => {
          const app = await this.client(call);
          await this.access.revokeShown(call.input.token, app);
          return {};
        },
      }),
      route({
        method: 'GET',
        path: '/oauth/userinfo',
        access: { user: 'profile' },
        input: NOTHING,
        handle: (call) => userInfoJson(actorOf(call).account, call.places),
      }),
      route({
        method: 'GET',
        path: '/.well-known/oauth-authorization-server',
        access: 'public',
        input: NOTHING,
        handle: ({ places: { base } }) => ({
          issuer: `${base}/`,
          authorization_endpoint: `${base}/oauth/authorize`,
          token_endpoint: `${base}/oauth/token`,
          userinfo_endpoint: `${base}/oauth/userinfo`,
          revocation_endpoint: `${base}/oauth/revoke`,
          app_registration_endpoint: `${base}/api/v1/apps`,
          scopes_supported: SCOPES,
          response_types_supported: ['code'],
          response_modes_supported: ['query'],
          grant_types_supported: ['authorization_code', 'client_credentials'],
          token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
          code_challenge_methods_supported: ['S256'],
        }),
      }),
    ];
  }

  private async register({ input, network }: Call<z.infer<typeof NewApp>>): Promise<object> {
    const { redirect_uris: given } = input;
    const uris = (Array.isArray(given) ? given : given.split(/\s+/)).filter((uri) => uri !== '');
    if (uris.length === 0 || uris.length > 20 || !uris.every(isRedirectUri))
      throw NetworkError.field(
        'redirect_uris',
        `must be 1 to 20 absolute URIs without a fragment, or ${OUT_OF_BAND}`,
      );
    const scopes = scopesIn(input.scopes ?? '');
    if (scopes === undefined)
      throw NetworkError.field('scopes', `must be some of ${SCOPES.join(', ')}, with spaces between`);
    const website = input.website !== undefined && isWebsite(input.website) ? input.website : null;
    const { app, secret } = await this.access.register(network, {
      name: input.client_name,
      website,
      redirect_uris: uris,
      scopes: scopes.length === 0 ? DEFAULT_SCOPES : scopes,
    });
    return {
      ...appJson(app),
      client_id: app.client_id,
      client_secret: secret,
      client_secret_expires_at: 0,
    };
  }

  private async verify({ session }: Call): Promise<object> {
    const appId = session?.token.app_id;
    const app = appId === undefined || appId === null ? undefined : await this.access.appById(appId);
    if (app !== undefined) return appJson(app);
    return { id: session?.token.id, name: 'Azt3kNet', website: null, scopes: session?.token.scopes };
  }

  /** What a program asks a person for. @throws NetworkError, which is shown and never sent elsewhere */
  private async asked(
    { network }: Call,
    input: Authorize,
  ): Promise<{ app: NetworkApp; scopes: string[]; target: string | undefined }> {
    const app = await this.access.app(input.client_id);
    if (app?.network_id !== network.id)
      throw NetworkError.field('client_id', 'is no program of this network; register it first');
    if (!app.redirect_uris.includes(input.redirect_uri))
      throw NetworkError.field('redirect_uri', 'is none of those that the program was registered with');
    if (input.response_type !== 'code') throw NetworkError.field('response_type', 'must be code');
    if (input.code_challenge !== undefined && input.code_challenge_method !== 'S256')
      throw NetworkError.field('code_challenge_method', 'must be S256');
    if (input.code_challenge !== undefined && !CHALLENGE.test(input.code_challenge))
      throw NetworkError.field('code_challenge', 'must be a SHA-256 in base64url: 43 characters');
    if (input.code_challenge === undefined && input.code_challenge_method !== undefined)
      throw NetworkError.field('code_challenge', 'is missing');
    const scopes = grantable(app, input.scope);
    if (scopes === undefined)
      throw NetworkError.field('scope', 'must be within those that the program was registered with');
    return { app, scopes, target: formTarget(input.redirect_uri) };
  }

  private async consent(call: Call<z.infer<typeof Consent>>): Promise<unknown> {
    const { input, network, request } = call;
    const { app, scopes, target } = await this.asked(call, input);
    if (input.decision === 'deny') return leave(call, { error: 'access_denied' });
    const credentials = {
      username: input.username,
      password: input.password,
      totp_code: input.totp_code,
    };
    const origin = { address: request.ip, userAgent: request.headers['user-agent'] };
    let code: string;
    try {
      const caller = await this.people.prove(credentials, origin, `network ${network.name}: ${app.name}`);
      this.people.require(caller, 'networks:read');
      code = await this.access.issueCode({
        app_id: app.id,
        user_id: caller.id,
        redirect_uri: input.redirect_uri,
        scopes,
        challenge: input.code_challenge ?? null,
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      void call.reply.status(error.kind === 'rate_limited' ? 429 : 401);
      return sendPage(call, consentPage(network, app, scopes, input, error.message), target);
    }
    if (input.redirect_uri === OUT_OF_BAND) return sendPage(call, codePage(app, code), undefined);
    return leave(call, { code });
  }

  private async token(call: Call<z.infer<typeof TokenInput>>): Promise<object> {
    const { input, network } = call;
    const app = await this.client(call);
    if (input.grant_type === 'authorization_code') return tokenJson(await this.redeem(call, app));
    if (input.grant_type !== 'client_credentials')
      throw new OAuthError(
        'unsupported_grant_type',
        'grant_type must be authorization_code or client_credentials',
      );
    const scopes = grantable(app, input.scope);
    if (scopes === undefined)
      throw new OAuthError('invalid_scope', 'beyond what the program was registered with');
    const request = { network, account: undefined, app, userId: undefined, scopes };
    return tokenJson(await this.access.issue({ ...request, days: TOKEN_DAYS, actor: app.name }));
  }

  private async redeem(
    { input, network }: Call<z.infer<typeof TokenInput>>,
    app: NetworkApp,
  ): Promise<IssuedToken> {
    const code = input.code === undefined ? undefined : await this.access.code(input.code, app);
    if (code === undefined) throw notGood();
    const mismatch = mismatchOf(code, input);
    if (code.used_at !== null || mismatch !== undefined) {
      // Whoever guesses at what belongs to a code has one guess.
      await this.access.spend(code, network);
      throw mismatch ?? notGood();
    }
    const caller = await this.people.of(code.user_id);
    this.people.require(caller, 'networks:read');
    const account = await this.accounts.ofUser(network, caller);
    const { scopes, user_id: userId } = code;
    const request = { network, account, app, userId, scopes, days: TOKEN_DAYS, actor: caller.username };
    const issued = await this.access.redeem(code, request);
    if (issued === undefined) throw notGood();
    return issued;
  }

  /** The program that calls, by its secret in the body or in the header. @throws OAuthError */
  private async client({
    input,
    network,
    request,
  }: Call<Pick<z.infer<typeof TokenInput>, 'client_id' | 'client_secret'>>): Promise<NetworkApp> {
    const basic = /^Basic ([A-Za-z0-9+/]{1,2000}=*)$/i.exec(request.headers.authorization ?? '')?.[1];
    const [id, secret] =
      basic === undefined
        ? [input.client_id, input.client_secret]
        : Buffer.from(basic, 'base64').toString().split(':', 2);
    const app =
      id === undefined || secret === undefined || !CLIENT_ID.test(id)
        ? undefined
        : await this.access.provenApp(id, secret);
    if (app?.network_id !== network.id)
      throw new OAuthError('invalid_client', 'client_id or client_secret is wrong, or of another network');
    return app;
  }
}

/** Sends a person back to the program. @param answer what it is told */
function leave({ input, reply }: Call<Authorize>, answer: Record<string, string>): unknown {
  if (input.redirect_uri === OUT_OF_BAND) throw NetworkError.forbidden('nothing was allowed');
  const url = new URL(input.redirect_uri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (input.state !== undefined) url.searchParams.set('state', input.state);
  return reply.redirect(url.href, 303);
}

/** @param target where the form may lead, beside back here */
function sendPage({ reply }: Call, html: string, target: string | undefined): unknown {
  const policy = `default-src 'none';style-src 'unsafe-inline';form-action 'self'${target === undefined ? '' : ` ${target}`};base-uri 'none';frame-ancestors 'none'`;
  return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html);
}
