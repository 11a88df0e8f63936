import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newestFirst, pageOf, type IdPage } from './paging.js';
import { atHomeOf, followedBy, visibleTo, wantedBy, WITH_ORIGINALS } from './visibility.js';

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

/** How much of a thread is shown to who has signed in, and to others; as many levels down. */
const READERS_THREAD = { ancestors: 4_096, descendants: 4_096, depth: 4_096 };
const STRANGERS_THREAD = { ancestors: 40, descendants: 60, depth: 20 };
/** Words that are searched for. */
const WORDS_MAX = 20;

/** A post below another. */
interface Answer {
  id: string;
  parent: string;
  shown: boolean;
}

const HAS_MEDIA = `EXISTS (SELECT 1 FROM network_media m
  WHERE m.network_id = s.network_id AND m.status_id = coalesce(s.reblog_of_id, s.id))`;

/** Finds which posts a list has: ids, the newest first. */
@Injectable()
export class TimelinesRepository {
  /** Posts of whom the viewer follows, and its own; replies to others only where these are followed, too. */
  home(manager: EntityManager, viewer: Viewer, page: IdPage): Promise<string[]> {
    return this.ids(
      manager,
      `${visibleTo('$2')} AND ${atHomeOf('$2', followedBy('$2'))}`,
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

  /**
   * What a post answers, the first above, and what answers it, each before its own answers. No more is read than is shown:
   * answers near the post come before those farther below.
   */
  async thread(manager: EntityManager, viewer: Viewer, id: string): Promise<Thread> {
    const { ancestors, descendants, depth } = viewer.account === null ? STRANGERS_THREAD : READERS_THREAD;
    const values = [viewer.network, viewer.account, id];
    const isShown = `${visibleTo('$2')} AND ${wantedBy('$2', 's.account_id')}`;
    const above = await manager.query<{ id: string }[]>(
      `WITH RECURSIVE up (id, depth) AS (
         SELECT in_reply_to_id, 1 FROM network_statuses WHERE network_id = $1 AND id = $3 AND in_reply_to_id IS NOT NULL
         UNION ALL
         SELECT s.in_reply_to_id, depth + 1 FROM up JOIN network_statuses s ON s.network_id = $1 AND s.id = up.id
         WHERE depth < ${ancestors} AND s.in_reply_to_id IS NOT NULL)
       SELECT s.id FROM up JOIN network_statuses s ON s.network_id = $1 AND s.id = up.id
       WHERE ${isShown} ORDER BY depth DESC`,
      values,
    );
    // Rows of a recursion are made as they are fetched, one level after the other: the limit ends it.
    const below = await manager.query<Answer[]>(
      `WITH RECURSIVE down (id, parent, depth) AS (
         SELECT $3::bigint, NULL::bigint, 0
         UNION ALL
         SELECT a.id, down.id, depth + 1 FROM down CROSS JOIN LATERAL (
           SELECT r.id FROM network_statuses r WHERE r.network_id = $1 AND r.in_reply_to_id = down.id
           ORDER BY r.id LIMIT ${descendants}) AS a
         WHERE depth < ${depth}),
       near AS MATERIALIZED (SELECT * FROM down LIMIT ${descendants + 1})
       SELECT near.id, near.parent, ${isShown} AS shown FROM near
       JOIN network_statuses s ON s.network_id = $1 AND s.id = near.id WHERE near.parent IS NOT NULL`,
      values,
    );
    return { ancestors: above.map((row) => row.id), descendants: inOrder(id, below) };
  }

  /** Posts that the viewer may see and whose text has words that begin so, the newest first. */
  async search(
    manager: EntityManager,
    viewer: Viewer,
    q: string,
    { limit, offset }: { limit: number; offset: number },
  ): Promise<string[]> {
    const words = (q.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).slice(0, WORDS_MAX);
    if (words.length === 0) return [];
    const rows = await manager.query<{ id: string }[]>(
      `SELECT s.id FROM network_statuses s WHERE s.network_id = $1 AND s.reblog_of_id IS NULL
         AND to_tsvector('simple', s.text) @@ to_tsquery('simple', $3)
         AND ${visibleTo('$2')} AND ${wantedBy('$2', 's.account_id')} ORDER BY s.id DESC LIMIT $4 OFFSET $5`,
      [viewer.network, viewer.account, words.map((word) => `'${word}':*`).join(' & '), limit, offset],
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

/** What is shown of the answers to a post, each before its own answers and after those that were there before. */
function inOrder(root: string, answers: readonly Answer[]): string[] {
  const below = new Map<string, Answer[]>();
  for (const answer of answers) {
    const siblings = below.get(answer.parent);
    if (siblings === undefined) below.set(answer.parent, [answer]);
    else siblings.push(answer);
  }
  const ordered: string[] = [];
  const waiting = (below.get(root) ?? []).toSorted(latestFirst);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.shown) ordered.push(next.id);
    waiting.push(...(below.get(next.id) ?? []).toSorted(latestFirst));
  }
  return ordered;
}

function latestFirst(one: Answer, other: Answer): number {
  return Number(BigInt(other.id) - BigInt(one.id));
}
