import { Module } from '@nestjs/common';
import { ComplianceModule } from '../compliance/index.js';
import { ExportsModule } from '../exports/index.js';
import { AgentsModule } from './agents.module.js';
import { AgentsProcessor } from './agents.processor.js';
import { PopulationBuilder } from './population.builder.js';

@Module({
  imports: [AgentsModule, ExportsModule, ComplianceModule],
  providers: [PopulationBuilder, AgentsProcessor],
})
export class AgentsWorkerModule {}
