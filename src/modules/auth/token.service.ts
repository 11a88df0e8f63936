import type { KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { CONFIG, type Config } from '../../core/config/index.js';
import { apiSecret } from '../../core/secrets/index.js';
import { TokenInvalidError } from './auth.errors.js';
import type { TokensDto } from './dto/auth.dto.js';

export type TokenUse = 'access' | 'refresh';

/** The claims of a token. */
export interface TokenClaims {
  sub: string;
  use: TokenUse;
  /** When it expires, in seconds since 1970. */
  exp: number;
}

const REFRESH_DAYS = 7;
export const ISSUER = 'azt3knet';

/** Signs and checks the tokens. */
@Injectable()
export class TokenService {
  /** A key object, since a text would be parsed again at every check. */
  readonly key: KeyObject;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly jwt: JwtService,
  ) {
    this.key = apiSecret(config);
  }

  async issue(userId: string): Promise<TokensDto> {
    const seconds = this.config.auth.accessTokenMinutes * 60;
    return {
      access_token: await this.sign({ sub: userId, use: 'access' }, seconds),
      refresh_token: await this.sign({ sub: userId, use: 'refresh' }, REFRESH_DAYS * 86_400),
      token_type: 'Bearer',
      expires_in: seconds,
    };
  }

  /** @throws TokenInvalidError when it is forged, expired or for another use */
  async verify(token: string, use: TokenUse): Promise<TokenClaims> {
    const claims = await this.jwt
      .verifyAsync<TokenClaims>(token, {
        publicKey: this.key as unknown as Buffer,
        algorithms: [this.config.auth.algorithm],
        issuer: ISSUER,
      })
      .catch(() => undefined);
    if (claims?.use !== use) throw new TokenInvalidError(`the ${use} token is missing, expired or not valid`);
    return claims;
  }

  private sign(claims: Omit<TokenClaims, 'exp'>, expiresIn: number): Promise<string> {
    return this.jwt.signAsync(claims, {
      privateKey: this.key,
      algorithm: this.config.auth.algorithm,
      issuer: ISSUER,
      expiresIn,
    });
  }
}
