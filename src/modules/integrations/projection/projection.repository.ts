import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NetworkStatus } from '../network/status.entity.js';
import type { NetworkMark, NetworkNotification } from '../network/relation.entity.js';

const BATCH = 2_000;

/** A post of a run. */
export type ProjectedStatus = Pick<
  NetworkStatus,
  | 'id'
  | 'account_id'
  | 'text'
  | 'language'
  | 'in_reply_to_id'
  | 'in_reply_to_account_id'
  | 'reblog_of_id'
  | 'decision_id'
  | 'draft_id'
> & { created_at: string; tags: string[] };

export type ProjectedMark = Pick<NetworkMark, 'id' | 'account_id' | 'status_id'>;
export type ProjectedNotification = Pick<
  NetworkNotification,
  'id' | 'account_id' | 'type' | 'from_account_id' | 'status_id'
> & { created_at: string };

/** Writes many rows of a network at once. Telling somebody of each would be telling them nothing: there are no events. */
@Injectable()
export class ProjectionRepository {
  /**
   * Gives the agents of a population accounts, in their order; those that have one keep it.
   * @param firstId of the accounts, which count on from it; null: by the time
   * @returns how many were made
   */
  async accounts(
    manager: EntityManager,
    network: number,
    { populationId, limit, firstId }: { populationId: string; limit: number | null; firstId: string | null },
  ): Promise<number> {
    const rows = await manager.query<{ made: number }[]>(
      `WITH made AS (
         INSERT INTO network_accounts (network_id, id, username, display_name, note, agent_id, decision_id)
         SELECT $1, coalesce($4::bigint + a.position, network_snowflake(clock_timestamp())),
           CASE WHEN a.username_hint ~ '(^[.])|([.]$)|([.][.])'
                  OR EXISTS (SELECT 1 FROM network_accounts t WHERE t.network_id = $1 AND t.username = a.username_hint)
             THEN replace(a.username_hint, '.', '_') || '_' || left(a.id::text, 6) ELSE a.username_hint END,
           a.name, a.bio, a.id, p.decision_id
         FROM agents a JOIN populations p ON p.id = a.population_id
         WHERE a.population_id = $2
           AND NOT EXISTS (SELECT 1 FROM network_accounts t WHERE t.network_id = $1 AND t.agent_id = a.id)
         ORDER BY a.position LIMIT $3
         RETURNING 1)
       SELECT count(*)::int AS made FROM made`,
      [network, populationId, limit, firstId],
    );
    return rows[0]?.made ?? 0;
  }

  /** Accounts by their agents. */
  async accountsOf(manager: EntityManager, network: number): Promise<Map<string, string>> {
    const rows = await manager.query<{ agent_id: string; id: string }[]>(
      'SELECT agent_id, id FROM network_accounts WHERE network_id = $1 AND agent_id IS NOT NULL',
      [network],
    );
    return new Map(rows.map(({ agent_id, id }) => [agent_id, id]));
  }

  /** @param follows pairs of accounts; @param firstId of the rows, which count on from it */
  async follows(
    manager: EntityManager,
    network: number,
    follows: readonly (readonly [string, string])[],
    firstId: bigint,
  ): Promise<void> {
    await eachBatch(follows, (batch, from) =>
      manager.query(
        `INSERT INTO network_relations (network_id, kind, account_id, target_id, id, notify)
         SELECT $1, 'follow', f, t, $4::bigint + n, false
         FROM unnest($2::bigint[], $3::bigint[]) WITH ORDINALITY AS given (f, t, n) ON CONFLICT DO NOTHING`,
        [
          network,
          batch.map(([follower]) => follower),
          batch.map(([, followee]) => followee),
          (firstId + BigInt(from)).toString(),
        ],
      ),
    );
  }

