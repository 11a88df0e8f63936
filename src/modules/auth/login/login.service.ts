import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { LoginFailedError, TotpNeededError } from '../auth.errors.js';
import type { TokensDto } from '../dto/auth.dto.js';
import { SessionsService, type Origin } from '../sessions/sessions.service.js';
import { TotpService } from '../totp/totp.service.js';
import type { User } from '../users/user.entity.js';
import { LoginAttempts, type Place } from './login-attempts.js';
import { LoginRecord } from './login.record.js';
import { PasswordHasher } from './password.hasher.js';

export interface Credentials {
  username: string;
  password: string;
  totp_code?: string | undefined;
}

/** Logs people in. */
@Injectable()
export class LoginService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly attempts: LoginAttempts,
    private readonly hasher: PasswordHasher,
    private readonly totp: TotpService,
    private readonly sessions: SessionsService,
    private readonly record: LoginRecord,
  ) {}

  /**
   * @throws LoginFailedError without telling which of the two was wrong; TotpNeededError; LoginBlockedError, LoginBusyError
   */
  async login(credentials: Credentials, origin: Origin): Promise<TokensDto> {
    const session = await this.check(credentials, origin, (manager, user) =>
      this.record.loggedIn(manager, user, origin),
    );
    return this.sessions.tokensOf(session);
  }

  /**
   * Finds who somebody is as `login` does, without a session.
   * @param purpose what for, as the audit is to say
   * @returns the id of the user
   */
  prove(credentials: Credentials, origin: Origin, purpose: string): Promise<string> {
    return this.check(credentials, origin, async (manager, user) => {
      await this.record.proved(manager, user, origin, purpose);
      return user.id;
    });
  }

  private async check<T>(
    { username, password, totp_code }: Credentials,
    origin: Origin,
    succeed: (manager: EntityManager, user: User) => Promise<T>,
  ): Promise<T> {
    const { place } = await this.attempts.begin(username, origin.address);
    return this.attempts.inTurn(place, () =>
      this.attempt({ username, password, totp_code }, origin, succeed),
    );
  }

  private async attempt<T>(
    { username, password, totp_code }: Credentials,
    origin: Origin,
    succeed: (manager: EntityManager, user: User) => Promise<T>,
  ): Promise<T> {
    const { user, place } = await this.attempts.begin(username, origin.address);
    const asking = place.known ? 'known' : 'stranger';
    const matches = await this.hasher.verify(user?.password_hash, password, asking);
    if (user === undefined || !matches || !user.active || user.kind !== 'person') {
      await this.refuse(place, user);
      throw new LoginFailedError();
    }
    try {
      return await this.dataSource.transaction(async (manager) => {
        if (user.totp_confirmed_at !== null) await this.totp.takeCode(manager, user, totp_code, 'totp_code');
        await this.attempts.succeeded(manager, place);
        return succeed(manager, user);
      });
    } catch (error) {
      if (error instanceof TotpNeededError && totp_code !== undefined) await this.refuse(place, user);
      throw error;
    }
  }

  private async refuse(place: Place, user: User | undefined): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const seconds = await this.attempts.failed(manager, place);
      await this.record.refused(manager, user, place.address, seconds);
    });
  }
}
