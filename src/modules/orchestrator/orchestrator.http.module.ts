import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { LifecyclesController } from './lifecycles/lifecycles.controller.js';
import { OrchestratorModule } from './orchestrator.module.js';
import { WorkflowsController } from './workflows/workflows.controller.js';

@Module({
  imports: [OrchestratorModule, AgentsModule],
  controllers: [WorkflowsController, LifecyclesController],
})
export class OrchestratorHttpModule {}
