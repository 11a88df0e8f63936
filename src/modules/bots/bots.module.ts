import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/index.js';
import { JobsModule } from '../jobs/index.js';
import { BlueprintLibrary } from './blueprints/blueprint-library.js';
import { BotCommandsRepository } from './commands/bot-commands.repository.js';
import { BotIncident } from './healing/incident.entity.js';
import { IncidentRecord } from './healing/incident.record.js';
import { IncidentsRepository } from './healing/incidents.repository.js';
import { IncidentsService } from './healing/incidents.service.js';
import { BotLogsRepository } from './logs/bot-logs.repository.js';
import { BotStatesRepository } from './reconciler/states.repository.js';
import { BotCredentials } from './registry/bot-credentials.js';
import { Bot, BotHost, BotMaintenance, BotState } from './registry/bot.entity.js';
import { BotCommand, BotLogLine, BotTransition } from './registry/bot-history.entity.js';
import { BotRecord } from './registry/bot.record.js';
import { BotSchedules } from './registry/bot-schedules.js';
import { BotsRepository } from './registry/bots.repository.js';
import { BotsService } from './registry/bots.service.js';

const PROVIDERS = [
  BlueprintLibrary,
  BotsRepository,
  BotRecord,
  BotSchedules,
  BotsService,
  BotLogsRepository,
  BotCommandsRepository,
  BotStatesRepository,
  IncidentsRepository,
  IncidentRecord,
  IncidentsService,
];

/** The registry of bots: for every mode. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      Bot,
      BotState,
      BotHost,
      BotMaintenance,
      BotTransition,
      BotLogLine,
      BotCommand,
      BotIncident,
    ]),
    AuthModule,
    JobsModule,
  ],
  providers: [...PROVIDERS, BotCredentials],
  exports: PROVIDERS,
})
export class BotsModule {}
