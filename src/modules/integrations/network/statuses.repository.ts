import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Action } from '../../compliance/index.js';
import type { NetworkStatus } from './status.entity.js';
import { StatusKeys } from './status-keys.js';

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

/** How the columns of a new post are read from JSON. */
const COLUMN_TYPES: Record<keyof NewStatus, string> = {
  network_id: 'integer',
  id: 'bigint',
  account_id: 'bigint',
  text: 'text',
  spoiler_text: 'text',
  sensitive: 'boolean',
  visibility: 'text',
  language: 'text',
  in_reply_to_id: 'bigint',
  in_reply_to_account_id: 'bigint',
  application: 'text',
  state: 'text',
  decision_id: 'uuid',
  draft_id: 'uuid',
  idempotency_key: 'text',
};

/** A post to write, with its hashtags and the ids of the accounts that it names. */
export interface WrittenPost {
  status: NewStatus;
  tags: readonly string[];
  mentioned: readonly string[];
}

/** A held post, and what may happen to it by now. */
export type HeldStatus = NetworkStatus & { outcome: Action };

/** Writes posts. */
@Injectable()
export class StatusesRepository {
  readonly keys = new StatusKeys();

  /** Ids of things that happen now, in their order. */
  async newIds(manager: EntityManager, count: number): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      'SELECT network_snowflake(now()) AS id FROM generate_series(1, $1)',
      [count],
    );
    return rows.map(({ id }) => id);
  }

  async byId(manager: EntityManager, network: number, id: string): Promise<NetworkStatus | undefined> {
    const [row] = await manager.query<NetworkStatus[]>(
      'SELECT * FROM network_statuses WHERE network_id = $1 AND id = $2',
      [network, id],
    );
    return row;
  }

  /** Adds posts with what they name. @returns them as they are written, in their order */
  async insert(manager: EntityManager, posts: readonly WrittenPost[]): Promise<NetworkStatus[]> {
    const columns = Object.keys(COLUMN_TYPES).join(', ');
    const types = Object.entries(COLUMN_TYPES).map((column) => column.join(' '));
    const written = await manager.query<NetworkStatus[]>(
      `INSERT INTO network_statuses (${columns})
       SELECT ${columns} FROM jsonb_to_recordset($1::jsonb) AS given (${types.join(', ')}) RETURNING *`,
      [JSON.stringify(posts.map(({ status }) => status))],
    );
    const tags = posts.flatMap(({ status: { network_id, id }, tags: names }) =>
      names.map((name) => ({ network_id, name, id })),
    );
    if (tags.length > 0)
      await manager.query(
        `INSERT INTO network_tags (network_id, name, status_id)
         SELECT * FROM unnest($1::integer[], $2::text[], $3::bigint[]) ON CONFLICT DO NOTHING`,
        [tags.map(({ network_id }) => network_id), tags.map(({ name }) => name), tags.map(({ id }) => id)],
      );
    const mentions = posts.flatMap(({ status: { network_id, id }, mentioned }) =>
      mentioned.map((account) => ({ network_id, id, account })),
    );
    if (mentions.length > 0)
      await manager.query(
        `INSERT INTO network_mentions (network_id, status_id, account_id)
         SELECT * FROM unnest($1::integer[], $2::bigint[], $3::bigint[]) ON CONFLICT DO NOTHING`,
        [
          mentions.map(({ network_id }) => network_id),
          mentions.map(({ id }) => id),
          mentions.map(({ account }) => account),
        ],
      );
    const byId = new Map(written.map((status) => [status.id, status]));
    return posts.map(({ status }) => byId.get(status.id) as NetworkStatus);
  }

  /** Counts posts of a network that others see from now on, or no longer: for their accounts, and for what they answer or boost. */
  async count(
    manager: EntityManager,
    network: number,
    statuses: readonly Pick<NetworkStatus, 'account_id' | 'in_reply_to_id' | 'reblog_of_id'>[],
    by: 1 | -1,
  ): Promise<void> {
    const replied = statuses.flatMap(({ in_reply_to_id }) => in_reply_to_id ?? []);
    const boosted = statuses.flatMap(({ reblog_of_id }) => reblog_of_id ?? []);
    const concerned = [...replied, ...boosted];
    if (concerned.length > 0) {
      await this.hold(manager, 'network_statuses', network, concerned);
      await manager.query(
        `UPDATE network_statuses s SET replies_count = greatest(0, s.replies_count + $4 * c.replies),
           reblogs_count = greatest(0, s.reblogs_count + $4 * c.boosts)
         FROM (SELECT id, count(*) FILTER (WHERE reply)::integer AS replies, count(*) FILTER (WHERE NOT reply)::integer AS boosts
               FROM (SELECT id, true FROM unnest($2::bigint[]) AS id
                     UNION ALL SELECT id, false FROM unnest($3::bigint[]) AS id) AS given (id, reply) GROUP BY id) AS c
         WHERE s.network_id = $1 AND s.id = c.id`,
        [network, replied, boosted, by],
      );
    }
    const accounts = statuses.map(({ account_id }) => account_id);
    await this.hold(manager, 'network_accounts', network, accounts);
    await manager.query(
      `UPDATE network_accounts a SET statuses_count = greatest(0, a.statuses_count + $3 * c.posts),
         last_status_at = CASE WHEN $3 > 0 THEN now() ELSE a.last_status_at END
       FROM (SELECT id, count(*)::integer AS posts FROM unnest($2::bigint[]) AS id GROUP BY id) AS c
       WHERE a.network_id = $1 AND a.id = c.id`,
      [network, accounts, by],
    );
  }

  /** Takes several rows that are to be changed in one order, so that two who do wait instead of deadlocking. */
  private async hold(
    manager: EntityManager,
    table: 'network_statuses' | 'network_accounts',
    network: number,
    ids: readonly string[],
  ): Promise<void> {
    if (ids.length < 2) return;
    await manager.query(
      `SELECT 1 FROM ${table} WHERE network_id = $1 AND id = ANY($2::bigint[]) ORDER BY id FOR NO KEY UPDATE`,
      [network, ids],
    );
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

  /**
   * Held posts on which people have decided, which nobody else looks at until the transaction ends. Those of a suspended agent wait
   * for it; those of a retired one are not let go.
   */
  decided(manager: EntityManager, limit: number): Promise<HeldStatus[]> {
    return manager.query(
      `SELECT s.*, CASE WHEN l.state = 'retired' THEN 'block' ELSE o.action END AS outcome
       FROM network_statuses s JOIN decision_outcomes o ON o.id = s.decision_id
       JOIN network_accounts a ON a.network_id = s.network_id AND a.id = s.account_id
       LEFT JOIN agent_lifecycles l ON l.agent_id = a.agent_id
       WHERE s.state = 'held' AND o.reviewed AND o.action IN ('allow', 'label', 'block')
         AND (o.action = 'block' OR l.state IS DISTINCT FROM 'suspended')
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

  /** Whom posts name, by their ids. */
  async mentioned(
    manager: EntityManager,
    network: number,
    ids: readonly string[],
  ): Promise<Map<string, string[]>> {
    const rows = await manager.query<{ status_id: string; accounts: string[] }[]>(
      `SELECT status_id, array_agg(account_id::text ORDER BY account_id) AS accounts FROM network_mentions
       WHERE network_id = $1 AND status_id = ANY($2::bigint[]) GROUP BY status_id`,
      [network, ids],
    );
    return new Map(rows.map(({ status_id, accounts }) => [status_id, accounts]));
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
