import type { Job } from '@azt3knet/client';
import type { Command } from 'commander';
import { uuid, watchJob, type Cli } from '../../core/cli/index.js';

export function registerJobCommands(program: Command, cli: Cli): void {
  const jobs = program.command('jobs').description('long work');
  jobs
    .command('status')
    .description('show the status, progress and result of a job')
    .argument('<id>', 'id of the job', uuid)
    .option('--watch', 'show its progress until it is finished')
    .action((id: string, { watch }: { watch?: boolean }) => status(cli, id, watch === true));
  jobs
    .command('watch')
    .description('show the progress of a job until it is finished, then its result')
    .argument('<id>', 'id of the job', uuid)
    .action((id: string) => status(cli, id, true));
  jobs
    .command('cancel')
    .description('cancel a job and those that wait for it')
    .argument('<id>', 'id of the job', uuid)
    .option('--dry-run', 'show the job that would be cancelled')
    .action((id: string, { dryRun }: { dryRun?: boolean }) => cancel(cli, id, dryRun === true));
}

async function status(cli: Cli, id: string, watch: boolean): Promise<void> {
  // Where no other process runs jobs, a person who watches one waits for it.
  const client = await cli.api({ runsJobs: watch });
  const job = watch
    ? await watchJob(cli, client, id)
    : await client.get('/api/v1/jobs/{id}', { params: { path: { id } } });
  cli.output.result(job, describe(cli, job));
}

async function cancel(cli: Cli, id: string, dryRun: boolean): Promise<void> {
  const client = await cli.api();
  const params = { path: { id } };
  const job = dryRun
    ? await client.get('/api/v1/jobs/{id}', { params })
    : await client.post('/api/v1/jobs/{id}/cancel', { params });
  if (dryRun) cli.output.note('nothing was cancelled');
  cli.output.result(job, describe(cli, job));
}

function describe({ output }: Cli, job: Job): string {
  const { done, total } = job.progress;
  return output.pairs([
    ['job', job.job_id],
    ['name', job.name],
    ['status', job.status],
    ['progress', total !== null && total > 0 ? `${done}/${total}` : '-'],
    ['attempts', String(job.attempts)],
    ...(job.error === null ? [] : [['error', job.error.message] as const]),
    ...Object.entries(job.links).filter(([name]) => name !== 'self'),
  ]);
}
