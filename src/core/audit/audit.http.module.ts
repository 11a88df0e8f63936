import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';

/** The audit for those who may read it. */
@Module({ controllers: [AuditController] })
export class AuditHttpModule {}
