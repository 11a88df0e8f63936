import { randomUUID } from 'node:crypto';
import { getQueueToken } from '@nestjs/bullmq';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, QUEUES, type Config, type QueueKey } from '../../core/config/index.js';
import type { ReadyJob } from './jobs.repository.js';

/** A queue that does not answer is told of so many jobs when it does; workers find the rest by looking. */
const MOST_TICKETS = 16;

/** What a queue carries: that there is something to claim, such as this job. */
interface JobTicket {
  job_id: string;
}

/** Tells queues that there are jobs to be claimed. One ticket too many or too few is harmless: a claim decides, and workers look. */
@Injectable()
export class JobTickets implements OnModuleInit {
  private readonly waiting = new Map<QueueKey, ReadyJob[]>();
  private readonly telling = new Set<QueueKey>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly moduleRef: ModuleRef,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(JobTickets.name);
  }

  onModuleInit(): void {
    for (const key of QUEUES) {
      this.queue(key).on('error', (error) => {
        this.logger.warn({ queue: key, error: error.message }, 'queue connection failed; it is tried again');
      });
    }
  }

  /** Tells the queues of these jobs, in the background. */
  announce(jobs: readonly ReadyJob[]): void {
    for (const job of jobs) {
      const waiting = this.waiting.get(job.queue) ?? [];
      if (waiting.length < MOST_TICKETS) waiting.push(job);
      this.waiting.set(job.queue, waiting);
    }
    for (const key of new Set(jobs.map(({ queue }) => queue))) void this.tell(key);
  }

  private async tell(key: QueueKey): Promise<void> {
    if (this.telling.has(key)) return;
    this.telling.add(key);
    try {
      for (let jobs = this.take(key); jobs.length > 0; jobs = this.take(key)) {
        const queue = this.queue(key);
        // Each with an id of its own: BullMQ on PostgreSQL makes a sequence for others and for bulks, which the application may not.
        await Promise.all(
          jobs.map(({ id, name }) =>
            queue.add(name, { job_id: id } satisfies JobTicket, {
              jobId: randomUUID(),
              removeOnComplete: true,
              removeOnFail: true,
            }),
          ),
        );
      }
    } catch (error) {
      this.logger.warn(
        { queue: key, error: (error as Error).message },
        'no ticket; workers look by themselves',
      );
    } finally {
      this.telling.delete(key);
    }
  }

  private take(key: QueueKey): ReadyJob[] {
    return this.waiting.get(key)?.splice(0) ?? [];
  }

  private queue(key: QueueKey): Queue {
    return this.moduleRef.get<Queue>(getQueueToken(this.config.queues[key]), { strict: false });
  }
}
