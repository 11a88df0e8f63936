import { Module } from '@nestjs/common';
import { BlueprintsController } from './blueprints/blueprints.controller.js';
import { BotsModule } from './bots.module.js';
import { BotCommandsController } from './commands/commands.controller.js';
import { IncidentsController, PlaybooksController } from './healing/incidents.controller.js';
import { BotLogsController } from './logs/logs.controller.js';
import { BotsController } from './registry/bots.controller.js';
import { BotMaintenanceController } from './registry/maintenance.controller.js';

@Module({
  imports: [BotsModule],
  controllers: [
    BotsController,
    BotMaintenanceController,
    BotLogsController,
    BotCommandsController,
    BlueprintsController,
    IncidentsController,
    PlaybooksController,
  ],
})
export class BotsHttpModule {}
