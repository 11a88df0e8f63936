import type { DynamicModule, Type } from '@nestjs/common';
import type { Config } from './core/config/index.js';
import { AgentsHttpModule, AgentsModule, AgentsWorkerModule } from './modules/agents/index.js';
import { AdminAccountModule, AuthHttpModule, AuthModule } from './modules/auth/index.js';
import { CommandHttpModule, CommandModule } from './modules/command/index.js';
import { BotsHttpModule, BotsJobsModule, BotsModule, BotsWorkerModule } from './modules/bots/index.js';
import {
  ComplianceHttpModule,
  ComplianceModule,
  ComplianceServingModule,
} from './modules/compliance/index.js';
import { ContentHttpModule, ContentModule, ContentWorkerModule } from './modules/content/index.js';
import { ExportsHttpModule, ExportsModule } from './modules/exports/index.js';
import {
  IntegrationsHttpModule,
  IntegrationsModule,
  IntegrationsServingModule,
  IntegrationsWorkerModule,
} from './modules/integrations/index.js';
import { HealingHttpModule, HealingModule, HealingWorkerModule } from './modules/healing/index.js';
import { JobsHttpModule, JobsModule, JobsWorkerModule } from './modules/jobs/index.js';
import {
  OrchestratorHttpModule,
  OrchestratorModule,
  OrchestratorWorkerModule,
} from './modules/orchestrator/index.js';
import { SchedulerHttpModule, SchedulerModule, SchedulerWorkerModule } from './modules/scheduler/index.js';
import {
  SimulationHttpModule,
  SimulationModule,
  SimulationWorkerModule,
} from './modules/simulation/index.js';

/** What a feature brings to each mode. */
export interface Feature {
  /** Entities, repositories, services: every mode. */
  services?: Type;
  /** Controllers: api and all. */
  http?: Type;
  /** What an API that others call needs beside its controllers. */
  serving?: Type;
  /** Processors: worker and all. */
  worker?: (config: Config) => Type | DynamicModule;
  /** What runs as long as a server does, and not for a command: worker and all. */
  lasting?: Type;
}

/** The one list of features; the composition roots are made from it. */
export const FEATURES: readonly Feature[] = [
  { services: AuthModule, http: AuthHttpModule, serving: AdminAccountModule },
  {
    services: JobsModule,
    http: JobsHttpModule,
    worker: (config) => JobsWorkerModule.register(config),
  },
  { services: HealingModule, http: HealingHttpModule, lasting: HealingWorkerModule },
  { services: ExportsModule, http: ExportsHttpModule },
  { services: ComplianceModule, http: ComplianceHttpModule, serving: ComplianceServingModule },
  {
    services: AgentsModule,
    http: AgentsHttpModule,
    worker: () => AgentsWorkerModule,
  },
  {
    services: ContentModule,
    http: ContentHttpModule,
    worker: () => ContentWorkerModule,
  },
  {
    services: SimulationModule,
    http: SimulationHttpModule,
    worker: () => SimulationWorkerModule,
  },
  {
    services: IntegrationsModule,
    http: IntegrationsHttpModule,
    serving: IntegrationsServingModule,
    worker: () => IntegrationsWorkerModule,
  },
  {
    services: SchedulerModule,
    http: SchedulerHttpModule,
    worker: () => SchedulerWorkerModule,
  },
  {
    services: OrchestratorModule,
    http: OrchestratorHttpModule,
    worker: () => OrchestratorWorkerModule,
  },
  { services: CommandModule, http: CommandHttpModule },
  {
    services: BotsModule,
    http: BotsHttpModule,
    worker: () => BotsJobsModule,
    lasting: BotsWorkerModule,
  },
];
