import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { Permission } from '../../../core/http/index.js';
import type { ApiKey, KeyKind } from './api-key.entity.js';

/** A key with the name of its user. */
export type NamedKey = ApiKey & { username: string };

export interface KeyFilter {
  user_id?: string | undefined;
  kind?: KeyKind | undefined;
  /** Only those that still hold, or only those that do not. */
  active?: boolean | undefined;
}

/** What a program sees of the keys of its user: its own, and those that may do no more. */
export interface KeySight {
  id: string;
  /** What it may do. */
  permissions: readonly Permission[];
  /** What the role of its user may do, and with it a key without scopes. */
  held: readonly Permission[];
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

/** A key and all that came of it. */
const FAMILY = `WITH RECURSIVE family (id) AS (
  SELECT $1::uuid UNION SELECT api_keys.id FROM api_keys JOIN family ON api_keys.parent_id = family.id)`;
const HOLDS = 'api_keys.revoked_at IS NULL AND (api_keys.expires_at IS NULL OR api_keys.expires_at > now())';
/** Keys that ended so many days ago, but for those that a younger one came of: with them it would go too, and could not be ended. */
const OLD = `id NOT IN (
  WITH RECURSIVE kept (id, parent_id) AS (
    SELECT id, parent_id FROM api_keys
      WHERE coalesce(least(expires_at, revoked_at) >= now() - make_interval(days => $1), true)
    UNION SELECT parent.id, parent.parent_id FROM api_keys parent JOIN kept ON parent.id = kept.parent_id)
  SELECT id FROM kept)`;

export type NewKey = Pick<
  ApiKey,
  | 'id'
  | 'user_id'
  | 'kind'
  | 'name'
  | 'prefix'
  | 'hash'
  | 'scopes'
  | 'created_by'
  | 'expires_at'
  | 'parent_id'
>;

@Injectable()
export class ApiKeysRepository {
  async insert(manager: EntityManager, key: NewKey): Promise<void> {
    await manager.query(
      `INSERT INTO api_keys (id, user_id, kind, name, prefix, hash, scopes, created_by, expires_at, parent_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
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
        key.parent_id,
      ],
    );
  }

  async find(manager: EntityManager, id: string): Promise<NamedKey | undefined> {
    const [row] = await manager.query<NamedKey[]>(
      `SELECT api_keys.*, users.username FROM api_keys JOIN users ON users.id = api_keys.user_id
       WHERE api_keys.id = $1`,
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

  /** Ends a key and all that came of it, at once or in some seconds. @returns whether one of them still held */
  async revoke(manager: EntityManager, id: string, inSeconds: number): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      `${FAMILY} UPDATE api_keys SET
         revoked_at = CASE WHEN $2::int = 0 THEN now() ELSE revoked_at END,
         expires_at = CASE WHEN $2::int = 0 THEN expires_at
           ELSE least(coalesce(expires_at, 'infinity'), now() + make_interval(secs => $2::int)) END
       WHERE id IN (SELECT id FROM family) AND ${HOLDS}`,
      [id, inSeconds],
    );
    return count > 0;
  }

  /** Notes that somebody made another in the place of a key. @returns false where one was before */
  async replace(manager: EntityManager, id: string): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      'UPDATE api_keys SET replaced_at = now() WHERE id = $1 AND replaced_at IS NULL',
      [id],
    );
    return count > 0;
  }

  /** Ends a key alone, at once: what it put in its place goes on. */
  async expire(manager: EntityManager, id: string): Promise<void> {
    await manager.query(`UPDATE api_keys SET expires_at = now() WHERE id = $1 AND ${HOLDS}`, [id]);
  }

  /** Deletes keys that ended so many days ago. @returns how many */
  async sweep(manager: EntityManager, days: number): Promise<number> {
    const [, count] = await manager.query<[unknown[], number]>(`DELETE FROM api_keys WHERE ${OLD}`, [days]);
    return count;
  }

  /** How many {@link sweep} would delete. */
  async countOld(manager: EntityManager, days: number): Promise<number> {
    const [row] = await manager.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM api_keys WHERE ${OLD}`,
      [days],
    );
    return row?.count ?? 0;
  }

  page(
    manager: EntityManager,
    { user_id, kind, active }: KeyFilter,
    request: PageRequest<KeySort>,
    sight?: KeySight,
  ): Promise<Page<NamedKey>> {
    const conditions = new Conditions().equal('api_keys.user_id', user_id).equal('api_keys.kind', kind);
    if (sight !== undefined) {
      const [id, held, permissions] = [sight.id, sight.held, sight.permissions].map((each) =>
        conditions.parameter(each),
      );
      conditions.require(
        `api_keys.id = ${id} OR coalesce(api_keys.scopes, ${held}::text[]) <@ ${permissions}::text[]`,
      );
    }
    if (active !== undefined) conditions.require(active ? HOLDS : `NOT (${HOLDS})`);
    return LIST.page(manager, conditions, request);
  }
}
