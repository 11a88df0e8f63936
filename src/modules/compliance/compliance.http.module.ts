import { Module } from '@nestjs/common';
import { ComplianceController } from './compliance.controller.js';
import { ComplianceModule } from './compliance.module.js';

@Module({ imports: [ComplianceModule], controllers: [ComplianceController] })
export class ComplianceHttpModule {}
