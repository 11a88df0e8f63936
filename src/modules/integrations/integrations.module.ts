import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgentsModule } from '../agents/index.js';
import { ComplianceModule } from '../compliance/index.js';
import { ContentModule } from '../content/index.js';
import { JobsModule } from '../jobs/index.js';
import { SimulationModule } from '../simulation/index.js';
import { ADAPTERS, AdapterRegistry } from './adapters/adapter.registry.js';
import type { PlatformAdapter } from './adapters/adapter.js';
import { SandboxAdapter } from './adapters/sandbox-adapter.js';
import { WebhookAdapter } from './adapters/webhook-adapter.js';
import { NetworkApp, NetworkCode, NetworkToken } from './network/access.entity.js';
import { AccessRepository } from './network/access.repository.js';
import { NetworkAccessService } from './network/access.service.js';
import { NetworkAccount } from './network/account.entity.js';
import { AccountsRepository } from './network/accounts.repository.js';
import { AccountsService } from './network/accounts.service.js';
import { AudienceRepository } from './network/audience.repository.js';
import { InteractionsRepository } from './network/interactions.repository.js';
import { InteractionsService } from './network/interactions.service.js';
import { NetworkMedia } from './network/media.entity.js';
import { MediaRepository } from './network/media.repository.js';
import { MediaService } from './network/media.service.js';
import { Network } from './network/network.entity.js';
import { NetworksRepository } from './network/networks.repository.js';
import { NetworksService } from './network/networks.service.js';
import { NotificationsRepository } from './network/notifications.repository.js';
import { AccountNotices } from './network/account-notices.js';
import { NetworkJobs } from './projection/network-jobs.js';
import { NetworkPlaces } from './network/places.js';
import { PopulationAccounts } from './network/population-accounts.js';
import { PostNews } from './network/post-news.js';
import { PostReferences } from './network/post-references.js';
import { PostRemoval } from './network/post-removal.js';
import { PostTexts } from './network/post-texts.js';
import { PostsService } from './network/posts.service.js';
import {
  NetworkMark,
  NetworkMarker,
  NetworkNotification,
  NetworkRelation,
} from './network/relation.entity.js';
import { RelationsRepository } from './network/relations.repository.js';
import { RelationsService } from './network/relations.service.js';
import { StatusReader } from './network/status-reader.js';
import { NetworkMention, NetworkSpentKey, NetworkStatus, NetworkTag } from './network/status.entity.js';
import { StatusesRepository } from './network/statuses.repository.js';
import { TimelinesRepository } from './network/timelines.repository.js';
import { NetworkVisits } from './network/visits.js';

const ENTITIES = [
  Network,
  NetworkAccount,
  NetworkStatus,
  NetworkTag,
  NetworkMention,
  NetworkSpentKey,
  NetworkMedia,
  NetworkMark,
  NetworkRelation,
  NetworkNotification,
  NetworkMarker,
  NetworkApp,
  NetworkCode,
  NetworkToken,
];

const PROVIDERS = [
  NetworksRepository,
  AccountsRepository,
  StatusesRepository,
  TimelinesRepository,
  AudienceRepository,
  StatusReader,
  RelationsRepository,
  InteractionsRepository,
  NotificationsRepository,
  MediaRepository,
  AccessRepository,
  NetworksService,
  NetworkPlaces,
  AccountsService,
  PostNews,
  PostReferences,
  PostRemoval,
  PostsService,
  InteractionsService,
  RelationsService,
  MediaService,
  NetworkAccessService,
  NetworkJobs,
  AccountNotices,
  NetworkVisits,
];

/** The sandbox network, and the adapters that publish: for every mode. */
@Module({
  imports: [
    TypeOrmModule.forFeature(ENTITIES),
    AgentsModule,
    ComplianceModule,
    ContentModule,
    JobsModule,
    SimulationModule,
  ],
  providers: [
    ...PROVIDERS,
    PopulationAccounts,
    PostTexts,
    SandboxAdapter,
    WebhookAdapter,
    {
      provide: ADAPTERS,
      inject: [SandboxAdapter, WebhookAdapter],
      useFactory: (...adapters: PlatformAdapter[]): readonly PlatformAdapter[] => adapters,
    },
    AdapterRegistry,
  ],
  exports: [...PROVIDERS, AdapterRegistry],
})
export class IntegrationsModule {}
