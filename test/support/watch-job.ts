import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, JobsService } from '../../src/modules/jobs/index.js';

const POLL_MS = 20;

/** Whether a job has come to its end. */
export function isFinished({ status }: Job): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

/** Yields a job as it is now and then, the last time when it is finished. */
export async function* watchJob(jobs: JobsService, id: string): AsyncGenerator<Job> {
  for (;;) {
    const job = await jobs.get(id);
    yield job;
    if (isFinished(job)) return;
    await sleep(POLL_MS);
  }
}
