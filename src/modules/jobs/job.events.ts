import type { DomainEvent } from '../../core/events/index.js';
import type { Job, JobFailure, JobStatus } from './job.entity.js';

/** What every event of a job says. */
export interface JobEventPayload {
  job_id: string;
  queue: string;
  name: string;
  status: JobStatus;
  progress: { done: number; total: number | null; note: string | null };
  error: JobFailure | null;
}

/** `job.progress`, or `job.` and the status that a job has come to; on topic `jobs.<id>`. */
export type JobEvent = DomainEvent<'job.progress' | `job.${JobStatus}`, JobEventPayload>;

export function jobEvent(type: JobEvent['type'], job: Job): JobEvent {
  return {
    topic: jobTopic(job.id),
    type,
    payload: {
      job_id: job.id,
      queue: job.queue,
      name: job.name,
      status: job.status,
      progress: {
        done: Number(job.progress_done),
        total: job.progress_total === null ? null : Number(job.progress_total),
        note: job.progress_note,
      },
      error: job.error,
    },
  };
}

export function jobTopic(id: string): string {
  return `jobs.${id}`;
}
