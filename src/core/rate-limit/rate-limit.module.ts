import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Redis } from 'ioredis';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, type Config } from '../config/index.js';
import { DATABASE_TARGET, type DatabaseTarget } from '../database/index.js';
import { Metrics } from '../metrics/index.js';
import { QUEUE_BACKEND, type QueueBackend } from '../queue/index.js';
import { PostgresBudgets } from './postgres-budgets.js';
import { RateLimitGuard } from './rate-limit.guard.js';
import { RateLimits, type Limits } from './rate-limits.js';
import { RedisBudgets } from './redis-budgets.js';
import { SpentBudget } from './spent-budget.entity.js';
import { WatchedStore } from './watched-store.js';

const NO_LIMITS: Limits = {
  windowSeconds: 60,
  requests: 0,
  addressRequests: 0,
  logins: 0,
  tokenRequests: 0,
  keyRequests: 0,
  botRequests: 0,
  groups: {},
};

/** Rate limits of an API, counted in Redis when there is one and in PostgreSQL otherwise. */
@Global()
@Module({ imports: [TypeOrmModule.forFeature([SpentBudget])] })
export class RateLimitModule implements OnApplicationShutdown {
  constructor(@Inject(RateLimits) private readonly limits: RateLimits) {}

  /** @param serving whether others call the API; the command line does not limit itself */
  static register(serving: boolean): DynamicModule {
    return {
      module: RateLimitModule,
      providers: [
        {
          provide: RateLimits,
          inject: [CONFIG, DATABASE_TARGET, QUEUE_BACKEND, PinoLogger, Metrics],
          useFactory: (
            config: Config,
            database: DatabaseTarget,
            queue: QueueBackend,
            logger: PinoLogger,
            metrics: Metrics,
          ) => {
            logger.setContext(RateLimits.name);
            const store =
              queue.kind === 'redis'
                ? new RedisBudgets(queue.connection as Redis, queue.namespace)
                : new PostgresBudgets(database);
            const limits = serving ? config.rateLimits : NO_LIMITS;
            return new RateLimits(limits, new WatchedStore(store, logger), metrics);
          },
        },
        RateLimitGuard,
      ],
      exports: [RateLimits, RateLimitGuard],
    };
  }

  onApplicationShutdown(): Promise<void> {
    return this.limits.close();
  }
}
