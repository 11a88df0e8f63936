import { Module } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import { QUEUE_BACKEND, type QueueBackend } from '../../core/queue/index.js';
import { AgentsModule } from '../agents/index.js';
import { ContentModule } from '../content/index.js';
import { IntegrationsModule } from '../integrations/index.js';
import { Campaign } from './campaigns/campaign.entity.js';
import { CampaignRecord } from './campaigns/campaign.record.js';
import { CampaignsRepository } from './campaigns/campaigns.repository.js';
import { CampaignsService } from './campaigns/campaigns.service.js';
import { PopulationCampaigns } from './campaigns/population-campaigns.js';
import { CampaignPlans } from './planning/campaign-plans.js';
import { ApprovalsRepository } from './publications/approvals.repository.js';
import { ApprovalsService } from './publications/approvals.service.js';
import { Publication, PublicationApproval } from './publications/publication.entity.js';
import { DirectPublicationsRepository } from './publications/direct-publications.repository.js';
import { DirectPublications } from './publications/direct-publications.js';
import { PublicationRecord } from './publications/publication.record.js';
import { PublicationsRepository } from './publications/publications.repository.js';
import { ActQuotas } from './quotas/act-quotas.js';
import { PostgresBuckets } from './quotas/postgres-buckets.js';
import { RedisBuckets } from './quotas/redis-buckets.js';
import { TokenBucket } from './quotas/token-bucket.entity.js';
import { TokenBucketsRetention } from './quotas/token-buckets.retention.js';
import { TokenBuckets } from './quotas/token-buckets.js';

const PROVIDERS = [
  CampaignsRepository,
  CampaignRecord,
  CampaignsService,
  CampaignPlans,
  PublicationsRepository,
  PublicationRecord,
  ApprovalsRepository,
  ApprovalsService,
  DirectPublications,
  DirectPublicationsRepository,
  ActQuotas,
];

/** Campaigns and their publications: for every mode. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Campaign, Publication, PublicationApproval, TokenBucket]),
    AgentsModule,
    ContentModule,
    IntegrationsModule,
  ],
  providers: [
    ...PROVIDERS,
    PopulationCampaigns,
    TokenBucketsRetention,
    {
      provide: TokenBuckets,
      inject: [QUEUE_BACKEND, getDataSourceToken()],
      useFactory: (queue: QueueBackend, dataSource: DataSource): TokenBuckets =>
        queue.kind === 'redis'
          ? new RedisBuckets(queue.connection as Redis, queue.namespace)
          : new PostgresBuckets(dataSource),
    },
  ],
  exports: [...PROVIDERS, TokenBuckets],
})
export class SchedulerModule {}
