import { Module, type DynamicModule } from '@nestjs/common';
import { AuditHttpModule, AuditModule } from './core/audit/index.js';
import { BlobsModule } from './core/blobs/index.js';
import { ConfigModule } from './core/config/index.js';
import { DatabaseModule } from './core/database/index.js';
import { DocumentsModule } from './core/documents/index.js';
import { EgressModule } from './core/egress/index.js';
import { EventsHttpModule, EventsModule } from './core/events/index.js';
import { IdempotencyModule } from './core/idempotency/index.js';
import { LlmHttpModule, LlmModule } from './core/llm/index.js';
import { LoggingModule } from './core/logging/index.js';
import { Metrics, MetricsModule } from './core/metrics/index.js';
import { RateLimitModule } from './core/rate-limit/index.js';
import { RetentionModule, RetentionWorkerModule } from './core/retention/index.js';
import { QueueModule } from './core/queue/index.js';
import { SecretsModule } from './core/secrets/index.js';
import { WebhooksModule } from './core/webhooks/index.js';
import { FEATURES } from './features.js';
import { ObservabilityModule } from './modules/observability/index.js';
import type { Runtime } from './runtime.js';

/** `services` is what a CLI command needs that neither calls the API nor runs jobs. */
export const MODES = ['services', 'api', 'worker', 'all'] as const;
export type Mode = (typeof MODES)[number];

@Module({})
class RootModule {}

/**
 * The composition root of a mode: core, and of every feature what the mode needs.
 * @param serving whether others call the API; the command line composes one for itself alone
 */
export function compose(
  mode: Mode,
  { config, database, queue }: Runtime,
  serving: boolean = true,
): DynamicModule {
  const http = mode === 'api' || mode === 'all';
  const worker = mode === 'worker' || mode === 'all';
  const metrics = new Metrics();
  return {
    module: RootModule,
    imports: [
      ConfigModule.register(config),
      LoggingModule.register(config),
      DatabaseModule.register(database),
      QueueModule.register(config, queue),
      MetricsModule.register(metrics),
      SecretsModule.register(config),
      EgressModule,
      BlobsModule,
      EventsModule,
      AuditModule,
      DocumentsModule,
      LlmModule,
      RetentionModule,
      WebhooksModule,
      ...(worker ? [RetentionWorkerModule] : []),
      ...(http
        ? [
            RateLimitModule.register(serving),
            IdempotencyModule,
            EventsHttpModule,
            AuditHttpModule,
            LlmHttpModule,
          ]
        : []),
      ...(http || worker ? [ObservabilityModule.register(config, metrics, serving)] : []),
      ...FEATURES.flatMap((feature) => [
        ...(feature.services ? [feature.services] : []),
        ...(http && feature.http ? [feature.http] : []),
        ...(http && serving && feature.serving ? [feature.serving] : []),
        ...(worker && feature.worker ? [feature.worker(config)] : []),
        ...(worker && serving && feature.lasting ? [feature.lasting] : []),
      ]),
    ],
  };
}
