import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/index.js';
import { OrchestratorModule } from './orchestrator.module.js';
import { SessionUpkeep } from './sessions/session.upkeep.js';
import { Upkeep } from './upkeep.js';
import { WorkflowRunner } from './workflows/workflow.runner.js';
import { WorkflowUpkeep } from './workflows/workflow.upkeep.js';

/** What goes on with workflows and sessions. */
@Module({
  imports: [OrchestratorModule, AuthModule],
  providers: [WorkflowRunner, WorkflowUpkeep, SessionUpkeep, Upkeep],
})
export class OrchestratorWorkerModule {}
