import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { User } from '../users/user.entity.js';
import { subjectsOf } from './login-attempts.js';
import { FORGOTTEN_DAYS, LoginFailuresRepository } from './login-failures.repository.js';

/** Lets a user who was blocked log in at once. */
@Injectable()
export class LoginPardon {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly failures: LoginFailuresRepository,
  ) {}

  /** Forgets the failures for a name, wherever they blocked it. */
  async grant({ id, username }: Pick<User, 'id' | 'username'>): Promise<void> {
    const { manager } = this.dataSource;
    // Counts do not say from where they are: places that were blocked are in the audit.
    const blocked = await manager.query<{ address: string | null }[]>(
      `SELECT DISTINCT data ->> 'address' AS address FROM audit
       WHERE subject_type = 'user' AND subject_id = $1 AND action = 'auth.block'
         AND occurred_at > now() - make_interval(days => $2)`,
      [id, FORGOTTEN_DAYS],
    );
    const subjects = blocked.flatMap(({ address }) => subjectsOf(username, address ?? undefined));
    await this.failures.clear(manager, subjects);
  }
}
