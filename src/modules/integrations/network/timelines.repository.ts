import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { anywhere } from '../../../core/database/index.js';
import { newestFirst, pageOf, type IdPage } from './paging.js';
import { visibleTo, wantedBy, WITH_ORIGINALS } from './visibility.js';

/** Whose eyes look at which network; without an account, nobody's. */
export interface Viewer {
  network: number;
  account: string | null;
}

/** Which posts of an account. */
export interface AccountPosts {
  account: string;
  onlyMedia: boolean;
  withoutReplies: boolean;
  withoutBoosts: boolean;
  tag?: string | undefined;
}

/** Posts above and below another. */
export interface Thread {
  ancestors: string[];
  descendants: string[];
}

const ANCESTORS_MAX = 40;
const DESCENDANTS_MAX = 400;
const DEPTH_MAX = 100;
const FOLLOWED = `SELECT target_id FROM network_relations WHERE network_id = $1 AND kind = 'follow' AND account_id = $2`;
const HAS_MEDIA = `EXISTS (SELECT 1 FROM network_media m
  WHERE m.network_id = s.network_id AND m.status_id = coalesce(s.reblog_of_id, s.id))`;

/** Finds which posts a list has: ids, the newest first. */
@Injectable()
export class TimelinesRepository {
  /** Posts of whom the viewer follows, and its own; replies to others only where these are followed, too. */
  home(manager: EntityManager, viewer: Viewer, page: IdPage): Promise<string[]> {
    return this.ids(
      manager,
      `${visibleTo('$2')} AND ${wantedBy('$2')} AND s.visibility <> 'direct'
       AND (s.account_id = $2 OR (s.account_id IN (${FOLLOWED})
         AND (s.reblog_of_id IS NULL OR s.account_id IN (${FOLLOWED} AND reblogs))
         AND (s.in_reply_to_account_id IS NULL OR s.in_reply_to_account_id IN ($2, s.account_id)
           OR s.in_reply_to_account_id IN (${FOLLOWED}))))`,
      [viewer.network, viewer.account],
      page,
    );
  }

  /** All public posts that are no boosts. */
  public(manager: EntityManager, viewer: Viewer, onlyMedia: boolean, page: IdPage): Promise<string[]> {
    return this.ids(
      manager,
      `s.visibility = 'public' AND s.reblog_of_id IS NULL AND ${visibleTo('$2')} AND ${wantedBy('$2')}
       ${onlyMedia ? `AND ${HAS_MEDIA}` : ''}`,
      [viewer.network, viewer.account],
      page,
    );
  }

  /** Public posts with one of the hashtags. @param tags in lower case */
  tagged(manager: EntityManager, viewer: Viewer, tags: readonly string[], page: IdPage): Promise<string[]> {
    return this.ids(
      manager,
      `s.visibility = 'public' AND s.reblog_of_id IS NULL AND ${visibleTo('$2')} AND ${wantedBy('$2')}
       AND s.id IN (SELECT status_id FROM network_tags WHERE network_id = $1 AND name = ANY($3::text[]))`,
      [viewer.network, viewer.account, tags],
      page,
    );
  }

  ofAccount(manager: EntityManager, viewer: Viewer, posts: AccountPosts, page: IdPage): Promise<string[]> {
    const { account, onlyMedia, withoutReplies, withoutBoosts, tag } = posts;
    const conditions = [
      `s.account_id = $3 AND ${visibleTo('$2')} AND (s.reblog_of_id IS NULL OR ${visibleTo('$2', 'o')})`,
      `($4::text IS NULL OR s.id IN (SELECT status_id FROM network_tags WHERE network_id = $1 AND name = $4))`,
      ...(onlyMedia ? [HAS_MEDIA] : []),
      ...(withoutReplies
        ? ['(s.in_reply_to_account_id IS NULL OR s.in_reply_to_account_id = s.account_id)']
        : []),
      ...(withoutBoosts ? ['s.reblog_of_id IS NULL'] : []),
    ];
    return this.ids(
      manager,
      conditions.join(' AND '),
      [viewer.network, viewer.account, account, tag ?? null],
      page,
    );
  }

