import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AfterCommit } from '../../core/database/index.js';
import { Metrics } from '../../core/metrics/index.js';
import type { Decision } from './decision.entity.js';

/** Counts the decisions that are there for good. */
@Injectable()
export class DecisionCounter {
  private readonly decisions;

  constructor(
    private readonly afterCommit: AfterCommit,
    metrics: Metrics,
  ) {
    this.decisions = metrics.counter({
      name: 'compliance_decisions_total',
      help: 'Decisions of the guard by what they said; the ratio of two actions is the compliance ratio.',
      labels: ['action'],
    });
  }

  /** Counts decisions once the manager's transaction has committed. */
  decided(manager: EntityManager, decisions: readonly Pick<Decision, 'action'>[]): void {
    if (decisions.length === 0) return;
    this.afterCommit.add(manager, () => {
      for (const { action } of decisions) this.decisions.inc({ action });
    });
  }
}
