import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { Config } from '../../core/config/index.js';
import { queueConsumer, WorkerLifecycle } from './job-consumers.js';
import { JobHandlers } from './job-handlers.js';
import { JobLedger } from './job-ledger.js';
import { JobMetrics } from './job.metrics.js';
import { JobRunner } from './job-runner.js';
import { JobsModule } from './jobs.module.js';
import { WorkerPresence } from './worker-presence.js';

/** Consumes the worker's queues under their configured names. */
@Module({})
export class JobsWorkerModule {
  static register(config: Config): DynamicModule {
    return {
      module: JobsWorkerModule,
      imports: [JobsModule, DiscoveryModule],
      providers: [
        JobHandlers,
        JobLedger,
        JobMetrics,
        JobRunner,
        WorkerPresence,
        WorkerLifecycle,
        ...config.worker.queues.map((key) => queueConsumer(config.queues[key], config.worker.concurrency)),
      ],
      exports: [JobHandlers],
    };
  }
}
