import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Conditions, Listing, type Page, type PageRequest } from '../../../core/database/index.js';
import type { Decision } from '../decision.entity.js';
import type { ReviewAppeal } from './review-appeal.entity.js';
import type { ReviewEscalation } from './review-escalation.entity.js';
import type { ReviewOpinion } from './review-opinion.entity.js';
import type { Review } from './review.entity.js';
import { LEASE_MINUTES, type ReviewStatus, type Severity } from './review.rules.js';

/** A review with what its decision is about, and who works on it. */
export type ListedReview = Review &
  Pick<Decision, 'subject_type' | 'subject_id' | 'agent_id'> & {
    /** What the guard said. */
    decided: Decision['action'];
    /** Who works on it at this moment. */
    claimant: string | null;
    overdue: boolean;
  };

export type NamedOpinion = ReviewOpinion & { reviewer: string };
export type NamedAppeal = ReviewAppeal & { appellant: string };
export type NamedEscalation = ReviewEscalation & { reviewer: string };

/** A decision about the same subject or agent, with what came of it. */
export type EarlierDecision = Pick<
  Decision,
  'id' | 'subject_type' | 'subject_id' | 'action' | 'decided_at'
> & {
  outcome: Decision['action'];
  reviewed: boolean;
  rules: string[];
};

const MOST_EARLIER = 10;

/** Which reviews: all conditions together. */
export interface ReviewFilter {
  status?: ReviewStatus | undefined;
  severity?: Severity | undefined;
  /** Only those that were escalated, or only the others. */
  escalated?: boolean | undefined;
  /** Only those that nobody closed in time, or only the others. */
  overdue?: boolean | undefined;
  subject_type?: string | undefined;
  /** Claimed by this user at this moment. */
  claimed_by?: string | undefined;
}

export const REVIEW_SORTS = ['due_at', 'created_at'] as const;
export type ReviewSort = (typeof REVIEW_SORTS)[number];

const WAITS = `reviews.status <> 'closed'`;
const OVERDUE = `(${WAITS} AND reviews.due_at <= now())`;
const CLAIMED = 'coalesce(reviews.claimed_until > now(), false)';
const SELECT = `reviews.*, decisions.subject_type, decisions.subject_id, decisions.agent_id,
  decisions.action AS decided, ${OVERDUE} AS overdue,
  CASE WHEN ${CLAIMED} THEN (SELECT username FROM users WHERE users.id = reviews.claimed_by) END AS claimant`;
const FROM = 'reviews JOIN decisions ON decisions.id = reviews.id';

export const REVIEW_LIST = new Listing<ReviewSort>({
  name: 'reviews',
  select: SELECT,
  from: FROM,
  id: 'reviews.id',
  sorts: {
    due_at: { sql: 'reviews.due_at', type: 'timestamptz' },
    created_at: { sql: 'reviews.created_at', type: 'timestamptz' },
  },
});

/** What a change sets; the claim ends with every one. */
type ReviewChange = Pick<Review, 'status' | 'round' | 'outcome' | 'labels'>;

@Injectable()
export class ReviewsRepository {
  page(
    manager: EntityManager,
    filter: ReviewFilter,
    request: PageRequest<ReviewSort>,
  ): Promise<Page<ListedReview>> {
    const conditions = new Conditions()
      .equal('reviews.status', filter.status)
      .equal('reviews.severity', filter.severity)
      .equal('reviews.escalated', filter.escalated)
      .equal('decisions.subject_type', filter.subject_type)
      .add(filter.claimed_by, (id) => `reviews.claimed_by = ${id} AND ${CLAIMED}`);
    if (filter.overdue !== undefined) conditions.require(filter.overdue ? OVERDUE : `NOT ${OVERDUE}`);
    return REVIEW_LIST.page<ListedReview>(manager, conditions, request);
  }

  async find(manager: EntityManager, id: string): Promise<ListedReview | undefined> {
    const [row] = await manager.query<ListedReview[]>(`SELECT ${SELECT} FROM ${FROM} WHERE reviews.id = $1`, [
      id,
    ]);
    return row;
  }

  /** A review that nobody else changes until the transaction ends. */
  async lock(manager: EntityManager, id: string): Promise<ListedReview | undefined> {
    const [row] = await manager.query<ListedReview[]>(
      `SELECT ${SELECT} FROM ${FROM} WHERE reviews.id = $1 FOR UPDATE OF reviews`,
      [id],
    );
    return row;
  }

  opinions(manager: EntityManager, id: string): Promise<NamedOpinion[]> {
    return manager.query<NamedOpinion[]>(
      `SELECT review_opinions.*, username AS reviewer FROM review_opinions JOIN users ON users.id = reviewer_id
       WHERE review_id = $1 ORDER BY round, review_opinions.created_at`,
      [id],
    );
  }

  appeals(manager: EntityManager, id: string): Promise<NamedAppeal[]> {
    return manager.query<NamedAppeal[]>(
      `SELECT review_appeals.*, username AS appellant FROM review_appeals JOIN users ON users.id = appellant_id
       WHERE review_id = $1 ORDER BY round`,
      [id],
    );
  }

  /** The newest decisions before this one about the same subject or texts of the same agent. */
  earlier(manager: EntityManager, decision: Decision): Promise<EarlierDecision[]> {
    const { id, subject_type, subject_id, agent_id, decided_at } = decision;
    // Each half is a walk of an index, however many decisions there are.
    const half = (condition: string): string =>
      `(SELECT id, decided_at FROM decisions WHERE ${condition} AND decided_at <= $4 AND id <> $5
        ORDER BY decided_at DESC, id LIMIT ${MOST_EARLIER})`;
    return manager.query<EarlierDecision[]>(
      `SELECT decisions.id, subject_type, subject_id, decisions.action, decisions.decided_at,
         come.action AS outcome, reviewed,
         ARRAY(SELECT policy || '/' || rule FROM decision_rules WHERE decision_id = decisions.id ORDER BY 1) AS rules
       FROM (${half('subject_type = $1 AND subject_id = $2')} UNION ${half('agent_id = $3')}) AS near
       JOIN decisions USING (id) JOIN decision_outcomes AS come USING (id)
       ORDER BY decisions.decided_at DESC, decisions.id LIMIT ${MOST_EARLIER}`,
      [subject_type, subject_id, agent_id, decided_at, id],
    );
  }

