import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { Config } from '../../core/config/index.js';
import { queueConsumer } from './job-consumers.js';
import { Heartbeat } from './heartbeat.js';
import { JobHandlers } from './job-handlers.js';
import { JobLedger } from './job-ledger.js';
import { JobMetrics } from './job.metrics.js';
import { JobPumps } from './job-pumps.js';
import { JobRunner } from './job-runner.js';
import { JobSweeper } from './job-sweeper.js';
import { JobsModule } from './jobs.module.js';
import { WorkerLifecycle } from './worker-lifecycle.js';
import { WorkerPresence } from './worker-presence.js';
import { WorkerRegistry } from './workers/worker-registry.js';

/** Consumes the worker's queues under their configured names. */
@Module({})
export class JobsWorkerModule {
  static register(config: Config): DynamicModule {
    return {
      module: JobsWorkerModule,
      imports: [JobsModule, DiscoveryModule],
      providers: [
        Heartbeat,
        JobHandlers,
        JobLedger,
        JobMetrics,
        JobPumps,
        JobRunner,
        JobSweeper,
        WorkerPresence,
        WorkerRegistry,
        WorkerLifecycle,
        ...config.worker.queues.map((key) => queueConsumer(key, config.queues[key])),
      ],
      exports: [JobHandlers],
    };
  }
}
