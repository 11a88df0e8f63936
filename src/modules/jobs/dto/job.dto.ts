import { API_PREFIX } from '../../../core/http/index.js';
import type { Job, JobStatus } from '../job.entity.js';

/** How far a job is. */
export class JobProgressDto {
  /** Units done. */
  done!: number;

  /** Units in all, when known. */
  total!: number | null;

  /** What is being done. */
  note!: string | null;
}

/** Why a job failed. */
export class JobErrorDto {
  code!: string;
  message!: string;
}

/** Long work, with its status and progress. */
export class JobDto {
  synthetic!: true;

  /** @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11 */
  job_id!: string;

  /** @example population */
  queue!: string;

  /** @example population.generate */
  name!: string;

  status!: JobStatus;

  progress!: JobProgressDto;

  /** How often it was started. */
  attempts!: number;

  error!: JobErrorDto | null;

  /** What the job made; null until it is completed. */
  result!: Record<string, unknown> | null;

  /** Paths of what belongs to the job. */
  links!: Record<string, string>;

  /** The job that had to be completed first. */
  after!: string | null;

  cancel_requested!: boolean;

  created_at!: string;
  started_at!: string | null;
  finished_at!: string | null;

  static of(job: Job): JobDto {
    return {
      synthetic: true,
      job_id: job.id,
      queue: job.queue,
      name: job.name,
      status: job.status,
      progress: {
        done: Number(job.progress_done),
        total: job.progress_total === null ? null : Number(job.progress_total),
        note: job.progress_note,
      },
      attempts: job.attempts,
      error: job.error,
      result: job.result as Record<string, unknown> | null,
      links: { self: jobPath(job.id), ...job.links },
      after: job.after_id,
      cancel_requested: job.cancel_requested_at !== null,
      created_at: job.created_at.toISOString(),
      started_at: job.started_at?.toISOString() ?? null,
      finished_at: job.finished_at?.toISOString() ?? null,
    };
  }
}

/** The path of a job; also the `Location` of a 202. */
export function jobPath(id: string): string {
  return `/${API_PREFIX}/jobs/${id}`;
}
