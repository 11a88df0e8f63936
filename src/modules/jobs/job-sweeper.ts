import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { JobDispatcher } from './job-dispatcher.js';
import { JobPumps } from './job-pumps.js';
import { JobSchedules } from './job-schedules.js';

const SWEEP_MS = 1_000;

/** Finds every second what no ticket told of: lost jobs, delays that are over, times of schedules. */
@Injectable()
export class JobSweeper {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly dispatcher: JobDispatcher,
    private readonly schedules: JobSchedules,
    private readonly pumps: JobPumps,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(JobSweeper.name);
  }

  async start(): Promise<void> {
    await this.sweep();
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
  }

  /** Resolves when the sweep that goes on has come to its end: it needs the database. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** One at a time: the next comes after a second. */
  private sweep(): Promise<void> {
    this.sweeping ??= this.pass()
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'sweep failed; the next one follows');
      })
      .finally(() => {
        this.sweeping = undefined;
      });
    return this.sweeping;
  }

  private async pass(): Promise<void> {
    await this.dispatcher.sweep();
    await this.schedules.fire();
    await this.pumps.wake();
  }
}
