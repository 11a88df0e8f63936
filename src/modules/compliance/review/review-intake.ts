import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { EventsService } from '../../../core/events/index.js';
import type { Decision } from '../decision.entity.js';
import { reviewOpened } from './review.events.js';
import { DUE_HOURS, needsReview, severityOf } from './review.rules.js';
import { ReviewsRepository } from './reviews.repository.js';

/** Where decisions become work for people. */
@Injectable()
export class ReviewIntake {
  constructor(
    private readonly repository: ReviewsRepository,
    private readonly events: EventsService,
  ) {}

  /** Opens reviews of those of some new decisions that wait for a person, in the manager's transaction. */
  async open(manager: EntityManager, decisions: readonly Decision[]): Promise<void> {
    const waiting = decisions.filter(({ action }) => needsReview(action));
    if (waiting.length === 0) return;
    const reviews = await this.repository.insert(
      manager,
      waiting.map(({ id, action, matches }) => {
        const severity = severityOf(matches);
        return { id, severity, escalated: action === 'escalate', hours: DUE_HOURS[severity] };
      }),
    );
    await this.events.emit(
      manager,
      ...reviews.map(({ id, severity, status, due_at }) =>
        reviewOpened({ review_id: id, severity, status, due_at: due_at.toISOString() }),
      ),
    );
  }
}
