import { z } from 'zod';
import { declareEvent, type DomainEvent, type EventFactory } from '../../core/events/index.js';
import { fieldErrors } from '../../core/http/index.js';
import { failureDto } from './dto/job.dto.js';
import { JOB_STATUSES, type Job, type JobStatus } from './job.entity.js';

const payload = z.strictObject({
  job_id: z.uuid(),
  queue: z.string(),
  name: z.string().meta({ examples: ['population.generate'] }),
  status: z.enum(JOB_STATUSES),
  progress: z.strictObject({
    done: z.number(),
    total: z.number().nullable(),
    note: z.string().nullable(),
  }),
  error: z.strictObject({ code: z.string(), message: z.string(), errors: fieldErrors.optional() }).nullable(),
});

type JobEventType = 'job.progress' | `job.${JobStatus}`;

const SUMMARIES: Record<JobEventType, string> = {
  'job.queued': 'A job waits for a worker, for the first time or again.',
  'job.running': 'A worker has begun with it.',
  'job.progress': 'It has come further; at most five times a second.',
  'job.completed': 'It is done, and what it made is there.',
  'job.failed': 'It has failed for good; `error` says why.',
  'job.cancelled': 'It was cancelled.',
};

const factories = Object.fromEntries(
  Object.entries(SUMMARIES).map(([type, summary]) => [
    type,
    declareEvent({ type, topic: 'jobs.{job_id}', permission: 'jobs:read', summary, payload }),
  ]),
) as Record<JobEventType, EventFactory<typeof payload>>;

/** `job.progress`, or `job.` and the status that a job has come to. */
export function jobEvent(type: JobEventType, job: Job): DomainEvent {
  return factories[type]({
    job_id: job.id,
    queue: job.queue,
    name: job.name,
    status: job.status,
    progress: {
      done: Number(job.progress_done),
      total: job.progress_total === null ? null : Number(job.progress_total),
      note: job.progress_note,
    },
    error: job.error && failureDto(job.error),
  });
}
