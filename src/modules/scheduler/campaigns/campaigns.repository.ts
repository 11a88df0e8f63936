import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { PublicationState } from '../publications/publication.rules.js';
import type { Campaign } from './campaign.entity.js';
import type { CampaignState } from './campaign.rules.js';

export const CAMPAIGN_SORTS = ['created_at', 'name', 'starts_at'] as const;
export type CampaignSort = (typeof CAMPAIGN_SORTS)[number];

const LIST = new Listing<CampaignSort>({
  name: 'campaigns',
  select: 'campaigns.*',
  from: 'campaigns',
  id: 'campaigns.id',
  sorts: {
    created_at: { sql: 'campaigns.created_at', type: 'timestamptz' },
    name: { sql: 'campaigns.name COLLATE "C"', type: 'text' },
    starts_at: { sql: 'campaigns.starts_at', type: 'timestamptz' },
  },
});

/** Which campaigns: all conditions together. */
export interface CampaignFilter {
  state?: CampaignState | undefined;
  population?: string | undefined;
}

/** What people say of a campaign. */
export type CampaignTerms = Pick<
  Campaign,
  | 'name'
  | 'population_id'
  | 'audience'
  | 'templates'
  | 'adapter'
  | 'destination'
  | 'seed'
  | 'starts_at'
  | 'ends_at'
  | 'quiet_hours'
  | 'rhythm'
  | 'caps'
  | 'approval'
  | 'grace_minutes'
>;

const COLUMNS: readonly (keyof CampaignTerms)[] = [
  'name',
  'population_id',
  'audience',
  'templates',
  'adapter',
  'destination',
  'seed',
  'starts_at',
  'ends_at',
  'quiet_hours',
  'rhythm',
  'caps',
  'approval',
  'grace_minutes',
];
const JSON_COLUMNS = new Set<keyof CampaignTerms>(['audience', 'quiet_hours', 'rhythm', 'caps', 'approval']);

function valuesOf(terms: CampaignTerms): unknown[] {
  return COLUMNS.map((column) => {
    const value = terms[column];
    return JSON_COLUMNS.has(column) && value !== null ? JSON.stringify(value) : value;
  });
}

/** All SQL about campaigns themselves. */
@Injectable()
export class CampaignsRepository {
  /** @param reference an id or a name */
  async find(
    manager: EntityManager,
    reference: string,
    lock: boolean = false,
  ): Promise<Campaign | undefined> {
    const column = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u.test(reference) ? 'id' : 'name';
    const [row] = await manager.query<Campaign[]>(
      `SELECT * FROM campaigns WHERE ${column} = $1${lock ? ' FOR UPDATE' : ''}`,
      [reference],
    );
    return row;
  }

  /** @throws InvalidCursor */
  page(
    manager: EntityManager,
    { state, population }: CampaignFilter,
    request: PageRequest<CampaignSort>,
  ): Promise<Page<Campaign>> {
    const conditions = new Conditions()
      .equal('campaigns.state', state)
      .equal('campaigns.population_id', population);
    return LIST.page<Campaign>(manager, conditions, request);
  }

  /** Adds a campaign, and holds its population; nothing when there is one of this name. */
  async insert(
    manager: EntityManager,
    id: string,
    terms: CampaignTerms,
    actor: string,
  ): Promise<Campaign | undefined> {
    const places = COLUMNS.map((_, index) => `$${index + 3}`);
    const [row] = await manager.query<Campaign[]>(
      `INSERT INTO campaigns (id, created_by, ${COLUMNS.join(', ')}) VALUES ($1, $2, ${places.join(', ')})
       ON CONFLICT (name) DO NOTHING RETURNING *`,
      [id, actor, ...valuesOf(terms)],
    );
    return row;
  }

  /** Gives a locked campaign other terms; nothing when another has the name. */
  async update(manager: EntityManager, id: string, terms: CampaignTerms): Promise<Campaign | undefined> {
    const [taken] = await manager.query<object[]>('SELECT 1 FROM campaigns WHERE name = $1 AND id <> $2', [
      terms.name,
      id,
    ]);
    if (taken !== undefined) return undefined;
    const sets = COLUMNS.map((column, index) => `${column} = $${index + 2}`);
    const [[row]] = await manager.query<[Campaign[], number]>(
      `UPDATE campaigns SET ${sets.join(', ')}, plan_size = NULL, version = version + 1 WHERE id = $1 RETURNING *`,
      [id, ...valuesOf(terms)],
    );
    return row;
  }

