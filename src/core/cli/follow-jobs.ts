import type { Client, Job } from '@azt3knet/client';
import { AppError } from '../errors/index.js';
import type { Cli } from './cli.js';
import { progressView } from './progress.js';

/** A job that this command waited for did not complete. */
class JobNotCompletedError extends AppError {
  constructor(job: Job) {
    const reason = job.error === null ? '' : `: ${job.error.message}`;
    super(
      job.status === 'cancelled' ? 'conflict' : 'refused',
      job.error?.code ?? 'job_cancelled',
      `${job.name} was ${job.status}${reason}`,
    );
  }
}

/** Shows one job after the other until all are finished; Ctrl-C cancels them. @throws AppError when one does not complete */
export async function followJobs(cli: Cli, client: Client, ids: readonly string[]): Promise<Job[]> {
  const cancel = async (): Promise<void> => {
    await Promise.allSettled(
      ids.map((id) => client.post('/api/v1/jobs/{id}/cancel', { params: { path: { id } } })),
    );
  };
  return cli.interruptible(cancel, async () => {
    const finished: Job[] = [];
    for (const id of ids) finished.push(await completed(cli, client, id));
    return finished;
  });
}

/** Shows a job until it is finished, whichever way; Ctrl-C leaves it alone. */
export async function watchJob(cli: Cli, client: Client, id: string): Promise<Job> {
  const view = await progressView(cli.output);
  try {
    return await client.followJob(id, { onProgress: (job) => view.show(job) });
  } finally {
    view.stop();
  }
}

async function completed(cli: Cli, client: Client, id: string): Promise<Job> {
  const job = await watchJob(cli, client, id);
  if (job.status !== 'completed') throw new JobNotCompletedError(job);
  return job;
}
