import { describe, expect, it } from 'vitest';
import { checkEvent } from '../../core/events/event-catalog.js';
import type { Job, JobFailure } from './job.entity.js';
import { jobEvent } from './job.events.js';

const job = (error: JobFailure | null): Job =>
  ({
    id: '0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11',
    queue: 'population',
    name: 'population.generate',
    status: 'failed',
    progress_done: '0',
    progress_total: '2',
    progress_note: 'checking',
    error,
  }) as unknown as Job;

describe('the event of a job that failed', () => {
  it.each<[string, JobFailure | null]>([
    ['for no reason that is told', null],
    ['for a reason', { code: 'internal', message: 'see the log' }],
    [
      'for reasons with their fields',
      {
        code: 'compliance_refused',
        message: 'the guard blocks it',
        errors: [{ field: 'interests[0]', message: 'hate', line: 3, column: 1 }],
      },
    ],
  ])('is as declared %s', (_reason, error) => {
    const event = jobEvent('job.failed', job(error));
    expect(() => checkEvent(event)).not.toThrow();
    expect(event.payload).toMatchObject({ error });
  });
});
