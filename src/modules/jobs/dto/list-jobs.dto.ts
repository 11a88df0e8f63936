import { z } from 'zod';
import {
  page,
  pageQuery,
  Problem,
  sortBy,
  synthetic,
  timeRange,
  uuid,
  wire,
} from '../../../core/http/index.js';
import { QUEUES } from '../../../core/config/index.js';
import { JOB_NAMES } from '../job-names.js';
import { JOB_STATUSES } from '../job.entity.js';
import { JOB_SORTS } from '../jobs.repository.js';
import { JobDto } from './job.dto.js';

const filters = {
  queue: z.enum(QUEUES).optional(),
  name: z.enum(JOB_NAMES).optional(),
  created_by: z
    .union([z.literal('me'), uuid])
    .optional()
    .meta({ description: 'The id of the user who asked, or `me`.', examples: ['me'] }),
  after: uuid.optional().meta({ description: 'The job that they follow.' }),
  ...timeRange('created'),
};

export const JobsQueryDto = pageQuery({
  status: z
    .array(z.enum(JOB_STATUSES))
    .min(1)
    .max(JOB_STATUSES.length)
    .optional()
    .meta({ description: 'One or more, with commas between them.', examples: [['queued', 'running']] }),
  dead_letter: z
    .boolean()
    .optional()
    .meta({ description: 'Only those that failed as often as they may, or only the others.' }),
  ...filters,
  sort: sortBy(JOB_SORTS, '-created_at'),
});
export type JobsQueryDto = z.infer<typeof JobsQueryDto>;

export const JobListDto = page('JobList', 'jobs', JobDto);
export type JobListDto = z.infer<typeof JobListDto>;

/** How many jobs one request cancels or puts back at most. */
export const CHANGE_MAX = 1_000;

/** Which jobs: by their ids, or by a filter. */
function chosen(all: string) {
  return z
    .strictObject({
      ids: z
        .array(uuid)
        .min(1)
        .max(CHANGE_MAX)
        .optional()
        .meta({ examples: [['0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11']] }),
      filter: z
        .strictObject(filters)
        .optional()
        .meta({ description: `Every ${all} that meets it; an empty one means them all.` }),
    })
    .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
      message: 'give exactly one of ids and filter',
      path: ['ids'],
    });
}

export const CancelJobsDto = wire(
  'JobCancellation',
  chosen('unfinished job').describe('Which jobs to cancel: by their ids, or by a filter.'),
);
export type CancelJobsDto = z.infer<typeof CancelJobsDto>;

/** What became of each of many jobs. */
function results(what: string) {
  return z.strictObject({
    synthetic,
    results: z.array(
      z.strictObject({
        job_id: uuid,
        status: z.int().meta({ description: 'The HTTP status that it has alone.', examples: [202] }),
        job: JobDto.nullable().meta({ description: 'The job, where it was done.' }),
        problem: Problem.nullable().meta({ description: 'Why not, otherwise.' }),
      }),
    ),
    more: z
      .boolean()
      .meta({ description: `Whether more ${what} meet the filter than ${CHANGE_MAX}: ask again.` }),
  });
}

export const CancelledJobsDto = wire('CancelledJobs', results('jobs').describe('What became of each job.'));
export type CancelledJobsDto = z.infer<typeof CancelledJobsDto>;

export const RedriveJobsDto = wire(
  'JobRedrive',
  chosen('dead letter').describe(
    'Which jobs to put back in their queues: by their ids, or dead letters by a filter.',
  ),
);
export type RedriveJobsDto = z.infer<typeof RedriveJobsDto>;

export const RedrivenJobsDto = wire(
  'RedrivenJobs',
  results('dead letters').describe('What became of each job.'),
);
export type RedrivenJobsDto = z.infer<typeof RedrivenJobsDto>;
