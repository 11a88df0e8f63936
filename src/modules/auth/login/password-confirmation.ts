import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AccountError } from '../auth.errors.js';
import type { User } from '../users/user.entity.js';
import { UsersRepository } from '../users/users.repository.js';
import { LoginAttempts } from './login-attempts.js';
import { LoginRecord } from './login.record.js';
import { PasswordHasher } from './password.hasher.js';

/** What somebody who has logged in shows once more before what guards the account changes: a session may be stolen. */
export interface Confirmation {
  /** Id of the user. */
  id: string;
  password: string;
  address: string | undefined;
}

/** Asks for the password again. Guessing it is as slow here as at the log-in, and counts together with that. */
@Injectable()
export class PasswordConfirmation {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly users: UsersRepository,
    private readonly attempts: LoginAttempts,
    private readonly hasher: PasswordHasher,
    private readonly record: LoginRecord,
  ) {}

  /** @throws AccountError `no_password`, `password_wrong`; LoginBlockedError, LoginBusyError */
  async require({ id, password, address }: Confirmation): Promise<User> {
    const { manager } = this.dataSource;
    const user = await this.users.find(manager, id);
    if (user === undefined || user.password_hash === null)
      throw AccountError.conflict('no_password', 'who calls has no password: it is no person who logs in');
    const { place } = await this.attempts.begin(user.username, address);
    if (await this.hasher.verify(user.password_hash, password, 'known')) return user;
    await this.dataSource.transaction(async (transaction) => {
      const seconds = await this.attempts.failed(transaction, place);
      await this.record.refused(transaction, user, address, seconds);
    });
    throw AccountError.field('password_wrong', 'current_password', 'is wrong');
  }
}
