import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PROJECT_ROOT } from '../../core/project.js';
import { ComplianceService } from './compliance.service.js';
import { DecisionCounter } from './decision.counter.js';
import { Decision } from './decision.entity.js';
import { DecisionsRepository } from './decisions.repository.js';
import { PolicyLibrary } from './policy/policy-library.js';

@Module({
  imports: [TypeOrmModule.forFeature([Decision])],
  providers: [
    { provide: PolicyLibrary, useFactory: () => PolicyLibrary.load(join(PROJECT_ROOT, 'policies')) },
    DecisionCounter,
    DecisionsRepository,
    ComplianceService,
  ],
  exports: [ComplianceService, PolicyLibrary],
})
export class ComplianceModule {}
