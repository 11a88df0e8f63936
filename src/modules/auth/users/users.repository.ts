import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { anywhere, Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { User, UserKind } from './user.entity.js';

export interface UserFilter {
  role?: string | undefined;
  kind?: UserKind | undefined;
  active?: boolean | undefined;
  username?: string | undefined;
}

export const USER_SORTS = ['created_at', 'username'] as const;
export type UserSort = (typeof USER_SORTS)[number];

const LIST = new Listing<UserSort>({
  name: 'users',
  select: 'users.*',
  from: 'users',
  id: 'users.id',
  sorts: {
    created_at: { sql: 'users.created_at', type: 'timestamptz' },
    username: { sql: 'users.username', type: 'text' },
  },
});

/** What changes of a user. */
export type UserChanges = Partial<
  Pick<
    User,
    | 'role'
    | 'active'
    | 'password_hash'
    | 'must_change_password'
    | 'password_changed_at'
    | 'totp_secret'
    | 'totp_confirmed_at'
    | 'totp_step'
  >
>;

@Injectable()
export class UsersRepository {
  /** @returns whether the name was free */
  async insert(
    manager: EntityManager,
    user: Pick<User, 'id' | 'username' | 'kind' | 'role' | 'password_hash' | 'must_change_password'>,
  ): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO users (id, username, kind, role, password_hash, must_change_password, password_changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $5::text IS NULL THEN NULL ELSE now() END)
       ON CONFLICT (username) DO NOTHING RETURNING id`,
      [user.id, user.username, user.kind, user.role, user.password_hash, user.must_change_password],
    );
    return rows.length > 0;
  }

  async find(manager: EntityManager, id: string, lock = false): Promise<User | undefined> {
    const [row] = await manager.query<User[]>(
      `SELECT * FROM users WHERE id = $1${lock ? ' FOR UPDATE' : ''}`,
      [id],
    );
    return row;
  }

  async named(manager: EntityManager, username: string): Promise<User | undefined> {
    const [row] = await manager.query<User[]>('SELECT * FROM users WHERE username = $1', [username]);
    return row;
  }

  /** @returns the user as it is afterwards */
  async update(manager: EntityManager, id: string, changes: UserChanges): Promise<User> {
    const columns = Object.keys(changes);
    const set = columns.map((column, index) => `${column} = $${index + 2}`).join(', ');
    const [rows] = await manager.query<[User[], number]>(
      `UPDATE users SET ${set} WHERE id = $1 RETURNING *`,
      [id, ...Object.values(changes)],
    );
    return rows[0] as User;
  }

  async loggedIn(manager: EntityManager, id: string): Promise<void> {
    await manager.query('UPDATE users SET last_login_at = now() WHERE id = $1', [id]);
  }

  /** Takes a code's time step, unless it or a later one was taken. @returns whether it was free */
  async takeTotpStep(manager: EntityManager, id: string, step: number): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      'UPDATE users SET totp_step = $2 WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)',
      [id, step],
    );
    return count > 0;
  }

  /** How many active administrators there are who can log in; they stay as many until the transaction ends. */
  async administrators(manager: EntityManager): Promise<number> {
    const rows = await manager.query<unknown[]>(
      `SELECT id FROM users WHERE role = 'admin' AND active AND password_hash IS NOT NULL FOR UPDATE`,
    );
    return rows.length;
  }

  async countOfRole(manager: EntityManager, role: string): Promise<number> {
    const [row] = await manager.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM users WHERE role = $1',
      [role],
    );
    return row?.count ?? 0;
  }

  page(
    manager: EntityManager,
    { role, kind, active, username }: UserFilter,
    request: PageRequest<UserSort>,
  ): Promise<Page<User>> {
    const conditions = new Conditions()
      .equal('users.role', role)
      .equal('users.kind', kind)
      .equal('users.active', active)
      .add(
        username === undefined ? undefined : anywhere(username),
        (value) => `users.username ILIKE ${value}`,
      );
    return LIST.page(manager, conditions, request);
  }
}
