import type { DynamicModule, Type } from '@nestjs/common';
import { registerAuditCommands } from './core/audit/audit.cli.js';
import type { CommandRegistrar } from './core/cli/index.js';
import type { Config } from './core/config/index.js';
import { registerDatabaseCommands } from './core/database/database.cli.js';
import { registerAgentCommands } from './modules/agents/agents.cli.js';
import { AgentsHttpModule, AgentsModule, AgentsWorkerModule } from './modules/agents/index.js';
import { AuthHttpModule, AuthModule } from './modules/auth/index.js';
import { ComplianceHttpModule, ComplianceModule } from './modules/compliance/index.js';
import { registerContentCommands } from './modules/content/content.cli.js';
import { ContentHttpModule, ContentModule, ContentWorkerModule } from './modules/content/index.js';
import { ExportsHttpModule, ExportsModule } from './modules/exports/index.js';
import { registerStorageCommands } from './modules/exports/storage.cli.js';
import { registerJobCommands } from './modules/jobs/jobs.cli.js';
import { JobsHttpModule, JobsModule, JobsWorkerModule } from './modules/jobs/index.js';
import { ObservabilityHttpModule } from './modules/observability/index.js';
import {
  SimulationHttpModule,
  SimulationModule,
  SimulationWorkerModule,
} from './modules/simulation/index.js';
import { registerSimulationCommands } from './modules/simulation/simulation.cli.js';

/** What a feature brings to each mode. */
export interface Feature {
  /** Entities, repositories, services: every mode. */
  services?: Type;
  /** Controllers: api and all. */
  http?: Type;
  /** Processors: worker and all. */
  worker?: (config: Config) => Type | DynamicModule;
  commands?: CommandRegistrar;
}

/** The one list of features; the composition roots and the CLI are made from it. */
export const FEATURES: readonly Feature[] = [
  { http: ObservabilityHttpModule },
  { services: AuthModule, http: AuthHttpModule },
  {
    services: JobsModule,
    http: JobsHttpModule,
    worker: (config) => JobsWorkerModule.register(config),
    commands: registerJobCommands,
  },
  { services: ExportsModule, http: ExportsHttpModule, commands: registerStorageCommands },
  { services: ComplianceModule, http: ComplianceHttpModule },
  {
    services: AgentsModule,
    http: AgentsHttpModule,
    worker: () => AgentsWorkerModule,
    commands: registerAgentCommands,
  },
  {
    services: ContentModule,
    http: ContentHttpModule,
    worker: () => ContentWorkerModule,
    commands: registerContentCommands,
  },
  {
    services: SimulationModule,
    http: SimulationHttpModule,
    worker: () => SimulationWorkerModule,
    commands: registerSimulationCommands,
  },
];

/** Commands of the infrastructure. */
export const CORE_COMMANDS: readonly CommandRegistrar[] = [registerDatabaseCommands, registerAuditCommands];
