import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Publication, PublicationApproval } from './publication.entity.js';

/** What people said about publications. */
@Injectable()
export class ApprovalsRepository {
  of(manager: EntityManager, publicationId: string): Promise<PublicationApproval[]> {
    return manager.query<PublicationApproval[]>(
      'SELECT * FROM publication_approvals WHERE publication_id = $1 ORDER BY decided_at, user_id',
      [publicationId],
    );
  }

  /** @returns false when this person has said something already */
  async add(manager: EntityManager, said: Omit<PublicationApproval, 'decided_at'>): Promise<boolean> {
    const { publication_id, user_id, username, verdict, reason } = said;
    const rows = await manager.query<object[]>(
      `INSERT INTO publication_approvals (publication_id, user_id, username, verdict, reason)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1`,
      [publication_id, user_id, username, verdict, reason],
    );
    return rows.length > 0;
  }

  /** Moves a locked publication on, which waited for approval. */
  async move(manager: EntityManager, id: string, state: 'due' | 'cancelled'): Promise<Publication> {
    const [[row]] = await manager.query<[[Publication], number]>(
      `UPDATE publications SET state = $2, not_before = due_at,
         reason = CASE WHEN $2 = 'cancelled' THEN 'rejected' END
       WHERE id = $1 RETURNING *`,
      [id, state],
    );
    return row;
  }
}
