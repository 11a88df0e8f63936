import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { TokenInvalidError } from '../auth.errors.js';
import { KeySet } from './key-set.js';

export type TokenUse = 'access' | 'refresh';

/** Whom a token stands for, and what it comes from. */
export interface Grant {
  /** Id of the user. */
  sub: string;
  /** The session that it belongs to. */
  sid?: string;
  /** The client secret that it was given for. */
  key?: string;
  /** The process of a bot that it was given to; the user is the one whom the bot acts for. */
  bot?: string;
  /** Permissions that it is narrowed to, with spaces between (RFC 8693). */
  scope?: string;
}

/** The claims of a token (RFC 7519). */
export interface TokenClaims extends Grant {
  use: TokenUse;
  jti: string;
  iss: string;
  aud: string;
  /** Seconds since 1970. */
  iat: number;
  exp: number;
}

export const ISSUER = 'azt3knet';
/** Whom tokens are for: a token of another issuer's making with the same key would be for somebody else. */
export const AUDIENCE = 'azt3knet-api';

/** Signs and checks the tokens. */
@Injectable()
export class TokenService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly jwt: JwtService,
    private readonly keys: KeySet,
  ) {}

  /** @param seconds how long it holds */
  async sign(grant: Grant, use: TokenUse, seconds: number, jti: string = randomUUID()): Promise<string> {
    const { kid, key } = await this.keys.signer();
    return this.jwt.signAsync(
      { ...grant, use },
      {
        privateKey: key,
        algorithm: this.config.auth.algorithm,
        issuer: ISSUER,
        audience: AUDIENCE,
        jwtid: jti,
        expiresIn: seconds,
        ...(kid !== undefined && { keyid: kid }),
      },
    );
  }

  /** @throws TokenInvalidError when it is forged, expired or for another use */
  async verify(token: string, use: TokenUse): Promise<TokenClaims> {
    const key = isSpeltOnce(token) ? await this.keys.verifier(keyIdOf(this.jwt, token)) : undefined;
    let expired = false;
    const claims =
      key &&
      (await this.jwt
        .verifyAsync<TokenClaims>(token, {
          // A key object: a text would be parsed again at every check.
          publicKey: key as unknown as Buffer,
          algorithms: [this.config.auth.algorithm],
          issuer: ISSUER,
          audience: AUDIENCE,
        })
        .catch((error: Error) => {
          expired = error.name === 'TokenExpiredError';
          return undefined;
        }));
    if (claims?.use !== use)
      throw new TokenInvalidError(
        `the ${use} token is missing, expired or not valid`,
        expired ? undefined : 'token',
      );
    return claims;
  }
}

/**
 * Whether a token is spelt as the one who signed it did. Base64 has other spellings of the same bytes, which are decoded
 * without a word; a token that was altered is to be none.
 */
export function isSpeltOnce(token: string): boolean {
  return token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

/** The key that a token says it was signed with. */
export function keyIdOf(jwt: Pick<JwtService, 'decode'>, token: string): string | undefined {
  const decoded = jwt.decode<{ header?: { kid?: unknown } } | null>(token, { complete: true });
  const kid = decoded?.header?.kid;
  return typeof kid === 'string' ? kid : undefined;
}
