import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { EventsService } from '../../core/events/index.js';
import type { Job } from './job.entity.js';
import { JobFollowersRepository } from './job-followers.repository.js';
import { JobLeasesRepository } from './job-leases.repository.js';
import { JobTickets } from './job-tickets.js';
import type { ReadyJob } from './jobs.repository.js';

/** Wakes workers, and those jobs that waited for others. Doing it too often or twice at once is harmless: a claim decides. */
@Injectable()
export class JobDispatcher {
  private following: Promise<void> | undefined;
  private followAgain = false;

  constructor(
    private readonly tickets: JobTickets,
    private readonly followers: JobFollowersRepository,
    private readonly leases: JobLeasesRepository,
    private readonly events: EventsService,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(JobDispatcher.name);
  }

  /** Publishes what was told of jobs in a transaction that has committed, and tells their queues. What fails here, the next sweep does. */
  wake(jobs: readonly Job[]): void {
    void this.events.publish();
    // The clock of the database is another one.
    const soon = Date.now() + 1_000;
    this.tickets.announce(jobs.filter(({ waiting, run_at }) => !waiting && run_at.getTime() <= soon));
    if (jobs.some(({ waiting }) => waiting)) this.follow().catch(() => {});
  }

  /** Tells queues of jobs that were put back, and listeners of what became of them, after the commit. */
  announce(jobs: readonly (ReadyJob & Pick<Job, 'status'>)[]): void {
    if (jobs.length > 0) void this.events.publish();
    this.tickets.announce(jobs.filter(({ status }) => status === 'queued'));
  }

  /** Puts back the jobs of dead processes, and wakes those that can go on. */
  async sweep(): Promise<void> {
    const lost = await this.leases.recoverLost();
    for (const { id } of lost) this.logger.warn({ job_id: id }, 'the process that ran this job is gone');
    await this.follow();
    this.announce(lost);
  }

  /** Lets jobs run that waited for others, or ends them as those ended. Concurrent calls share a pass, and cause another. */
  follow(): Promise<void> {
    this.followAgain = true;
    this.following ??= this.pass();
    return this.following;
  }

  private async pass(): Promise<void> {
    try {
      while (this.followAgain) {
        this.followAgain = false;
        // One that is ended may have followers of its own.
        while ((await this.followers.end()).length > 0) void this.events.publish();
        this.tickets.announce(await this.followers.release());
      }
    } finally {
      this.following = undefined;
    }
  }
}
