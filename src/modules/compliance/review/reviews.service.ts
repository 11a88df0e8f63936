import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import type { Page, PageRequest } from '../../../core/database/index.js';
import { EventsService } from '../../../core/events/index.js';
import type { Caller } from '../../../core/http/index.js';
import type { Decision } from '../decision.entity.js';
import { DecisionsRepository } from '../decisions.repository.js';
import type { TextField } from '../guard/evaluate.js';
import { SubjectTexts } from '../subject-texts.js';
import { ReviewError } from './review.errors.js';
import { reviewClaimed, reviewEscalated, reviewReturned } from './review.events.js';
import { DECIDE_ESCALATED, type Severity } from './review.rules.js';
import {
  ReviewsRepository,
  type ListedReview,
  type EarlierDecision,
  type NamedAppeal,
  type NamedEscalation,
  type NamedOpinion,
  type ReviewFilter,
  type ReviewSort,
} from './reviews.repository.js';

/** Who reviews. */
export type Reviewer = Pick<Caller, 'id' | 'username' | 'kind' | 'permissions'>;

/** A review with all that a reviewer looks at. */
export interface ReviewCase {
  review: ListedReview;
  decision: Decision;
  /** The texts of the subject; null where it is gone. */
  texts: readonly TextField[] | null;
  opinions: NamedOpinion[];
  appeals: NamedAppeal[];
  escalation: NamedEscalation | null;
  /** What was decided before about the same subject or agent, the newest first. */
  earlier: EarlierDecision[];
}

