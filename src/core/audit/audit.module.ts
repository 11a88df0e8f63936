import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditHead } from './audit-head.entity.js';
import { AuditHeads } from './audit-heads.service.js';
import { AuditRecord } from './audit.entity.js';
import { AuditService } from './audit.service.js';
import { AuditTally } from './audit-tally.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditRecord, AuditHead])],
  providers: [AuditHeads, AuditService, AuditTally],
  exports: [AuditHeads, AuditService, AuditTally],
})
export class AuditModule {}
