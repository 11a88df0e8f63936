import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { LoginFailedError } from '../auth.errors.js';
import { SessionsService, type OpenedSession, type Origin } from '../sessions/sessions.service.js';
import type { User } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';

/** What log-ins leave: sessions, and records of the audit. */
@Injectable()
export class LoginRecord {
  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersRepository,
    private readonly audit: AuditService,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext('LoginService');
  }

  /** Begins the session of a user who is as he was when he was checked. @throws LoginFailedError when he is not */
  async loggedIn(manager: EntityManager, user: User, origin: Origin): Promise<OpenedSession> {
    const { id, username } = user;
    await this.requireSame(manager, user);
    await this.users.loggedIn(manager, id);
    const opened = await this.sessions.open(manager, id, origin);
    await this.audit.append(manager, {
      actor: username,
      action: 'auth.login',
      subject: { type: 'user', id },
      data: shown(user, origin),
    });
    return opened;
  }

  /** Notes that a user, who is as he was when he was checked, has shown who he is. @throws LoginFailedError when he is not */
  async proved(manager: EntityManager, user: User, origin: Origin, purpose: string): Promise<void> {
    const { id, username } = user;
    await this.requireSame(manager, user);
    await this.audit.append(manager, {
      actor: username,
      action: 'auth.prove',
      subject: { type: 'user', id },
      data: { ...shown(user, origin), purpose },
    });
  }

  /**
   * Failures go to the log; to the audit those that block a name, which are few: guessing is not to fill it. A name that is
   * nobody's may be a password, and is told to neither.
   */
  async refused(
    manager: EntityManager,
    user: User | undefined,
    address: string | undefined,
    seconds: number,
  ): Promise<void> {
    this.logger.warn({ username: user?.username, address, blocked_seconds: seconds }, 'a log-in failed');
    if (seconds === 0) return;
    await this.audit.append(manager, {
      actor: 'anonymous',
      action: 'auth.block',
      subject: { type: 'user', id: user?.id ?? 'unknown' },
      data: { username: user?.username ?? null, address: address ?? null, seconds },
    });
  }

  /** What was checked must still be so: a session by an old password would outlive it. @throws LoginFailedError */
  private async requireSame(manager: EntityManager, user: User): Promise<void> {
    const now = await this.users.find(manager, user.id, true);
    const same =
      now?.active === true &&
      now.password_hash === user.password_hash &&
      (now.totp_confirmed_at === null) === (user.totp_confirmed_at === null);
    if (!same) throw new LoginFailedError();
  }
}

function shown(user: User, origin: Origin): { address: string | null; factors: string[] } {
  const factors = user.totp_confirmed_at === null ? ['password'] : ['password', 'totp'];
  return { address: origin.address ?? null, factors };
}
