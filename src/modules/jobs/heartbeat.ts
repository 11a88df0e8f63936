import { Inject, Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, type Config } from '../../core/config/index.js';
import { EventsService } from '../../core/events/index.js';
import { JobLeasesRepository } from './job-leases.repository.js';
import type { RunningJob } from './running-job.js';

/** How often progress is written, and a cancel or the loss of a job is looked for. */
const BEAT_MS = 200;
/** A job that does not end at its deadline is told to; after so long it may be given to another. */
const GRACE_SECONDS = 10;

/** Says for all running jobs of this process that it lives, and tells them what has become of them meanwhile. */
@Injectable()
export class Heartbeat {
  private readonly jobs = new Set<RunningJob>();
  private timer: NodeJS.Timeout | undefined;
  private beating: Promise<void> | undefined;
  private renewedAt = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly leases: JobLeasesRepository,
    private readonly events: EventsService,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(Heartbeat.name);
  }

  add(job: RunningJob): void {
    if (this.jobs.size === 0) this.renewedAt = performance.now();
    this.jobs.add(job);
    this.timer ??= setInterval(() => {
      this.beating ??= this.beat().finally(() => {
        this.beating = undefined;
      });
    }, BEAT_MS);
  }

  remove(job: RunningJob): void {
    this.jobs.delete(job);
    if (this.jobs.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async beat(): Promise<void> {
    const jobs = [...this.jobs];
    try {
      await this.renew(jobs);
      const told = await Promise.all(jobs.map((job) => job.tell()));
      if (told.includes(true)) void this.events.publish();
      const states = await this.leases.states(jobs.map(({ hold }) => hold));
      for (const job of jobs) {
        const state = states.get(job.hold.id);
        // What has ended in the meantime is not running any more, and not lost.
        if (state !== undefined && state !== 'held' && this.jobs.has(job) && !job.completed) job.stop(state);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'beat failed; the next one follows');
    }
  }

  /** At a third of the lease, so that two may fail. */
  private async renew(jobs: readonly RunningJob[]): Promise<void> {
    const { leaseSeconds } = this.config.worker;
    const now = performance.now();
    if (now - this.renewedAt < (leaseSeconds * 1_000) / 3) return;
    await this.leases.renew(
      jobs.map(({ hold }) => hold),
      leaseSeconds,
      GRACE_SECONDS,
    );
    this.renewedAt = now;
  }
}
