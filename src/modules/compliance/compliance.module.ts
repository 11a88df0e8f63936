import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PROJECT_ROOT } from '../../core/project.js';
import { ComplianceService } from './compliance.service.js';
import { DecisionCounter } from './decision.counter.js';
import { Decision } from './decision.entity.js';
import { DecisionRule } from './decision-rule.entity.js';
import { DecisionStore } from './decision-store.js';
import { DecisionsRepository } from './decisions.repository.js';
import { PolicyLibrary } from './policy/policy-library.js';
import { ReviewAppeal } from './review/review-appeal.entity.js';
import { ReviewContexts } from './review/review-contexts.js';
import { ReviewIntake } from './review/review-intake.js';
import { ReviewMetrics } from './review/review.metrics.js';
import { ReviewOpinion } from './review/review-opinion.entity.js';
import { Review } from './review/review.entity.js';
import { ReviewVerdicts } from './review/review-verdicts.service.js';
import { ReviewsRepository } from './review/reviews.repository.js';
import { ReviewsService } from './review/reviews.service.js';
import { StatisticsRepository } from './statistics.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([Decision, DecisionRule, Review, ReviewOpinion, ReviewAppeal])],
  providers: [
    { provide: PolicyLibrary, useFactory: () => PolicyLibrary.load(join(PROJECT_ROOT, 'policies')) },
    DecisionCounter,
    DecisionsRepository,
    DecisionStore,
    ComplianceService,
    StatisticsRepository,
    ReviewsRepository,
    ReviewContexts,
    ReviewIntake,
    ReviewMetrics,
    ReviewsService,
    ReviewVerdicts,
  ],
  exports: [
    ComplianceService,
    PolicyLibrary,
    StatisticsRepository,
    ReviewContexts,
    ReviewsService,
    ReviewVerdicts,
  ],
})
export class ComplianceModule {}
