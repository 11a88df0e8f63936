import { Module } from '@nestjs/common';
import { OrchestratorModule } from './orchestrator.module.js';
import { WorkflowRunner } from './workflows/workflow.runner.js';
import { WorkflowUpkeep } from './workflows/workflow.upkeep.js';

/** What goes on with workflows. */
@Module({
  imports: [OrchestratorModule],
  providers: [WorkflowRunner, WorkflowUpkeep],
})
export class OrchestratorWorkerModule {}
