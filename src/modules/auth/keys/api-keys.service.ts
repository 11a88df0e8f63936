import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import type { Page, PageRequest } from '../../../core/database/index.js';
import { PERMISSIONS, type Caller, type Permission } from '../../../core/http/index.js';
import { AccountError, PermissionDeniedError } from '../auth.errors.js';
import { RolesService } from '../roles/roles.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { RESERVED } from '../users/users.service.js';
import { ApiKeysRepository, type KeyFilter, type KeySort, type NamedKey } from './api-keys.repository.js';
import type { KeyKind } from './api-key.entity.js';
import { newSecret } from './key.format.js';

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
  /** Days until it expires; undefined: never. */
  expires_in_days?: number | undefined;
}

/** A key and its secret, which is told once. */
export interface IssuedKey {
  key: NamedKey;
  secret: string;
}

/** API keys and client secrets. One's own are everybody's business; those of others need `keys:read` and `keys:write`. */
@Injectable()
export class ApiKeysService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: ApiKeysRepository,
    private readonly users: UsersRepository,
    private readonly roles: RolesService,
    private readonly audit: AuditService,
  ) {}

  list(caller: Caller, filter: KeyFilter, request: PageRequest<KeySort>): Promise<Page<NamedKey>> {
    const theirs = caller.permissions.has('keys:read') ? filter : { ...filter, user_id: caller.id };
    return this.repository.page(this.dataSource.manager, theirs, request);
  }

  /** @throws AccountError `key_not_found`, for those of others too */
  async get(caller: Caller, id: string): Promise<NamedKey> {
    const key = await this.repository.find(this.dataSource.manager, id);
    if (key === undefined || (key.user_id !== caller.id && !caller.permissions.has('keys:read')))
      throw AccountError.notFound('key', id);
    return key;
  }

  /** @throws AccountError `user_not_found`, `scopes_beyond`, `client_secret_of_person`, `too_many_keys`; PermissionDeniedError */
  async issue(request: KeyRequest, caller: Caller): Promise<IssuedKey> {
    const userId = request.user_id ?? caller.id;
    return this.dataSource.transaction(async (manager) => {
      await this.requireMine(manager, userId, caller);
      const scopes = narrowed(request.scopes, userId, caller);
      const fixed = scopes ?? (userId === caller.id ? undefined : await this.scopesOf(manager, userId));
      return this.issueFor(manager, userId, { ...request, scopes: fixed }, caller.username);
    });
  }

  /**
   * Makes another secret in the place of a key.
   * @param overlapSeconds how long the old one goes on to hold
   * @throws AccountError `key_not_found`; PermissionDeniedError
   */
  async rotate(id: string, overlapSeconds: number, caller: Caller): Promise<IssuedKey> {
    return this.dataSource.transaction(async (manager) => {
      const { user_id, kind, name, scopes, expires_at, created_at } = await this.mine(manager, id, caller);
      if (!(await this.repository.revoke(manager, id, overlapSeconds)))
        throw AccountError.notFound('key', id);
      const days = expires_at && Math.round((expires_at.getTime() - created_at.getTime()) / 1000 / DAY_S);
      const kept = narrowed(scopes ?? undefined, user_id, caller);
      const request = { name, kind, scopes: kept, expires_in_days: days ?? undefined };
      return this.issueFor(manager, user_id, request, caller.username);
    });
  }

  /** @throws AccountError `key_not_found`; PermissionDeniedError */
  async revoke(id: string, caller: Caller): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const { name, prefix } = await this.mine(manager, id, caller);
      if (!(await this.repository.revoke(manager, id, 0))) throw AccountError.notFound('key', id);
      await this.record(manager, caller.username, 'key.revoke', id, { name, prefix });
    });
  }

  private async issueFor(
    manager: EntityManager,
    userId: string,
    { name, kind, scopes, expires_in_days: days }: KeyRequest,
    actor: string,
  ): Promise<IssuedKey> {
    const user = await this.users.find(manager, userId, true);
    if (user === undefined) throw AccountError.field('user_not_found', 'user_id', 'is of no user');
    if (RESERVED.has(user.username))
      throw AccountError.field('user_reserved', 'user_id', 'is this machine’s own, which has no keys');
    if (kind === 'client_secret' && user.kind !== 'service')
      throw AccountError.field('client_secret_of_person', 'kind', 'client_secret is for service accounts');
    const beyond = scopes && (await this.roles.beyond(manager, user.role, scopes));
    if (beyond !== undefined && beyond.length > 0)
      throw AccountError.field(
        'scopes_beyond',
        'scopes',
        `must be what ${user.username} may do; not ${beyond.join(', ')}`,
      );
    if ((await this.repository.countOf(manager, userId)) >= KEYS_MAX)
      throw AccountError.conflict('too_many_keys', `${user.username} has ${KEYS_MAX} keys; revoke some`);
    const id = randomUUID();
    const { secret, prefix, hash } = newSecret(kind);
    const expires_at = days === undefined ? null : new Date(Date.now() + days * DAY_S * 1000);
    const key = { id, user_id: userId, kind, name, prefix, hash, scopes: scopes ?? null, created_by: actor };
    await this.repository.insert(manager, { ...key, expires_at });
    await this.record(manager, actor, 'key.issue', id, {
      username: user.username,
      kind,
      name,
      prefix,
      scopes: scopes ?? null,
      expires_at,
    });
    return { key: (await this.repository.find(manager, id)) as NamedKey, secret };
  }

  /** What a user may do now: a key that somebody else makes for him does not grow with his role. */
  private async scopesOf(manager: EntityManager, userId: string): Promise<Permission[] | undefined> {
    const user = await this.users.find(manager, userId);
    if (user === undefined) return undefined;
    const lacking = await this.roles.beyond(manager, user.role, PERMISSIONS);
    return PERMISSIONS.filter((permission) => !lacking.includes(permission));
  }

  private async mine(manager: EntityManager, id: string, caller: Caller): Promise<NamedKey> {
    const key = await this.repository.find(manager, id, true);
    if (key === undefined) throw AccountError.notFound('key', id);
    if (key.user_id !== caller.id && !caller.permissions.has('keys:write'))
      throw AccountError.notFound('key', id);
    await this.requireMine(manager, key.user_id, caller);
    return key;
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

/** Whoever calls with a key that may do a part only makes no key that may do more. @throws AccountError `scopes_beyond` */
function narrowed(
  scopes: Permission[] | undefined,
  userId: string,
  { id, keyId, permissions }: Caller,
): Permission[] | undefined {
  if (keyId === undefined || userId !== id) return scopes;
  const beyond = scopes?.filter((scope) => !permissions.has(scope)) ?? [];
  if (beyond.length > 0)
    throw AccountError.field(
      'scopes_beyond',
      'scopes',
      `must be what this key may do; not ${beyond.join(', ')}`,
    );
  return scopes ?? [...permissions];
}