  /** Stores the reviews that are not there yet. Returns those that were stored. @param reviews due after so many hours */
  insert(
    manager: EntityManager,
    reviews: readonly (Pick<Review, 'id' | 'severity' | 'escalated'> & { hours: number })[],
  ): Promise<Review[]> {
    return manager.query<Review[]>(
      `INSERT INTO reviews (id, severity, escalated, due_at)
       SELECT id, severity, escalated, now() + make_interval(hours => hours)
       FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::int[]) AS given (id, severity, escalated, hours)
       ON CONFLICT (id) DO NOTHING RETURNING *`,
      [
        reviews.map(({ id }) => id),
        reviews.map(({ severity }) => severity),
        reviews.map(({ escalated }) => escalated),
        reviews.map(({ hours }) => hours),
      ],
    );
  }

  /**
   * Claims the review that is due first, of those that nobody works on and this person has no part in. Several who ask at once
   * get different ones.
   * @param wanted with `escalated`, those that were escalated, too
   */
  async claimNext(
    manager: EntityManager,
    userId: string,
    { severity, escalated }: { severity: Severity | undefined; escalated: boolean },
  ): Promise<string | undefined> {
    const [[row]] = await manager.query<[{ id: string }[], number]>(
      `UPDATE reviews SET claimed_by = $1, claimed_until = now() + make_interval(mins => $3)
       WHERE id = (
         SELECT id FROM reviews WHERE ${WAITS} AND NOT ${CLAIMED} AND ($2::text IS NULL OR severity = $2)
           AND (NOT escalated OR $4)
           AND NOT EXISTS (SELECT 1 FROM review_opinions WHERE review_id = reviews.id AND reviewer_id = $1)
           AND NOT EXISTS (SELECT 1 FROM review_appeals WHERE review_id = reviews.id AND appellant_id = $1)
         ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [userId, severity ?? null, LEASE_MINUTES, escalated],
    );
    return row?.id;
  }

  async claim(manager: EntityManager, id: string, userId: string): Promise<void> {
    await manager.query(
      'UPDATE reviews SET claimed_by = $2, claimed_until = now() + make_interval(mins => $3) WHERE id = $1',
      [id, userId, LEASE_MINUTES],
    );
  }

  /** Takes a claim off. */
  async unclaim(manager: EntityManager, id: string): Promise<void> {
    await manager.query('UPDATE reviews SET claimed_by = NULL, claimed_until = NULL WHERE id = $1', [id]);
  }

  async addOpinion(manager: EntityManager, opinion: Omit<ReviewOpinion, 'created_at'>): Promise<void> {
    const { review_id, reviewer_id, round, stage, verdict, labels, reason } = opinion;
    await manager.query(
      `INSERT INTO review_opinions (review_id, reviewer_id, round, stage, verdict, labels, reason)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [review_id, reviewer_id, round, stage, verdict, labels, reason],
    );
  }

  async addAppeal(manager: EntityManager, appeal: Omit<ReviewAppeal, 'created_at'>): Promise<void> {
    const { review_id, round, appellant_id, against, reason } = appeal;
    await manager.query(
      `INSERT INTO review_appeals (review_id, round, appellant_id, against, reason) VALUES ($1, $2, $3, $4, $5)`,
      [review_id, round, appellant_id, against, reason],
    );
  }

  /** Hands a review up: nobody works on it afterwards. */
  async escalate(
    manager: EntityManager,
    { review_id, reviewer_id, round, reason }: Omit<ReviewEscalation, 'created_at'>,
  ): Promise<void> {
    await manager.query(
      'INSERT INTO review_escalations (review_id, reviewer_id, round, reason) VALUES ($1, $2, $3, $4)',
      [review_id, reviewer_id, round, reason],
    );
    await this.raise(manager, review_id);
  }

  /** Makes a review one for those who have more say: nobody works on it afterwards. */
  async raise(manager: EntityManager, id: string): Promise<void> {
    await manager.query(
      'UPDATE reviews SET escalated = true, claimed_by = NULL, claimed_until = NULL WHERE id = $1',
      [id],
    );
  }

  /** Who handed a review up; undefined where nobody did. */
  async escalation(manager: EntityManager, id: string): Promise<NamedEscalation | undefined> {
    const [row] = await manager.query<NamedEscalation[]>(
      `SELECT review_escalations.*, username AS reviewer FROM review_escalations JOIN users ON users.id = reviewer_id
       WHERE review_id = $1`,
      [id],
    );
    return row;
  }

  /** Moves a review on; nobody works on it afterwards. @param dueHours a new time by when it is to be closed */
  async change(
    manager: EntityManager,
    id: string,
    { status, round, outcome, labels }: ReviewChange,
    dueHours?: number,
  ): Promise<void> {
    await manager.query(
      `UPDATE reviews SET status = $2, round = $3, outcome = $4, labels = $5, claimed_by = NULL, claimed_until = NULL,
         closed_at = CASE WHEN $2 = 'closed' THEN now() END,
         due_at = coalesce(now() + make_interval(hours => $6::int), due_at)
       WHERE id = $1`,
      [id, status, round, outcome, labels, dueHours ?? null],
    );
  }
}
