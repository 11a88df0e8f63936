import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { RetentionService, SweepRunningError } from './retention.service.js';

/** A process that lives shorter leaves it to others. */
const FIRST_MS = 60_000;
const EVERY_MS = 3_600_000;

/** Sweeps from time to time in a process in worker mode. */
@Injectable()
export class RetentionTimer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running = Promise.resolve();

  constructor(
    private readonly retention: RetentionService,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(RetentionTimer.name);
  }

  onApplicationBootstrap(): void {
    this.next(FIRST_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.running;
  }

  private next(ms: number): void {
    this.timer = setTimeout(() => {
      this.running = this.sweep();
      this.next(EVERY_MS);
    }, ms).unref();
  }

  private async sweep(): Promise<void> {
    try {
      for (const { name, days, rows } of await this.retention.sweep()) {
        if (rows > 0) this.logger.info({ name, days, rows }, 'swept old rows');
      }
    } catch (error) {
      if (error instanceof SweepRunningError) return;
      this.logger.warn({ error: (error as Error).message }, 'old rows stay for another hour');
    }
  }
}
