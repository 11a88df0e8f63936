import { z } from 'zod';
import { HEALING_MODES, QUEUES } from '../../../core/config/index.js';
import { synthetic, time, wire } from '../../../core/http/index.js';
import { WORKER_WISHES } from './worker.entity.js';
import { WORKER_STATUSES, type SeenQueue, type SeenWorker } from './workers.repository.js';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,99}$/, 'must be the id of a worker')
  .meta({ examples: ['laptop-4711-9f3a'] });
const queue = z.enum(QUEUES).meta({ examples: ['content'] });
const healing = z.enum(HEALING_MODES).nullable().meta({
  description: 'What self-healing does with it: observe, propose or act; null: as the installation says.',
});
const concurrency = z
  .int()
  .min(1)
  .max(64)
  .nullable()
  .meta({ description: 'Jobs of a queue that a worker does at once, at most; null: as it was started.' });
const changedBy = z
  .string()
  .nullable()
  .meta({ description: 'Who has last said what it is to do: a user name, or `self-healing`.' });

export const WorkerDto = wire(
  'Worker',
  z
    .strictObject({
      synthetic,
      worker_id: id,
      host: z.string().meta({ examples: ['laptop'] }),
      pid: z.int().meta({ examples: [4711] }),
      queues: z.array(queue),
      concurrency: z.int().meta({ description: 'Jobs of each queue at once, as it was started.' }),
      desired_state: z.enum(WORKER_WISHES).meta({ description: 'What is wanted of it.' }),
      desired_concurrency: concurrency,
      healing,
      changed_by: changedBy,
      status: z.enum(WORKER_STATUSES).meta({
        description:
          'What is seen of it; draining: it finishes its last jobs; silent: it lives and does not say so; gone: its process has ended.',
      }),
      running_jobs: z.int().meta({ description: 'Jobs that it has in hand, as the database knows.' }),
      memory_usage_mb: z.number().meta({ examples: [180.5] }),
      memory_limit_mb: z.number().meta({ examples: [2048] }),
      event_loop_lag_ms: z
        .number()
        .meta({ description: 'The longest of its last second.', examples: [22.4] }),
      started_at: time,
      last_heartbeat: time,
    })
    .describe('A process that does jobs.'),
);
export type WorkerDto = z.infer<typeof WorkerDto>;

export const WorkerListDto = wire('WorkerList', z.strictObject({ synthetic, workers: z.array(WorkerDto) }));
export type WorkerListDto = z.infer<typeof WorkerListDto>;

export const WorkerParams = z.strictObject({ id });
export type WorkerParams = z.infer<typeof WorkerParams>;

export const UpdateWorkerDto = wire(
  'UpdateWorker',
  z
    .strictObject({ desired_state: z.enum(WORKER_WISHES), desired_concurrency: concurrency, healing })
    .partial()
    .describe('What is wanted of a worker from now on; what is left out stays.'),
);
export type UpdateWorkerDto = z.infer<typeof UpdateWorkerDto>;

export const QueueDto = wire(
  'Queue',
  z
    .strictObject({
      synthetic,
      queue,
      paused: z.boolean().meta({ description: 'Whether workers take none of its jobs.' }),
      concurrency,
      healing,
      changed_by: changedBy,
      changed_at: time.nullable(),
      workers: z.int().meta({ description: 'Workers that take its jobs.' }),
      slots: z.int().meta({ description: 'Jobs that they may do at once between them.' }),
      oldest_seconds: z
        .number()
        .meta({ description: 'How long the job whose turn it is has waited; 0: there is none.' }),
      attempts: z.int().meta({ description: 'Attempts at its jobs that have ended.' }),
      errors: z.int().meta({ description: 'Those that ended in an error which may pass.' }),
    })
    .describe('A queue of jobs, and what is wanted of it.'),
);
export type QueueDto = z.infer<typeof QueueDto>;

export const QueueListDto = wire('QueueList', z.strictObject({ synthetic, queues: z.array(QueueDto) }));
export type QueueListDto = z.infer<typeof QueueListDto>;

export const QueueParams = z.strictObject({ queue });
export type QueueParams = z.infer<typeof QueueParams>;

export const UpdateQueueDto = wire(
  'UpdateQueue',
  z
    .strictObject({ paused: z.boolean(), concurrency, healing })
    .partial()
    .describe('What is wanted of a queue from now on; what is left out stays.'),
);
export type UpdateQueueDto = z.infer<typeof UpdateQueueDto>;

export function workerDto(worker: SeenWorker): WorkerDto {
  return {
    synthetic: true,
    worker_id: worker.id,
    host: worker.host,
    pid: worker.pid,
    queues: worker.queues,
    concurrency: worker.concurrency,
    desired_state: worker.desired_state,
    desired_concurrency: worker.desired_concurrency,
    healing: worker.healing,
    changed_by: worker.changed_by,
    status: worker.status,
    running_jobs: worker.held,
    memory_usage_mb: worker.rss_mb,
    memory_limit_mb: worker.memory_limit_mb,
    event_loop_lag_ms: worker.event_loop_lag_ms,
    started_at: worker.started_at.toISOString(),
    last_heartbeat: worker.last_heartbeat.toISOString(),
  };
}

export function queueDto(seen: SeenQueue): QueueDto {
  return {
    synthetic: true,
    queue: seen.queue,
    paused: seen.paused,
    concurrency: seen.concurrency,
    healing: seen.healing,
    changed_by: seen.changed_by,
    changed_at: seen.changed_at?.toISOString() ?? null,
    workers: seen.workers,
    slots: seen.slots,
    oldest_seconds: seen.oldest_seconds,
    attempts: seen.attempts,
    errors: seen.errors,
  };
}

/** The fields that were given. */
export function given<Change extends object>(change: Change): Partial<Change> {
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<Change>;
}
