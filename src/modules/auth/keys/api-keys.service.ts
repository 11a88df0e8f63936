import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import type { Page, PageRequest } from '../../../core/database/index.js';
import type { Caller, Permission } from '../../../core/http/index.js';
import {
  AccountError,
  KeyBeyondError,
  KeyReplacedError,
  PermissionDeniedError,
  SessionNeededError,
} from '../auth.errors.js';
import { RolesService } from '../roles/roles.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { RESERVED } from '../users/users.service.js';
import {
  ApiKeysRepository,
  type KeyFilter,
  type KeySort,
  type NamedKey,
  type NewKey,
} from './api-keys.repository.js';
import type { KeyKind } from './api-key.entity.js';
import { newSecret } from './key.format.js';
import { isItself, isWithin, programKey } from './key.rules.js';

/** Keys that one user may have at a time. */
const KEYS_MAX = 100;
const DAY_S = 86_400;

export interface KeyRequest {
  name: string;
  kind: KeyKind;
  /** Whose; the caller's own when it is not said. */
  user_id?: string | undefined;
  /** What it may do; all that its user may do when it is not said. */
  scopes?: Permission[] | undefined;
  /** Days until it expires; null: never. */
  expires_in_days: number | null;
}

/** What a new key is. */
type Grant = Pick<NewKey, 'user_id' | 'kind' | 'name' | 'scopes' | 'expires_at' | 'parent_id'>;

/** A key and its secret, which is told once. */
export interface IssuedKey {
  key: NamedKey;
  secret: string;
}

/**
 * API keys and client secrets. One's own are everybody's business; those of others need `keys:read` and `keys:write`. Keys are made by
 * people, and by the operator's tools: a program makes none. It may put another in the place of its own key, which ends with it, and
 * sees and ends those of its user that may do no more.
 */
