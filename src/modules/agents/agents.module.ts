import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ComplianceModule } from '../compliance/index.js';
import { JobsModule } from '../jobs/index.js';
import { Agent } from './agent.entity.js';
import { AgentsRepository } from './agents.repository.js';
import { AgentsService } from './agents.service.js';
import { ExportStore } from './export.store.js';
import { PopulationExport } from './population-export.entity.js';
import { Population } from './population.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([Population, Agent, PopulationExport]), JobsModule, ComplianceModule],
  providers: [AgentsRepository, ExportStore, AgentsService],
  exports: [AgentsRepository, ExportStore, AgentsService],
})
export class AgentsModule {}
