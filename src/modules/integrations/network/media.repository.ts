import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NetworkMedia } from './media.entity.js';

/** What is written of an upload. */
export type NewMedia = Omit<NetworkMedia, 'id' | 'status_id' | 'created_at'>;

@Injectable()
export class MediaRepository {
  async insert(manager: EntityManager, media: NewMedia): Promise<NetworkMedia> {
    const columns = Object.keys(media);
    const [row] = await manager.query<NetworkMedia[]>(
      `INSERT INTO network_media (id, ${columns.join(', ')})
       VALUES (network_snowflake(now()), ${columns.map((_, at) => `$${at + 1}`).join(', ')}) RETURNING *`,
      Object.values(media),
    );
    return row as NetworkMedia;
  }

  /** Until the end of the transaction, nobody else uploads for this account. */
  async lockUploads(manager: EntityManager, network: number, account: string): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      JSON.stringify(['network uploads', network, account]),
    ]);
  }

  /** How many uploads of an account no post shows, and their bytes. */
  async unusedOf(
    manager: EntityManager,
    network: number,
    account: string,
  ): Promise<{ count: number; bytes: number }> {
    const [row] = await manager.query<{ count: number; bytes: number }[]>(
      `SELECT count(*)::int AS count, coalesce(sum(bytes), 0)::float8 AS bytes FROM network_media
       WHERE network_id = $1 AND account_id = $2 AND status_id IS NULL`,
      [network, account],
    );
    return row ?? { count: 0, bytes: 0 };
  }

  /** Forgets an upload that no post shows. @returns whether there was one */
  async deleteOwn(manager: EntityManager, media: NetworkMedia): Promise<boolean> {
    const [, count] = await manager.query<[unknown, number]>(
      'DELETE FROM network_media WHERE network_id = $1 AND id = $2 AND status_id IS NULL',
      [media.network_id, media.id],
    );
    return count > 0;
  }

  /** An account's own upload. */
  async own(
    manager: EntityManager,
    network: number,
    account: string,
    id: string,
  ): Promise<NetworkMedia | undefined> {
    const [row] = await manager.query<NetworkMedia[]>(
      'SELECT * FROM network_media WHERE network_id = $1 AND account_id = $2 AND id = $3',
      [network, account, id],
    );
    return row;
  }

  async byKey(manager: EntityManager, blobKey: string): Promise<NetworkMedia | undefined> {
    const [row] = await manager.query<NetworkMedia[]>('SELECT * FROM network_media WHERE blob_key = $1', [
      blobKey,
    ]);
    return row;
  }

  /** Uploads of an account that no post shows, held until the transaction ends, in the given order. */
  unused(
    manager: EntityManager,
    network: number,
    account: string,
    ids: readonly string[],
  ): Promise<NetworkMedia[]> {
    return manager.query(
      `SELECT * FROM network_media WHERE network_id = $1 AND account_id = $2 AND status_id IS NULL
         AND id = ANY($3::bigint[]) ORDER BY array_position($3::bigint[], id) FOR UPDATE`,
      [network, account, ids],
    );
  }

  async describe(manager: EntityManager, media: NetworkMedia, description: string): Promise<void> {
    await manager.query(
      'UPDATE network_media SET description = $3 WHERE network_id = $1 AND id = $2 AND status_id IS NULL',
      [media.network_id, media.id, description],
    );
  }

  async attach(
    manager: EntityManager,
    network: number,
    status: string,
    ids: readonly string[],
  ): Promise<void> {
    await manager.query(
      'UPDATE network_media SET status_id = $2 WHERE network_id = $1 AND id = ANY($3::bigint[])',
      [network, status, ids],
    );
  }

  /** Objects of the storage that go with a post. */
  async blobsOf(manager: EntityManager, network: number, status: string): Promise<string[]> {
    const rows = await manager.query<{ blob_key: string }[]>(
      'SELECT blob_key FROM network_media WHERE network_id = $1 AND status_id = $2',
      [network, status],
    );
    return rows.map(({ blob_key }) => blob_key);
  }

  async countUnused(manager: EntityManager, days: number): Promise<number> {
    const [row] = await manager.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM network_media
       WHERE status_id IS NULL AND created_at < now() - make_interval(days => $1)`,
      [days],
    );
    return row?.count ?? 0;
  }

  /** Forgets uploads that no post has shown. @returns their objects */
  async deleteUnused(manager: EntityManager, days: number): Promise<string[]> {
    const [rows] = await manager.query<[{ blob_key: string }[], number]>(
      `DELETE FROM network_media WHERE status_id IS NULL AND created_at < now() - make_interval(days => $1)
       RETURNING blob_key`,
      [days],
    );
    return rows.map(({ blob_key }) => blob_key);
  }
}
