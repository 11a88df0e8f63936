import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { Network } from './network.entity.js';

export const NETWORK_SORTS = ['created_at', 'name'] as const;
export type NetworkSort = (typeof NETWORK_SORTS)[number];

const LIST = new Listing<NetworkSort>({
  name: 'networks',
  select: 'networks.*',
  from: 'networks',
  id: 'networks.id',
  idType: 'bigint',
  sorts: {
    created_at: { sql: 'networks.created_at', type: 'timestamptz' },
    name: { sql: 'networks.name COLLATE "C"', type: 'text' },
  },
});

/** What a new network is made of. */
export type NewNetwork = Pick<
  Network,
  'name' | 'title' | 'open' | 'run_id' | 'tick' | 'decision_id' | 'created_by'
>;

/** How much is on a network. */
export interface NetworkCounts {
  accounts: number;
  statuses: number;
  held: number;
}

@Injectable()
export class NetworksRepository {
  async byName(manager: EntityManager, name: string): Promise<Network | undefined> {
    const [row] = await manager.query<Network[]>('SELECT * FROM networks WHERE name = $1', [name]);
    return row;
  }

  async byId(manager: EntityManager, id: number): Promise<Network | undefined> {
    const [row] = await manager.query<Network[]>('SELECT * FROM networks WHERE id = $1', [id]);
    return row;
  }

  /** @throws InvalidCursor */
  page(manager: EntityManager, request: PageRequest<NetworkSort>): Promise<Page<Network>> {
    return LIST.page<Network>(manager, new Conditions(), request);
  }

  /** Adds a network; nothing when there is one of this name. */
  async insert(manager: EntityManager, network: NewNetwork): Promise<Network | undefined> {
    const { name, title, open, run_id, tick, decision_id, created_by } = network;
    const [row] = await manager.query<Network[]>(
      `INSERT INTO networks (name, title, open, run_id, tick, decision_id, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO NOTHING RETURNING *`,
      [name, title, open, run_id, tick, decision_id, created_by],
    );
    return row;
  }

  async delete(manager: EntityManager, id: number): Promise<void> {
    await manager.query('DELETE FROM networks WHERE id = $1', [id]);
  }

  async counts(manager: EntityManager, id: number): Promise<NetworkCounts> {
    const [row] = await manager.query<NetworkCounts[]>(
      `SELECT (SELECT count(*)::int FROM network_accounts WHERE network_id = $1) AS accounts,
        (SELECT count(*)::int FROM network_statuses WHERE network_id = $1 AND state = 'published') AS statuses,
        (SELECT count(*)::int FROM network_statuses WHERE network_id = $1 AND state = 'held') AS held`,
      [id],
    );
    return row ?? { accounts: 0, statuses: 0, held: 0 };
  }

  /** Objects of the storage that go with a network. */
  async blobs(manager: EntityManager, id: number): Promise<string[]> {
    const rows = await manager.query<{ blob_key: string }[]>(
      'SELECT blob_key FROM network_media WHERE network_id = $1',
      [id],
    );
    return rows.map(({ blob_key }) => blob_key);
  }
}
