import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { JobsModule } from '../jobs/index.js';
import { SimulationModule } from '../simulation/index.js';
import { WebhookReports } from './adapters/webhook-reports.js';
import { IntegrationsModule } from './integrations.module.js';
import { NetworksController } from './networks.controller.js';
import { PublicationsController } from './publications.controller.js';

@Module({
  imports: [IntegrationsModule, AgentsModule, JobsModule, SimulationModule],
  controllers: [NetworksController, PublicationsController],
  providers: [WebhookReports],
})
export class IntegrationsHttpModule {}
