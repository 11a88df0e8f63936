import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ComplianceModule } from '../compliance/index.js';
import { ExportsModule } from '../exports/index.js';
import { JobsModule } from '../jobs/index.js';
import { Agent } from './agent.entity.js';
import { AgentsRepository } from './agents.repository.js';
import { AgentsService } from './agents.service.js';
import { PopulationDependents } from './population.dependents.js';
import { Population } from './population.entity.js';
import { PopulationRemoval } from './population.removal.js';
import { PopulationsRepository } from './populations.repository.js';
import { PopulationsService } from './populations.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Population, Agent]), JobsModule, ExportsModule, ComplianceModule],
  providers: [
    AgentsRepository,
    PopulationsRepository,
    PopulationDependents,
    AgentsService,
    PopulationsService,
    PopulationRemoval,
  ],
  exports: [AgentsRepository, PopulationDependents, AgentsService, PopulationsService, PopulationRemoval],
})
export class AgentsModule {}
