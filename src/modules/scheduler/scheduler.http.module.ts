import { Module } from '@nestjs/common';
import { CampaignsController } from './campaigns/campaigns.controller.js';
import { PlansController } from './planning/plans.controller.js';
import { CampaignPublicationsController } from './publications/publications.controller.js';
import { SchedulerModule } from './scheduler.module.js';

@Module({
  imports: [SchedulerModule],
  controllers: [CampaignsController, PlansController, CampaignPublicationsController],
})
export class SchedulerHttpModule {}
