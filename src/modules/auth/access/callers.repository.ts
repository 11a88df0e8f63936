import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Permission } from '../../../core/http/index.js';
import type { KeyKind } from '../keys/api-key.entity.js';
import type { UserKind } from '../users/user.entity.js';

/** What is to be known of a user who calls. */
export interface CallingUser {
  id: string;
  username: string;
  role: string;
  kind: UserKind;
  must_change_password: boolean;
  /** Whether somebody logs in by it. */
  has_password: boolean;
  has_totp: boolean;
  /** Permissions of a role that this installation made; null: the role is built in, or is gone. */
  role_permissions: Permission[] | null;
}

/** A key that was presented, and whose it is. */
export interface PresentedKey {
  key_id: string;
  key_kind: KeyKind;
  hash: string;
  scopes: Permission[] | null;
  expires_at: Date | null;
  user: CallingUser;
}

const USER = `users.id, users.username, users.role, users.kind, users.must_change_password,
  users.password_hash IS NOT NULL AS has_password, users.totp_confirmed_at IS NOT NULL AS has_totp, roles.permissions AS role_permissions`;
const USERS = 'users LEFT JOIN roles ON roles.name = users.role';
const KEY_HOLDS =
  'api_keys.revoked_at IS NULL AND (api_keys.expires_at IS NULL OR api_keys.expires_at > now())';

/** Reads who calls. Only users that are active, by what still holds. */
@Injectable()
export class CallersRepository {
  /** The user of a session that holds. */
  async ofSession(
    manager: EntityManager,
    userId: string,
    sessionId: string,
  ): Promise<CallingUser | undefined> {
    const [row] = await manager.query<CallingUser[]>(
      `SELECT ${USER} FROM ${USERS} JOIN sessions ON sessions.user_id = users.id
       WHERE users.id = $1 AND users.active AND sessions.id = $2
         AND sessions.revoked_at IS NULL AND sessions.expires_at > now()`,
      [userId, sessionId],
    );
    return row;
  }

  /** The user of a client secret that holds, and what the secret is good for. */
  async ofClientSecret(
    manager: EntityManager,
    userId: string,
    keyId: string,
  ): Promise<(CallingUser & { scopes: Permission[] | null }) | undefined> {
    const [row] = await manager.query<(CallingUser & { scopes: Permission[] | null })[]>(
      `SELECT ${USER}, api_keys.scopes FROM ${USERS} JOIN api_keys ON api_keys.user_id = users.id
       WHERE users.id = $1 AND users.active AND api_keys.id = $2 AND ${KEY_HOLDS}`,
      [userId, keyId],
    );
    return row;
  }

  /** A key that holds, by the name that it begins with. Notes that it was used, to the minute. */
  async ofPrefix(manager: EntityManager, prefix: string): Promise<PresentedKey | undefined> {
    const [row] = await manager.query<(Omit<PresentedKey, 'user'> & CallingUser & { unused: boolean })[]>(
      `SELECT ${USER}, api_keys.id AS key_id, api_keys.kind AS key_kind, api_keys.hash, api_keys.scopes,
         api_keys.expires_at, coalesce(api_keys.last_used_at < now() - interval '1 minute', true) AS unused
       FROM ${USERS} JOIN api_keys ON api_keys.user_id = users.id
       WHERE api_keys.prefix = $1 AND users.active AND ${KEY_HOLDS}`,
      [prefix],
    );
    if (row === undefined) return undefined;
    const { key_id, key_kind, hash, scopes, expires_at, unused, ...user } = row;
    if (unused) await manager.query('UPDATE api_keys SET last_used_at = now() WHERE id = $1', [key_id]);
    return { key_id, key_kind, hash, scopes, expires_at, user };
  }

  /** An active user by id. */
  async ofId(manager: EntityManager, id: string): Promise<CallingUser | undefined> {
    const [row] = await manager.query<CallingUser[]>(
      `SELECT ${USER} FROM ${USERS} WHERE users.id = $1 AND users.active`,
      [id],
    );
    return row;
  }

  /** An active user by name. */
  async ofUsername(manager: EntityManager, username: string): Promise<CallingUser | undefined> {
    const [row] = await manager.query<CallingUser[]>(
      `SELECT ${USER} FROM ${USERS} WHERE users.username = $1 AND users.active`,
      [username],
    );
    return row;
  }
}
