import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AfterCommit } from '../../core/database/index.js';
import { EventsService } from '../../core/events/index.js';
import { JobDispatcher } from './job-dispatcher.js';
import { jobEvent } from './job.events.js';
import type { Job, JobFailure } from './job.entity.js';
import { JobLostError } from './jobs.errors.js';
import { JobsRepository, type ClaimedJob, type JobHold } from './jobs.repository.js';

export interface JobProgress {
  done: number;
  total: number | null;
  note: string | null;
}

/** How a started job can end without being completed. */
export type JobOutcome =
  | { kind: 'failed'; error: JobFailure }
  | { kind: 'cancelled' }
  /** Back in the queue; with a delay it counts as a failure that may pass. */
  | { kind: 'again'; delaySeconds?: number };

/** The changes of state of a started job, each with its event in one transaction. */
@Injectable()
export class JobLedger {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: JobsRepository,
    private readonly events: EventsService,
    private readonly afterCommit: AfterCommit,
    private readonly dispatcher: JobDispatcher,
  ) {}

  /** Takes a ready job; nothing when it is not to be had. */
  claim(id: string, worker: string): Promise<ClaimedJob | undefined> {
    return this.change((manager) => this.repository.claim(manager, id, worker));
  }

  async progress(hold: JobHold, { done, total, note }: JobProgress): Promise<void> {
    const write = (manager: EntityManager) => this.repository.progress(manager, hold, done, total, note);
    await this.change(write, 'job.progress');
  }

  shouldStop(hold: JobHold): Promise<boolean> {
    return this.repository.shouldStop(this.dataSource.manager, hold);
  }

  /** Commits what the job made and its completion together. @throws JobLostError when it is no longer held */
  complete<T extends object>(hold: JobHold, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      const result = await work(manager);
      const job = await this.repository.complete(manager, hold, result);
      if (!job) throw new JobLostError(hold.id);
      await this.events.emit(manager, jobEvent('job.completed', job));
      // The jobs that waited for this one are ready now.
      this.afterCommit.add(manager, () => void this.dispatcher.dispatch());
      return result;
    });
  }

  /** Writes how the job ended; does nothing when it is no longer held. */
  async settle(hold: JobHold, outcome: JobOutcome): Promise<void> {
    switch (outcome.kind) {
      case 'again':
        await this.change((manager) => this.repository.requeue(manager, hold, outcome.delaySeconds));
        break;
      case 'failed':
        await this.change((manager) => this.repository.finish(manager, hold, 'failed', outcome.error));
        break;
      case 'cancelled':
        await this.change((manager) => this.repository.finish(manager, hold, 'cancelled', null));
    }
    await this.dispatcher.endFollowers();
  }

  /** @param type what is told of it; `job.` and the status that it came to where nothing else is said */
  private change<J extends Job>(
    work: (manager: EntityManager) => Promise<J | undefined>,
    type?: 'job.progress',
  ): Promise<J | undefined> {
    return this.dataSource.transaction(async (manager) => {
      const job = await work(manager);
      if (job) await this.events.emit(manager, jobEvent(type ?? `job.${job.status}`, job));
      return job;
    });
  }
}
