import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NetworkAccount } from './account.entity.js';
import { newestFirst, pageOf, type IdPage } from './paging.js';
import type { RelationKind } from './relation.entity.js';

/** What an account is to another. */
export interface Relationship {
  id: string;
  following: boolean;
  showing_reblogs: boolean;
  notifying: boolean;
  followed_by: boolean;
  blocking: boolean;
  blocked_by: boolean;
  muting: boolean;
  muting_notifications: boolean;
}

/** What belongs to a relation of some kinds. */
export interface RelationOptions {
  reblogs?: boolean;
  notify?: boolean;
  /** Seconds until it ends. */
  seconds?: number | undefined;
}

/** A row of a list with the id that the list goes by. */
export type Listed<Row> = Row & { list_id: string };

const IN_FORCE = '(r.expires_at IS NULL OR r.expires_at > now())';

/** SQL: what account $2 has to `a` of a kind. */
const mine = (kind: RelationKind, column = 'true'): string =>
  `coalesce((SELECT ${column} FROM network_relations r WHERE r.network_id = $1 AND r.kind = '${kind}'
    AND r.account_id = $2 AND r.target_id = a.id AND ${IN_FORCE}), false)`;

/** SQL: whether `a` has it to account $2. */
const theirs = (kind: RelationKind): string =>
  `EXISTS (SELECT 1 FROM network_relations r WHERE r.network_id = $1 AND r.kind = '${kind}'
    AND r.account_id = a.id AND r.target_id = $2)`;

/** Who follows, mutes and blocks whom. */
@Injectable()
export class RelationsRepository {
  /** Adds a relation, or changes what belongs to it. @returns whether it is new */
  async put(
    manager: EntityManager,
    { network, kind, from, to }: { network: number; kind: RelationKind; from: string; to: string },
    { reblogs = true, notify = false, seconds }: RelationOptions = {},
  ): Promise<boolean> {
    const rows = await manager.query<{ created: boolean }[]>(
      `INSERT INTO network_relations (network_id, kind, account_id, target_id, id, reblogs, notify, expires_at)
       VALUES ($1, $2, $3, $4, network_snowflake(now()), $5, $6, now() + make_interval(secs => $7))
       ON CONFLICT (network_id, kind, account_id, target_id)
         DO UPDATE SET reblogs = excluded.reblogs, notify = excluded.notify, expires_at = excluded.expires_at
       RETURNING (xmax = 0) AS created`,
      [network, kind, from, to, reblogs, notify, seconds ?? null],
    );
    return rows[0]?.created === true;
  }

  /** @returns whether it was there */
  async remove(
    manager: EntityManager,
    { network, kind, from, to }: { network: number; kind: RelationKind; from: string; to: string },
  ): Promise<boolean> {
    const [, count] = await manager.query<[unknown, number]>(
      'DELETE FROM network_relations WHERE network_id = $1 AND kind = $2 AND account_id = $3 AND target_id = $4',
      [network, kind, from, to],
    );
    return count > 0;
  }

  /** Counts a follow that is new, or has ended. The accounts are taken in the order of their ids, so that nobody waits in a circle. */
  async countFollow(
    manager: EntityManager,
    network: number,
    from: string,
    to: string,
    by: 1 | -1,
  ): Promise<void> {
    await manager.query(
      'SELECT 1 FROM network_accounts WHERE network_id = $1 AND id = ANY($2::bigint[]) ORDER BY id FOR NO KEY UPDATE',
      [network, [from, to]],
    );
    await manager.query(
      `UPDATE network_accounts SET
         following_count = greatest(0, following_count + CASE WHEN id = $2::bigint THEN $4 ELSE 0 END),
         followers_count = greatest(0, followers_count + CASE WHEN id = $3::bigint THEN $4 ELSE 0 END)
       WHERE network_id = $1 AND id IN ($2, $3)`,
      [network, from, to, by],
    );
  }

  /** What an account is to others, in the given order. */
  relationships(
    manager: EntityManager,
    network: number,
    account: string,
    others: readonly string[],
  ): Promise<Relationship[]> {
    return manager.query(
      `SELECT a.id, ${mine('follow')} AS following, ${mine('follow', 'reblogs')} AS showing_reblogs,
         ${mine('follow', 'notify')} AS notifying, ${theirs('follow')} AS followed_by,
         ${mine('block')} AS blocking, ${theirs('block')} AS blocked_by,
         ${mine('mute')} AS muting, ${mine('mute', 'notify')} AS muting_notifications
       FROM unnest($3::bigint[]) WITH ORDINALITY AS asked (id, place)
       JOIN network_accounts a ON a.network_id = $1 AND a.id = asked.id ORDER BY asked.place`,
      [network, account, others],
    );
  }

  /**
   * Accounts that a relation leads to, or comes from, the latest first.
   * @param direction `to`: whom the account follows, say; `from`: who follows it
   */
  async accounts(
    manager: EntityManager,
    { network, kind, account }: { network: number; kind: RelationKind; account: string },
    direction: 'to' | 'from',
    page: IdPage,
  ): Promise<Listed<NetworkAccount>[]> {
    const [own, other] = direction === 'to' ? ['account_id', 'target_id'] : ['target_id', 'account_id'];
    const end = pageOf('r.id', page, 4);
    const rows = await manager.query<Listed<NetworkAccount>[]>(
      `SELECT a.*, r.id AS list_id FROM network_relations r
       JOIN network_accounts a ON a.network_id = r.network_id AND a.id = r.${other}
       WHERE r.network_id = $1 AND r.kind = $2 AND r.${own} = $3 AND ${IN_FORCE}${end.sql}`,
      [network, kind, account, ...end.values],
    );
    return newestFirst(rows, page);
  }
}
