import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import type { PlannedPublication } from '../planning/planner.js';
import type { Publication } from './publication.entity.js';
import type { PublicationState } from './publication.rules.js';

export const PUBLICATION_SORTS = ['due_at'] as const;
export type PublicationSort = (typeof PUBLICATION_SORTS)[number];

const LIST = new Listing<PublicationSort>({
  name: 'publications',
  select: 'publications.*',
  from: 'publications',
  id: 'publications.id',
  sorts: { due_at: { sql: 'publications.due_at', type: 'timestamptz' } },
});

/** Which publications: all conditions together. */
export interface PublicationFilter {
  campaign?: string | undefined;
  agent?: string | undefined;
  state?: PublicationState | undefined;
  due_after?: string | undefined;
  due_before?: string | undefined;
}

const MINUTE_MS = 60_000;
const BATCH = 1_000;
/** Drafts are written so long before they are due: an hour, and a day where people have to look at them. */
const LEAD_MINUTES = 60;
const APPROVAL_LEAD_MINUTES = 1_440;

/** Reads publications, and adds planned ones. */
@Injectable()
export class PublicationsRepository {
  async find(manager: EntityManager, id: string, lock: boolean = false): Promise<Publication | undefined> {
    const [row] = await manager.query<Publication[]>(
      `SELECT * FROM publications WHERE id = $1${lock ? ' FOR UPDATE' : ''}`,
      [id],
    );
    return row;
  }

  /** @throws InvalidCursor */
  page(
    manager: EntityManager,
    { campaign, agent, state, due_after, due_before }: PublicationFilter,
    request: PageRequest<PublicationSort>,
  ): Promise<Page<Publication>> {
    const conditions = new Conditions()
      .equal('publications.campaign_id', campaign)
      .equal('publications.agent_id', agent)
      .equal('publications.state', state)
      .within('publications.due_at', due_after, due_before);
    return LIST.page<Publication>(manager, conditions, request);
  }

  /** Adds publications of a plan; those that are there stay as they are. */
  async insertPlanned(
    manager: EntityManager,
    { id, grace_minutes }: Campaign,
    planned: readonly PlannedPublication[],
  ): Promise<void> {
    for (let from = 0; from < planned.length; from += BATCH) {
      const rows = planned.slice(from, from + BATCH);
      const times = (minutes: (row: PlannedPublication) => number): Date[] =>
        rows.map((row) => new Date(row.dueAt + minutes(row) * MINUTE_MS));
      await manager.query(
        `INSERT INTO publications (campaign_id, id, agent_id, ordinal, template, approvals_needed, due_at, expires_at, not_before)
         SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::smallint[], $7::timestamptz[],
           $8::timestamptz[], $9::timestamptz[])
         ON CONFLICT DO NOTHING`,
        [
          id,
          rows.map((row) => row.id),
          rows.map((row) => row.agentId),
          rows.map((row) => row.ordinal),
          rows.map((row) => row.template),
          rows.map((row) => row.approvals),
          times(() => 0),
          times(() => grace_minutes),
          times(({ approvals }) => -(approvals > 0 ? APPROVAL_LEAD_MINUTES : LEAD_MINUTES)),
        ],
      );
    }
  }
}
