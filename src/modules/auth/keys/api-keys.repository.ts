import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { ApiKey, KeyKind } from './api-key.entity.js';

/** A key with the name of its user. */
export type NamedKey = ApiKey & { username: string };

export interface KeyFilter {
  user_id?: string | undefined;
  kind?: KeyKind | undefined;
  /** Only those that still hold, or only those that do not. */
  active?: boolean | undefined;
}

export const KEY_SORTS = ['created_at', 'name'] as const;
export type KeySort = (typeof KEY_SORTS)[number];

const LIST = new Listing<KeySort>({
  name: 'keys',
  select: 'api_keys.*, users.username',
  from: 'api_keys JOIN users ON users.id = api_keys.user_id',
  id: 'api_keys.id',
  sorts: {
    created_at: { sql: 'api_keys.created_at', type: 'timestamptz' },
    name: { sql: 'api_keys.name', type: 'text' },
  },
});

const HOLDS = 'api_keys.revoked_at IS NULL AND (api_keys.expires_at IS NULL OR api_keys.expires_at > now())';

export type NewKey = Pick<
  ApiKey,
  'id' | 'user_id' | 'kind' | 'name' | 'prefix' | 'hash' | 'scopes' | 'created_by' | 'expires_at'
>;

@Injectable()
export class ApiKeysRepository {
  async insert(manager: EntityManager, key: NewKey): Promise<void> {
    await manager.query(
      `INSERT INTO api_keys (id, user_id, kind, name, prefix, hash, scopes, created_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        key.id,
        key.user_id,
        key.kind,
        key.name,
        key.prefix,
        key.hash,
        key.scopes,
        key.created_by,
        key.expires_at,
      ],
    );
  }

  async find(manager: EntityManager, id: string, lock = false): Promise<NamedKey | undefined> {
    const [row] = await manager.query<NamedKey[]>(
      `SELECT api_keys.*, users.username FROM api_keys JOIN users ON users.id = api_keys.user_id
       WHERE api_keys.id = $1${lock ? ' FOR UPDATE OF api_keys' : ''}`,
      [id],
    );
    return row;
  }

  /** How many keys of a user still hold. */
  async countOf(manager: EntityManager, userId: string): Promise<number> {
    const [row] = await manager.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM api_keys WHERE user_id = $1 AND ${HOLDS}`,
      [userId],
    );
    return row?.count ?? 0;
  }

  /** Ends a key, at once or in some seconds. @returns whether it still held */
  async revoke(manager: EntityManager, id: string, inSeconds: number): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE api_keys SET
         revoked_at = CASE WHEN $2::int = 0 THEN now() ELSE revoked_at END,
         expires_at = CASE WHEN $2::int = 0 THEN expires_at
           ELSE least(coalesce(expires_at, 'infinity'), now() + make_interval(secs => $2::int)) END
       WHERE id = $1 AND ${HOLDS}`,
      [id, inSeconds],
    );
    return count > 0;
  }

  page(
    manager: EntityManager,
    { user_id, kind, active }: KeyFilter,
    request: PageRequest<KeySort>,
  ): Promise<Page<NamedKey>> {
    const conditions = new Conditions().equal('api_keys.user_id', user_id).equal('api_keys.kind', kind);
    if (active !== undefined) conditions.require(active ? HOLDS : `NOT (${HOLDS})`);
    return LIST.page(manager, conditions, request);
  }
}
