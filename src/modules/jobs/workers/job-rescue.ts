import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { QueueKey } from '../../../core/config/index.js';
import { AfterCommit } from '../../../core/database/index.js';
import { JobDispatcher } from '../job-dispatcher.js';
import { JobLeasesRepository } from '../job-leases.repository.js';
import { JobsRepository } from '../jobs.repository.js';

/** Dead letters that are put back at once, at most. */
const REDRIVE_MAX = 100;

/** Puts jobs back that would wait for long, or for ever. */
@Injectable()
export class JobRescue {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly leases: JobLeasesRepository,
    private readonly jobs: JobsRepository,
    private readonly dispatcher: JobDispatcher,
    private readonly afterCommit: AfterCommit,
  ) {}

  /** Puts the jobs that a worker has back in their queues; what it still writes of them is refused. @returns how many */
  async handBack(manager: EntityManager, key: string): Promise<number> {
    const jobs = await this.leases.handBackAllOf(manager, key);
    this.afterCommit.add(manager, () => this.dispatcher.announce(jobs));
    return jobs.length;
  }

  /**
   * Dead letters of a queue from the last day that were not put back so before, and whose kind of job has been completed since: what they
   * failed of seems to be over.
   */
  mendable(queue: QueueKey): Promise<string[]> {
    return this.jobs.mendable(this.dataSource.manager, queue, REDRIVE_MAX);
  }

  /** Puts those back, each once in its life, in the manager's transaction. @returns how many */
  async redrive(manager: EntityManager, queue: QueueKey): Promise<number> {
    let count = 0;
    for (const id of await this.jobs.mendable(manager, queue, REDRIVE_MAX)) {
      const jobs = await this.jobs.redrive(manager, id);
      if (jobs.length > 0) count += 1;
      this.afterCommit.add(manager, () => this.dispatcher.wake(jobs));
    }
    return count;
  }

  /** How jobs that self-healing put back since then are doing. */
  redriven(queue: QueueKey, since: Date): Promise<{ unfinished: number; dead: number }> {
    return this.jobs.redriven(this.dataSource.manager, queue, since);
  }
}
