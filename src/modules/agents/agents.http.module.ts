import { Module } from '@nestjs/common';
import { AgentsController } from './agents.controller.js';
import { AgentsModule } from './agents.module.js';
import { PopulationsController } from './populations.controller.js';

@Module({ imports: [AgentsModule], controllers: [AgentsController, PopulationsController] })
export class AgentsHttpModule {}
