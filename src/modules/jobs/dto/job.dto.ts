import { z } from 'zod';
import { API_PREFIX, fieldErrors, links, synthetic, time, uuid, wire } from '../../../core/http/index.js';
import { JOB_STATUSES, type Job, type JobFailure } from '../job.entity.js';

/** Long work, with its status and progress. */
export const JobDto = wire(
  'Job',
  z.strictObject({
    synthetic,
    job_id: uuid,
    queue: z.string().meta({ examples: ['population'] }),
    name: z.string().meta({ examples: ['population.generate'] }),
    status: z.enum(JOB_STATUSES),
    progress: z.strictObject({
      done: z.number().meta({
        description:
          'Units done. A further attempt begins at 0 without a total, until it has said where it goes on.',
      }),
      total: z.number().nullable().meta({ description: 'Units in all, when known.' }),
      note: z.string().nullable().meta({ description: 'What is being done.' }),
    }),
    priority: z.int().meta({ description: 'The lower goes first.' }),
    attempts: z.int().meta({ description: 'How often it was started since it was last put in its queue.' }),
    dead_letter: z
      .boolean()
      .meta({ description: 'Whether it failed, as often as it may, for reasons that might have passed.' }),
    error: z
      .strictObject({ code: z.string(), message: z.string(), errors: fieldErrors.optional() })
      .nullable()
      .meta({ description: 'Why it failed.' }),
    result: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'What it made; null until it is completed.' }),
    links,
    after: uuid
      .nullable()
      .meta({ description: 'The job that had to be completed first; the first of them.' }),
    after_ids: z.array(uuid).meta({ description: 'All jobs that had to end first.' }),
    cancel_requested: z.boolean(),
    created_at: time,
    run_at: time.meta({ description: 'Before it cannot be started.' }),
    started_at: time.nullable(),
    finished_at: time.nullable(),
  }),
);
export type JobDto = z.infer<typeof JobDto>;

export function jobDto(job: Job): JobDto {
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
    priority: job.priority,
    attempts: job.attempts,
    dead_letter: job.dead_letter,
    error: job.error === null ? null : failureDto(job.error),
    result: job.result as Record<string, unknown> | null,
    links: { self: jobPath(job.id), ...job.links },
    after: job.after_ids[0] ?? null,
    after_ids: job.after_ids,
    cancel_requested: job.cancel_requested_at !== null,
    created_at: job.created_at.toISOString(),
    run_at: job.run_at.toISOString(),
    started_at: job.started_at?.toISOString() ?? null,
    finished_at: job.finished_at?.toISOString() ?? null,
  };
}

function failureDto({ code, message, errors }: JobFailure): NonNullable<JobDto['error']> {
  return { code, message, ...(errors && { errors: [...errors] }) };
}

/** The path of a job; also the `Location` of a 202. */
export function jobPath(id: string): string {
  return `/${API_PREFIX}/jobs/${id}`;
}
