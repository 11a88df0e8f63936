import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import type { Page, PageRequest } from '../../../core/database/index.js';
import { contentTag, requireMatch, type Caller } from '../../../core/http/index.js';
import { AccountError, OwnAccountError } from '../auth.errors.js';
import { userDto } from '../dto/user.dto.js';
import { PasswordHasher } from '../login/password.hasher.js';
import { requireStrongPassword } from '../login/password.rules.js';
import { RolesService } from '../roles/roles.service.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { ADMIN } from './admin-password-file.js';
import { UsersRepository, type UserFilter, type UserSort } from './users.repository.js';
import type { User, UserKind } from './user.entity.js';

/** Whom this machine itself is. */
export const RESERVED: ReadonlySet<string> = new Set(['system', 'cli', 'anonymous', 'local']);
/** What the audit says where it means nobody in particular. */
const NOBODY: ReadonlySet<string> = new Set(['others', 'unknown', 'worker']);

export interface NewUser {
  username: string;
  kind: UserKind;
  role: string;
  /** A person's first password, which is to be changed at once. */
  password?: string | undefined;
}

/** What there is to make of the password of `admin`. */
interface AdminPasswords {
  configured: string | undefined;
  /** The generated one, as it is kept. */
  kept: string | undefined;
  /** Called for a password when none is configured and the user is made. */
  generate: () => string;
  /** Whether a generated password holds for one thing: choosing another one. */
  isFirst: boolean;
}

interface AdminOutcome {
  /** The password, when it was generated now. */
  generated?: string;
  /** Whether the generated one holds. */
  keptHolds: boolean;
  /** Whether a configured one is not the password: somebody has chosen another. */
  ignored: boolean;
}

