import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Healer } from '../healer.js';
import { DependencyCare } from './dependency-care.js';
import { HealingLease } from './healing-lease.js';
import { QueueCare } from './queue-care.js';
import { WorkerCare } from './worker-care.js';

const LOOK_MS = 1_000;
const PRUNE_MS = 60_000;

/** The loop that heals workers and queues: one process of all that run jobs looks every second; each at its own language models. */
@Injectable()
export class SystemHealing implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private prunedAt = -Infinity;

  constructor(
    private readonly lease: HealingLease,
    private readonly workers: WorkerCare,
    private readonly queues: QueueCare,
    private readonly dependencies: DependencyCare,
    private readonly healer: Healer,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(SystemHealing.name);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      const begun = Date.now();
      this.looking ??= this.look()
        .catch((error: unknown) => {
          this.dependencies.missDatabase(begun);
          this.logger.warn({ err: error }, 'a look at workers and queues failed; the next one follows');
        })
        .finally(() => {
          this.looking = undefined;
        });
    }, LOOK_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
    await this.lease.release();
  }

  private async look(): Promise<void> {
    await this.dependencies.lookOwn();
    if (!(await this.lease.take())) return;
    await this.dependencies.look();
    await this.workers.look();
    await this.queues.look();
    if (performance.now() - this.prunedAt < PRUNE_MS) return;
    this.prunedAt = performance.now();
    await this.healer.prune();
  }
}