  /** How many publications of a campaign there are in each state that any is in. */
  async publications(manager: EntityManager, id: string): Promise<Partial<Record<PublicationState, number>>> {
    const rows = await manager.query<{ state: PublicationState; count: number }[]>(
      'SELECT state, count(*)::int AS count FROM publications WHERE campaign_id = $1 GROUP BY state',
      [id],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  /** Moves a locked campaign on. */
  /** @param by the user in whose name it goes on from here; what is not said stays */
  async setState(manager: EntityManager, id: string, state: CampaignState, by?: string): Promise<Campaign> {
    const [[row]] = await manager.query<[[Campaign], number]>(
      `UPDATE campaigns SET state = $2, version = version + 1, started_by = coalesce($3, started_by), held_reason = NULL
       WHERE id = $1 RETURNING *`,
      [id, state, by ?? null],
    );
    return row;
  }

  /** Campaigns that run in somebody's name, and in whose. */
  started(manager: EntityManager): Promise<{ id: string; started_by: string }[]> {
    return manager.query<{ id: string; started_by: string }[]>(
      `SELECT id, started_by FROM campaigns WHERE state = 'running' AND started_by IS NOT NULL`,
    );
  }

  /** Pauses a campaign that runs. @returns it; nothing where it runs no more */
  async hold(manager: EntityManager, id: string, reason: string): Promise<Campaign | undefined> {
    const [[row]] = await manager.query<[Campaign[], number]>(
      `UPDATE campaigns SET state = 'paused', version = version + 1, held_reason = $2
       WHERE id = $1 AND state = 'running' RETURNING *`,
      [id, reason],
    );
    return row;
  }

  async delete(manager: EntityManager, id: string): Promise<void> {
    await manager.query('DELETE FROM campaigns WHERE id = $1', [id]);
  }

  /** The campaigns of a population: how many, and the first names. */
  async ofPopulation(
    manager: EntityManager,
    populationId: string,
    names: number,
  ): Promise<{ count: number; ids: string[]; active: string[] }> {
    const [row] = await manager.query<{ count: number; ids: string[]; active: string[] }[]>(
      `SELECT count(*)::int AS count,
        (coalesce(array_agg(name ORDER BY created_at), '{}'))[1:$2] AS ids,
        coalesce(array_agg(name) FILTER (WHERE state IN ('running', 'paused')), '{}') AS active
       FROM campaigns WHERE population_id = $1`,
      [populationId, names],
    );
    return row ?? { count: 0, ids: [], active: [] };
  }

  async deleteOfPopulation(manager: EntityManager, populationId: string): Promise<void> {
    await manager.query('DELETE FROM campaigns WHERE population_id = $1', [populationId]);
  }

  /** Keeps how large the plan of a campaign is, as long as nobody has changed it meanwhile. */
  async setPlanSize(manager: EntityManager, { id, version }: Campaign, size: number): Promise<void> {
    await manager.query('UPDATE campaigns SET plan_size = $3 WHERE id = $1 AND version = $2', [
      id,
      version,
      size,
    ]);
  }

  /** A campaign whose plan is not whole, held until the transaction ends; those that others hold are passed over. */
  async claimUnplanned(manager: EntityManager): Promise<Campaign | undefined> {
    const [row] = await manager.query<Campaign[]>(
      `SELECT * FROM campaigns WHERE state IN ('running', 'paused') AND NOT planned
       ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    return row;
  }

  /** Keeps how far a held campaign is planned. @param cursor null: to the end */
  async setPlanned(manager: EntityManager, id: string, cursor: string | null, index: number): Promise<void> {
    await manager.query(
      'UPDATE campaigns SET plan_cursor = $2::text, plan_index = $3, planned = $2::text IS NULL WHERE id = $1',
      [id, cursor, index],
    );
  }

  /** Ends the running campaigns that have nothing left to do. */
  async complete(manager: EntityManager): Promise<Campaign[]> {
    const [rows] = await manager.query<[Campaign[], number]>(
      `UPDATE campaigns SET state = 'completed', version = version + 1
       WHERE state = 'running' AND planned AND NOT EXISTS (
         SELECT 1 FROM publications WHERE campaign_id = campaigns.id
         AND state IN ('planned', 'drafted', 'awaiting_approval', 'due', 'publishing'))
       RETURNING *`,
    );
    return rows;
  }
}
