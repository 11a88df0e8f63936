import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy, type SecretOrKeyProvider } from 'passport-jwt';
import { CONFIG, type Config } from '../../../core/config/index.js';
import type { Caller } from '../../../core/http/index.js';
import { TokenInvalidError } from '../auth.errors.js';
import { KeySet } from '../tokens/key-set.js';
import { AUDIENCE, ISSUER, isSpeltOnce, keyIdOf, type TokenClaims } from '../tokens/token.service.js';
import { Callers } from './callers.service.js';

/** Reads the access token from `Authorization: Bearer …`. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    @Inject(CONFIG) config: Config,
    keys: KeySet,
    jwt: JwtService,
    private readonly callers: Callers,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: keyProvider(keys, jwt),
      algorithms: [config.auth.algorithm],
      issuer: ISSUER,
      audience: AUDIENCE,
    });
  }

  validate(claims: TokenClaims): Promise<Caller> {
    if (claims.use !== 'access') throw new TokenInvalidError('this is not an access token', 'token');
    return this.callers.ofClaims(claims);
  }
}

/** Finds the key that a token says it was signed with. */
function keyProvider(keys: KeySet, jwt: JwtService): SecretOrKeyProvider {
  const find = async (token: string): Promise<Buffer> => {
    const key = isSpeltOnce(token) ? await keys.verifier(keyIdOf(jwt, token)) : undefined;
    if (key === undefined)
      throw new TokenInvalidError('the access token is signed by no key of ours', 'token');
    return key as unknown as Buffer;
  };
  return (_request: unknown, token: string, done) => {
    const [found, failed] = [(key: Buffer) => done(null, key), (error: unknown) => done(error)];
    void find(token).then(found, failed);
  };
}
