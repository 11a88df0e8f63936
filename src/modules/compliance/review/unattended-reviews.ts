import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { EventsService, type DomainEvent } from '../../../core/events/index.js';
import { ReviewError } from './review.errors.js';
import { reviewClosed, reviewEscalated, reviewReminded } from './review.events.js';
import { ReviewMetrics } from './review.metrics.js';
import { ReviewsRepository, type ListedReview } from './reviews.repository.js';

/** What of a review decides how long it can wait. */
export type ReviewStanding = Pick<
  ListedReview,
  'id' | 'status' | 'outcome' | 'escalated' | 'due_at' | 'created_at' | 'severity'
>;

/** What becomes of reviews that nobody decides. Each act does nothing to a review that people have closed meanwhile. */
@Injectable()
export class UnattendedReviews {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: ReviewsRepository,
    private readonly events: EventsService,
    private readonly audit: AuditService,
    private readonly metrics: ReviewMetrics,
  ) {}

  /** @param id of the decision @throws ReviewError `review_not_found` */
  async get(id: string): Promise<ReviewStanding> {
    const review = await this.repository.find(this.dataSource.manager, id);
    if (review === undefined) throw ReviewError.notFound(id);
    return review;
  }

  /** Tells that a review waits still. @returns whether it does */
  remind(manager: EntityManager, id: string, actor: string): Promise<boolean> {
    return this.act(manager, id, 'review.remind', actor, {}, (about, { due_at }) =>
      Promise.resolve(reviewReminded({ ...about, due_at: due_at.toISOString() })),
    );
  }

  /** Hands a review to those who have more say; who worked on it has it no more. @returns whether it is not closed */
  raise(manager: EntityManager, id: string, reason: string, actor: string): Promise<boolean> {
    return this.act(manager, id, 'review.escalate', actor, { reason }, async (about, review) => {
      if (review.escalated) return undefined;
      await this.repository.raise(manager, id);
      return reviewEscalated(about);
    });
  }

  /** Closes a review that nobody decided: its text is blocked. An appeal opens it again. @returns whether it did */
  expire(manager: EntityManager, id: string, reason: string, actor: string): Promise<boolean> {
    return this.act(manager, id, 'review.expire', actor, { reason }, async (about, review) => {
      const { round, labels, overdue } = review;
      await this.repository.change(manager, id, { status: 'closed', round, outcome: 'block', labels });
      this.metrics.closed(manager, 'block', overdue);
      return reviewClosed({ ...about, status: 'closed', outcome: 'block' });
    });
  }

  private async act(
    manager: EntityManager,
    id: string,
    action: string,
    actor: string,
    data: object,
    work: (
      about: { review_id: string } & Pick<ListedReview, 'severity' | 'status'>,
      review: ListedReview,
    ) => Promise<DomainEvent | undefined>,
  ): Promise<boolean> {
    const review = await this.repository.lock(manager, id);
    if (review === undefined) throw ReviewError.notFound(id);
    const { severity, status, round } = review;
    if (status === 'closed') return false;
    const event = await work({ review_id: id, severity, status }, review);
    if (event === undefined) return true;
    await this.events.emit(manager, event);
    await this.audit.append(manager, {
      actor,
      action,
      subject: { type: 'decision', id },
      data: { round, ...data },
    });
    return true;
  }
}
