import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from './core/audit/index.js';
import { ConfigModule } from './core/config/index.js';
import { DatabaseModule } from './core/database/index.js';
import { EventsHttpModule, EventsModule } from './core/events/index.js';
import { IdempotencyModule } from './core/idempotency/index.js';
import { LoggingModule } from './core/logging/index.js';
import { QueueModule } from './core/queue/index.js';
import { FEATURES } from './features.js';
import type { Runtime } from './runtime.js';

/** `services` is what a CLI command needs that runs no jobs. */
export const MODES = ['services', 'api', 'worker', 'all'] as const;
export type Mode = (typeof MODES)[number];

@Module({})
class RootModule {}

/** The composition root of a mode: core, and of every feature what the mode needs. */
export function compose(mode: Mode, { config, database, queue }: Runtime): DynamicModule {
  const http = mode === 'api' || mode === 'all';
  const worker = mode === 'worker' || mode === 'all';
  return {
    module: RootModule,
    imports: [
      ConfigModule.register(config),
      LoggingModule.register(config),
      DatabaseModule.register(database),
      QueueModule.register(config, queue),
      EventsModule,
      AuditModule,
      ...(http ? [IdempotencyModule, EventsHttpModule] : []),
      ...FEATURES.flatMap((feature) => [
        ...(feature.services ? [feature.services] : []),
        ...(http && feature.http ? [feature.http] : []),
        ...(worker && feature.worker ? [feature.worker(config)] : []),
      ]),
    ],
  };
}
