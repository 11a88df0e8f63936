import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgentsModule } from '../agents/index.js';
import { ComplianceModule } from '../compliance/index.js';
import { ContentModule } from '../content/index.js';
import { IntegrationsModule } from '../integrations/index.js';
import { JobsModule } from '../jobs/index.js';
import { SchedulerModule } from '../scheduler/index.js';
import { ContentPublication } from './definitions/content-publication.js';
import { Lifecycle } from './definitions/lifecycle.js';
import { ModerationEscalation } from './definitions/moderation-escalation.js';
import { Onboarding } from './definitions/onboarding.js';
import type { WorkflowDefinition } from './workflows/workflow.definition.js';
import { Workflow, WorkflowStep } from './workflows/workflow.entity.js';
import { WorkflowRecord } from './workflows/workflow.record.js';
import { WorkflowRegistry, WORKFLOWS } from './workflows/workflow.registry.js';
import { WorkflowsRetention } from './workflows/workflows.retention.js';
import { WorkflowStarter } from './workflows/workflow.starter.js';
import { WorkflowsRepository } from './workflows/workflows.repository.js';
import { WorkflowsService } from './workflows/workflows.service.js';

const DEFINITIONS = [Onboarding, ContentPublication, ModerationEscalation, Lifecycle];
const PROVIDERS = [WorkflowsRepository, WorkflowRegistry, WorkflowStarter, WorkflowRecord, WorkflowsService];

/** Workflows: for every mode. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Workflow, WorkflowStep]),
    JobsModule,
    AgentsModule,
    ComplianceModule,
    ContentModule,
    IntegrationsModule,
    SchedulerModule,
  ],
  providers: [
    ...DEFINITIONS,
    ...PROVIDERS,
    WorkflowsRetention,
    {
      provide: WORKFLOWS,
      inject: DEFINITIONS,
      useFactory: (...definitions: WorkflowDefinition[]): readonly WorkflowDefinition[] => definitions,
    },
  ],
  exports: PROVIDERS,
})
export class OrchestratorModule {}
