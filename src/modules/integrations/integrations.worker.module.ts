import { Module } from '@nestjs/common';
import { ComplianceModule } from '../compliance/index.js';
import { SimulationModule } from '../simulation/index.js';
import { IntegrationsModule } from './integrations.module.js';
import { IntegrationsProcessor } from './integrations.processor.js';
import { HeldPosts } from './network/held-posts.js';
import { ProjectionRepository } from './projection/projection.repository.js';
import { RunProjector } from './projection/run-projector.js';

@Module({
  imports: [IntegrationsModule, ComplianceModule, SimulationModule],
  providers: [ProjectionRepository, RunProjector, IntegrationsProcessor, HeldPosts],
})
export class IntegrationsWorkerModule {}
