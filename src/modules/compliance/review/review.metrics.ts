import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AfterCommit } from '../../../core/database/index.js';
import { Metrics } from '../../../core/metrics/index.js';
import type { Outcome } from './review.rules.js';

/** Counts the reviews that ended; how many wait is a matter of the database, see the observability module. */
@Injectable()
export class ReviewMetrics {
  private readonly ended;

  constructor(
    private readonly afterCommit: AfterCommit,
    metrics: Metrics,
  ) {
    this.ended = metrics.counter({
      name: 'reviews_closed_total',
      help: 'Reviews that ended, by outcome and whether they did in time.',
      labels: ['outcome', 'late'],
    });
  }

  /** Counts a review once the manager's transaction has committed. */
  closed(manager: EntityManager, outcome: Outcome, late: boolean): void {
    this.afterCommit.add(manager, () => this.ended.inc({ outcome, late: String(late) }));
  }
}
