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
      job.error?.errors ?? [],
    );
  }
}

/** How long a job that is to stop is waited for, in milliseconds. */
const CANCEL_MS = 15_000;

/**
 * Sends what makes jobs. Ctrl-C meanwhile lets it arrive, and cancels what it made.
 * @param idsOf the jobs of the answer
 */
export function submitJobs<Answer>(
  cli: Cli,
  client: Client,
  send: () => Promise<Answer>,
  idsOf: (answer: Answer) => readonly string[],
): Promise<Answer> {
  const sending = send();
  const cancel = async (): Promise<void> => {
    const answer = await sending.catch(() => undefined);
    if (answer !== undefined) await cancelJobs(cli, client, idsOf(answer));
  };
  return cli.interruptible(cancel, () => sending);
}

/** Shows one job after the other until all are finished; Ctrl-C cancels them. @throws AppError when one does not complete */
export async function followJobs(cli: Cli, client: Client, ids: readonly string[]): Promise<Job[]> {
  return cli.interruptible(
    () => cancelJobs(cli, client, ids),
    async () => {
      const finished: Job[] = [];
      for (const id of ids) finished.push(await completed(cli, client, id));
      return finished;
    },
  );
}

/** Tells who does the work that a command does not wait for. @param job what can be followed */
export function noteAccepted(cli: Cli, job?: string): void {
  cli.output.note('accepted; azt3knet serve and azt3knet worker run what is queued');
  if (job === undefined) return;
  cli.output.note(
    `follow it with ${cli.hint(`jobs watch ${job}`)}, which does it where neither of them runs`,
  );
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

/** Cancels jobs and says what became of each that was not finished yet. */
async function cancelJobs(cli: Cli, client: Client, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const params = { path: { id } };
    try {
      const asked = await client.post('/api/v1/jobs/{id}/cancel', { params });
      const job = await client.followJob(id, { signal: AbortSignal.timeout(CANCEL_MS) });
      if (asked.status !== job.status || job.status === 'cancelled')
        cli.output.note(`${job.name} ${id}: ${job.status}`);
    } catch (error) {
      // What was finished before needs no word.
      const job = await client.get('/api/v1/jobs/{id}', { params }).catch(() => undefined);
      if (job?.status === 'completed') continue;
      cli.output.note(`job ${id} may go on: ${(error as Error).message}; azt3knet jobs cancel ${id}`);
    }
  }
}

async function completed(cli: Cli, client: Client, id: string): Promise<Job> {
  const job = await watchJob(cli, client, id);
  if (job.status !== 'completed') throw new JobNotCompletedError(job);
  return job;
}
