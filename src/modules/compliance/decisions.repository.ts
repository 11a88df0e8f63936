import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DecisionCounter } from './decision.counter.js';
import { Decision } from './decision.entity.js';

/** A decision before the database has given it its time. */
export type NewDecision = Omit<Decision, 'decided_at'>;

const BATCH = 1_000;

@Injectable()
export class DecisionsRepository {
  constructor(private readonly counter: DecisionCounter) {}

  find(manager: EntityManager, id: string): Promise<Decision | null> {
    return manager.getRepository(Decision).findOneBy({ id });
  }

  /** Stores the decisions that are not there yet. Returns those that were stored, in no order. */
  async insertMissing(manager: EntityManager, decisions: readonly NewDecision[]): Promise<Decision[]> {
    // In the order of their ids, so that two transactions with the same decisions wait instead of deadlocking.
    const ordered = decisions.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const stored: Decision[] = [];
    for (let from = 0; from < ordered.length; from += BATCH) {
      const rows = await manager.query<Decision[]>(
        `INSERT INTO decisions (id, subject_type, subject_id, text_hash, policies, action, checked, compliance_score,
                                labels, matches, decided_by)
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS given (
           id uuid, subject_type text, subject_id text, text_hash text, policies jsonb, action text, checked boolean,
           compliance_score double precision, labels text[], matches jsonb, decided_by text)
         ON CONFLICT (id) DO NOTHING RETURNING *`,
        [JSON.stringify(ordered.slice(from, from + BATCH))],
      );
      stored.push(...rows);
    }
    this.counter.decided(manager, stored);
    return stored;
  }

  findAll(manager: EntityManager, ids: readonly string[]): Promise<Decision[]> {
    return manager.query<Decision[]>('SELECT * FROM decisions WHERE id = ANY($1::uuid[])', [ids]);
  }
}
