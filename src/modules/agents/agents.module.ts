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
import { Population } from './population.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Population, Agent, AgentState]),
    JobsModule,
    ExportsModule,
    ComplianceModule,
  ],
  providers: [AgentsRepository, AgentsService, AgentStatesRepository, AgentStatesService],
  exports: [AgentsRepository, AgentsService, AgentStatesService],
})
export class AgentsModule {}
