import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AccountError, LoginBusyError } from '../auth.errors.js';
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
  private readonly confirming = new Set<string>();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly users: UsersRepository,
    private readonly attempts: LoginAttempts,
    private readonly hasher: PasswordHasher,
    private readonly record: LoginRecord,
  ) {}

  /** @throws AccountError `no_password`, `password_wrong`; LoginBlockedError, LoginBusyError */
  async require({ id, password, address }: Confirmation): Promise<User> {
    const user = await this.users.find(this.dataSource.manager, id);
    if (user === undefined || user.password_hash === null)
      throw AccountError.conflict('no_password', 'who calls has no password: it is no person who logs in');
    await this.attempts.begin(user.username, address);
    if (await this.verify(user, password)) return user;
    await this.refuse(user, address);
    throw AccountError.field('password_wrong', 'current_password', 'is wrong');
  }

  /** Counts a wrong password or code. @throws LoginBlockedError where there have been too many in the meantime */
  async refuse(user: User, address: string | undefined): Promise<void> {
    const { place } = await this.attempts.begin(user.username, address);
    await this.dataSource.transaction(async (transaction) => {
      const seconds = await this.attempts.failed(transaction, place);
      await this.record.refused(transaction, user, address, seconds);
    });
  }

  /** One at a time for each user: nobody takes all the places of those who are known. @throws LoginBusyError */
  private async verify({ id, password_hash }: User, password: string): Promise<boolean> {
    if (this.confirming.has(id)) throw new LoginBusyError();
    this.confirming.add(id);
    try {
      return await this.hasher.verify(password_hash, password, 'known');
    } finally {
      this.confirming.delete(id);
    }
  }
}
