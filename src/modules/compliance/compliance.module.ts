import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BacktestService } from './backtest/backtest.service.js';
import { SubjectTexts } from './backtest/subject-texts.js';
import { ComplianceService } from './compliance.service.js';
import { DecisionCounter } from './decision.counter.js';
import { Decision } from './decision.entity.js';
import { DecisionsRepository } from './decisions.repository.js';
import type { TextClassifier } from './guard/text-classifier.js';
import { PolicyEditor } from './policy/policy-editor.js';
import { PolicyLibrary, TEXT_CLASSIFIER } from './policy/policy-library.js';

@Module({
  imports: [TypeOrmModule.forFeature([Decision])],
  providers: [
    // Nothing scores texts yet: conditions on scores wait in shadow.
    { provide: TEXT_CLASSIFIER, useFactory: (): TextClassifier | undefined => undefined },
    PolicyLibrary,
    PolicyEditor,
    SubjectTexts,
    BacktestService,
    DecisionCounter,
    DecisionsRepository,
    ComplianceService,
  ],
  exports: [ComplianceService, PolicyLibrary, PolicyEditor, SubjectTexts, BacktestService],
})
export class ComplianceModule {}