/** People and service accounts. */
@Injectable()
export class UsersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: UsersRepository,
    private readonly roles: RolesService,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionsRepository,
    private readonly audit: AuditService,
  ) {}

  /** @throws AccountError `user_not_found` */
  async get(id: string, manager: EntityManager = this.dataSource.manager, lock = false): Promise<User> {
    const user = await this.repository.find(manager, id, lock);
    if (user === undefined) throw AccountError.notFound('user', id);
    return user;
  }

  /** Takes care that a user may do no more than the caller. @throws AccountError `user_not_found`; PermissionBeyondError */
  async requireWithin(id: string, caller: Caller): Promise<void> {
    const { role } = await this.get(id);
    await this.roles.requireWithin(this.dataSource.manager, caller, role);
  }

  async list(filter: UserFilter, request: PageRequest<UserSort>): Promise<Page<User>> {
    if (filter.role !== undefined) await this.roles.require(this.dataSource.manager, filter.role);
    return this.repository.page(this.dataSource.manager, filter, request);
  }

  /** @throws AccountError `username_taken`, `username_reserved`, `password_missing`, `role_unknown`; PasswordWeakError */
  async create({ username, kind, role, password }: NewUser, caller: Caller): Promise<User> {
    if (RESERVED.has(username) || NOBODY.has(username))
      throw AccountError.field(
        'username_reserved',
        'username',
        `must be another: ${username} is what the audit calls ${RESERVED.has(username) ? 'this machine' : 'nobody in particular'}`,
      );
    if (kind === 'service' && password !== undefined)
      throw AccountError.field('password_unwanted', 'password', 'is for persons; a service account has keys');
    if (kind === 'person' && password === undefined)
      throw AccountError.field(
        'password_missing',
        'password',
        'is required: the first one, to be changed at the log-in',
      );
    if (password !== undefined) await requireStrongPassword('password', password, username);
    const password_hash = password === undefined ? null : await this.hasher.hash(password);
    const id = randomUUID();
    return this.dataSource.transaction(async (manager) => {
      await this.roles.require(manager, role);
      await this.roles.requireWithin(manager, caller, role);
      const user = { id, username, kind, role, password_hash, must_change_password: kind === 'person' };
      if (!(await this.repository.insert(manager, user)))
        throw AccountError.conflict('username_taken', `there is a user ${username}`, [
          { field: 'username', message: 'is taken' },
        ]);
      await this.record(manager, caller.username, 'user.create', user, { kind, role });
      return this.get(id, manager);
    });
  }

  /**
   * Gives a user another role, or lets it act or not. Who may not act any more has no sessions any more.
   * @throws AccountError `user_not_found`, `user_reserved`, `role_unknown`, `last_administrator`; PreconditionFailedError
   */
  async update(
    id: string,
    changes: { role?: string | undefined; active?: boolean | undefined },
    ifMatch: string,
    caller: Caller,
  ): Promise<User> {
    const actor = caller.username;
    return this.dataSource.transaction(async (manager) => {
      const before = await this.repository.administrators(manager);
      const user = await this.get(id, manager, true);
      requireMatch(ifMatch, contentTag(userDto(user)));
      if (RESERVED.has(user.username))
        throw AccountError.conflict(
          'user_reserved',
          `${user.username} is this machine’s own: it stays as it is`,
        );
      const { role = user.role, active = user.active } = changes;
      await this.roles.require(manager, role);
      await this.roles.requireWithin(manager, caller, role);
      await this.roles.requireWithin(manager, caller, user.role);
      const updated = await this.repository.update(manager, id, { role, active });
      if (before > 0 && (await this.repository.administrators(manager)) === 0)
        throw AccountError.conflict('last_administrator', 'nobody else could administrate any more');
      if (!active) await this.sessions.revokeAll(manager, id, 'admin', undefined);
      if (role !== user.role)
        await this.record(manager, actor, 'user.grant', user, { from: user.role, to: role });
      if (active !== user.active)
        await this.record(manager, actor, active ? 'user.enable' : 'user.disable', user, {});
      return updated;
    });
  }

  /** Gives a person another first password; all sessions end. @returns who it was @throws AccountError, OwnAccountError, PasswordWeakError */
  async resetPassword(id: string, password: string, caller: Caller): Promise<User> {
    if (id === caller.id) throw new OwnAccountError('POST /api/v1/users/me/password');
    const person = await this.person(id);
    const { username } = person;
    await requireStrongPassword('password', password, username);
    const hash = await this.hasher.hash(password);
    await this.dataSource.transaction(async (manager) => {
      const user = await this.get(id, manager, true);
      await this.roles.requireWithin(manager, caller, user.role);
      await this.setPassword(manager, id, hash, true);
      await this.sessions.revokeAll(manager, id, 'password', undefined);
      await this.record(manager, caller.username, 'user.reset_password', user, {});
    });
    return person;
  }

  /** Takes a lost authenticator away; all sessions end. @throws AccountError, OwnAccountError */
  async resetTotp(id: string, caller: Caller): Promise<void> {
    if (id === caller.id) throw new OwnAccountError('POST /api/v1/users/me/totp/remove');
    await this.dataSource.transaction(async (manager) => {
      const user = await this.get(id, manager, true);
      await this.roles.requireWithin(manager, caller, user.role);
      if (user.totp_secret === null)
        throw AccountError.conflict('totp_missing', `${user.username} has no authenticator to take away`);
      await this.repository.update(manager, id, {
        totp_secret: null,
        totp_confirmed_at: null,
        totp_step: null,
      });
      await this.sessions.revokeAll(manager, id, 'admin', undefined);
      await this.record(manager, caller.username, 'user.reset_totp', user, {});
    });
  }

  /**
   * Makes the user `admin` when there is none. A configured password is its first, and takes the place of a generated one that
   * still holds; what a person has chosen stays.
   */
  async ensureAdmin({ configured, kept, generate, isFirst }: AdminPasswords): Promise<AdminOutcome> {
    const admin = await this.repository.named(this.dataSource.manager, ADMIN);
    if (admin === undefined) return this.makeAdmin({ configured, kept, generate, isFirst });
    const holds = async (password: string | undefined): Promise<boolean> =>
      password !== undefined && (await this.hasher.verify(admin.password_hash, password, 'known'));
    const keptHolds = await holds(kept);
    if (configured === undefined) return { keptHolds, ignored: false };
    if (await holds(configured)) return { keptHolds: false, ignored: false };
    if (keptHolds) await this.setAdminPassword(admin, await this.hasher.hash(configured));
    return { keptHolds: false, ignored: !keptHolds };
  }

  private async makeAdmin({ configured, generate, isFirst }: AdminPasswords): Promise<AdminOutcome> {
    const password = configured ?? generate();
    const made = await this.repository.insert(this.dataSource.manager, {
      id: randomUUID(),
      username: ADMIN,
      kind: 'person',
      role: 'admin',
      password_hash: await this.hasher.hash(password),
      must_change_password: configured === undefined && isFirst,
    });
    const keptHolds = configured === undefined;
    return { keptHolds, ignored: false, ...(made && keptHolds && { generated: password }) };
  }

  private async setAdminPassword(admin: User, hash: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.setPassword(manager, admin.id, hash, false);
      await this.sessions.revokeAll(manager, admin.id, 'password', undefined);
      await this.record(manager, 'system', 'user.reset_password', admin, {});
    });
  }

  private async person(id: string): Promise<User> {
    const user = await this.get(id);
    if (user.kind === 'person' && user.password_hash !== null) return user;
    throw AccountError.conflict(
      'no_password',
      `${user.username} has no password: it is no person who logs in`,
    );
  }

  private async setPassword(
    manager: EntityManager,
    id: string,
    password_hash: string,
    must_change_password: boolean,
  ): Promise<void> {
    await this.repository.update(manager, id, {
      password_hash,
      must_change_password,
      password_changed_at: new Date(),
    });
  }

  private record(
    manager: EntityManager,
    actor: string,
    action: string,
    { id, username }: Pick<User, 'id' | 'username'>,
    data: object,
  ): Promise<void> {
    return this.audit.append(manager, {
      actor,
      action,
      subject: { type: 'user', id },
      data: { username, ...data },
    });
  }
}
