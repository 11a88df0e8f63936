import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/index.js';
import { JobsModule } from '../jobs/index.js';
import { BotsModule } from './bots.module.js';
import { BotsProcessor } from './registry/bots.processor.js';

/** The jobs of bots: what is done with them at times. */
@Module({ imports: [AuthModule, BotsModule, JobsModule], providers: [BotsProcessor] })
export class BotsJobsModule {}
