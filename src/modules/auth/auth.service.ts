import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { hash, verify } from '@node-rs/argon2';
import { Repository } from 'typeorm';
import { uuid, type Caller } from '../../core/http/index.js';
import { randomSecret } from '../../core/secrets/index.js';
import { LoginFailedError, TokenInvalidError } from './auth.errors.js';
import type { TokensDto } from './dto/auth.dto.js';
import { TokenService, type TokenClaims, type TokenUse } from './token.service.js';
import { User } from './user.entity.js';

@Injectable()
export class AuthService {
  /** Verified when the user does not exist, so that the time of an answer tells nothing. */
  private readonly decoy = hash(randomSecret(16));

  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly tokens: TokenService,
  ) {}

  /** @throws LoginFailedError without telling which of the two was wrong */
  async login(username: string, password: string): Promise<TokensDto> {
    const user = await this.users.findOneBy({ username });
    const matches = await verify(user?.password_hash ?? (await this.decoy), password);
    if (!user?.active || !matches) throw new LoginFailedError();
    return this.tokens.issue(user.id);
  }

  /** New tokens for a refresh token. @throws TokenInvalidError */
  async refresh(refreshToken: string): Promise<TokensDto> {
    const caller = await this.authenticate(refreshToken, 'refresh');
    return this.tokens.issue(caller.id);
  }

  /** Who a token belongs to. @throws TokenInvalidError when it does not hold or its user is gone or inactive */
  async authenticate(token: string, use: TokenUse): Promise<Caller> {
    const claims = await this.tokens.verify(token, use);
    return this.callerOf(claims);
  }

  /** @throws TokenInvalidError when the user is gone or inactive */
  async callerOf({ sub, exp }: TokenClaims): Promise<Caller> {
    const user = uuid.safeParse(sub).success ? await this.users.findOneBy({ id: sub }) : null;
    if (!user?.active) throw new TokenInvalidError('the user of this token is gone');
    return { id: user.id, username: user.username, role: user.role, expiresAt: exp * 1000 };
  }

  /**
   * Makes the user `admin` when there is none, and gives it the configured password whenever one is configured.
   * @param generated called for a password when none is configured and the user is made
   * @returns the password when it was generated now
   */
  async ensureAdmin(configured: string | undefined, generated: () => string): Promise<string | undefined> {
    const admin = await this.users.findOneBy({ username: 'admin' });
    if (admin) {
      if (configured !== undefined && !(await verify(admin.password_hash, configured))) {
        await this.users.update(admin.id, { password_hash: await hash(configured) });
      }
      return undefined;
    }
    const password = configured ?? generated();
    const inserted = await this.users
      .createQueryBuilder()
      .insert()
      .values({ id: randomUUID(), username: 'admin', password_hash: await hash(password), role: 'admin' })
      .orIgnore()
      .returning('id')
      .execute();
    const made = (inserted.raw as unknown[]).length > 0;
    return made && configured === undefined ? password : undefined;
  }
}
