import { BullModule } from '@nestjs/bullmq';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { QUEUES, type Config } from '../config/index.js';
import type { QueueBackend } from './queue-backend.js';

/** Injection token of the process's {@link QueueBackend}. */
export const QUEUE_BACKEND = Symbol('QUEUE_BACKEND');

/** Registers the queues under their configured names. */
@Global()
@Module({})
export class QueueModule {
  static register(config: Config, backend: QueueBackend): DynamicModule {
    const queues = BullModule.registerQueue(...QUEUES.map((key) => ({ name: config.queues[key] })));
    return {
      module: QueueModule,
      imports: [
        BullModule.forRoot({
          connection: backend.connection,
          ...(backend.kind === 'redis' && { prefix: backend.namespace }),
          extraOptions: { manualRegistration: true },
        }),
        queues,
      ],
      providers: [{ provide: QUEUE_BACKEND, useValue: backend }],
      exports: [queues, QUEUE_BACKEND],
    };
  }
}
