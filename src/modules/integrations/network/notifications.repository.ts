import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newestFirst, pageOf, type IdPage } from './paging.js';
import type { NetworkMarker, NetworkNotification, NotificationType } from './relation.entity.js';
import type { Viewer } from './timelines.repository.js';
import { visibleTo } from './visibility.js';

/** Something to tell some accounts. */
export interface NewNotification {
  network: number;
  type: NotificationType;
  /** Whose doing it is. */
  from: string;
  to: readonly string[];
  status: string | null;
}

/** Which notifications. */
export interface NotificationFilter {
  types?: readonly string[] | undefined;
  without?: readonly string[] | undefined;
  from?: string | undefined;
}

/** SQL: nobody is told of whom they block or mute by now, nor of who blocks them. */
const HEARD = `NOT EXISTS (SELECT 1 FROM network_relations r WHERE r.network_id = n.network_id
    AND ((r.account_id = n.account_id AND r.target_id = n.from_account_id AND (r.kind = 'block'
        OR (r.kind = 'mute' AND r.notify AND (r.expires_at IS NULL OR r.expires_at > now()))))
      OR (r.account_id = n.from_account_id AND r.target_id = n.account_id AND r.kind = 'block')))`;

/** What accounts are told, and how far they have read. */
@Injectable()
export class NotificationsRepository {
  /** Tells those who want to hear of it: nobody of oneself, nor of whom one blocks or mutes. @returns what was written */
  add(manager: EntityManager, news: NewNotification): Promise<NetworkNotification[]> {
    const { network, type, from, to, status } = news;
    if (to.length === 0) return Promise.resolve([]);
    return manager.query(
      `INSERT INTO network_notifications (network_id, id, account_id, type, from_account_id, status_id)
       SELECT $1, network_snowflake(now()), a.id, $2, $3, $4 FROM network_accounts a
       WHERE a.network_id = $1 AND a.id = ANY($5::bigint[]) AND a.id <> $3
         AND NOT EXISTS (SELECT 1 FROM network_relations r
           WHERE r.network_id = $1 AND r.account_id = a.id AND r.target_id = $3 AND (r.kind = 'block'
             OR (r.kind = 'mute' AND r.notify AND (r.expires_at IS NULL OR r.expires_at > now()))))
       RETURNING *`,
      [network, type, from, status, to],
    );
  }

  /** Who wants to hear of every post of some accounts, by these. */
  async listeners(
    manager: EntityManager,
    network: number,
    accounts: readonly string[],
  ): Promise<Map<string, string[]>> {
    const rows = await manager.query<{ target_id: string; listeners: string[] }[]>(
      `SELECT target_id, array_agg(account_id::text ORDER BY account_id) AS listeners FROM network_relations
       WHERE network_id = $1 AND kind = 'follow' AND target_id = ANY($2::bigint[]) AND notify GROUP BY target_id`,
      [network, accounts],
    );
    return new Map(rows.map(({ target_id, listeners }) => [target_id, listeners]));
  }

  /** What an account was told and may still see, the latest first. */
  async list(
    manager: EntityManager,
    viewer: Viewer,
    { types, without, from }: NotificationFilter,
    page: IdPage,
  ): Promise<NetworkNotification[]> {
    const end = pageOf('n.id', page, 6);
    const rows = await manager.query<NetworkNotification[]>(
      `SELECT n.* FROM network_notifications n
       LEFT JOIN network_statuses s ON s.network_id = n.network_id AND s.id = n.status_id
       WHERE n.network_id = $1 AND n.account_id = $2 AND (n.status_id IS NULL OR ${visibleTo('$2')}) AND ${HEARD}
         AND ($3::text[] IS NULL OR n.type = ANY($3)) AND ($4::text[] IS NULL OR n.type <> ALL($4))
         AND ($5::bigint IS NULL OR n.from_account_id = $5)${end.sql}`,
      [viewer.network, viewer.account, types ?? null, without ?? null, from ?? null, ...end.values],
    );
    return newestFirst(rows, page);
  }

  async byId(manager: EntityManager, network: number, id: string): Promise<NetworkNotification | undefined> {
    return (await this.all(manager, network, [id]))[0];
  }

  /** Notifications by their ids, in their order. */
  all(manager: EntityManager, network: number, ids: readonly string[]): Promise<NetworkNotification[]> {
    return manager.query(
      'SELECT * FROM network_notifications WHERE network_id = $1 AND id = ANY($2::bigint[]) ORDER BY id',
      [network, ids],
    );
  }

  /** Forgets one notification of an account, or all. */
  async clear(manager: EntityManager, network: number, account: string, id: string | null): Promise<void> {
    await manager.query(
      `DELETE FROM network_notifications
       WHERE network_id = $1 AND account_id = $2 AND ($3::bigint IS NULL OR id = $3)`,
      [network, account, id],
    );
  }

  /** How many an account has not read, up to `limit`. */
  async unread(manager: EntityManager, network: number, account: string, limit: number): Promise<number> {
    const [row] = await manager.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM (SELECT 1 FROM network_notifications n
         WHERE n.network_id = $1 AND n.account_id = $2 AND ${HEARD}
           AND n.id > coalesce((SELECT last_read_id FROM network_markers
             WHERE network_id = $1 AND account_id = $2 AND timeline = 'notifications'), 0) LIMIT $3) AS unread`,
      [network, account, limit],
    );
    return row?.count ?? 0;
  }

  markers(
    manager: EntityManager,
    network: number,
    account: string,
    timelines: readonly string[],
  ): Promise<NetworkMarker[]> {
    return manager.query(
      `SELECT * FROM network_markers WHERE network_id = $1 AND account_id = $2 AND timeline = ANY($3)
       ORDER BY timeline`,
      [network, account, timelines],
    );
  }

  async setMarker(
    manager: EntityManager,
    marker: Pick<NetworkMarker, 'network_id' | 'account_id' | 'timeline' | 'last_read_id'>,
  ): Promise<NetworkMarker> {
    const { network_id, account_id, timeline, last_read_id } = marker;
    const [row] = await manager.query<NetworkMarker[]>(
      `INSERT INTO network_markers AS m (network_id, account_id, timeline, last_read_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT (network_id, account_id, timeline) DO UPDATE
         SET last_read_id = excluded.last_read_id, version = m.version + 1, updated_at = now() RETURNING *`,
      [network_id, account_id, timeline, last_read_id],
    );
    return row as NetworkMarker;
  }
}
