import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { AccountError } from '../auth.errors.js';
import { PasswordConfirmation, type Confirmation } from '../login/password-confirmation.js';
import { PasswordHasher } from '../login/password.hasher.js';
import { requireStrongPassword } from '../login/password.rules.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { UsersRepository } from './users.repository.js';

/** The password of who calls. */
@Injectable()
export class OwnPasswordService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly users: UsersRepository,
    private readonly confirmation: PasswordConfirmation,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionsRepository,
    private readonly audit: AuditService,
  ) {}

  /**
   * Changes one's own password; the other sessions end.
   * @param sessionId the session that stays
   * @throws AccountError `password_wrong`, `password_same`; PasswordWeakError; LoginBlockedError
   */
  async change(current: Confirmation, next: string, sessionId: string | undefined): Promise<void> {
    const { id, username, password_hash: confirmed } = await this.confirmation.require(current);
    if (current.password === next)
      throw AccountError.field('password_same', 'new_password', 'must be another one');
    await requireStrongPassword('new_password', next, username);
    const password_hash = await this.hasher.hash(next);
    await this.dataSource.transaction(async (manager) => {
      const user = await this.users.find(manager, id, true);
      if (user?.password_hash !== confirmed)
        throw AccountError.field('password_wrong', 'current_password', 'is wrong');
      const changes = { password_hash, must_change_password: false, password_changed_at: new Date() };
      await this.users.update(manager, id, changes);
      await this.sessions.revokeAll(manager, id, 'password', sessionId);
      await this.audit.append(manager, {
        actor: username,
        action: 'user.change_password',
        subject: { type: 'user', id },
        data: { username },
      });
    });
  }
}
