import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { LifecyclesController } from './lifecycles/lifecycles.controller.js';
import { OrchestratorModule } from './orchestrator.module.js';
import { SessionPlansController } from './sessions/session-plans.controller.js';
import { AgentSessionsController } from './sessions/sessions.controller.js';
import { WorkflowsController } from './workflows/workflows.controller.js';

@Module({
  imports: [OrchestratorModule, AgentsModule],
  controllers: [WorkflowsController, LifecyclesController, AgentSessionsController, SessionPlansController],
})
export class OrchestratorHttpModule {}
