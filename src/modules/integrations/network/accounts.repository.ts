import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { anywhere, Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { NetworkAccount } from './account.entity.js';

export const ACCOUNT_SORTS = ['id', 'username', 'followers_count'] as const;
export type AccountSort = (typeof ACCOUNT_SORTS)[number];

const LIST = new Listing<AccountSort>({
  name: 'network_accounts',
  select: 'network_accounts.*',
  from: 'network_accounts',
  id: 'network_accounts.id',
  idType: 'bigint',
  sorts: {
    id: { sql: 'network_accounts.id', type: 'bigint' },
    username: { sql: 'network_accounts.username COLLATE "C"', type: 'text' },
    followers_count: { sql: 'network_accounts.followers_count', type: 'integer' },
  },
});

/** A new account, which the database gives its id. */
export type NewAccount = Pick<
  NetworkAccount,
  'network_id' | 'username' | 'display_name' | 'note' | 'agent_id' | 'user_id' | 'decision_id'
>;

/** Whom an account belongs to. */
export type AccountHolder = { agent: string } | { user: string };

@Injectable()
export class AccountsRepository {
  async byId(manager: EntityManager, network: number, id: string): Promise<NetworkAccount | undefined> {
    return (await this.all(manager, network, [id]))[0];
  }

  all(manager: EntityManager, network: number, ids: readonly string[]): Promise<NetworkAccount[]> {
    return manager.query(
      'SELECT * FROM network_accounts WHERE network_id = $1 AND id = ANY($2::bigint[]) ORDER BY id',
      [network, ids],
    );
  }

  async byUsername(
    manager: EntityManager,
    network: number,
    username: string,
  ): Promise<NetworkAccount | undefined> {
    const [row] = await manager.query<NetworkAccount[]>(
      'SELECT * FROM network_accounts WHERE network_id = $1 AND username = lower($2)',
      [network, username],
    );
    return row;
  }

  /** Ids of the accounts with these names, by name. */
  async idsOf(
    manager: EntityManager,
    network: number,
    usernames: readonly string[],
  ): Promise<Map<string, string>> {
    const rows = await manager.query<{ id: string; username: string }[]>(
      'SELECT id, username FROM network_accounts WHERE network_id = $1 AND username = ANY($2::text[])',
      [network, usernames],
    );
    return new Map(rows.map(({ id, username }) => [username, id]));
  }

  /** The accounts that some agents have. */
  ofAgents(manager: EntityManager, network: number, agents: readonly string[]): Promise<NetworkAccount[]> {
    return manager.query(
      'SELECT * FROM network_accounts WHERE network_id = $1 AND agent_id = ANY($2::uuid[])',
      [network, agents],
    );
  }

  async byHolder(
    manager: EntityManager,
    network: number,
    holder: AccountHolder,
  ): Promise<NetworkAccount | undefined> {
    const [column, id] = 'agent' in holder ? ['agent_id', holder.agent] : ['user_id', holder.user];
    const [row] = await manager.query<NetworkAccount[]>(
      `SELECT * FROM network_accounts WHERE network_id = $1 AND ${column} = $2`,
      [network, id],
    );
    return row;
  }

  /** Why the accounts of an agent may change nothing, where it is suspended or retired. */
  async halted(manager: EntityManager, agentId: string): Promise<string | undefined> {
    const [row] = await manager.query<{ state: string; reason: string | null }[]>(
      `SELECT state, reason FROM agent_lifecycles WHERE agent_id = $1 AND state <> 'active'`,
      [agentId],
    );
    return row && `the agent is ${row.state}${row.reason === null ? '' : `: ${row.reason}`}`;
  }

  /** The accounts of an agent on all networks that the living write to. */
  living(manager: EntityManager, agentId: string): Promise<NetworkAccount[]> {
    return manager.query<NetworkAccount[]>(
      `SELECT a.* FROM network_accounts a JOIN networks n ON n.id = a.network_id
       WHERE a.agent_id = $1 AND n.run_id IS NULL ORDER BY a.network_id`,
      [agentId],
    );
  }

  /** @throws InvalidCursor */
  page(
    manager: EntityManager,
    filter: { network: number; q?: string | undefined },
    request: PageRequest<AccountSort>,
  ): Promise<Page<NetworkAccount>> {
    const conditions = new Conditions()
      .equal('network_accounts.network_id', filter.network)
      .add(
        filter.q && anywhere(filter.q),
        (pattern) =>
          `network_accounts.username ILIKE ${pattern} OR network_accounts.display_name ILIKE ${pattern}`,
      );
    return LIST.page<NetworkAccount>(manager, conditions, request);
  }

  /** Accounts whose name has a part, those that most follow first. */
  search(
    manager: EntityManager,
    network: number,
    q: string,
    { limit, offset }: { limit: number; offset: number },
  ): Promise<NetworkAccount[]> {
    return manager.query(
      `SELECT * FROM network_accounts
       WHERE network_id = $1 AND (username ILIKE $2 OR display_name ILIKE $2)
       ORDER BY username = lower($3) DESC, followers_count DESC, id LIMIT $4 OFFSET $5`,
      [network, anywhere(q), q, limit, offset],
    );
  }

  /** All accounts: those that posted last first, or the newest first. */
  directory(
    manager: EntityManager,
    network: number,
    { order, limit, offset }: { order: 'active' | 'new'; limit: number; offset: number },
  ): Promise<NetworkAccount[]> {
    return manager.query(
      `SELECT * FROM network_accounts WHERE network_id = $1
       ORDER BY ${order === 'active' ? 'last_status_at DESC NULLS LAST, ' : ''}id DESC LIMIT $2 OFFSET $3`,
      [network, limit, offset],
    );
  }

  /** Adds an account; nothing when its name or holder has one. */
  async insert(manager: EntityManager, account: NewAccount): Promise<NetworkAccount | undefined> {
    const { network_id, username, display_name, note, agent_id, user_id, decision_id } = account;
    const [row] = await manager.query<NetworkAccount[]>(
      `INSERT INTO network_accounts (network_id, id, username, display_name, note, agent_id, user_id, decision_id)
       VALUES ($1, network_snowflake(now()), $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING *`,
      [network_id, username, display_name, note, agent_id, user_id, decision_id],
    );
    return row;
  }

  /** Changes the texts of an account, with what the guard said of them. */
  async update(
    manager: EntityManager,
    account: Pick<NetworkAccount, 'network_id' | 'id' | 'display_name' | 'note' | 'decision_id'>,
  ): Promise<void> {
    const { network_id, id, display_name, note, decision_id } = account;
    await manager.query(
      `UPDATE network_accounts SET display_name = $3, note = $4, decision_id = $5
       WHERE network_id = $1 AND id = $2`,
      [network_id, id, display_name, note, decision_id],
    );
  }

  /** How many accounts the agents of a population have on networks that show no run, and a few of them. */
  async ofPopulation(
    manager: EntityManager,
    populationId: string,
    names: number,
  ): Promise<{ count: number; ids: string[] }> {
    const [row] = await manager.query<{ count: number; ids: string[] }[]>(
      `SELECT count(*)::int AS count, coalesce((array_agg(label))[1:$2], '{}') AS ids FROM (
         SELECT a.username || '@' || n.name AS label FROM network_accounts a
         JOIN agents ON agents.id = a.agent_id JOIN networks n ON n.id = a.network_id
         WHERE agents.population_id = $1 AND n.run_id IS NULL) AS found`,
      [populationId, names],
    );
    return row ?? { count: 0, ids: [] };
  }

  async deleteOfPopulation(manager: EntityManager, populationId: string): Promise<number> {
    const [, count] = await manager.query<[unknown, number]>(
      `DELETE FROM network_accounts USING agents
       WHERE agents.id = network_accounts.agent_id AND agents.population_id = $1`,
      [populationId],
    );
    return count;
  }
}
