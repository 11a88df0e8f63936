import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../core/database/index.js';
import { DecisionCounter } from './decision.counter.js';
import { Decision } from './decision.entity.js';
import type { Action } from './guard/evaluate.js';

/** A decision before the database has given it its time. */
export type NewDecision = Omit<Decision, 'decided_at'>;

/** Which decisions: all conditions together. */
export interface DecisionFilter {
  subject_type?: string | undefined;
  subject_id?: string | undefined;
  agent_id?: string | undefined;
  campaign_id?: string | undefined;
  action?: Action | undefined;
  label?: string | undefined;
  /** Of one match: its policy, its rule, or both. */
  policy?: string | undefined;
  rule?: string | undefined;
  decided_after?: string | undefined;
  decided_before?: string | undefined;
}

const BATCH = 1_000;

export const DECISION_SORTS = ['decided_at', 'compliance_score'] as const;
export type DecisionSort = (typeof DECISION_SORTS)[number];

export const DECISION_LIST = new Listing<DecisionSort>({
  name: 'decisions',
  select: 'decisions.*',
  from: 'decisions',
  id: 'decisions.id',
  sorts: {
    decided_at: { sql: 'decisions.decided_at', type: 'timestamptz' },
    compliance_score: { sql: 'decisions.compliance_score', type: 'double precision' },
  },
});

export function decisionConditions(filter: DecisionFilter): Conditions {
  const { policy, rule } = filter;
  const match = policy === undefined && rule === undefined ? undefined : JSON.stringify([{ policy, rule }]);
  return new Conditions()
    .equal('decisions.subject_type', filter.subject_type)
    .equal('decisions.subject_id', filter.subject_id)
    .equal('decisions.agent_id', filter.agent_id)
    .equal('decisions.campaign_id', filter.campaign_id)
    .equal('decisions.action', filter.action)
    .add(filter.label, (label) => `decisions.labels @> ARRAY[${label}]`)
    .add(match, (parameter) => `decisions.matches @> ${parameter}::jsonb`)
    .within('decisions.decided_at', filter.decided_after, filter.decided_before);
}

@Injectable()
export class DecisionsRepository {
  constructor(private readonly counter: DecisionCounter) {}

  find(manager: EntityManager, id: string): Promise<Decision | null> {
    return manager.getRepository(Decision).findOneBy({ id });
  }

  /** A page of decisions. @throws InvalidCursor */
  page(
    manager: EntityManager,
    filter: DecisionFilter,
    request: PageRequest<DecisionSort>,
  ): Promise<Page<Decision>> {
    return DECISION_LIST.page<Decision>(manager, decisionConditions(filter), request);
  }

  /** Stores the decisions that are not there yet. Returns those that were stored, in no order. */
  async insertMissing(manager: EntityManager, decisions: readonly NewDecision[]): Promise<Decision[]> {
    // In the order of their ids, so that two transactions with the same decisions wait instead of deadlocking.
    const ordered = decisions.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const stored: Decision[] = [];
    for (let from = 0; from < ordered.length; from += BATCH) {
      const rows = await manager.query<Decision[]>(
        `WITH stored AS (
           INSERT INTO decisions (id, subject_type, subject_id, agent_id, campaign_id, text_hash, policies, action, checked,
                                  compliance_score, labels, matches, shadow_matches, scores, context, opinions, text_print, links,
                                  reasons, latency_us, decided_by)
           SELECT * FROM jsonb_to_recordset($1::jsonb) AS given (
             id uuid, subject_type text, subject_id text, agent_id uuid, campaign_id text, text_hash text, policies jsonb, action text,
             checked boolean, compliance_score double precision, labels text[], matches jsonb, shadow_matches jsonb,
             scores jsonb, context jsonb, opinions jsonb, text_print text, links text[], reasons text, latency_us integer, decided_by text)
           ON CONFLICT (id) DO NOTHING RETURNING *
         ), ruled AS (
           INSERT INTO decision_rules (decision_id, policy, rule, decided_at)
           SELECT DISTINCT id, match ->> 'policy', match ->> 'rule', decided_at
           FROM stored, jsonb_array_elements(matches) AS match
         )
         SELECT * FROM stored`,
        [JSON.stringify(ordered.slice(from, from + BATCH))],
      );
      stored.push(...rows);
    }
    this.counter.decided(manager, stored);
    return stored;
  }

  /** What came of a decision: its action and labels, or those that a review of it ended with. */
  async outcome(
    manager: EntityManager,
    id: string,
  ): Promise<{ action: Action; labels: string[] } | undefined> {
    const [row] = await manager.query<{ action: Action; labels: string[] }[]>(
      'SELECT action, labels FROM decision_outcomes WHERE id = $1',
      [id],
    );
    return row;
  }

  /** How many texts of an agent were blocked, by the guard or by people, from a moment on. */
  async blockedSince(manager: EntityManager, agentId: string, since: Date): Promise<number> {
    const [row] = await manager.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM decisions JOIN decision_outcomes AS come USING (id)
       WHERE decisions.agent_id = $1 AND decisions.decided_at >= $2 AND come.action = 'block'`,
      [agentId, since],
    );
    return row?.n ?? 0;
  }

  findAll(manager: EntityManager, ids: readonly string[]): Promise<Decision[]> {
    return manager.query<Decision[]>('SELECT * FROM decisions WHERE id = ANY($1::uuid[])', [ids]);
  }
}
