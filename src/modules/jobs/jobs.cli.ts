import type { Client, Job } from '@azt3knet/client';
import {
  pathsApiV1JobsGetParametersQueryNameValues as NAMES,
  pathsApiV1JobsGetParametersQueryQueueValues as QUEUES,
  pathsApiV1JobsGetParametersQuerySortValues as SORTS,
  pathsApiV1JobsGetParametersQueryStatusValues as STATUSES,
  type components,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  choice,
  choices,
  pageOptions,
  printList,
  timeOptions,
  uuid,
  watchJob,
  wireNames,
  type Cli,
  type Columns,
} from '../../core/cli/index.js';

interface RedriveOptions {
  queue?: string;
  name?: string;
  createdBy?: string;
  dryRun?: boolean;
}

const COLUMNS: Columns<Job> = [
  ['job', ({ job_id }) => job_id],
  ['name', ({ name }) => name],
  ['status', ({ status }) => status],
  ['progress', progressOf],
  ['created', ({ created_at }) => created_at],
  ['error', ({ error }) => error?.message ?? '', 'text'],
];

export function registerJobCommands(program: Command, cli: Cli): void {
  const jobs = program.command('jobs').description('long work');
  registerListCommand(jobs, cli);
  jobs
    .command('status')
    .description('show the status, progress and result of a job')
    .argument('<id>', 'id of the job', uuid)
    .option('--watch', 'show its progress until it is finished')
    .action((id: string, { watch }: { watch?: boolean }) => show(cli, id, watch === true));
  jobs
    .command('watch')
    .description('show the progress of a job until it is finished, then its result')
    .argument('<id>', 'id of the job', uuid)
    .action((id: string) => show(cli, id, true));
  jobs
    .command('cancel')
    .description('cancel a job and those that wait for it')
    .argument('<id>', 'id of the job', uuid)
    .option('--dry-run', 'show the job that would be cancelled')
    .action((id: string, { dryRun }: { dryRun?: boolean }) => cancel(cli, id, dryRun === true));
  jobs
    .command('retry')
    .description('put a job that failed or was cancelled back in its queue')
    .argument('<id>', 'id of the job', uuid)
    .action((id: string) => retry(cli, id));
  registerRedriveCommand(jobs, cli);
}

function registerRedriveCommand(jobs: Command, cli: Cli): void {
  const command = jobs
    .command('redrive')
    .description('put dead letters back in their queues: jobs that failed too often')
    .addOption(choice('--queue <queue>', 'of this queue', QUEUES))
    .addOption(choice('--name <name>', 'of this kind', NAMES))
    .option('--created-by <id>', 'of this user, or me')
    .option('--dry-run', 'list them, and leave them as they are');
  timeOptions(command, 'created')
    .addHelpText('after', '\nExample:\n  azt3knet jobs redrive --queue content --dry-run')
    .action((options: RedriveOptions) => redrive(cli, options));
}

function registerListCommand(jobs: Command, cli: Cli): void {
  const command = jobs
    .command('list')
    .description('list jobs, the newest first')
    .addOption(choices('--status <list>', 'one or more, separated by commas', STATUSES))
    .addOption(choice('--queue <queue>', 'of this queue', QUEUES))
    .addOption(choice('--name <name>', 'of this kind', NAMES))
    .option('--created-by <id>', 'of this user, or me')
    .option('--after <id>', 'that follow this job', uuid)
    .option('--dead-letter', 'that failed as often as they may');
  pageOptions(timeOptions(command, 'created'), SORTS)
    .addHelpText('after', '\nExample:\n  azt3knet jobs list --status queued,running')
    .action((options: object) => printList(cli, '/api/v1/jobs', options, COLUMNS));
}

/** How far it is; `-` where that is not known: in its queue, and where a further attempt has not said it. */
function progressOf({ status, progress: { done, total } }: Job): string {
  return status !== 'queued' && total !== null && total > 0 ? `${done}/${total}` : '-';
}

async function show(cli: Cli, id: string, watch: boolean): Promise<void> {
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
  const before = dryRun ? await client.get('/api/v1/jobs/{id}', { params }) : await seen(client, id);
  const job =
    dryRun && before !== undefined ? before : await client.post('/api/v1/jobs/{id}/cancel', { params });
  if (before?.status === 'cancelled')
    cli.output.note('the job is cancelled already: there is nothing to cancel');
  else if (dryRun)
    cli.output.note(
      isFinished(job) ? `the job is ${job.status}: there is nothing to cancel` : 'nothing was cancelled',
    );
  else if (job.status === 'running') cli.output.note('the job is told to stop');
  cli.output.result(job, describe(cli, job));
}

/** A job as it is; undefined for who may cancel it and not look at it, and where there is none. */
async function seen(client: Client, id: string): Promise<Job | undefined> {
  const { ApiError } = await import('@azt3knet/client');
  try {
    return await client.get('/api/v1/jobs/{id}', { params: { path: { id } } });
  } catch (error) {
    if (error instanceof ApiError && [403, 404].includes(error.status)) return undefined;
    throw error;
  }
}

function isFinished({ status }: Job): boolean {
  return status !== 'queued' && status !== 'running';
}

async function retry(cli: Cli, id: string): Promise<void> {
  const client = await cli.api();
  const job = await client.post('/api/v1/jobs/{id}/retry', { params: { path: { id } } });
  cli.output.result(job, describe(cli, job));
}

async function redrive(cli: Cli, { dryRun, ...options }: RedriveOptions): Promise<void> {
  if (dryRun === true) {
    await printList(cli, '/api/v1/jobs', { ...options, deadLetter: true }, COLUMNS);
    cli.output.note('nothing was put back');
    return;
  }
  const client = await cli.api();
  const filter = wireNames(options) as NonNullable<components['schemas']['JobRedrive']['filter']>;
  const answer = await client.post('/api/v1/jobs/redrive', { body: { filter } });
  const back = answer.results.filter(({ problem }) => problem === null).length;
  const rest = answer.more ? '; there are more: ask again' : '';
  cli.output.result(
    answer,
    `${back} of ${answer.results.length} dead letters are back in their queues${rest}`,
  );
}

function describe({ output }: Cli, job: Job): string {
  return output.pairs([
    ['job', job.job_id],
    ['name', job.name],
    ['status', job.status],
    ['progress', progressOf(job)],
    ['attempts', String(job.attempts)],
    ...(job.error === null ? [] : [['error', job.error.message] as const]),
    ...Object.entries(job.links).filter(([name]) => name !== 'self'),
  ]);
}
