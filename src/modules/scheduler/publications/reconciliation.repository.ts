import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeliveredPublication } from './direct-publications.repository.js';
import type { Publication } from './publication.entity.js';

/** What a look at the platform made of a publication. */
export interface Finding {
  id: string;
  /** The state that it was in when it was looked at. */
  from: 'published' | 'failed';
  state: 'published' | 'failed' | 'removed';
  reason: string | null;
  remote_id: string | null;
  url: string | null;
}

/** Publications that are held against what their platforms have. */
@Injectable()
export class ReconciliationRepository {
  /**
   * Takes publications whose turn it is: those that are out, and those of which nobody knew what became. While they are young,
   * their next turn is in a day.
   * @param fetching the adapters that can be asked for a post @param finding those that can be asked for a key
   */
  async claim(
    manager: EntityManager,
    limit: number,
    fetching: readonly string[],
    finding: readonly string[],
  ): Promise<DeliveredPublication[]> {
    const [rows] = await manager.query<[DeliveredPublication[], number]>(
      `WITH ready AS MATERIALIZED (
         SELECT p.id AS ready_id, c.adapter, c.destination FROM publications p JOIN campaigns c ON c.id = p.campaign_id
         WHERE p.reconcile_at <= now() ORDER BY p.reconcile_at LIMIT $1 FOR UPDATE OF p SKIP LOCKED)
       UPDATE publications p SET reconcile_at = CASE
         WHEN p.state = 'published' AND p.published_at > now() - interval '7 days' AND adapter = ANY($2)
           THEN now() + interval '1 day'
         WHEN p.state = 'failed' AND adapter = ANY($3) THEN now() + interval '10 minutes' END
       FROM ready WHERE p.id = ready_id RETURNING p.*, ready.adapter, ready.destination`,
      [limit, fetching, finding],
    );
    return rows;
  }

  /** Keeps what was found; not of those that have changed since. @returns those that are different now */
  async keep(manager: EntityManager, findings: readonly Finding[]): Promise<Publication[]> {
    const ordered = findings.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const [rows] = await manager.query<[Publication[], number]>(
      `UPDATE publications p SET state = f.state, reason = f.reason, remote_id = f.remote_id, url = f.url,
         published_at = CASE WHEN f.state = 'published' THEN coalesce(p.published_at, now()) ELSE p.published_at END,
         reconcile_at = CASE WHEN f.state = 'published' THEN now() + interval '1 day' END
       FROM jsonb_to_recordset($1::jsonb) AS f ("from" text, id uuid, state text, reason text, remote_id text, url text)
       WHERE p.id = f.id AND p.state = f."from" RETURNING p.*`,
      [JSON.stringify(ordered)],
    );
    return rows;
  }
}
