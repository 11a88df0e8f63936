import { BullRegistrar } from '@nestjs/bullmq';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CONFIG, type Config } from '../../core/config/index.js';
import { JobPumps } from './job-pumps.js';
import { JobRunner } from './job-runner.js';
import { JobSweeper } from './job-sweeper.js';
import { WorkerRegistry } from './workers/worker-registry.js';

/** Starts the work of a process in worker mode once everything is wired, and ends it in order. */
@Injectable()
export class WorkerLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly moduleRef: ModuleRef,
    private readonly pumps: JobPumps,
    private readonly runner: JobRunner,
    private readonly sweeper: JobSweeper,
    private readonly registry: WorkerRegistry,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.registry.start();
    this.moduleRef.get(BullRegistrar, { strict: false }).register();
    await this.sweeper.start();
  }

  /** Takes no more, lets finish what does so in time, hands back the rest. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.pumps.stop();
    await this.sweeper.stop();
    await this.runner.shutdown(this.config.worker.drainSeconds);
    await this.registry.stop();
  }
}
