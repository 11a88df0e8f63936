import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, QueryFailedError, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditService } from '../../core/audit/index.js';
import type { QueueKey } from '../../core/config/index.js';
import { AfterCommit, type Page, type PageRequest } from '../../core/database/index.js';
import { traceHeaders } from '../../core/tracing/index.js';
import { JobDispatcher } from './job-dispatcher.js';
import type { Job, ParentFailure } from './job.entity.js';
import type { JobName } from './job-names.js';
import {
  JobDuplicateError,
  JobFinishedError,
  JobNotFoundError,
  JobNotRetriedError,
  JobParentError,
} from './jobs.errors.js';
import { JobsRepository, type JobFilter, type JobSort, type NewJob } from './jobs.repository.js';

/** Long work to accept. */
export interface JobRequest {
  queue: QueueKey;
  name: JobName;
  payload: object;
  /** Paths of what the job will make, by relation name. */
  links?: Record<string, string>;
  /** Ids of the jobs that must be completed first; when one of them fails or is cancelled, so is this one. */
  after?: string | readonly string[] | undefined;
  /** `run`: it runs once those before it have ended, however they did. */
  onParentFailure?: ParentFailure;
  /** From -100 to 100, the lower goes first; 0 unless it is said. */
  priority?: number;
  /** Before it can be started. */
  delaySeconds?: number;
  /** How long an attempt may take. */
  timeoutSeconds?: number;
  /** How many attempts may fail for a reason that may pass; otherwise as the error's class has it. */
  mostFailures?: number;
  /** Limits that it shares with the jobs of its queue with the same key: at once, and starts in a time. */
  key?: { name: string; concurrency?: number; rate?: { starts: number; seconds: number } };
  /** While a job of this name with this key is not finished, that one is meant. */
  dedupKey?: string;
  /** The schedule that asks for it: a time of a schedule makes one job. */
  schedule?: { name: string; dueAt: Date };
  createdBy?: string | undefined;
}

/** The longest list of jobs that one statement adds. */
const BATCH = 1_000;

function newJob(request: JobRequest): NewJob {
  const { after = [], key } = request;
  return {
    // Ordered by time: neighbours in the index, of which each version of the row has an entry.
    id: uuidv7(),
    name: request.name,
    payload: request.payload,
    links: request.links ?? {},
    after_ids: typeof after === 'string' ? [after] : [...after],
    on_parent_failure: request.onParentFailure ?? 'fail',
    traceparent: traceHeaders()['traceparent'] ?? null,
    priority: request.priority ?? 0,
    delay_seconds: request.delaySeconds ?? 0,
    key: key?.name ?? null,
    key_concurrency: key?.concurrency ?? null,
    key_rate: key?.rate?.starts ?? null,
    key_seconds: key?.rate?.seconds ?? null,
    dedup_key: request.dedupKey ?? null,
    timeout_seconds: request.timeoutSeconds ?? null,
    most_failures: request.mostFailures ?? null,
    schedule: request.schedule?.name ?? null,
    due_at: request.schedule?.dueAt ?? null,
  };
}

