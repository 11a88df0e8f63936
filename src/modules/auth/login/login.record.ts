import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import type { TokensDto } from '../dto/auth.dto.js';
import { SessionsService, type Origin } from '../sessions/sessions.service.js';
import type { User } from '../users/user.entity.js';

/** What log-ins leave: sessions, and records of the audit. */
@Injectable()
export class LoginRecord {
  constructor(
    private readonly sessions: SessionsService,
    private readonly audit: AuditService,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext('LoginService');
  }

  async loggedIn(manager: EntityManager, user: User, origin: Origin): Promise<TokensDto> {
    const { id, username } = user;
    const tokens = await this.sessions.open(manager, id, origin);
    const factors = user.totp_confirmed_at === null ? ['password'] : ['password', 'totp'];
    const data = { address: origin.address ?? null, factors };
    await this.audit.append(manager, {
      actor: username,
      action: 'auth.login',
      subject: { type: 'user', id },
      data,
    });
    return tokens;
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
      data: { address: address ?? null, seconds },
    });
  }
}
