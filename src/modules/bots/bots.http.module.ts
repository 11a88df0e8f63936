import { Module } from '@nestjs/common';
import { BlueprintsController } from './blueprints/blueprints.controller.js';
import { BotsModule } from './bots.module.js';
import { BotCommandsController } from './commands/commands.controller.js';
import { BotLogsController } from './logs/logs.controller.js';
import { BotsController } from './registry/bots.controller.js';
import { BotReplicasController } from './registry/replicas.controller.js';
import { BotMaintenanceController } from './registry/maintenance.controller.js';

@Module({
  imports: [BotsModule],
  controllers: [
    BotsController,
    BotReplicasController,
    BotMaintenanceController,
    BotLogsController,
    BotCommandsController,
    BlueprintsController,
  ],
})
export class BotsHttpModule {}
