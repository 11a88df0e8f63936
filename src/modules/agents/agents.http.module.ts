import { Module } from '@nestjs/common';
import { AgentsController } from './agents.controller.js';
import { ExportsModule } from '../exports/index.js';
import { AgentsModule } from './agents.module.js';

@Module({ imports: [AgentsModule, ExportsModule], controllers: [AgentsController] })
export class AgentsHttpModule {}
