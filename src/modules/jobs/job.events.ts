import { z } from 'zod';
import { declareEvent } from '../../core/events/index.js';
import { fieldErrors } from '../../core/http/index.js';
import { JOB_STATUSES, type JobStatus } from './job.entity.js';

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

for (const [type, summary] of Object.entries(SUMMARIES))
  declareEvent({ type, topic: 'jobs.{job_id}', permission: 'jobs:read', summary, payload });

/**
 * A statement that changes jobs, and writes an event of each in the outbox.
 * @param change ends in `RETURNING jobs.*`, or selects what a function changed
 * @param answer which columns of the changed rows the statement answers with
 * @param type of the events, as an SQL expression over the changed row
 * @param also what else the statement changes
 */
export function telling(change: string, answer = '*', type = `'job.' || status`, also?: string): string {
  return `WITH changed AS (${change}), batch AS (
    INSERT INTO event_batches (events) SELECT count(*) FROM changed HAVING count(*) > 0 RETURNING id AS batch_id
  ), told AS (
    INSERT INTO outbox (batch, n, topic, type, payload)
    SELECT batch_id, row_number() OVER (), 'jobs.' || id, ${type}, jsonb_build_object('job_id', id, 'queue', queue,
      'name', name, 'status', status,
      'progress', jsonb_build_object('done', progress_done, 'total', progress_total, 'note', progress_note),
      'error', error)
    FROM changed, batch)${also === undefined ? '' : `, also AS (${also})`} SELECT ${answer} FROM changed`;
}
