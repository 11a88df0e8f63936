import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import type { Type } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { QueueKey } from '../../core/config/index.js';
import { JobPumps } from './job-pumps.js';

/** A consumer of the tickets of a queue under its configured name. */
export function queueConsumer(key: QueueKey, queueName: string): Type<WorkerHost> {
  @Processor(queueName, { concurrency: 1 })
  class QueueConsumer extends WorkerHost {
    constructor(
      private readonly pumps: JobPumps,
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

    async process(): Promise<void> {
      await this.pumps.ticket(key);
    }
  }
  return QueueConsumer;
}
