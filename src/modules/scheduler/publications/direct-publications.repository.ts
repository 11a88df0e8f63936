import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Publication } from './publication.entity.js';

/** A publication with where it goes. */
export type DeliveredPublication = Publication & { adapter: string; destination: string | null };

/** Publications of drafts that are there already. */
export interface DirectRows {
  campaignId: string;
  /** `name@version`. */
  template: string;
  approvals: 0 | 1 | 2;
  dueAt: Date;
  expiresAt: Date;
  publications: readonly Pick<Publication, 'id' | 'agent_id' | 'draft_id' | 'decision_id'>[];
}

/** Publications without a plan: those of drafts, and those of an agent. */
@Injectable()
export class DirectPublicationsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Adds them, due now, or when they are approved. */
  insert(manager: EntityManager, rows: DirectRows): Promise<Publication[]> {
    const { campaignId, template, approvals, dueAt, expiresAt, publications } = rows;
    return manager.query<Publication[]>(
      `INSERT INTO publications (campaign_id, id, agent_id, draft_id, decision_id, ordinal, template, state, approvals_needed,
         due_at, not_before, expires_at, waiting_since)
       SELECT $1, given.*, 0, $6, $7, $8::smallint, $9, $9, $10, CASE WHEN $8 > 0 THEN $9::timestamptz END
       FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) AS given (id, agent_id, draft_id, decision_id)
       RETURNING *`,
      [
        campaignId,
        publications.map(({ id }) => id),
        publications.map(({ agent_id }) => agent_id),
        publications.map(({ draft_id }) => draft_id),
        publications.map(({ decision_id }) => decision_id),
        template,
        approvals > 0 ? 'awaiting_approval' : 'due',
        approvals,
        dueAt,
        expiresAt,
      ],
    );
  }

  of(campaignId: string): Promise<DeliveredPublication[]> {
    return this.dataSource.query<DeliveredPublication[]>(
      `SELECT p.*, c.adapter, c.destination FROM publications p JOIN campaigns c ON c.id = p.campaign_id
       WHERE p.campaign_id = $1 ORDER BY p.id`,
      [campaignId],
    );
  }

  /** Those of an agent that are not over. */
  open(agentId: string): Promise<Pick<Publication, 'id' | 'state'>[]> {
    return this.dataSource.query<Pick<Publication, 'id' | 'state'>[]>(
      `SELECT id, state FROM publications WHERE agent_id = $1
         AND state IN ('planned', 'drafted', 'awaiting_approval', 'due', 'publishing') ORDER BY due_at, id`,
      [agentId],
    );
  }

  /** Cancels what an agent has not begun to publish. @returns it */
  async cancelOf(manager: EntityManager, agentId: string, reason: string): Promise<Publication[]> {
    const [rows] = await manager.query<[Publication[], number]>(
      `UPDATE publications SET state = 'cancelled', reason = $2
       WHERE agent_id = $1 AND state IN ('planned', 'drafted', 'awaiting_approval', 'due') RETURNING *`,
      [agentId, reason],
    );
    return rows;
  }
}
