import { Global, Module } from '@nestjs/common';
import { RetentionService } from './retention.service.js';
import { RetentionTimer } from './retention.timer.js';

@Global()
@Module({ providers: [RetentionService], exports: [RetentionService] })
export class RetentionModule {}

/** Sweeps in this process from time to time. */
@Module({ providers: [RetentionTimer] })
export class RetentionWorkerModule {}
