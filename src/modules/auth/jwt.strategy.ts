import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { CONFIG, type Config } from '../../core/config/index.js';
import type { Caller } from '../../core/http/index.js';
import { TokenInvalidError } from './auth.errors.js';
import { AuthService } from './auth.service.js';
import { ISSUER, TokenService, type TokenClaims } from './token.service.js';

/** Reads the access token from `Authorization: Bearer …`. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    @Inject(CONFIG) config: Config,
    tokens: TokenService,
    private readonly auth: AuthService,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: tokens.key as unknown as Buffer,
      algorithms: [config.auth.algorithm],
      issuer: ISSUER,
    });
  }

  validate(claims: TokenClaims): Promise<Caller> {
    if (claims.use !== 'access') throw new TokenInvalidError('this is not an access token');
    return this.auth.callerOf(claims);
  }
}
