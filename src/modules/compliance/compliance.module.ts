import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config } from '../../core/config/index.js';
import { EgressClient } from '../../core/egress/index.js';
import { LlmGateway } from '../../core/llm/index.js';
import { Assessor } from './assessor.js';
import { BacktestService } from './backtest/backtest.service.js';
import { LocalClassifiers } from './classifiers/index.js';
import { ComplianceService } from './compliance.service.js';
import { DecisionCounter } from './decision.counter.js';
import { Decision } from './decision.entity.js';
import { DecisionRule } from './decision-rule.entity.js';
import { DecisionHistory } from './decision.history.js';
import { DecisionStore } from './decision-store.js';
import { DecisionsRepository } from './decisions.repository.js';
import { outsideClassifiers } from './elsewhere/outside-classifiers.js';
import { OUTSIDE_CLASSIFIERS, SecondOpinions } from './elsewhere/second-opinions.js';
import type { TextClassifier } from './guard/text-classifier.js';
import { PolicyEditor } from './policy/policy-editor.js';
import { PolicyLibrary, TEXT_CLASSIFIER } from './policy/policy-library.js';
import { ReviewAppeal } from './review/review-appeal.entity.js';
import { ReviewEscalation } from './review/review-escalation.entity.js';
import { ReviewIntake } from './review/review-intake.js';
import { ReviewMetrics } from './review/review.metrics.js';
import { ReviewOpinion } from './review/review-opinion.entity.js';
import { Review } from './review/review.entity.js';
import { ReviewVerdicts } from './review/review-verdicts.service.js';
import { ReviewsRepository } from './review/reviews.repository.js';
import { ReviewsService } from './review/reviews.service.js';
import { UnattendedReviews } from './review/unattended-reviews.js';
import { StatisticsRepository } from './statistics.repository.js';
import { SubjectTexts } from './subject-texts.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Decision, DecisionRule, Review, ReviewOpinion, ReviewAppeal, ReviewEscalation]),
  ],
  providers: [
    { provide: TEXT_CLASSIFIER, useFactory: (): TextClassifier => new LocalClassifiers() },
    {
      provide: OUTSIDE_CLASSIFIERS,
      inject: [CONFIG, EgressClient, LlmGateway],
      useFactory: (config: Config, egress: EgressClient, gateway: LlmGateway) =>
        outsideClassifiers(config, egress, gateway),
    },
    SecondOpinions,
    Assessor,
    PolicyLibrary,
    PolicyEditor,
    SubjectTexts,
    BacktestService,
    DecisionCounter,
    DecisionsRepository,
    DecisionHistory,
    DecisionStore,
    ComplianceService,
    StatisticsRepository,
    ReviewsRepository,
    ReviewIntake,
    ReviewMetrics,
    ReviewsService,
    ReviewVerdicts,
    UnattendedReviews,
  ],
  exports: [
    ComplianceService,
    PolicyLibrary,
    PolicyEditor,
    SubjectTexts,
    BacktestService,
    StatisticsRepository,
    ReviewsService,
    ReviewVerdicts,
    UnattendedReviews,
  ],
})
export class ComplianceModule {}
