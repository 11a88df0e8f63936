import type { Client, components } from '@azt3knet/client';
import type { Command } from 'commander';
import { followJobs, submitJobs, uuid, wholeNumber, type Cli } from '../../core/cli/index.js';
import { readTextFile } from '../../core/files/read-text-file.js';
import { jobIds, printAccepted, showRun } from './runs.cli.js';

/** How long a run that is to pause is waited for, in milliseconds: a tick of a large one takes a while. */
const PAUSE_MS = 120_000;

type Accepted = components['schemas']['AcceptedRun'];
type Branch = components['schemas']['BranchRequest'];
type Changes = NonNullable<Branch['changes']>;

interface BranchOptions {
  at: number;
  with?: string;
  ticks?: number;
  wait: boolean;
}

/** Adds the commands that stop runs, and let them go on, to those of simulations. */
export function registerRunControlCommands(sim: Command, cli: Cli): void {
  sim
    .command('pause')
    .description('pause a run that is queued or running; it keeps a checkpoint')
    .argument('<id>', 'id of the run', uuid)
    .action((id: string) => pause(cli, id));
  sim
    .command('resume')
    .description('let a run go on that was paused or cancelled, or that has failed')
    .argument('<id>', 'id of the run', uuid)
    .option('--no-wait', 'print the ids of the run and its job and leave')
    .action(async (id: string, { wait }: { wait: boolean }) => {
      const client = await cli.api({ runsJobs: wait });
      const send = () => client.post('/api/v1/runs/{id}/resume', { params: { path: { id } } });
      await follow(cli, client, send, wait);
    });
  sim
    .command('branch')
    .description('start a run that does as another did up to a tick, and then otherwise')
    .argument('<run>', 'id of the other run', uuid)
    .requiredOption('--at <tick>', 'the first tick that may be another', wholeNumber(1))
    .option('--with <file>', 'what changes (YAML): fields of feed, behaviour and interventions')
    .option('--ticks <n>', 'steps of simulated time in all, instead of those of the other', wholeNumber(2))
    .option('--no-wait', 'print the ids of the run and its job and leave')
    .addHelpText('after', '\nExample:\n  azt3knet sim branch <run> --at 60 --with changes.yaml')
    .action((id: string, options: BranchOptions) => branch(cli, id, options));
}

async function pause(cli: Cli, id: string): Promise<void> {
  const client = await cli.api();
  const run = await client.post('/api/v1/runs/{id}/pause', { params: { path: { id } } });
  if (run.status !== 'paused') await client.followJob(run.job_id, { signal: AbortSignal.timeout(PAUSE_MS) });
  await showRun(cli, id);
}

async function branch(cli: Cli, id: string, { at, with: file, ticks, wait }: BranchOptions): Promise<void> {
  const changes = file === undefined ? undefined : await readChanges(file);
  const client = await cli.api({ runsJobs: wait });
  const body: Branch = {
    at,
    ...(changes !== undefined && { changes: changes.changes }),
    ...(ticks !== undefined && { ticks }),
  };
  const send = () => client.post('/api/v1/runs/{id}/branch', { params: { path: { id } }, body });
  await follow(cli, client, changes === undefined ? send : () => changes.naming(send), wait);
}

/** The changes of a file, and what tells the server's refusals with its lines. @throws DocumentError naming every wrong line */
async function readChanges(file: string) {
  const text = readTextFile(file);
  const [{ documentErrorAt, parseYamlDocument, pathOf }, { branchChangesSchema }, { ApiError }] =
    await Promise.all([
      import('../../core/documents/index.js'),
      import('./branch.rules.js'),
      import('@azt3knet/client'),
    ]);
  const changes = parseYamlDocument(text, file, branchChangesSchema) as Changes;
  const naming = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError) || error.errors.length === 0) throw error;
      const issues = error.errors.map(({ field, message }) => ({ path: pathOf(field), message }));
      if (issues.some(({ path }) => path[0] !== 'changes')) throw error;
      throw documentErrorAt(
        text,
        file,
        issues.map(({ path, message }) => ({ path: path.slice(1), message })),
      );
    }
  };
  return { changes, naming };
}

/** Sends what makes a run go, and waits for it unless asked not to. */
async function follow(cli: Cli, client: Client, send: () => Promise<Accepted>, wait: boolean): Promise<void> {
  const accepted = wait ? await submitJobs(cli, client, send, jobIds) : await send();
  if (!wait) {
    printAccepted(cli, accepted);
    return;
  }
  await followJobs(cli, client, jobIds(accepted));
  await showRun(cli, accepted.run_id);
}
