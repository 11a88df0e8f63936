import { Module } from '@nestjs/common';
import { EventsHttpModule } from '../../core/events/index.js';
import { IntegrationsModule } from './integrations.module.js';
import { Authentication } from './mastodon/authentication.js';
import { ClientApi, ROUTE_SOURCES, type RouteSource } from './mastodon/client-api.js';
import { NotificationReader } from './mastodon/notification-reader.js';
import { AccountRoutes } from './mastodon/routes/accounts.routes.js';
import { InstanceRoutes } from './mastodon/routes/instance.routes.js';
import { MediaRoutes } from './mastodon/routes/media.routes.js';
import { NodeInfoRoutes } from './mastodon/routes/nodeinfo.routes.js';
import { NotificationRoutes } from './mastodon/routes/notifications.routes.js';
import { OAuthRoutes } from './mastodon/routes/oauth.routes.js';
import { PageRoutes } from './mastodon/routes/pages.routes.js';
import { RelationRoutes } from './mastodon/routes/relations.routes.js';
import { StatusRoutes } from './mastodon/routes/statuses.routes.js';
import { TimelineRoutes } from './mastodon/routes/timelines.routes.js';
import { SandboxHttp } from './mastodon/sandbox-http.js';
import { SandboxServer } from './mastodon/sandbox-server.js';
import { StreamAudience } from './mastodon/stream-audience.js';
import { StreamHub } from './mastodon/stream-hub.js';
import { Streaming } from './mastodon/streaming.js';
import { TokenLimits } from './mastodon/token-limits.js';

const SOURCES = [
  InstanceRoutes,
  NodeInfoRoutes,
  OAuthRoutes,
  AccountRoutes,
  RelationRoutes,
  StatusRoutes,
  TimelineRoutes,
  NotificationRoutes,
  MediaRoutes,
  PageRoutes,
  Streaming,
];

/** The sandbox network's listener: where others call the process. */
@Module({
  imports: [IntegrationsModule, EventsHttpModule],
  providers: [
    Authentication,
    TokenLimits,
    NotificationReader,
    StreamAudience,
    StreamHub,
    ...SOURCES,
    {
      provide: ROUTE_SOURCES,
      inject: SOURCES,
      useFactory: (...sources: RouteSource[]): readonly RouteSource[] => sources,
    },
    ClientApi,
    SandboxHttp,
    SandboxServer,
  ],
})
export class IntegrationsServingModule {}
