import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Viewer } from './timelines.repository.js';
import { atHomeOf, followsOf, visibleTo, wantedBy, WITH_ORIGINALS } from './visibility.js';

/** An account that looks. */
export type StreamViewer = Viewer & { account: string };

/** What a post is to an account that may see it. */
export interface Audience {
  account: string;
  /** Whether it mutes and blocks nobody who is in it. */
  wanted: boolean;
  /** Whether it is on the account's home timeline. */
  home: boolean;
  /** Of the post, or of what is boosted. */
  favourited: boolean;
  reblogged: boolean;
  bookmarked: boolean;
}

const VIEWER = 'v.account';
const ORIGINAL = 'coalesce(s.reblog_of_id, s.id)';
const marked = (kind: 'favourite' | 'bookmark'): string =>
  `EXISTS (SELECT 1 FROM network_marks k WHERE k.network_id = s.network_id AND k.kind = '${kind}'
    AND k.account_id = ${VIEWER} AND k.status_id = ${ORIGINAL})`;

/** Finds for many accounts at once, in one query each, whom something concerns. */
@Injectable()
export class AudienceRepository {
  /** Those of some accounts that may see a post or a boost, each once. */
  of(
    manager: EntityManager,
    network: number,
    status: string,
    accounts: readonly string[],
  ): Promise<Audience[]> {
    return manager.query(
      `SELECT ${VIEWER}::text AS account, ${wantedBy(VIEWER)} AS wanted, ${atHomeOf(VIEWER, followsOf(VIEWER))} AS home,
         ${marked('favourite')} AS favourited, ${marked('bookmark')} AS bookmarked,
         EXISTS (SELECT 1 FROM network_statuses b WHERE b.network_id = s.network_id AND b.reblog_of_id = ${ORIGINAL}
           AND b.account_id = ${VIEWER}) AS reblogged
       FROM ${WITH_ORIGINALS} CROSS JOIN (SELECT DISTINCT unnest($3::bigint[])) AS v (account)
       WHERE s.network_id = $1 AND s.id = $2 AND ${visibleTo(VIEWER)}
         AND (s.reblog_of_id IS NULL OR ${visibleTo(VIEWER, 'o')})`,
      [network, status, accounts],
    );
  }

  /** Which of some accounts follow another, and which it blocks. */
  async around(
    manager: EntityManager,
    network: number,
    account: string,
    among: readonly string[],
  ): Promise<{ followers: ReadonlySet<string>; blocked: ReadonlySet<string> }> {
    const rows = await manager.query<{ kind: string; other: string }[]>(
      `SELECT kind, account_id AS other FROM network_relations
         WHERE network_id = $1 AND kind = 'follow' AND target_id = $2 AND account_id = ANY($3::bigint[])
       UNION ALL SELECT kind, target_id FROM network_relations
         WHERE network_id = $1 AND kind = 'block' AND account_id = $2 AND target_id = ANY($3::bigint[])`,
      [network, account, among],
    );
    const others = (wanted: string): Set<string> =>
      new Set(rows.flatMap(({ kind, other }) => (kind === wanted ? other : [])));
    return { followers: others('follow'), blocked: others('block') };
  }
}
