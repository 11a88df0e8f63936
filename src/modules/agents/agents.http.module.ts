import { Module } from '@nestjs/common';
import { AgentStatesController } from './agent-states.controller.js';
import { AgentsController } from './agents.controller.js';
import { AgentsModule } from './agents.module.js';

@Module({ imports: [AgentsModule], controllers: [AgentsController, AgentStatesController] })
export class AgentsHttpModule {}