@Injectable()
export class ApiKeysService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: ApiKeysRepository,
    private readonly users: UsersRepository,
    private readonly roles: RolesService,
    private readonly audit: AuditService,
  ) {}

  async list(caller: Caller, filter: KeyFilter, request: PageRequest<KeySort>): Promise<Page<NamedKey>> {
    const { manager } = this.dataSource;
    if (caller.permissions.has('keys:read')) return this.repository.page(manager, filter, request);
    const mine = { ...filter, user_id: caller.id };
    const id = programKey(caller);
    if (id === undefined) return this.repository.page(manager, mine, request);
    const held = [...(await this.roles.permissionsOf(manager, caller.role))];
    return this.repository.page(manager, mine, request, { id, held, permissions: [...caller.permissions] });
  }

  /** @throws AccountError `key_not_found`, for those that the caller may not see too */
  async get(caller: Caller, id: string): Promise<NamedKey> {
    const { manager } = this.dataSource;
    const key = await this.repository.find(manager, id);
    if (key === undefined || !(await this.sees(manager, key, caller))) throw AccountError.notFound('key', id);
    return key;
  }

  /**
   * @throws AccountError `user_not_found`, `scopes_beyond`, `client_secret_of_person`, `too_many_keys`; PermissionDeniedError;
   *   SessionNeededError when a program asks
   */
  async issue(
    { user_id, expires_in_days: days, ...request }: KeyRequest,
    caller: Caller,
  ): Promise<IssuedKey> {
    if (programKey(caller) !== undefined) throw new SessionNeededError();
    const userId = user_id ?? caller.id;
    return this.dataSource.transaction(async (manager) => {
      await this.requireMine(manager, userId, caller);
      const scopes = await this.fixed(
        manager,
        request.scopes ? [...new Set(request.scopes)] : null,
        userId,
        caller,
      );
      const expires_at = days === null ? null : inDays(days);
      const grant = { ...request, user_id: userId, scopes, expires_at, parent_id: null };
      return this.issueFor(manager, grant, caller.username);
    });
  }

  /**
   * Makes another secret in the place of a key. A program may do so with its own key: the new one ends when the old one would have,
   * or is revoked, and of those before none goes on.
   * @param overlapSeconds how long the old one goes on to hold
   * @throws AccountError `key_not_found`; KeyReplacedError; PermissionDeniedError; SessionNeededError when a program asks for another key than its own
   */
  async rotate(id: string, overlapSeconds: number, caller: Caller): Promise<IssuedKey> {
    return this.dataSource.transaction(async (manager) => {
      const key = await this.mine(manager, id, caller);
      const { user_id, kind, name, expires_at } = key;
      const byItself = isItself(key, caller);
      if (!byItself && programKey(caller) !== undefined) throw new SessionNeededError();
      if (!(await this.repository.revoke(manager, id, overlapSeconds)))
        throw AccountError.notFound('key', id);
      const scopes = await this.kept(manager, key, caller);
      const grant = { user_id, kind, name, scopes };
      if (!byItself) {
        if (!(await this.repository.replace(manager, id))) throw new KeyReplacedError(key.prefix);
        const renewal = { ...grant, expires_at: renewed(key), parent_id: null };
        return this.issueFor(manager, renewal, caller.username);
      }
      if (key.parent_id !== null) await this.repository.expire(manager, key.parent_id);
      return this.issueFor(manager, { ...grant, expires_at, parent_id: id }, caller.username);
    });
  }

  /** Ends a key, and all that it put in its place by itself. @throws AccountError `key_not_found`; PermissionDeniedError; KeyBeyondError */
  async revoke(id: string, caller: Caller): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const key = await this.mine(manager, id, caller);
      const { name, prefix } = key;
      if (!isItself(key, caller) && !(await this.isWithin(manager, key, caller)))
        throw new KeyBeyondError(prefix);
      if (!(await this.repository.revoke(manager, id, 0))) throw AccountError.notFound('key', id);
      await this.record(manager, caller.username, 'key.revoke', id, { name, prefix });
    });
  }

  private async issueFor(manager: EntityManager, grant: Grant, actor: string): Promise<IssuedKey> {
    const { user_id: userId, kind, name, scopes, expires_at, parent_id } = grant;
    const user = await this.users.find(manager, userId, true);
    if (user === undefined) throw AccountError.field('user_not_found', 'user_id', 'is of no user');
    if (RESERVED.has(user.username))
      throw AccountError.field('user_reserved', 'user_id', 'is this machine’s own, which has no keys');
    if (kind === 'client_secret' && user.kind !== 'service')
      throw AccountError.field('client_secret_of_person', 'kind', 'client_secret is for service accounts');
    const beyond = await this.roles.beyond(manager, user.role, scopes ?? []);
    if (beyond.length > 0)
      throw AccountError.field(
        'scopes_beyond',
        'scopes',
        `must be what ${user.username} may do; not ${beyond.join(', ')}`,
      );
    if ((await this.repository.countOf(manager, userId)) >= KEYS_MAX)
      throw AccountError.conflict('too_many_keys', `${user.username} has ${KEYS_MAX} keys; revoke some`);
    const id = randomUUID();
    const { secret, prefix, hash } = newSecret(kind);
    await this.repository.insert(manager, { ...grant, id, prefix, hash, created_by: actor });
    const { username } = user;
    await this.record(manager, actor, 'key.issue', id, {
      username,
      kind,
      name,
      prefix,
      scopes,
      expires_at,
      parent_id,
    });
    return { key: (await this.repository.find(manager, id)) as NamedKey, secret };
  }

  /** Scopes of a key; those of one that somebody else makes for a user are what the user may do now: it does not grow with the role. */
  private async fixed(
    manager: EntityManager,
    scopes: Permission[] | null,
    userId: string,
    caller: Caller,
  ): Promise<Permission[] | null> {
    if (scopes !== null || userId === caller.id) return scopes;
    const user = await this.users.find(manager, userId);
    return user === undefined ? null : [...(await this.roles.permissionsOf(manager, user.role))];
  }

  /** Scopes of what comes in the place of a key: less what the role of its user has lost. */
  private async kept(
    manager: EntityManager,
    { scopes, user_id }: NamedKey,
    caller: Caller,
  ): Promise<NamedKey['scopes']> {
    const fixed = await this.fixed(manager, scopes, user_id, caller);
    const user = await this.users.find(manager, user_id);
    if (fixed === null || user === undefined) return fixed;
    const held = await this.roles.permissionsOf(manager, user.role);
    return fixed.filter((scope) => held.has(scope));
  }

  private async sees(manager: EntityManager, key: NamedKey, caller: Caller): Promise<boolean> {
    if (caller.permissions.has('keys:read')) return true;
    if (key.user_id !== caller.id) return false;
    return key.id === caller.keyId || (await this.isWithin(manager, key, caller));
  }

  /** Whether somebody who calls with a key may act on another: on none that may do more. */
  private async isWithin(manager: EntityManager, key: NamedKey, caller: Caller): Promise<boolean> {
    if (programKey(caller) === undefined) return true;
    const user = await this.users.find(manager, key.user_id);
    return user !== undefined && isWithin(key, await this.roles.permissionsOf(manager, user.role), caller);
  }

  /** A key that the caller may do something to, which nobody else does meanwhile: of a user one is changed at a time. */
  private async mine(manager: EntityManager, id: string, caller: Caller): Promise<NamedKey> {
    const found = await this.repository.find(manager, id);
    if (found === undefined) throw AccountError.notFound('key', id);
    const isTheirs = found.user_id === caller.id;
    if (!(isTheirs ? await this.sees(manager, found, caller) : caller.permissions.has('keys:write')))
      throw AccountError.notFound('key', id);
    await this.requireMine(manager, found.user_id, caller);
    await this.users.find(manager, found.user_id, true);
    return (await this.repository.find(manager, id)) ?? found;
  }

  /** One's own, or `keys:write` and a user who may do no more than oneself. */
  private async requireMine(manager: EntityManager, userId: string, caller: Caller): Promise<void> {
    if (userId === caller.id) return;
    if (!caller.permissions.has('keys:write')) throw new PermissionDeniedError(caller, 'keys:write');
    const user = await this.users.find(manager, userId);
    if (user !== undefined) await this.roles.requireWithin(manager, caller, user.role);
  }

  private record(
    manager: EntityManager,
    actor: string,
    action: string,
    id: string,
    data: object,
  ): Promise<void> {
    return this.audit.append(manager, { actor, action, subject: { type: 'key', id }, data });
  }
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * DAY_S * 1000);
}

/** When the key in the place of another ends: as many days from now as the other had from its beginning, and at least one. */
function renewed({ created_at, expires_at }: NamedKey): Date | null {
  if (expires_at === null) return null;
  return inDays(Math.max(1, Math.round((expires_at.getTime() - created_at.getTime()) / 1000 / DAY_S)));
}
