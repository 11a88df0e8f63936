import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ComplianceModule } from '../compliance/index.js';
import { JobsModule } from '../jobs/index.js';
import { AgentState } from './agent-state.entity.js';
import { AgentStatesRepository } from './agent-states.repository.js';
import { AgentStatesService } from './agent-states.service.js';
import { Agent } from './agent.entity.js';
import { AgentsRepository } from './agents.repository.js';
import { AgentsService } from './agents.service.js';
import { ExportStore } from './export.store.js';
import { PopulationExport } from './population-export.entity.js';
import { Population } from './population.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Population, Agent, AgentState, PopulationExport]),
    JobsModule,
    ComplianceModule,
  ],
  providers: [AgentsRepository, ExportStore, AgentsService, AgentStatesRepository, AgentStatesService],
  exports: [AgentsRepository, ExportStore, AgentsService, AgentStatesService],
})
export class AgentsModule {}
