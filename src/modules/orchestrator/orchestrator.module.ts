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
import { Session } from './definitions/session.js';
import { PopulationSessions } from './sessions/population-sessions.js';
import { AgentSession, SessionAct, SessionPlan, SessionView } from './sessions/session.entity.js';
import { SessionActing } from './sessions/session.acting.js';
import { SessionPlansRepository } from './sessions/session-plans.repository.js';
import { SessionPlansService } from './sessions/session-plans.service.js';
import { SessionRecord } from './sessions/session.record.js';
import { SessionSources } from './sessions/session.sources.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsRetention } from './sessions/sessions.retention.js';
import { SessionsService } from './sessions/sessions.service.js';
import type { WorkflowDefinition } from './workflows/workflow.definition.js';
import { Workflow, WorkflowStep } from './workflows/workflow.entity.js';
import { WorkflowRecord } from './workflows/workflow.record.js';
import { WorkflowRegistry, WORKFLOWS } from './workflows/workflow.registry.js';
import { WorkflowsRetention } from './workflows/workflows.retention.js';
import { WorkflowStarter } from './workflows/workflow.starter.js';
import { WorkflowsRepository } from './workflows/workflows.repository.js';
import { WorkflowsService } from './workflows/workflows.service.js';

const DEFINITIONS = [Onboarding, ContentPublication, ModerationEscalation, Lifecycle, Session];
const PROVIDERS = [
  WorkflowsRepository,
  WorkflowRegistry,
  WorkflowStarter,
  WorkflowRecord,
  WorkflowsService,
  SessionsRepository,
  SessionPlansRepository,
  SessionRecord,
  SessionsService,
  SessionPlansService,
];

/** Workflows, and the sessions of agents: for every mode. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Workflow, WorkflowStep, SessionPlan, AgentSession, SessionView, SessionAct]),
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
    SessionActing,
    SessionSources,
    PopulationSessions,
    SessionsRetention,
    {
      provide: WORKFLOWS,
      inject: DEFINITIONS,
      useFactory: (...definitions: WorkflowDefinition[]): readonly WorkflowDefinition[] => definitions,
    },
  ],
  exports: PROVIDERS,
})
export class OrchestratorModule {}
