import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/index.js';
import { JobsModule } from '../jobs/index.js';
import { BlueprintLibrary } from './blueprints/blueprint-library.js';
import { BotCommandsRepository } from './commands/bot-commands.repository.js';
import { BotLogsRepository } from './logs/bot-logs.repository.js';
import { BotInstancesRepository } from './reconciler/instances.repository.js';
import { BotStatesRepository } from './reconciler/states.repository.js';
import { BotCredentials } from './registry/bot-credentials.js';
import { Bot, BotHost, BotMaintenance, BotState } from './registry/bot.entity.js';
import { BotCommand, BotLogLine, BotTransition } from './registry/bot-history.entity.js';
import { BotInstance, BotRevision } from './registry/bot-instance.entity.js';
import { BotRecord } from './registry/bot.record.js';
import { BotSchedules } from './registry/bot-schedules.js';
import { BotsRepository } from './registry/bots.repository.js';
import { BotsService } from './registry/bots.service.js';
import { BotRevisionsRepository } from './registry/revisions.repository.js';
import { BotRevisions } from './registry/revisions.service.js';

const PROVIDERS = [
  BlueprintLibrary,
  BotsRepository,
  BotRecord,
  BotSchedules,
  BotsService,
  BotRevisionsRepository,
  BotRevisions,
  BotLogsRepository,
  BotCommandsRepository,
  BotStatesRepository,
  BotInstancesRepository,
];

/** The registry of bots: for every mode. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      Bot,
      BotState,
      BotInstance,
      BotRevision,
      BotHost,
      BotMaintenance,
      BotTransition,
      BotLogLine,
      BotCommand,
    ]),
    AuthModule,
    JobsModule,
  ],
  providers: [...PROVIDERS, BotCredentials],
  exports: PROVIDERS,
})
export class BotsModule {}
