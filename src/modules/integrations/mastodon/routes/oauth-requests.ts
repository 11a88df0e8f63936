import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { NetworkApp, NetworkCode } from '../../network/access.entity.js';
import type { IssuedToken } from '../../network/access.service.js';
import { covers, scopesIn } from '../../network/scopes.js';
import { OAuthError } from '../errors.js';
import { list, text } from '../input.js';

/** Where the code is shown to the person, who takes it to the program. */
export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';
export const DEFAULT_SCOPES = ['read'];
/** What no client can be called reaches no database. */
export const CLIENT_ID = /^[\w-]{1,200}$/;
/** Of PKCE by S256. */
export const CHALLENGE = /^[\w-]{43}$/;
const VERIFIER = /^[\w.~-]{43,128}$/;

export const NewApp = z.object({
  client_name: text(200),
  redirect_uris: z.union([list(text(2_000), 20), text(8_000)]),
  scopes: text(1_000).optional(),
  website: text(2_000).optional(),
});

export const Authorize = z.object({
  response_type: text(20).default('code'),
  client_id: text(200),
  redirect_uri: text(2_000).default(OUT_OF_BAND),
  scope: text(1_000).optional(),
  state: text(2_000).optional(),
  code_challenge: text(200).optional(),
  code_challenge_method: text(20).optional(),
});
export type Authorize = z.infer<typeof Authorize>;
export const Consent = z.object({
  ...Authorize.shape,
  username: text(200).default(''),
  password: text(1_000).default(''),
  totp_code: text(20).optional(),
  decision: z.enum(['allow', 'deny']).default('deny'),
});

export const TokenInput = z.object({
  grant_type: text(100),
  client_id: text(200).optional(),
  client_secret: text(200).optional(),
  code: text(200).optional(),
  redirect_uri: text(2_000).optional(),
  code_verifier: text(200).optional(),
  scope: text(1_000).optional(),
});

export function notGood(): OAuthError {
  return new OAuthError('invalid_grant', 'the code is not known, was used, or is too old');
}

/** What does not belong to a code: the place it was sent to, and the proof (PKCE, RFC 7636) of who asked for it. */
export function mismatchOf(
  { redirect_uri, challenge }: NetworkCode,
  input: Pick<z.infer<typeof TokenInput>, 'redirect_uri' | 'code_verifier'>,
): OAuthError | undefined {
  if (redirect_uri !== (input.redirect_uri ?? OUT_OF_BAND))
    return new OAuthError('invalid_grant', 'redirect_uri is not that of the code');
  const { code_verifier: verifier } = input;
  // A proof that nobody asked for shows that the request for the code was tampered with.
  if ((challenge === null) !== (verifier === undefined))
    return new OAuthError('invalid_grant', 'code_verifier and code_challenge belong together');
  if (verifier === undefined) return undefined;
  const isProof =
    VERIFIER.test(verifier) && createHash('sha256').update(verifier).digest('base64url') === challenge;
  return isProof ? undefined : new OAuthError('invalid_grant', 'code_verifier is not that of the code');
}

/** The scopes that a program may be given: those it asks for, within those it was registered with. */
export function grantable(app: NetworkApp, asked: string | undefined): string[] | undefined {
  const scopes = asked === undefined ? app.scopes : scopesIn(asked);
  return scopes?.every((scope) => covers(app.scopes, scope)) === true ? scopes : undefined;
}

export function isRedirectUri(uri: string): boolean {
  if (uri === OUT_OF_BAND) return true;
  const url = URL.parse(uri);
  return (
    url !== null &&
    url.hash === '' &&
    url.username === '' &&
    !['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:'].includes(url.protocol)
  );
}

export function isWebsite(url: string): boolean {
  return /^https?:\/\//.test(url) && URL.canParse(url);
}

export function appJson({ id, name, website, redirect_uris, scopes }: Omit<NetworkApp, 'created_at'>) {
  return {
    id,
    name,
    website,
    scopes,
    redirect_uris,
    redirect_uri: redirect_uris.join('\n'),
    vapid_key: '',
  };
}

export function tokenJson({ secret, token }: IssuedToken): object {
  return {
    access_token: secret,
    token_type: 'Bearer',
    scope: token.scopes.join(' '),
    created_at: Math.floor(token.created_at.getTime() / 1_000),
  };
}
