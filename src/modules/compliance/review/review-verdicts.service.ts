import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { EventsService, type DomainEvent } from '../../../core/events/index.js';
import { DecisionsRepository } from '../decisions.repository.js';
import type { Decision } from '../decision.entity.js';
import { mayPass } from '../guard/evaluate.js';
import { ReviewError } from './review.errors.js';
import { reviewAdvanced, reviewAppealed, reviewClosed } from './review.events.js';
import {
  consequenceOf,
  DUE_HOURS,
  severityOf,
  type Consequence,
  type OpinionStage,
  type Standing,
  type Verdict,
} from './review.rules.js';
import { ReviewMetrics } from './review.metrics.js';
import { ReviewsRepository, type ListedReview } from './reviews.repository.js';
import { requireClaim, requirePerson, requireSay, type Reviewer } from './reviews.service.js';

/** What a reviewer says. */
export interface Opinion {
  verdict: Verdict;
  /** With the verdict `label`, at least one; with the others none. */
  labels: readonly string[];
  reason: string;
  /** Whether another person is to be asked in any case. */
  second_opinion: boolean;
}

/** What people say about decisions, and what comes of it. */
@Injectable()
export class ReviewVerdicts {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: ReviewsRepository,
    private readonly decisions: DecisionsRepository,
    private readonly events: EventsService,
    private readonly audit: AuditService,
    private readonly metrics: ReviewMetrics,
  ) {}

  /**
   * Gives an opinion on a claimed review: it closes it, or another person is asked; see `consequenceOf`.
   * @throws ReviewError `review_not_found`, `review_closed`, `review_claim_needed`, `review_labels_wrong`, `review_person_needed`,
   *   `review_more_say_needed`
   */
  async decide(id: string, reviewer: Reviewer, opinion: Opinion): Promise<void> {
    requirePerson(reviewer);
    const { verdict, labels, reason } = opinion;
    if ((verdict === 'label') !== labels.length > 0) throw ReviewError.labelsMissing();
    await this.dataSource.transaction(async (manager) => {
      const review = await this.repository.lock(manager, id);
      if (review === undefined) throw ReviewError.notFound(id);
      const { status: stage, round } = review;
      if (stage === 'closed') throw ReviewError.closed(id);
      requireSay(review, reviewer);
      requireClaim(review, reviewer);
      const standing = await this.standing(manager, review, stage);
      const consequence = consequenceOf(standing, opinion, opinion.second_opinion);
      await this.repository.addOpinion(manager, {
        review_id: id,
        reviewer_id: reviewer.id,
        round,
        stage,
        verdict,
        labels: [...labels],
        reason,
      });
      await this.apply(manager, review, consequence);
      await this.audit.append(manager, {
        actor: reviewer.username,
        action: 'review.decide',
        subject: { type: 'decision', id },
        data: { round, stage, verdict, labels, reason, ...consequence },
      });
    });
  }

  /**
   * Asks for another look at a decision whose text is held: people who had no part in it decide once more, and what was decided
   * stays to be seen.
   * @param id of the decision
   * @throws ReviewError `review_not_found`, `review_undecided`, `review_nothing_held`, `review_appealed`
   */
  async appeal(id: string, appellant: Reviewer, reason: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const decision = await this.decisions.find(manager, id);
      if (decision === null) throw ReviewError.notFound(id);
      const { review, round } = await this.reopenable(manager, decision);
      const { severity, outcome, labels } = review;
      const against = outcome ?? decision.action;
      if (mayPass(against)) throw ReviewError.nothingHeld(id);
      await this.repository.addAppeal(manager, {
        review_id: id,
        round,
        appellant_id: appellant.id,
        against,
        reason,
      });
      await this.repository.change(
        manager,
        id,
        { status: 'open', round, outcome, labels },
        DUE_HOURS[severity],
      );
      const { due_at } = (await this.repository.find(manager, id)) as ListedReview;
      await this.events.emit(
        manager,
        reviewAppealed({ review_id: id, severity, status: 'open', due_at: due_at.toISOString() }),
      );
      await this.audit.append(manager, {
        actor: appellant.username,
        action: 'review.appeal',
        subject: { type: 'decision', id },
        data: { round, against, reason },
      });
    });
  }

  /** The review that an appeal opens, locked: made where the guard alone has decided, or closed before. */
  private async reopenable(
    manager: EntityManager,
    { id, action, matches }: Decision,
  ): Promise<{ review: ListedReview; round: number }> {
    if (mayPass(action)) throw ReviewError.nothingHeld(id);
    const severity = severityOf(matches);
    const made = await this.repository.insert(manager, [
      { id, severity, escalated: false, hours: DUE_HOURS[severity] },
    ]);
    const review = (await this.repository.lock(manager, id)) as ListedReview;
    if (made.length > 0) return { review, round: review.round };
    if ((await this.repository.appeals(manager, id)).length > 0) throw ReviewError.appealed(id);
    if (review.status !== 'closed') throw ReviewError.undecided(id);
    return { review, round: review.round + 1 };
  }

  private async standing(
    manager: EntityManager,
    { id, severity, round }: ListedReview,
    status: OpinionStage,
  ): Promise<Standing> {
    const opinions = await this.repository.opinions(manager, id);
    const appeals = await this.repository.appeals(manager, id);
    const against = appeals.find((appeal) => appeal.round === round)?.against ?? null;
    return { status, severity, against, given: opinions.filter((opinion) => opinion.round === round) };
  }

  private async apply(
    manager: EntityManager,
    { id, severity, round, outcome, labels, overdue }: ListedReview,
    consequence: Consequence,
  ): Promise<void> {
    const { status } = consequence;
    const about = { review_id: id, severity, status };
    let event: DomainEvent;
    if (consequence.status === 'closed') {
      event = reviewClosed({ ...about, outcome: consequence.outcome });
      await this.repository.change(manager, id, { round, ...consequence });
      this.metrics.closed(manager, consequence.outcome, overdue);
    } else {
      event = reviewAdvanced(about);
      await this.repository.change(manager, id, { round, status, outcome, labels });
    }
    await this.events.emit(manager, event);
  }
}
