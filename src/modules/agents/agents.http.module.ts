import { Module } from '@nestjs/common';
import { AgentsController } from './agents.controller.js';
import { AgentsModule } from './agents.module.js';

@Module({ imports: [AgentsModule], controllers: [AgentsController] })
export class AgentsHttpModule {}