/** The queue of decisions that wait for people: who works on which. */
@Injectable()
export class ReviewsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: ReviewsRepository,
    private readonly decisions: DecisionsRepository,
    private readonly subjects: SubjectTexts,
    private readonly events: EventsService,
    private readonly audit: AuditService,
  ) {}

  /** A page of reviews. @throws InvalidCursor */
  list(filter: ReviewFilter, request: PageRequest<ReviewSort>): Promise<Page<ListedReview>> {
    return this.repository.page(this.dataSource.manager, filter, request);
  }

  /** @param id of the decision @throws ReviewError `review_not_found` */
  async get(id: string): Promise<ReviewCase> {
    const { manager } = this.dataSource;
    const review = await this.repository.find(manager, id);
    const decision = await this.decisions.find(manager, id);
    if (review === undefined || decision === null) throw ReviewError.notFound(id);
    const { subject_type: type, subject_id: subjectId } = decision;
    const texts = await this.subjects.of(manager, type, [subjectId]);
    return {
      review,
      decision,
      texts: texts.get(subjectId) ?? null,
      opinions: await this.repository.opinions(manager, id),
      appeals: await this.repository.appeals(manager, id),
      escalation: (await this.repository.escalation(manager, id)) ?? null,
      earlier: await this.repository.earlier(manager, decision),
    };
  }

  /**
   * Claims the review that is due first and that the reviewer may work on; it is theirs for LEASE_MINUTES.
   * @throws ReviewError `review_none_waiting`, `review_person_needed`
   */
  async claimNext(reviewer: Reviewer, severity?: Severity): Promise<ReviewCase> {
    requirePerson(reviewer);
    const id = await this.dataSource.transaction(async (manager) => {
      const claimed = await this.repository.claimNext(manager, reviewer.id, {
        severity,
        escalated: hasMoreSay(reviewer),
      });
      if (claimed === undefined) throw ReviewError.noneWaiting();
      await this.recordClaim(manager, claimed, reviewer);
      return claimed;
    });
    return this.get(id);
  }

  /**
   * Claims a review, or extends the claim.
   * @throws ReviewError `review_not_found`, `review_closed`, `review_claimed`, `review_another_person`, `review_person_needed`,
   *   `review_more_say_needed`
   */
  async claim(id: string, reviewer: Reviewer): Promise<ReviewCase> {
    requirePerson(reviewer);
    await this.dataSource.transaction(async (manager) => {
      const review = await this.locked(manager, id);
      const { claimant, claimed_by, claimed_until, status } = review;
      if (status === 'closed') throw ReviewError.closed(id);
      requireSay(review, reviewer);
      if (claimant !== null && claimed_until !== null && claimed_by !== reviewer.id) {
        throw ReviewError.claimed(id, claimant, claimed_until);
      }
      await this.requireUninvolved(manager, id, reviewer);
      await this.repository.claim(manager, id, reviewer.id);
      await this.recordClaim(manager, id, reviewer);
    });
    return this.get(id);
  }

  /** Gives a claim back. @throws ReviewError `review_not_found`, `review_claim_needed` */
  async giveBack(id: string, reviewer: Reviewer): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const review = await this.locked(manager, id);
      requireClaim(review, reviewer);
      await this.repository.unclaim(manager, id);
      const { severity, status } = review;
      await this.events.emit(manager, reviewReturned({ review_id: id, severity, status }));
      await this.record(manager, 'review.return', id, reviewer);
    });
  }

  /**
   * Hands a claimed review to those who have more say; it is theirs from then on.
   * @throws ReviewError `review_not_found`, `review_escalated`, `review_claim_needed`
   */
  async escalate(id: string, reviewer: Reviewer, reason: string): Promise<void> {
    requirePerson(reviewer);
    await this.dataSource.transaction(async (manager) => {
      const review = await this.locked(manager, id);
      const { severity, status, round, escalated } = review;
      if (escalated) throw ReviewError.escalated(id);
      requireClaim(review, reviewer);
      await this.repository.escalate(manager, { review_id: id, reviewer_id: reviewer.id, round, reason });
      await this.events.emit(manager, reviewEscalated({ review_id: id, severity, status }));
      await this.record(manager, 'review.escalate', id, reviewer, { round, reason });
    });
  }

  private async recordClaim(manager: EntityManager, id: string, reviewer: Reviewer): Promise<void> {
    const { severity, status, claimed_until } = await this.locked(manager, id);
    const until = (claimed_until as Date).toISOString();
    await this.events.emit(manager, reviewClaimed({ review_id: id, severity, status, claimed_until: until }));
    await this.record(manager, 'review.claim', id, reviewer, { claimed_until: until });
  }

  private async locked(manager: EntityManager, id: string): Promise<ListedReview> {
    const review = await this.repository.lock(manager, id);
    if (review === undefined) throw ReviewError.notFound(id);
    return review;
  }

  private async requireUninvolved(manager: EntityManager, id: string, reviewer: Reviewer): Promise<void> {
    const opinions = await this.repository.opinions(manager, id);
    const appeals = await this.repository.appeals(manager, id);
    const involved = [
      ...opinions.map(({ reviewer_id }) => reviewer_id),
      ...appeals.map(({ appellant_id }) => appellant_id),
    ];
    if (involved.includes(reviewer.id)) throw ReviewError.anotherPerson(id);
  }

  private record(
    manager: EntityManager,
    action: string,
    id: string,
    { username: actor }: Reviewer,
    data: object = {},
  ): Promise<void> {
    return this.audit.append(manager, { actor, action, subject: { type: 'decision', id }, data });
  }
}

/** @throws ReviewError `review_person_needed` */
export function requirePerson({ kind }: Reviewer): void {
  if (kind !== 'person') throw ReviewError.personNeeded();
}

/** @throws ReviewError `review_claim_needed` when the reviewer has no claim, or no more */
export function requireClaim({ id, claimed_by, claimant }: ListedReview, reviewer: Reviewer): void {
  if (claimant === null || claimed_by !== reviewer.id) throw ReviewError.claimNeeded(id);
}

function hasMoreSay({ permissions }: Reviewer): boolean {
  return permissions.has(DECIDE_ESCALATED);
}

/** @throws ReviewError `review_more_say_needed` when it was escalated, and the reviewer is not one of those whom it is for */
export function requireSay({ id, escalated }: ListedReview, reviewer: Reviewer): void {
  if (escalated && !hasMoreSay(reviewer)) throw ReviewError.moreSayNeeded(id);
}
