import { Module } from '@nestjs/common';
import { ChecksController } from './checks.controller.js';
import { ComplianceController } from './compliance.controller.js';
import { ComplianceModule } from './compliance.module.js';
import { PoliciesController } from './policies.controller.js';

@Module({
  imports: [ComplianceModule],
  controllers: [ComplianceController, PoliciesController, ChecksController],
})
export class ComplianceHttpModule {}