  /** Which of some posts the viewer may see. */
  async visible(manager: EntityManager, viewer: Viewer, ids: readonly string[]): Promise<Set<string>> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT s.id FROM ${WITH_ORIGINALS} WHERE s.network_id = $1 AND s.id = ANY($3::bigint[]) AND ${visibleTo('$2')}
         AND (s.reblog_of_id IS NULL OR ${visibleTo('$2', 'o')})`,
      [viewer.network, viewer.account, ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** What a post answers, the first above, and what answers it, each before its own answers. */
  async thread(manager: EntityManager, viewer: Viewer, id: string): Promise<Thread> {
    const values = [viewer.network, viewer.account, id];
    const above = await manager.query<{ id: string }[]>(
      `WITH RECURSIVE up (id, depth) AS (
         SELECT in_reply_to_id, 1 FROM network_statuses WHERE network_id = $1 AND id = $3
         UNION ALL
         SELECT s.in_reply_to_id, depth + 1 FROM up JOIN network_statuses s ON s.network_id = $1 AND s.id = up.id
         WHERE depth < ${ANCESTORS_MAX})
       SELECT s.id FROM up JOIN network_statuses s ON s.network_id = $1 AND s.id = up.id
       WHERE ${visibleTo('$2')} ORDER BY depth DESC`,
      values,
    );
    const below = await manager.query<{ id: string }[]>(
      `WITH RECURSIVE down (id, path) AS (
         SELECT id, ARRAY[id] FROM network_statuses WHERE network_id = $1 AND in_reply_to_id = $3
         UNION ALL
         SELECT s.id, path || s.id FROM down
         JOIN network_statuses s ON s.network_id = $1 AND s.in_reply_to_id = down.id
         WHERE cardinality(path) < ${DEPTH_MAX})
       SELECT s.id FROM down JOIN network_statuses s ON s.network_id = $1 AND s.id = down.id
       WHERE ${visibleTo('$2')} ORDER BY path LIMIT ${DESCENDANTS_MAX}`,
      values,
    );
    return { ancestors: above.map((row) => row.id), descendants: below.map((row) => row.id) };
  }

  /** Posts that the viewer may see and whose text has a part, the newest first. */
  async search(
    manager: EntityManager,
    viewer: Viewer,
    q: string,
    { limit, offset }: { limit: number; offset: number },
  ): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT s.id FROM network_statuses s WHERE s.network_id = $1 AND s.reblog_of_id IS NULL AND s.text ILIKE $3
         AND ${visibleTo('$2')} ORDER BY s.id DESC LIMIT $4 OFFSET $5`,
      [viewer.network, viewer.account, anywhere(q), limit, offset],
    );
    return rows.map(({ id }) => id);
  }

  /** Hashtags of public posts that begin so, those that most have first. */
  async searchTags(
    manager: EntityManager,
    network: number,
    q: string,
    { limit, offset }: { limit: number; offset: number },
  ): Promise<{ name: string; uses: number; accounts: number }[]> {
    return manager.query(
      `SELECT t.name, count(*)::int AS uses, count(DISTINCT s.account_id)::int AS accounts FROM network_tags t
       JOIN network_statuses s ON s.network_id = t.network_id AND s.id = t.status_id
       WHERE t.network_id = $1 AND starts_with(t.name, lower($2)) AND s.visibility = 'public' AND s.state = 'published'
       GROUP BY t.name ORDER BY uses DESC, t.name LIMIT $3 OFFSET $4`,
      [network, q, limit, offset],
    );
  }

  private async ids(
    manager: EntityManager,
    condition: string,
    values: readonly unknown[],
    page: IdPage,
  ): Promise<string[]> {
    const end = pageOf('s.id', page, values.length + 1);
    const rows = await manager.query<{ id: string }[]>(
      `SELECT s.id FROM ${WITH_ORIGINALS} WHERE s.network_id = $1 AND ${condition}${end.sql}`,
      [...values, ...end.values],
    );
    return newestFirst(rows, page).map(({ id }) => id);
  }
}
