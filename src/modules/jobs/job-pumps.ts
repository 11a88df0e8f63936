import { Inject, Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { CONFIG, type Config, type QueueKey } from '../../core/config/index.js';
import { JobLedger } from './job-ledger.js';
import type { ClaimedJob } from './job-leases.repository.js';
import { JobPump } from './job-pump.js';
import { JobRunner } from './job-runner.js';
import { WorkerPresence } from './worker-presence.js';

/** Takes jobs of the queues of this worker, so many of each at once. */
@Injectable()
export class JobPumps {
  private readonly pumps: ReadonlyMap<QueueKey, JobPump<ClaimedJob>>;

  constructor(
    @Inject(CONFIG) { worker }: Config,
    private readonly ledger: JobLedger,
    private readonly presence: WorkerPresence,
    private readonly logger: PinoLogger,
    runner: JobRunner,
  ) {
    logger.setContext(JobPumps.name);
    this.pumps = new Map(
      worker.queues.map((key) => [
        key,
        new JobPump<ClaimedJob>(worker.concurrency, {
          claim: (most) => this.claim(key, most),
          run: (job, free) => runner.run(job, free),
          handBack: (jobs) => this.handBack(key, jobs),
        }),
      ]),
    );
  }

  /** Something is there to be claimed of a queue: looks once there is a free slot. */
  async ticket(key: QueueKey): Promise<void> {
    await this.pumps.get(key)?.ticket();
  }

  /** Takes so many jobs of a queue at once from now on; 0: none. */
  resize(key: QueueKey, slots: number): void {
    this.pumps.get(key)?.resize(slots);
  }

  /** Looks in all queues. */
  async wake(): Promise<void> {
    await Promise.all([...this.pumps.values()].map((pump) => pump.wake()));
  }

  /** Takes no more. */
  async stop(): Promise<void> {
    await Promise.all([...this.pumps.values()].map((pump) => pump.stop()));
  }

  private async claim(key: QueueKey, most: number): Promise<ClaimedJob[]> {
    try {
      return await this.ledger.claim(key, most, this.presence.key);
    } catch (error) {
      this.logger.warn({ queue: key, error: (error as Error).message }, 'no claim; the next look follows');
      return [];
    }
  }

  private async handBack(key: QueueKey, jobs: readonly ClaimedJob[]): Promise<void> {
    try {
      await this.ledger.handBack(jobs.map(({ id, lease_token: token }) => ({ id, token })));
    } catch (error) {
      // Their leases run out, and other processes take them.
      this.logger.warn({ queue: key, error: (error as Error).message }, 'jobs could not be handed back');
    }
  }
}
