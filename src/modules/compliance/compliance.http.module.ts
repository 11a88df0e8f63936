import { Module } from '@nestjs/common';
import { BacktestsController } from './backtests.controller.js';
import { ChecksController } from './checks.controller.js';
import { ComplianceController } from './compliance.controller.js';
import { ComplianceModule } from './compliance.module.js';
import { PoliciesController } from './policies.controller.js';
import { ReviewsController } from './review/reviews.controller.js';
import { StatisticsController } from './statistics.controller.js';

@Module({
  imports: [ComplianceModule],
  controllers: [
    ComplianceController,
    PoliciesController,
    ChecksController,
    BacktestsController,
    StatisticsController,
    ReviewsController,
  ],
})
export class ComplianceHttpModule {}
