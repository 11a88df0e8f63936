import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditRecord } from './audit.entity.js';
import { AuditService } from './audit.service.js';
import { AuditTally } from './audit-tally.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AuditRecord])],
  providers: [AuditService, AuditTally],
  exports: [AuditService, AuditTally],
})
export class AuditModule {}
