import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Action } from '../../compliance/index.js';
import type { NetworkStatus } from './status.entity.js';

/** What is written of a new post. */
export type NewStatus = Pick<
  NetworkStatus,
  | 'network_id'
  | 'id'
  | 'account_id'
  | 'text'
  | 'spoiler_text'
  | 'sensitive'
  | 'visibility'
  | 'language'
  | 'in_reply_to_id'
  | 'in_reply_to_account_id'
  | 'application'
  | 'state'
  | 'decision_id'
  | 'draft_id'
  | 'idempotency_key'
>;

/** A held post, and what may happen to it by now. */
export type HeldStatus = NetworkStatus & { outcome: Action };

/** Writes posts. */
@Injectable()
export class StatusesRepository {
  /** The id of something that happens now. */
  async newId(manager: EntityManager): Promise<string> {
    const [row] = await manager.query<{ id: string }[]>('SELECT network_snowflake(now()) AS id');
    return row?.id ?? '';
  }

  /** Until the end of the transaction, nobody else posts by this key. */
  async lockKey(manager: EntityManager, network: number, account: string, key: string): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      JSON.stringify(['network post', network, account, key]),
    ]);
  }

  async byKey(
    manager: EntityManager,
    network: number,
    account: string,
    key: string,
  ): Promise<NetworkStatus | undefined> {
    const [row] = await manager.query<NetworkStatus[]>(
      'SELECT * FROM network_statuses WHERE network_id = $1 AND account_id = $2 AND idempotency_key = $3',
      [network, account, key],
    );
    return row;
  }

  async byId(manager: EntityManager, network: number, id: string): Promise<NetworkStatus | undefined> {
    const [row] = await manager.query<NetworkStatus[]>(
      'SELECT * FROM network_statuses WHERE network_id = $1 AND id = $2',
      [network, id],
    );
    return row;
  }

  async insert(
    manager: EntityManager,
    status: NewStatus,
    tags: readonly string[],
    mentioned: readonly string[],
  ): Promise<void> {
    const columns = Object.keys(status);
    const places = columns.map((_, at) => `$${at + 1}`).join(', ');
    await manager.query(
      `INSERT INTO network_statuses (${columns.join(', ')}) VALUES (${places})`,
      Object.values(status),
    );
    const { network_id, id } = status;
    await manager.query(
      `INSERT INTO network_tags (network_id, name, status_id)
       SELECT $1, name, $2 FROM unnest($3::text[]) AS name ON CONFLICT DO NOTHING`,
      [network_id, id, tags],
    );
    await manager.query(
      `INSERT INTO network_mentions (network_id, status_id, account_id)
       SELECT $1, $2, account_id FROM unnest($3::bigint[]) AS account_id ON CONFLICT DO NOTHING`,
      [network_id, id, mentioned],
    );
  }

  /** Counts a post that others see from now on, or no longer. */
  async count(
    manager: EntityManager,
    status: Pick<NetworkStatus, 'network_id' | 'account_id' | 'in_reply_to_id' | 'reblog_of_id'>,
    by: 1 | -1,
  ): Promise<void> {
    const { network_id, account_id, in_reply_to_id, reblog_of_id } = status;
    await manager.query(
      `UPDATE network_statuses SET
         replies_count = greatest(0, replies_count + CASE WHEN id = $2::bigint THEN $4 ELSE 0 END),
         reblogs_count = greatest(0, reblogs_count + CASE WHEN id = $3::bigint THEN $4 ELSE 0 END)
       WHERE network_id = $1 AND id IN ($2, $3)`,
      [network_id, in_reply_to_id, reblog_of_id, by],
    );
    await manager.query(
      `UPDATE network_accounts SET statuses_count = greatest(0, statuses_count + $3),
         last_status_at = CASE WHEN $3 > 0 THEN now() ELSE last_status_at END
       WHERE network_id = $1 AND id = $2`,
      [network_id, account_id, by],
    );
  }

  /** What a key has made, though that may be gone. @returns the id of the post or boost; of a favourite that of its post */
  async spentOn(
    manager: EntityManager,
    network: number,
    account: string,
    key: string,
  ): Promise<string | undefined> {
    const [row] = await manager.query<{ status_id: string }[]>(
      'SELECT status_id FROM network_spent_keys WHERE network_id = $1 AND account_id = $2 AND key = $3',
      [network, account, key],
    );
    return row?.status_id;
  }

  /** Keeps a key for longer than what it made. */
  async spendKey(
    manager: EntityManager,
    network: number,
    account: string,
    key: string,
    status: string,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO network_spent_keys (network_id, account_id, key, status_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [network, account, key, status],
    );
  }

  /** Forgets keys that were spent so long ago. @param dryRun counts alone */
  async sweepKeys(manager: EntityManager, days: number, dryRun: boolean): Promise<number> {
    const old = 'network_spent_keys WHERE created_at < now() - make_interval(days => $1)';
    if (dryRun) {
      const [row] = await manager.query<{ count: number }[]>(`SELECT count(*)::int AS count FROM ${old}`, [
        days,
      ]);
      return row?.count ?? 0;
    }
    const [, count] = await manager.query<[unknown, number]>(`DELETE FROM ${old}`, [days]);
    return count;
  }

  /** Boosts a post once. @returns the id of the boost, which may have been there */
  async reblog(
    manager: EntityManager,
    original: NetworkStatus,
    accountId: string,
  ): Promise<{ id: string; created: boolean }> {
    const { network_id, id, visibility } = original;
    const [made] = await manager.query<{ id: string }[]>(
      `INSERT INTO network_statuses (network_id, id, account_id, text, visibility, reblog_of_id, state)
       VALUES ($1, network_snowflake(now()), $2, '', $4, $3, 'published')
       ON CONFLICT (network_id, reblog_of_id, account_id) WHERE reblog_of_id IS NOT NULL DO NOTHING RETURNING id`,
      [network_id, accountId, id, visibility],
    );
    if (made !== undefined) return { id: made.id, created: true };
    const there = await this.reblogOf(manager, original, accountId);
    return { id: there?.id ?? '', created: false };
  }

  async reblogOf(
    manager: EntityManager,
    { network_id, id }: Pick<NetworkStatus, 'network_id' | 'id'>,
    accountId: string,
  ): Promise<NetworkStatus | undefined> {
    const [row] = await manager.query<NetworkStatus[]>(
      'SELECT * FROM network_statuses WHERE network_id = $1 AND reblog_of_id = $2 AND account_id = $3',
      [network_id, id, accountId],
    );
    return row;
  }

  /** Deletes a post, with its boosts; its key stays spent. @returns whether it was there */
  async delete(manager: EntityManager, network: number, id: string): Promise<boolean> {
    await manager.query(
      `INSERT INTO network_spent_keys (network_id, account_id, key, status_id)
       SELECT network_id, account_id, idempotency_key, id FROM network_statuses
       WHERE network_id = $1 AND id = $2 AND idempotency_key IS NOT NULL ON CONFLICT DO NOTHING`,
      [network, id],
    );
    await manager.query(
      `UPDATE network_accounts a SET statuses_count = greatest(0, statuses_count - 1)
       FROM network_statuses s
       WHERE s.network_id = $1 AND s.reblog_of_id = $2 AND a.network_id = $1 AND a.id = s.account_id`,
      [network, id],
    );
    const [, count] = await manager.query<[unknown, number]>(
      'DELETE FROM network_statuses WHERE network_id = $1 AND id = $2',
      [network, id],
    );
    return count > 0;
  }

  /** Held posts on which people have decided, which nobody else looks at until the transaction ends. */
  decided(manager: EntityManager, limit: number): Promise<HeldStatus[]> {
    return manager.query(
      `SELECT s.*, o.action AS outcome FROM network_statuses s JOIN decision_outcomes o ON o.id = s.decision_id
       WHERE s.state = 'held' AND o.reviewed AND o.action IN ('allow', 'label', 'block')
       ORDER BY s.network_id, s.id LIMIT $1 FOR UPDATE OF s SKIP LOCKED`,
      [limit],
    );
  }

  async setState(
    manager: EntityManager,
    { network_id, id }: Pick<NetworkStatus, 'network_id' | 'id'>,
    state: NetworkStatus['state'],
  ): Promise<void> {
    await manager.query('UPDATE network_statuses SET state = $3 WHERE network_id = $1 AND id = $2', [
      network_id,
      id,
      state,
    ]);
  }

  /** Whom a post names. */
  async mentioned(manager: EntityManager, network: number, id: string): Promise<string[]> {
    const rows = await manager.query<{ account_id: string }[]>(
      'SELECT account_id FROM network_mentions WHERE network_id = $1 AND status_id = $2 ORDER BY account_id',
      [network, id],
    );
    return rows.map(({ account_id }) => account_id);
  }

  /** What belongs to a post and goes with it. */
  async about(
    manager: EntityManager,
    network: number,
    id: string,
  ): Promise<{ tags: string[]; mentioned: string[]; media: boolean }> {
    const [row] = await manager.query<{ tags: string[]; mentioned: string[]; media: boolean }[]>(
      `SELECT ARRAY(SELECT name FROM network_tags WHERE network_id = $1 AND status_id = $2 ORDER BY name) AS tags,
         ARRAY(SELECT account_id::text FROM network_mentions WHERE network_id = $1 AND status_id = $2
               ORDER BY account_id) AS mentioned,
         EXISTS (SELECT 1 FROM network_media WHERE network_id = $1 AND status_id = $2) AS media`,
      [network, id],
    );
    return row ?? { tags: [], mentioned: [], media: false };
  }

  /** Texts of posts by `network/id`, as the guard reads them. */
  texts(
    manager: EntityManager,
    subjects: readonly string[],
  ): Promise<{ subject: string; spoiler_text: string; text: string; descriptions: string[] }[]> {
    return manager.query(
      `SELECT s.network_id || '/' || s.id AS subject, s.spoiler_text, s.text,
         ARRAY(SELECT description FROM network_media m WHERE m.network_id = s.network_id AND m.status_id = s.id
               ORDER BY m.id) AS descriptions
       FROM unnest($1::text[]) AS subject
       JOIN network_statuses s ON s.network_id = split_part(subject, '/', 1)::integer
         AND s.id = split_part(subject, '/', 2)::bigint`,
      [subjects],
    );
  }
}
