import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NetworkAccount } from './account.entity.js';
import type { NetworkMedia } from './media.entity.js';
import type { NetworkStatus } from './status.entity.js';
import { TimelinesRepository, type Viewer } from './timelines.repository.js';

/** A post with everything that is shown of it. */
export interface FullStatus extends NetworkStatus {
  account: NetworkAccount;
  tags: string[];
  /** That the guard gave the text, or people since. */
  labels: string[];
  mentions: Pick<NetworkAccount, 'id' | 'username'>[];
  media: NetworkMedia[];
  favourited: boolean;
  reblogged: boolean;
  bookmarked: boolean;
  /** Of a boost: what is boosted. */
  reblog: FullStatus | null;
}

type Row = Omit<FullStatus, 'account' | 'reblog'>;

const ROWS = `SELECT s.*, coalesce((SELECT o.labels FROM decision_outcomes o WHERE o.id = s.decision_id), '{}') AS labels,
  ARRAY(SELECT t.name FROM network_tags t WHERE t.network_id = s.network_id AND t.status_id = s.id ORDER BY t.name) AS tags,
  (SELECT coalesce(json_agg(json_build_object('id', a.id::text, 'username', a.username) ORDER BY a.id), '[]')
   FROM network_mentions m JOIN network_accounts a ON a.network_id = m.network_id AND a.id = m.account_id
   WHERE m.network_id = s.network_id AND m.status_id = s.id) AS mentions,
  EXISTS (SELECT 1 FROM network_marks k WHERE k.network_id = s.network_id AND k.kind = 'favourite'
    AND k.account_id = $3 AND k.status_id = s.id) AS favourited,
  EXISTS (SELECT 1 FROM network_marks k WHERE k.network_id = s.network_id AND k.kind = 'bookmark'
    AND k.account_id = $3 AND k.status_id = s.id) AS bookmarked,
  EXISTS (SELECT 1 FROM network_statuses b WHERE b.network_id = s.network_id AND b.reblog_of_id = s.id
    AND b.account_id = $3) AS reblogged
  FROM network_statuses s WHERE s.network_id = $1 AND s.id = ANY($2::bigint[])`;

/** Reads posts whole. */
@Injectable()
export class StatusReader {
  constructor(private readonly timelines: TimelinesRepository) {}

  /** Those of some posts that the viewer may see, in the given order. */
  async visible(manager: EntityManager, viewer: Viewer, ids: readonly string[]): Promise<FullStatus[]> {
    if (ids.length === 0) return [];
    const visible = await this.timelines.visible(manager, viewer, ids);
    return this.read(
      manager,
      viewer,
      ids.filter((id) => visible.has(id)),
    );
  }

  /** Posts of which it is known that the viewer may see them, in the given order; those that are gone are left out. */
  async read(manager: EntityManager, viewer: Viewer, ids: readonly string[]): Promise<FullStatus[]> {
    const rows = await this.rows(manager, viewer, ids);
    const originals = await this.rows(
      manager,
      viewer,
      rows.flatMap(({ reblog_of_id }) => reblog_of_id ?? []),
    );
    const all = [...rows, ...originals];
    const accounts = await this.accounts(
      manager,
      viewer.network,
      all.map(({ account_id }) => account_id),
    );
    const media = await this.media(
      manager,
      viewer.network,
      all.map(({ id }) => id),
    );
    const whole = (row: Row, reblog: FullStatus | null): FullStatus => ({
      ...row,
      account: accounts.get(row.account_id) as NetworkAccount,
      media: media.get(row.id) ?? [],
      reblog,
    });
    const boosted = new Map(originals.map((row) => [row.id, whole(row, null)]));
    const found = new Map(
      rows.map((row) => [row.id, whole(row, boosted.get(row.reblog_of_id ?? '') ?? null)]),
    );
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  private rows(manager: EntityManager, viewer: Viewer, ids: readonly string[]): Promise<Row[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return manager.query(ROWS, [viewer.network, ids, viewer.account]);
  }

  private async accounts(
    manager: EntityManager,
    network: number,
    ids: readonly string[],
  ): Promise<Map<string, NetworkAccount>> {
    const rows = await manager.query<NetworkAccount[]>(
      'SELECT * FROM network_accounts WHERE network_id = $1 AND id = ANY($2::bigint[])',
      [network, ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async media(
    manager: EntityManager,
    network: number,
    ids: readonly string[],
  ): Promise<Map<string, NetworkMedia[]>> {
    const rows = await manager.query<(NetworkMedia & { status_id: string })[]>(
      'SELECT * FROM network_media WHERE network_id = $1 AND status_id = ANY($2::bigint[]) ORDER BY id',
      [network, ids],
    );
    const found = new Map<string, NetworkMedia[]>();
    for (const row of rows) found.set(row.status_id, [...(found.get(row.status_id) ?? []), row]);
    return found;
  }
}
