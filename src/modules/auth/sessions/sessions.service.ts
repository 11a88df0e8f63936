import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { CONFIG, type Config } from '../../../core/config/index.js';
import type { Page, PageRequest } from '../../../core/database/index.js';
import type { Caller } from '../../../core/http/index.js';
import { SessionNotFoundError, TokenInvalidError } from '../auth.errors.js';
import type { TokensDto } from '../dto/auth.dto.js';
import { REFRESH_DAYS } from '../tokens/token.lives.js';
import { TokenService } from '../tokens/token.service.js';
import { UsersService } from '../users/users.service.js';
import type { Revocation } from './session.entity.js';
import {
  SessionsRepository,
  type NamedSession,
  type SessionFilter,
  type SessionSort,
} from './sessions.repository.js';

/** Where somebody logs in from, as far as it is known. */
export interface Origin {
  address?: string | undefined;
  userAgent?: string | undefined;
}

/** A session, and the refresh token of it that holds. */
export interface OpenedSession {
  userId: string;
  id: string;
  refreshId: string;
}

/**
 * Log-ins. A session has one refresh token that holds; using it gives the next one. Who uses an older one has stolen it, or was
 * stolen from: the session ends, and with it every token that came of it.
 */
@Injectable()
export class SessionsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: SessionsRepository,
    private readonly tokens: TokenService,
    private readonly audit: AuditService,
    private readonly users: UsersService,
  ) {}

  /** Begins a session in the manager's transaction; its tokens are made by {@link tokensOf} once that is over. */
  async open(manager: EntityManager, userId: string, { address, userAgent }: Origin): Promise<OpenedSession> {
    const [id, refreshId] = [randomUUID(), randomUUID()];
    await this.repository.insert(manager, {
      id,
      user_id: userId,
      refresh_id: refreshId,
      address: address ?? null,
      user_agent: userAgent?.slice(0, 300) ?? null,
    });
    return { userId, id, refreshId };
  }

  /** New tokens for a refresh token. @throws TokenInvalidError; then its session has ended where the token was used before */
  async refresh(refreshToken: string): Promise<TokensDto> {
    const { sub, sid, jti } = await this.tokens.verify(refreshToken, 'refresh');
    if (sid === undefined) throw new TokenInvalidError('the refresh token belongs to no session', 'token');
    const next = randomUUID();
    const [holds] = await this.dataSource.query<unknown[]>('SELECT 1 FROM users WHERE id = $1 AND active', [
      sub,
    ]);
    if (holds !== undefined && (await this.repository.advance(this.dataSource.manager, sid, jti, next)))
      return this.tokensOf({ userId: sub, id: sid, refreshId: next });
    await this.endReused(sid);
    throw new TokenInvalidError('the refresh token was used before, or its session has ended', 'session');
  }

  /** @throws SessionNotFoundError when there is none that still holds, or it is another's and `ownerId` is given */
  async revoke(id: string, why: Revocation, actor: string, ownerId?: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const session = await this.repository.find(manager, id);
      const theirs = ownerId !== undefined && session?.user_id !== ownerId;
      if (theirs || (await this.repository.revoke(manager, id, why)) === undefined)
        throw new SessionNotFoundError(id);
      await this.record(manager, actor, 'session.revoke', id, { username: session?.username, why });
    });
  }

  /** Ends the sessions of a user, all but one when it is named. @returns how many */
  async revokeAll(userId: string, why: Revocation, actor: string, but?: string): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const count = await this.repository.revokeAll(manager, userId, why, but);
      if (count > 0) {
        await this.audit.append(manager, {
          actor,
          action: 'session.revoke_all',
          subject: { type: 'user', id: userId },
          data: { why, count },
        });
      }
      return count;
    });
  }

  /**
   * Ends a session of somebody who may do no more than the caller.
   * @throws SessionNotFoundError; PermissionBeyondError
   */
  async revokeOf(id: string, caller: Caller): Promise<void> {
    const { manager } = this.dataSource;
    const session = await this.repository.find(manager, id);
    if (session === undefined) throw new SessionNotFoundError(id);
    await this.users.requireWithin(session.user_id, caller);
    await this.revoke(id, 'admin', caller.username);
  }

  /** Ends the sessions of somebody who may do no more than the caller. @returns how many @throws PermissionBeyondError */
  async revokeAllOf(userId: string, caller: Caller): Promise<number> {
    await this.users.requireWithin(userId, caller);
    return this.revokeAll(userId, 'admin', caller.username);
  }

  list(filter: SessionFilter, request: PageRequest<SessionSort>): Promise<Page<NamedSession>> {
    return this.repository.page(this.dataSource.manager, filter, request);
  }

  private async endReused(id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const session = await this.repository.revoke(manager, id, 'reuse');
      if (session === undefined) return;
      await this.record(manager, 'system', 'session.reuse', id, { user_id: session.user_id });
    });
  }

  /** Not within a transaction: the keys may have to be read, by a connection that others wait for. */
  async tokensOf({ userId, id, refreshId }: OpenedSession): Promise<TokensDto> {
    const seconds = this.config.auth.accessTokenMinutes * 60;
    const grant = { sub: userId, sid: id };
    const [access, refresh] = await Promise.all([
      this.tokens.sign(grant, 'access', seconds),
      this.tokens.sign(grant, 'refresh', REFRESH_DAYS * 86_400, refreshId),
    ]);
    return { access_token: access, refresh_token: refresh, token_type: 'Bearer', expires_in: seconds };
  }

  private record(
    manager: EntityManager,
    actor: string,
    action: string,
    id: string,
    data: object,
  ): Promise<void> {
    return this.audit.append(manager, { actor, action, subject: { type: 'session', id }, data });
  }
}
