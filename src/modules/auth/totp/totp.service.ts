import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import type { Caller } from '../../../core/http/index.js';
import { sealContext, Sealing } from '../../../core/secrets/index.js';
import { AccountError, TotpNeededError } from '../auth.errors.js';
import { PasswordConfirmation, type Confirmation } from '../login/password-confirmation.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { User } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { newTotpSecret, stepOfCode, totpUri } from './totp.js';

/** Authenticators: a second factor for log-ins. */
@Injectable()
export class TotpService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly users: UsersRepository,
    private readonly sealing: Sealing,
    private readonly audit: AuditService,
    private readonly confirmation: PasswordConfirmation,
    private readonly sessions: SessionsRepository,
  ) {}

  /**
   * A secret for an authenticator; it counts once a code of it is confirmed.
   * @throws AccountError `totp_enrolled`, `password_wrong`; LoginBlockedError
   */
  async begin(confirmation: Confirmation): Promise<{ secret: string; uri: string }> {
    const { id, username } = await this.confirmation.require(confirmation);
    const secret = newTotpSecret();
    await this.dataSource.transaction(async (manager) => {
      const user = await this.users.find(manager, id, true);
      if (user?.totp_confirmed_at !== null)
        throw AccountError.conflict('totp_enrolled', 'an authenticator is enrolled; remove it first');
      await this.users.update(manager, id, { totp_secret: this.sealing.seal(secret, contextOf(id)) });
      await this.record(manager, username, 'user.begin_totp', id);
    });
    return { secret, uri: totpUri(secret, username) };
  }

  /** From now on log-ins need a code; the other sessions end. @throws AccountError `totp_not_begun`; TotpNeededError */
  async confirm({ id, username, sessionId }: Caller, code: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const user = await this.users.find(manager, id, true);
      if (user === undefined || user.totp_secret === null || user.totp_confirmed_at !== null)
        throw AccountError.conflict('totp_not_begun', 'begin with POST /api/v1/users/me/totp');
      await this.takeCode(manager, user, code, 'code');
      await this.users.update(manager, id, { totp_confirmed_at: new Date() });
      await this.sessions.revokeAll(manager, id, 'totp', sessionId);
      await this.record(manager, username, 'user.enrol_totp', id);
    });
  }

  /**
   * Log-ins need no code any more; the other sessions end.
   * @param sessionId the session that stays
   * @throws AccountError `totp_not_enrolled`, `password_wrong`; TotpNeededError; LoginBlockedError
   */
  async remove(confirmation: Confirmation, code: string, sessionId: string | undefined): Promise<void> {
    const confirmed = await this.confirmation.require(confirmation);
    try {
      await this.removeBy(confirmed, code, sessionId);
    } catch (error) {
      // A code is guessed as slowly as a password.
      if (error instanceof TotpNeededError) await this.confirmation.refuse(confirmed, confirmation.address);
      throw error;
    }
  }

  private async removeBy({ id, username }: User, code: string, sessionId: string | undefined): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const user = await this.users.find(manager, id, true);
      if (user === undefined || user.totp_confirmed_at === null)
        throw AccountError.conflict('totp_not_enrolled', 'no authenticator is enrolled');
      await this.takeCode(manager, user, code, 'code');
      await this.users.update(manager, id, { totp_secret: null, totp_confirmed_at: null, totp_step: null });
      await this.sessions.revokeAll(manager, id, 'totp', sessionId);
      await this.record(manager, username, 'user.remove_totp', id);
    });
  }

  /** Takes a code of the user's authenticator, which counts once. @param field what the request calls it @throws TotpNeededError */
  async takeCode(
    manager: EntityManager,
    { id, totp_secret }: Pick<User, 'id' | 'totp_secret'>,
    code: string | undefined,
    field: 'totp_code' | 'code',
  ): Promise<void> {
    if (code === undefined || totp_secret === null) throw new TotpNeededError(false, field);
    const step = stepOfCode(this.sealing.open(totp_secret, contextOf(id)), code, Date.now());
    if (step === undefined || !(await this.users.takeTotpStep(manager, id, step)))
      throw new TotpNeededError(true, field);
  }

  private record(manager: EntityManager, actor: string, action: string, id: string): Promise<void> {
    return this.audit.append(manager, { actor, action, subject: { type: 'user', id }, data: {} });
  }
}

function contextOf(userId: string): string {
  return sealContext('users', 'totp_secret', userId);
}