@Injectable()
export class JobsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: JobsRepository,
    private readonly dispatcher: JobDispatcher,
    private readonly afterCommit: AfterCommit,
    private readonly audit: AuditService,
  ) {}

  /**
   * Accepts a job in the manager's transaction; its queue hears of it after the commit.
   * @returns the job, or the unfinished one with its `dedupKey`
   * @throws JobParentError when a job that it follows is not there
   */
  async submit(manager: EntityManager, request: JobRequest): Promise<Job> {
    for (;;) {
      const [job] = await this.submitMany(manager, [request]);
      if (job !== undefined) return job;
      const { name, dedupKey } = request;
      if (dedupKey === undefined) throw new JobDuplicateError(name);
      const there = await this.repository.duplicate(manager, name, dedupKey);
      // It may have ended in between.
      if (there !== undefined) return there;
    }
  }

  /**
   * Accepts jobs in the manager's transaction, in their order.
   * @returns those that were added: one whose `dedupKey` an unfinished job has, or whose time of a schedule was dealt with, is not
   * @throws JobParentError when a job that one follows is not there
   */
  async submitMany(manager: EntityManager, requests: readonly JobRequest[]): Promise<Job[]> {
    const groups = new Map<string, JobRequest[]>();
    for (const request of requests) {
      const name = `${request.queue} ${request.createdBy ?? ''}`;
      const group = groups.get(name);
      if (group) group.push(request);
      else groups.set(name, [request]);
    }
    const added: Job[] = [];
    for (const group of groups.values()) {
      const { queue, createdBy = null } = group[0] as JobRequest;
      const jobs = group.map(newJob);
      await this.requireParents(manager, jobs);
      for (let from = 0; from < jobs.length; from += BATCH) {
        const batch = jobs.slice(from, from + BATCH);
        added.push(...(await this.repository.insert(manager, queue, createdBy, batch)));
      }
    }
    this.afterCommit.add(manager, () => this.dispatcher.wake(added));
    return added;
  }

  /** Lets a job that was put back until a time run now; its queue hears of it after the commit. */
  async wake(manager: EntityManager, id: string): Promise<void> {
    const job = await this.repository.wake(manager, id);
    if (job !== undefined) this.afterCommit.add(manager, () => this.dispatcher.wake([job]));
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
      await this.record(manager, 'job.cancel', actor, [cancelled]);
      return cancelled;
    });
    if (!job) {
      const existing = await this.get(id);
      if (existing.status === 'cancelled') return existing;
      throw new JobFinishedError(id, existing.status);
    }
    await this.dispatcher.follow();
    return job;
  }

  /**
   * Cancels many jobs as {@link cancel} does, in the manager's transaction and in a few statements; finished ones stay as they are.
   * @param actor who asked: a user name, or `system`
   * @returns the ids of those that were being written at this moment: {@link cancel} them after the commit
   */
  async cancelMany(manager: EntityManager, ids: readonly string[], actor: string): Promise<string[]> {
    await this.audit.take(manager);
    const cancelled = await this.repository.requestCancelMany(manager, ids);
    await this.record(manager, 'job.cancel', actor, cancelled);
    // Those that follow them; what fails here, the next sweep does.
    this.afterCommit.add(manager, () => void this.dispatcher.follow().catch(() => {}));
    return this.repository.uncancelled(manager, ids);
  }

  /**
   * Puts a job that failed or was cancelled back in its queue, with those that ended because of it.
   * @param actor who asked: a user name, or `system`
   * @throws JobNotFoundError, JobNotRetriedError, JobDuplicateError
   */
  async retry(id: string, actor = 'system'): Promise<Job> {
    const [job] = await this.dataSource
      .transaction(async (manager) => {
        await this.audit.take(manager);
        const jobs = await this.repository.revive(manager, id);
        const [first] = jobs;
        if (first !== undefined) await this.record(manager, 'job.retry', actor, [first]);
        this.afterCommit.add(manager, () => this.dispatcher.wake(jobs));
        return jobs;
      })
      .catch((error: unknown) => {
        if (error instanceof QueryFailedError && (error.driverError as { code?: string }).code === '23505')
          throw new JobDuplicateError(id);
        throw error;
      });
    if (job !== undefined) return job;
    throw new JobNotRetriedError(id, (await this.get(id)).status);
  }

  private async requireParents(manager: EntityManager, jobs: readonly NewJob[]): Promise<void> {
    const parents = [...new Set(jobs.flatMap(({ after_ids }) => after_ids))];
    if (parents.length > 0 && (await this.repository.count(manager, parents)) < parents.length)
      throw new JobParentError();
  }

  private async record(
    manager: EntityManager,
    action: string,
    actor: string,
    jobs: readonly Job[],
  ): Promise<void> {
    const entries = jobs.map(({ id, queue, name, status }) => ({
      actor,
      action,
      subject: { type: 'job', id },
      data: { queue, name, status },
    }));
    await this.audit.append(manager, ...entries);
    this.afterCommit.add(manager, () => this.dispatcher.wake([]));
  }
}
