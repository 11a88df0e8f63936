import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import type { QueueKey } from '../../../core/config/index.js';
import { WorkerNotFoundError } from '../jobs.errors.js';
import type { JobQueue, Worker } from './worker.entity.js';
import { WorkersRepository, type SeenQueue, type SeenWorker } from './workers.repository.js';

/** What may be wanted of a worker. */
export type WorkerChange = Partial<Pick<Worker, 'desired_state' | 'desired_concurrency' | 'healing'>>;

/** What may be wanted of a queue. */
export type QueueChange = Partial<Pick<JobQueue, 'paused' | 'concurrency' | 'healing'>>;

/** Shows workers and queues, and says what is wanted of them: workers read it within a second or so. */
@Injectable()
export class WorkersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: WorkersRepository,
    private readonly audit: AuditService,
  ) {}

  /** The oldest first, those included that are gone and not yet forgotten. */
  workers(): Promise<SeenWorker[]> {
    return this.repository.workers(this.dataSource.manager);
  }

  queues(): Promise<SeenQueue[]> {
    return this.repository.queues(this.dataSource.manager);
  }

  /** Says what is wanted of a worker. @throws WorkerNotFoundError */
  async changeWorker(id: string, change: WorkerChange, actor: string): Promise<SeenWorker> {
    return this.dataSource.transaction(async (manager) => {
      await this.wantWorker(manager, id, change, actor);
      return (await this.repository.worker(manager, id)) as SeenWorker;
    });
  }

  /** The same in the manager's transaction. @throws WorkerNotFoundError */
  async wantWorker(manager: EntityManager, id: string, change: WorkerChange, actor: string): Promise<void> {
    await this.audit.take(manager);
    if (!(await this.repository.wantWorker(manager, id, change, actor))) throw new WorkerNotFoundError(id);
    const subject = { type: 'worker', id };
    await this.audit.append(manager, { actor, action: 'worker.change', subject, data: { ...change } });
  }

  /** Says what is wanted of a queue. */
  async changeQueue(queue: QueueKey, change: QueueChange, actor: string): Promise<SeenQueue> {
    return this.dataSource.transaction(async (manager) => {
      await this.wantQueue(manager, queue, change, actor);
      const queues = await this.repository.queues(manager);
      return queues.find((each) => each.queue === queue) as SeenQueue;
    });
  }

  /** The same in the manager's transaction. */
  async wantQueue(
    manager: EntityManager,
    queue: QueueKey,
    change: QueueChange,
    actor: string,
  ): Promise<void> {
    await this.audit.take(manager);
    await this.repository.wantQueue(manager, queue, change, actor);
    const subject = { type: 'queue', id: queue };
    await this.audit.append(manager, { actor, action: 'queue.change', subject, data: { ...change } });
  }

  /** Forgets workers whose processes ended so many seconds ago. */
  forgetGone(seconds: number): Promise<void> {
    return this.repository.forgetGone(this.dataSource.manager, seconds);
  }
}