  async statuses(
    manager: EntityManager,
    network: number,
    statuses: readonly ProjectedStatus[],
  ): Promise<void> {
    await eachBatch(statuses, async (batch) => {
      const given = JSON.stringify(batch);
      await manager.query(
        `INSERT INTO network_statuses (network_id, id, account_id, text, visibility, language, in_reply_to_id,
           in_reply_to_account_id, reblog_of_id, state, decision_id, draft_id, application, created_at)
         SELECT $1, id, account_id, text, 'public', language, in_reply_to_id, in_reply_to_account_id, reblog_of_id,
           'published', decision_id, draft_id, 'simulation', created_at
         FROM jsonb_to_recordset($2::jsonb) AS given (id bigint, account_id bigint, text text, language text,
           in_reply_to_id bigint, in_reply_to_account_id bigint, reblog_of_id bigint, decision_id uuid, draft_id uuid,
           created_at timestamptz)
         ON CONFLICT DO NOTHING`,
        [network, given],
      );
      await manager.query(
        `INSERT INTO network_tags (network_id, name, status_id)
         SELECT $1, tag, given.id FROM jsonb_to_recordset($2::jsonb) AS given (id bigint, tags text[]),
           unnest(given.tags) AS tag ON CONFLICT DO NOTHING`,
        [network, given],
      );
    });
  }

  async favourites(manager: EntityManager, network: number, marks: readonly ProjectedMark[]): Promise<void> {
    await eachBatch(marks, (batch) =>
      manager.query(
        `INSERT INTO network_marks (network_id, kind, account_id, status_id, id)
         SELECT $1, 'favourite', account_id, status_id, id
         FROM jsonb_to_recordset($2::jsonb) AS given (account_id bigint, status_id bigint, id bigint)
         ON CONFLICT DO NOTHING`,
        [network, JSON.stringify(batch)],
      ),
    );
  }

  async notifications(
    manager: EntityManager,
    network: number,
    notifications: readonly ProjectedNotification[],
  ): Promise<void> {
    await eachBatch(notifications, (batch) =>
      manager.query(
        `INSERT INTO network_notifications (network_id, id, account_id, type, from_account_id, status_id, created_at)
         SELECT $1, id, account_id, type, from_account_id, status_id, created_at
         FROM jsonb_to_recordset($2::jsonb) AS given (id bigint, account_id bigint, type text, from_account_id bigint,
           status_id bigint, created_at timestamptz)
         WHERE account_id <> from_account_id`,
        [network, JSON.stringify(batch)],
      ),
    );
  }

  /** Counts what is there, once everything is. */
  async count(manager: EntityManager, network: number): Promise<void> {
    await manager.query(
      `UPDATE network_statuses s SET replies_count = c.replies, reblogs_count = c.reblogs, favourites_count = c.favourites
       FROM (SELECT id, sum(replies)::int AS replies, sum(reblogs)::int AS reblogs, sum(favourites)::int AS favourites FROM (
           SELECT in_reply_to_id AS id, 1 AS replies, 0 AS reblogs, 0 AS favourites FROM network_statuses
             WHERE network_id = $1 AND in_reply_to_id IS NOT NULL
           UNION ALL SELECT reblog_of_id, 0, 1, 0 FROM network_statuses
             WHERE network_id = $1 AND reblog_of_id IS NOT NULL
           UNION ALL SELECT status_id, 0, 0, 1 FROM network_marks WHERE network_id = $1 AND kind = 'favourite') AS each
         GROUP BY id) AS c
       WHERE s.network_id = $1 AND s.id = c.id`,
      [network],
    );
    await manager.query(
      `UPDATE network_accounts a SET
         statuses_count = coalesce(p.posts, 0), last_status_at = p.last,
         following_count = (SELECT count(*) FROM network_relations r
           WHERE r.network_id = $1 AND r.kind = 'follow' AND r.account_id = a.id),
         followers_count = (SELECT count(*) FROM network_relations r
           WHERE r.network_id = $1 AND r.kind = 'follow' AND r.target_id = a.id)
       FROM network_accounts b
       LEFT JOIN (SELECT account_id, count(*) AS posts, max(created_at) AS last FROM network_statuses
         WHERE network_id = $1 GROUP BY account_id) AS p ON p.account_id = b.id
       WHERE a.network_id = $1 AND b.network_id = $1 AND b.id = a.id`,
      [network],
    );
  }
}

async function eachBatch<Item>(
  items: readonly Item[],
  write: (batch: readonly Item[], from: number) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < items.length; from += BATCH) await write(items.slice(from, from + BATCH), from);
}
