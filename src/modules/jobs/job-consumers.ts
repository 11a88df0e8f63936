import { BullRegistrar, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type Type,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Job as Message } from 'bullmq';
import { PinoLogger } from 'nestjs-pino';
import { JobDispatcher, type JobMessage } from './job-dispatcher.js';
import { JobRunner } from './job-runner.js';
import { WorkerPresence } from './worker-presence.js';

const SWEEP_MS = 1_000;

/** A consumer of the queue with this name, of so many messages at once: each names a job to claim. */
export function queueConsumer(queueName: string, concurrency: number): Type<WorkerHost> {
  @Processor(queueName, { concurrency })
  class QueueConsumer extends WorkerHost {
    constructor(
      private readonly runner: JobRunner,
      private readonly presence: WorkerPresence,
      private readonly logger: PinoLogger,
    ) {
      super();
      logger.setContext(QueueConsumer.name);
    }

    @OnWorkerEvent('error')
    onError(error: Error): void {
      this.logger.warn(
        { queue: queueName, error: error.message },
        'queue connection failed; it is tried again',
      );
    }

    async process(message: Message<JobMessage>): Promise<void> {
      await this.runner.run(message.data.job_id, this.presence.key);
    }
  }
  return QueueConsumer;
}

/** Starts the work of a process in worker mode once everything is wired, and ends it in order. */
@Injectable()
export class WorkerLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly presence: WorkerPresence,
    private readonly moduleRef: ModuleRef,
    private readonly runner: JobRunner,
    private readonly dispatcher: JobDispatcher,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(WorkerLifecycle.name);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.presence.arrive();
    this.moduleRef.get(BullRegistrar, { strict: false }).register();
    await this.sweep();
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    // It would go on without its database.
    await this.sweeping;
    await this.runner.shutdown();
    await this.presence.leave();
  }

  /** One at a time: the next comes after a second. */
  private sweep(): Promise<void> {
    this.sweeping ??= this.dispatcher
      .sweep()
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'sweep failed; the next one follows');
      })
      .finally(() => {
        this.sweeping = undefined;
      });
    return this.sweeping;
  }
}
