import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import { REFRESH_DAYS, SESSION_DAYS } from '../tokens/token.lives.js';
import type { Revocation, Session } from './session.entity.js';

/** A session with the name of its user. */
export type NamedSession = Session & { username: string };

export interface SessionFilter {
  user_id?: string | undefined;
  /** Only those that still hold. */
  active?: boolean | undefined;
}

export const SESSION_SORTS = ['created_at', 'last_used_at'] as const;
export type SessionSort = (typeof SESSION_SORTS)[number];

const LIST = new Listing<SessionSort>({
  name: 'sessions',
  select: 'sessions.*, users.username',
  from: 'sessions JOIN users ON users.id = sessions.user_id',
  id: 'sessions.id',
  sorts: {
    created_at: { sql: 'sessions.created_at', type: 'timestamptz' },
    last_used_at: { sql: 'sessions.last_used_at', type: 'timestamptz' },
  },
});

const HOLDS = 'sessions.revoked_at IS NULL AND sessions.expires_at > now()';
const ENDED = 'least(expires_at, revoked_at) < now() - make_interval(days => $1)';

@Injectable()
export class SessionsRepository {
  /** @returns when it expires */
  async insert(
    manager: EntityManager,
    session: Pick<Session, 'id' | 'user_id' | 'refresh_id' | 'address' | 'user_agent'>,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO sessions (id, user_id, refresh_id, address, user_agent, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6))`,
      [session.id, session.user_id, session.refresh_id, session.address, session.user_agent, REFRESH_DAYS],
    );
  }

  /**
   * Exchanges the refresh token that holds for the next one.
   * @returns false when the session does not hold, or another refresh token does
   */
  async advance(manager: EntityManager, id: string, from: string, to: string): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE sessions SET refresh_id = $3, last_used_at = now(),
         expires_at = least(now() + make_interval(days => $4), created_at + make_interval(days => $5))
       WHERE id = $1 AND refresh_id = $2 AND ${HOLDS}`,
      [id, from, to, REFRESH_DAYS, SESSION_DAYS],
    );
    return count > 0;
  }

  /** Ends a session. @returns the session, undefined when it did not hold any more */
  async revoke(manager: EntityManager, id: string, why: Revocation): Promise<Session | undefined> {
    const [rows] = await manager.query<[Session[], number]>(
      `UPDATE sessions SET revoked_at = now(), revoked_for = $2 WHERE id = $1 AND ${HOLDS} RETURNING *`,
      [id, why],
    );
    return rows[0];
  }

  /** Ends the sessions of a user, all but one when it is named. @returns how many */
  async revokeAll(
    manager: EntityManager,
    userId: string,
    why: Revocation,
    but: string | undefined,
  ): Promise<number> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE sessions SET revoked_at = now(), revoked_for = $2
       WHERE user_id = $1 AND id IS DISTINCT FROM $3::uuid AND ${HOLDS}`,
      [userId, why, but ?? null],
    );
    return count;
  }

  /** Ends the sessions of everybody who logs in; the command line of a machine does not. @returns how many */
  async revokeEverybody(manager: EntityManager, why: Revocation): Promise<number> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE sessions SET revoked_at = now(), revoked_for = $1
       WHERE user_id IN (SELECT id FROM users WHERE password_hash IS NOT NULL) AND ${HOLDS}`,
      [why],
    );
    return count;
  }

  async find(manager: EntityManager, id: string): Promise<NamedSession | undefined> {
    const [row] = await manager.query<NamedSession[]>(
      `SELECT sessions.*, users.username FROM sessions JOIN users ON users.id = sessions.user_id
       WHERE sessions.id = $1`,
      [id],
    );
    return row;
  }

  /** A session of a user that holds for a day and more, if there is one. */
  async lasting(manager: EntityManager, userId: string): Promise<string | undefined> {
    const [row] = await manager.query<{ id: string }[]>(
      `SELECT id FROM sessions WHERE user_id = $1 AND ${HOLDS} AND expires_at > now() + interval '1 day'
       ORDER BY created_at DESC LIMIT 1`,
      [userId],
    );
    return row?.id;
  }

  page(
    manager: EntityManager,
    { user_id, active }: SessionFilter,
    request: PageRequest<SessionSort>,
  ): Promise<Page<NamedSession>> {
    const conditions = new Conditions().equal('sessions.user_id', user_id);
    if (active !== undefined) conditions.require(active ? HOLDS : `NOT (${HOLDS})`);
    return LIST.page(manager, conditions, request);
  }

  /** Deletes sessions that ended so many days ago. @returns how many */
  async sweep(manager: EntityManager, days: number): Promise<number> {
    const [, count] = await manager.query<[unknown[], number]>(`DELETE FROM sessions WHERE ${ENDED}`, [days]);
    return count;
  }

  /** How many {@link sweep} would delete. */
  async countOld(manager: EntityManager, days: number): Promise<number> {
    const [row] = await manager.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM sessions WHERE ${ENDED}`,
      [days],
    );
    return row?.count ?? 0;
  }
}
