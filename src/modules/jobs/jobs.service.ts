import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../core/audit/index.js';
import type { QueueKey } from '../../core/config/index.js';
import { AfterCommit, type Page, type PageRequest } from '../../core/database/index.js';
import { EventsService } from '../../core/events/index.js';
import { traceHeaders } from '../../core/tracing/index.js';
import { JobDispatcher } from './job-dispatcher.js';
import { jobEvent } from './job.events.js';
import type { Job } from './job.entity.js';
import type { JobName } from './job-names.js';
import { JobFinishedError, JobNotFoundError } from './jobs.errors.js';
import { JobsRepository, type JobFilter, type JobSort } from './jobs.repository.js';

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

@Injectable()
export class JobsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: JobsRepository,
    private readonly events: EventsService,
    private readonly dispatcher: JobDispatcher,
    private readonly afterCommit: AfterCommit,
    private readonly audit: AuditService,
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
      traceparent: traceHeaders()['traceparent'] ?? null,
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

  /** A page of jobs. @throws InvalidCursor */
  list(filter: JobFilter, request: PageRequest<JobSort>): Promise<Page<Job>> {
    return this.repository.page(this.dataSource.manager, filter, request);
  }

  /** The ids of unfinished jobs whose payload has these fields, the oldest first. */
  unfinishedWith(manager: EntityManager, payload: Readonly<Record<string, string>>): Promise<string[]> {
    return this.repository.unfinishedWith(manager, payload);
  }

  /**
   * Cancels a job and those that follow it: a queued one ends at once, a running one is asked to stop.
   * @param actor who asked: a user name, or `system`
   * @throws JobNotFoundError, JobFinishedError
   */
  async cancel(id: string, actor = 'system'): Promise<Job> {
    const job = await this.dataSource.transaction(async (manager) => {
      await this.audit.take(manager);
      const cancelled = await this.repository.requestCancel(manager, id);
      if (cancelled === undefined) return undefined;
      if (cancelled.status === 'cancelled')
        await this.events.emit(manager, jobEvent('job.cancelled', cancelled));
      const { queue, name, status } = cancelled;
      await this.audit.append(manager, {
        actor,
        action: 'job.cancel',
        subject: { type: 'job', id },
        data: { queue, name, status },
      });
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
}
