import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { QueueKey } from '../../core/config/index.js';
import { AfterCommit } from '../../core/database/index.js';
import { EventsService, EventTail } from '../../core/events/index.js';
import { JobDispatcher } from './job-dispatcher.js';
import { jobEvent, jobTopic } from './job.events.js';
import type { Job } from './job.entity.js';
import type { JobName } from './job-names.js';
import { JobFinishedError, JobNotFoundError } from './jobs.errors.js';
import { JobsRepository } from './jobs.repository.js';

/** Long work to accept. */
export interface JobRequest {
  queue: QueueKey;
  name: JobName;
  payload: object;
  /** Paths of what the job will make, by relation name. */
  links?: Record<string, string>;
  /** Id of the job that must be completed first; when that fails or is cancelled, so is this one. */
  after?: string | undefined;
  createdBy?: string | undefined;
}

const POLL_MS = 500;
const FINAL = new Set(['completed', 'failed', 'cancelled']);

/** Whether a job has come to its end. */
export function isFinished(job: Job): boolean {
  return FINAL.has(job.status);
}

@Injectable()
export class JobsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: JobsRepository,
    private readonly events: EventsService,
    private readonly tail: EventTail,
    private readonly dispatcher: JobDispatcher,
    private readonly afterCommit: AfterCommit,
  ) {}

  /** Accepts a job in the manager's transaction; its queue hears of it after the commit. */
  async submit(manager: EntityManager, request: JobRequest): Promise<Job> {
    const { queue, name, payload, links = {}, after = null, createdBy = null } = request;
    const job = await this.repository.insert(manager, {
      id: randomUUID(),
      queue,
      name,
      payload,
      links,
      after_id: after,
      created_by: createdBy,
    });
    await this.events.emit(manager, jobEvent('job.queued', job));
    this.afterCommit.add(manager, () => void this.dispatcher.dispatch());
    return job;
  }

  /** @throws JobNotFoundError */
  async get(id: string): Promise<Job> {
    const job = await this.repository.find(this.dataSource.manager, id);
    if (!job) throw new JobNotFoundError(id);
    return job;
  }

  /**
   * Cancels a job and those that follow it: a queued one ends at once, a running one is asked to stop.
   * @throws JobNotFoundError, JobFinishedError
   */
  async cancel(id: string): Promise<Job> {
    const job = await this.dataSource.transaction(async (manager) => {
      const cancelled = await this.repository.requestCancel(manager, id);
      if (cancelled?.status === 'cancelled')
        await this.events.emit(manager, jobEvent('job.cancelled', cancelled));
      return cancelled;
    });
    if (!job) {
      const existing = await this.get(id);
      if (existing.status === 'cancelled') return existing;
      throw new JobFinishedError(id, existing.status);
    }
    await this.dispatcher.endFollowers();
    return job;
  }

  /** Yields the job whenever it has changed, the last time when it is finished. */
  async *watch(id: string): AsyncGenerator<Job> {
    let wake: (() => void) | undefined;
    const { stop } = await this.tail.listen(({ topic }) => {
      if (topic === jobTopic(id)) wake?.();
    });
    try {
      for (;;) {
        const job = await this.get(id);
        yield job;
        if (isFinished(job)) return;
        // An event wakes at once; the timer covers an event that was lost on the way.
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, POLL_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    } finally {
      stop();
    }
  }
}
