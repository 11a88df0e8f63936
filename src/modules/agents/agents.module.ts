import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ComplianceModule } from '../compliance/index.js';
import { ExportsModule } from '../exports/index.js';
import { JobsModule } from '../jobs/index.js';
import { AgentState } from './agent-state.entity.js';
import { AgentStatesRepository } from './agent-states.repository.js';
import { AgentStatesService } from './agent-states.service.js';
import { Agent } from './agent.entity.js';
import { AgentsRepository } from './agents.repository.js';
import { AgentsService } from './agents.service.js';
import { AgentLifecycle } from './lifecycle/agent-lifecycle.entity.js';
import { AgentLifecyclesRepository } from './lifecycle/agent-lifecycles.repository.js';
import { AgentLifecycles } from './lifecycle/agent-lifecycles.service.js';
import { PopulationAuditsService } from './population-audits.service.js';
import { PopulationFilesService } from './population-files.service.js';
import { PopulationDependents } from './population.dependents.js';
import { Population } from './population.entity.js';
import { PopulationGuard } from './population.guard.js';
import { PopulationRemoval } from './population.removal.js';
import { PopulationsRepository } from './populations.repository.js';
import { PopulationsService } from './populations.service.js';
import { PopulationAuthors } from './writing/population-authors.js';
import { PopulationWriter } from './writing/population-writer.js';
import { PopulationWriting, WrittenAgent } from './writing/writing.entity.js';
import { WritingsRepository } from './writing/writings.repository.js';
import { WrittenPopulations } from './writing/written-populations.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Population,
      PopulationWriting,
      WrittenAgent,
      Agent,
      AgentState,
      AgentLifecycle,
    ]),
    JobsModule,
    ExportsModule,
    ComplianceModule,
  ],
  providers: [
    AgentsRepository,
    PopulationsRepository,
    PopulationDependents,
    WritingsRepository,
    WrittenPopulations,
    PopulationWriter,
    PopulationAuthors,
    PopulationGuard,
    AgentsService,
    PopulationsService,
    PopulationFilesService,
    PopulationAuditsService,
    PopulationRemoval,
    AgentStatesRepository,
    AgentStatesService,
    AgentLifecycles,
    AgentLifecyclesRepository,
  ],
  exports: [
    AgentsRepository,
    PopulationDependents,
    PopulationAuthors,
    PopulationGuard,
    AgentsService,
    PopulationsService,
    PopulationFilesService,
    PopulationAuditsService,
    PopulationRemoval,
    AgentStatesService,
    AgentLifecycles,
  ],
})
export class AgentsModule {}
