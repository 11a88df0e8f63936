import { Module } from '@nestjs/common';
import { BotsModule } from './bots.module.js';
import { BotsProcessor } from './registry/bots.processor.js';

/** The jobs of bots: what is done with them at times. */
@Module({ imports: [BotsModule], providers: [BotsProcessor] })
export class BotsJobsModule {}
