import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/index.js';
import { ContentModule } from '../content/index.js';
import { IntegrationsModule } from '../integrations/index.js';
import { CampaignRights } from './campaigns/campaign.rights.js';
import { PlanWriter } from './planning/plan-writer.js';
import { Delivery } from './publications/delivery.js';
import { DeliveryRepository } from './publications/delivery.repository.js';
import { Drafting } from './publications/drafting.js';
import { Publishing } from './publications/publishing.js';
import { Reconciliation } from './publications/reconciliation.js';
import { ReconciliationRepository } from './publications/reconciliation.repository.js';
import { Upkeep } from './publications/upkeep.js';
import { SchedulerModule } from './scheduler.module.js';

/** What runs campaigns. */
@Module({
  imports: [SchedulerModule, AuthModule, ContentModule, IntegrationsModule],
  providers: [
    CampaignRights,
    DeliveryRepository,
    PlanWriter,
    Drafting,
    Publishing,
    Upkeep,
    ReconciliationRepository,
    Reconciliation,
    Delivery,
  ],
})
export class SchedulerWorkerModule {}
