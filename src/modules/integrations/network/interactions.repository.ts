import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NetworkAccount } from './account.entity.js';
import { newestFirst, pageOf, type IdPage } from './paging.js';
import type { MarkKind } from './relation.entity.js';
import type { Listed } from './relations.repository.js';
import type { NetworkStatus } from './status.entity.js';
import type { Viewer } from './timelines.repository.js';
import { visibleTo } from './visibility.js';

/** Favourites and bookmarks, and who boosted. */
@Injectable()
export class InteractionsRepository {
  /** @returns whether it is new */
  async mark(
    manager: EntityManager,
    kind: MarkKind,
    account: string,
    status: NetworkStatus,
  ): Promise<boolean> {
    const { network_id, id } = status;
    const rows = await manager.query<unknown[]>(
      `INSERT INTO network_marks (network_id, kind, account_id, status_id, id)
       VALUES ($1, $2, $3, $4, network_snowflake(now())) ON CONFLICT DO NOTHING RETURNING 1`,
      [network_id, kind, account, id],
    );
    if (rows.length > 0 && kind === 'favourite') await this.countFavourite(manager, status, 1);
    return rows.length > 0;
  }

  async unmark(
    manager: EntityManager,
    kind: MarkKind,
    account: string,
    status: NetworkStatus,
  ): Promise<void> {
    const [, count] = await manager.query<[unknown, number]>(
      'DELETE FROM network_marks WHERE network_id = $1 AND kind = $2 AND account_id = $3 AND status_id = $4',
      [status.network_id, kind, account, status.id],
    );
    if (count > 0 && kind === 'favourite') await this.countFavourite(manager, status, -1);
  }

  /** Posts that an account marked and may still see, the latest marked first. */
  async marked(
    manager: EntityManager,
    viewer: Viewer,
    kind: MarkKind,
    page: IdPage,
  ): Promise<{ id: string; list_id: string }[]> {
    const end = pageOf('k.id', page, 4);
    const rows = await manager.query<{ id: string; list_id: string }[]>(
      `SELECT s.id, k.id AS list_id FROM network_marks k
       JOIN network_statuses s ON s.network_id = k.network_id AND s.id = k.status_id
       WHERE k.network_id = $1 AND k.account_id = $2 AND k.kind = $3 AND ${visibleTo('$2')}${end.sql}`,
      [viewer.network, viewer.account, kind, ...end.values],
    );
    return newestFirst(rows, page);
  }

  async favouritedBy(
    manager: EntityManager,
    { network_id, id }: NetworkStatus,
    page: IdPage,
  ): Promise<Listed<NetworkAccount>[]> {
    const end = pageOf('k.id', page, 3);
    const rows = await manager.query<Listed<NetworkAccount>[]>(
      `SELECT a.*, k.id AS list_id FROM network_marks k
       JOIN network_accounts a ON a.network_id = k.network_id AND a.id = k.account_id
       WHERE k.network_id = $1 AND k.status_id = $2 AND k.kind = 'favourite'${end.sql}`,
      [network_id, id, ...end.values],
    );
    return newestFirst(rows, page);
  }

  async rebloggedBy(
    manager: EntityManager,
    { network_id, id }: NetworkStatus,
    page: IdPage,
  ): Promise<Listed<NetworkAccount>[]> {
    const end = pageOf('s.id', page, 3);
    const rows = await manager.query<Listed<NetworkAccount>[]>(
      `SELECT a.*, s.id AS list_id FROM network_statuses s
       JOIN network_accounts a ON a.network_id = s.network_id AND a.id = s.account_id
       WHERE s.network_id = $1 AND s.reblog_of_id = $2${end.sql}`,
      [network_id, id, ...end.values],
    );
    return newestFirst(rows, page);
  }

  private async countFavourite(manager: EntityManager, status: NetworkStatus, by: 1 | -1): Promise<void> {
    await manager.query(
      `UPDATE network_statuses SET favourites_count = greatest(0, favourites_count + $3)
       WHERE network_id = $1 AND id = $2`,
      [status.network_id, status.id, by],
    );
  }
}
