import type { EntityManager } from 'typeorm';
import type { NetworkStatus } from './status.entity.js';

/** A key that an account has given to an act. */
interface AccountKey {
  account: string;
  key: string;
}

/** The keys by which posts, boosts and favourites are made once. */
export class StatusKeys {
  /** Until the end of the transaction, nobody else acts by these keys. */
  async lock(manager: EntityManager, network: number, keys: readonly AccountKey[]): Promise<void> {
    const names = keys.map(({ account, key }) => JSON.stringify(['network post', network, account, key]));
    // In one order, so that two who take several wait instead of deadlocking.
    await manager.query(
      `SELECT pg_advisory_xact_lock(hash) FROM (
         SELECT DISTINCT hashtextextended(name, 0) AS hash FROM unnest($1::text[]) AS name ORDER BY hash) AS ordered`,
      [names],
    );
  }

  /** The posts that keys have made and that are still there. */
  posts(
    manager: EntityManager,
    network: number,
    keys: readonly AccountKey[],
  ): Promise<(NetworkStatus & { idempotency_key: string })[]> {
    return manager.query(
      `SELECT s.* FROM unnest($2::bigint[], $3::text[]) AS k (account, key) JOIN network_statuses s
         ON s.network_id = $1 AND s.account_id = k.account AND s.idempotency_key = k.key`,
      [network, keys.map(({ account }) => account), keys.map(({ key }) => key)],
    );
  }

  /** What keys have made, though that may be gone: the id of the post or boost, of a favourite that of its post. */
  spentOn(
    manager: EntityManager,
    network: number,
    keys: readonly AccountKey[],
  ): Promise<{ account: string; key: string; status_id: string }[]> {
    return manager.query(
      `SELECT s.account_id AS account, s.key, s.status_id FROM unnest($2::bigint[], $3::text[]) AS k (account, key)
       JOIN network_spent_keys s ON s.network_id = $1 AND s.account_id = k.account AND s.key = k.key`,
      [network, keys.map(({ account }) => account), keys.map(({ key }) => key)],
    );
  }

  /** Keeps a key for longer than what it made. */
  async spend(
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
  async sweep(manager: EntityManager, days: number, dryRun: boolean): Promise<number> {
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
}
