import { Module } from '@nestjs/common';
import { AgentStatesController } from './agent-states.controller.js';
import { AgentsController } from './agents.controller.js';
import { ExportsModule } from '../exports/index.js';
import { PopulationExportsController } from './population-exports.controller.js';
import { AgentsModule } from './agents.module.js';
import { PopulationFilesController } from './population-files.controller.js';
import { PopulationsController } from './populations.controller.js';

@Module({
  imports: [AgentsModule, ExportsModule],
  controllers: [
    AgentsController,
    PopulationFilesController,
    PopulationsController,
    PopulationExportsController,
    AgentStatesController,
  ],
})
export class AgentsHttpModule {}
