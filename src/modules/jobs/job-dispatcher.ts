import { getQueueToken } from '@nestjs/bullmq';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Queue } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { CONFIG, QUEUES, type Config, type QueueKey } from '../../core/config/index.js';
import { EventsService } from '../../core/events/index.js';
import { jobEvent } from './job.events.js';
import type { Job } from './job.entity.js';
import { JobsRepository } from './jobs.repository.js';

/** A queue that lost its message (a flushed Redis) is told again after this long. */
const TELL_AGAIN_SECONDS = 10;

/** The message that a queue carries. */
export interface JobMessage {
  job_id: string;
}

/** Hands ready jobs to their queues. Calling it too often or twice at once is harmless: a claim decides. */
@Injectable()
export class JobDispatcher implements OnModuleInit {
  private running: Promise<void> | undefined;
  private again = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly moduleRef: ModuleRef,
    private readonly repository: JobsRepository,
    private readonly events: EventsService,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(JobDispatcher.name);
  }

  onModuleInit(): void {
    for (const key of QUEUES) {
      this.queue(key).on('error', (error) => {
        this.logger.warn({ queue: key, error: error.message }, 'queue connection failed; it is tried again');
      });
    }
  }

  /** Tells the queues of every ready job that they have not been told of. */
  async dispatch(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.pass().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** Puts back the jobs of dead processes, ends the followers of failed ones, and dispatches. */
  async sweep(): Promise<void> {
    const lost = await this.dataSource.transaction(async (manager) => {
      const jobs = await this.repository.recoverLost(manager);
      if (jobs.length > 0)
        await this.events.emit(manager, ...jobs.map((job) => jobEvent(`job.${job.status}`, job)));
      return jobs;
    });
    for (const job of lost) this.logger.warn({ job_id: job.id }, 'the process that ran this job is gone');
    await this.endFollowers();
    await this.dispatch();
  }

  /** Ends the jobs that wait for one that failed or was cancelled, and those that wait for them. */
  async endFollowers(): Promise<void> {
    for (;;) {
      const ended = await this.dataSource.transaction(async (manager) => {
        const jobs = await this.repository.endFollowers(manager);
        if (jobs.length > 0)
          await this.events.emit(manager, ...jobs.map((job) => jobEvent(`job.${job.status}`, job)));
        return jobs.length;
      });
      if (ended === 0) return;
    }
  }

  private async pass(): Promise<void> {
    try {
      do {
        this.again = false;
        const jobs = await this.repository.readyToDispatch(this.dataSource.manager, TELL_AGAIN_SECONDS);
        await this.tell(jobs);
      } while (this.again);
    } catch (error) {
      this.logger.warn(
        { error: (error as Error).message },
        'jobs stay queued; the next sweep tells the queue again',
      );
    }
  }

  private async tell(jobs: Job[]): Promise<void> {
    if (jobs.length === 0) return;
    await Promise.all(
      jobs.map((job) =>
        this.queue(job.queue).add(job.name, { job_id: job.id } satisfies JobMessage, {
          // Telling twice of one start is one message.
          jobId: `${job.id}-${job.attempts}-${job.failures}`,
          removeOnComplete: true,
          removeOnFail: true,
        }),
      ),
    );
    await this.repository.markDispatched(
      this.dataSource.manager,
      jobs.map((job) => job.id),
    );
  }

  private queue(key: QueueKey): Queue {
    return this.moduleRef.get<Queue>(getQueueToken(this.config.queues[key]), { strict: false });
  }
}
