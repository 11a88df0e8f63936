import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CONFIG, type Config, type QueueKey } from '../../core/config/index.js';
import { AfterCommit } from '../../core/database/index.js';
import { JobDispatcher } from './job-dispatcher.js';
import type { JobFailure } from './job.entity.js';
import {
  JobLeasesRepository,
  type ClaimedJob,
  type Completion,
  type JobHold,
} from './job-leases.repository.js';
import { JobTickets } from './job-tickets.js';
import { JobLostError } from './jobs.errors.js';

/** How a started job can end without being completed. */
export type JobOutcome =
  | { kind: 'failed'; error: JobFailure; deadLetter: boolean }
  | { kind: 'cancelled' }
  /** Back in the queue; with a delay it counts as a failure that may pass. */
  | { kind: 'again'; delaySeconds?: number }
  /** Another attempt has begun: there is nothing to say. */
  | { kind: 'lost' };

interface WaitingCompletion extends Completion {
  settle: (held: boolean) => void;
  refuse: (error: Error) => void;
}

const MOST_COMPLETIONS = 500;

/** The changes of state of started jobs, each with its event; whoever does not hold a job any more changes nothing. */
@Injectable()
export class JobLedger {
  private readonly waiting: WaitingCompletion[] = [];
  private completing = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly leases: JobLeasesRepository,
    private readonly tickets: JobTickets,
    private readonly afterCommit: AfterCommit,
    private readonly dispatcher: JobDispatcher,
  ) {}

  /** Takes up to `most` ready jobs of a queue. */
  async claim(queue: QueueKey, most: number, worker: string): Promise<ClaimedJob[]> {
    const jobs = await this.leases.claim(queue, most, worker, this.config.worker.leaseSeconds);
    if (jobs.length > 0) this.dispatcher.wake([]);
    return jobs;
  }

  /** Puts back jobs that this process has taken and not begun. */
  async handBack(holds: readonly JobHold[]): Promise<void> {
    this.tickets.announce(await this.leases.handBack(holds));
    this.dispatcher.wake([]);
  }

  async progress(
    hold: JobHold,
    progress: { done: number; total: number; note: string | null },
  ): Promise<void> {
    await this.leases.progress(hold, progress.done, progress.total, progress.note);
  }

  /** Commits work of a held job that is not its completion. @throws JobLostError when it is no longer held */
  write<T>(hold: JobHold, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.transaction(async (manager) => {
      const result = await work(manager);
      if (!(await this.leases.guard(manager, hold))) throw new JobLostError(hold.id);
      return result;
    });
  }

  /** Commits what the job made and its completion together. @throws JobLostError when it is no longer held */
  complete<T extends object>(hold: JobHold, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.transaction(async (manager) => {
      const result = await work(manager);
      if (!(await this.leases.complete(manager, hold, result))) throw new JobLostError(hold.id);
      this.afterCommit.add(manager, () => this.completed(true));
      return result;
    });
  }

  /**
   * Puts a held job back until a time, in one transaction with `work`, where that says so.
   * @returns what `work` said
   * @throws JobLostError when it is no longer held
   */
  postpone(hold: JobHold, until: Date, work: (manager: EntityManager) => Promise<boolean>): Promise<boolean> {
    return this.transaction(async (manager) => {
      if (!(await work(manager))) return false;
      if (!(await this.leases.postpone(manager, hold, until))) throw new JobLostError(hold.id);
      this.afterCommit.add(manager, () => this.dispatcher.wake([]));
      return true;
    });
  }

  /** Completes a job that has nothing but a result, together with others. @throws JobLostError when it is no longer held */
  async completeWith(hold: JobHold, result: object): Promise<void> {
    const held = await new Promise<boolean>((settle, refuse) => {
      this.waiting.push({ ...hold, result, settle, refuse });
      if (!this.completing) void this.completeWaiting();
    });
    if (!held) throw new JobLostError(hold.id);
  }

  /** Writes how the job ended; does nothing when it is no longer held. */
  async settle(hold: JobHold, outcome: JobOutcome): Promise<void> {
    switch (outcome.kind) {
      case 'again': {
        const jobs = await this.leases.requeue(hold, outcome.delaySeconds);
        if (outcome.delaySeconds === undefined) this.tickets.announce(jobs);
        break;
      }
      case 'failed':
        await this.leases.fail(hold, outcome.error, outcome.deadLetter);
        break;
      case 'cancelled':
        await this.leases.cancel(hold);
        break;
      case 'lost':
        return;
    }
    this.dispatcher.wake([]);
    await this.dispatcher.follow();
  }

  /** What completes while a batch is written makes up the next one. */
  private async completeWaiting(): Promise<void> {
    this.completing = true;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    while (this.waiting.length > 0) {
      await this.completeBatch(this.waiting.splice(0, MOST_COMPLETIONS));
    }
    this.completing = false;
  }

  /** A result that cannot be written fails its own job, and no other of the batch. */
  private async completeBatch(batch: readonly WaitingCompletion[]): Promise<void> {
    try {
      const { held, followed } = await this.leases.completeMany(batch);
      for (const { id, settle } of batch) settle(held.has(id));
      this.completed(followed);
    } catch (error) {
      const [only, ...others] = batch;
      if (others.length === 0) only?.refuse(error as Error);
      else for (const one of batch) await this.completeBatch([one]);
    }
  }

  private completed(followed: boolean): void {
    this.dispatcher.wake([]);
    // The next sweep finds what a connection that breaks here leaves.
    if (followed) this.dispatcher.follow().catch(() => {});
  }

  /** A process that is stopped in the middle loses its session, and with it the locks, before its lease is over. */
  private transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query(
        `SET LOCAL idle_in_transaction_session_timeout = '${this.config.worker.leaseSeconds}s'`,
      );
      return work(manager);
    });
  }
}
