import { setTimeout } from 'node:timers/promises';
import type { Client } from '@azt3knet/client';
import { followJobs, noteAccepted, readStandardInput, type Cli } from '../../../core/cli/index.js';
import { progressView } from '../../../core/cli/progress.js';
import { namingFile } from '../../../core/documents/naming-file.js';
import { AppError } from '../../../core/errors/index.js';
import { readTextFile } from '../../../core/files/read-text-file.js';
import { cancel, ENDS, get, idOf, show } from './experiment-view.cli.js';

export interface RunOptions {
  wait: boolean;
  dryRun?: boolean;
}

/** How often a command looks how far the runs are, in milliseconds. */
const LOOK_MS = 500;

/** Registers the experiment of a file and runs it, waiting for it unless asked not to. */
export async function run(cli: Cli, file: string, { wait, dryRun }: RunOptions): Promise<void> {
  const content = file === '-' ? await readStandardInput() : readTextFile(file);
  const named = <T>(work: () => Promise<T>): Promise<T> => namingFile(file, work);
  if (dryRun === true) {
    await rehearse(cli, content, named);
    return;
  }
  const client = await cli.api({ runsJobs: wait });
  const accepted = await named(() => client.post('/api/v1/experiments', { body: { content } }));
  const { experiment_id: id, job_id, created, runs, name } = accepted;
  for (const warning of accepted.warnings) cli.output.note(`warning: ${warning}`);
  if (!created) cli.output.note(`${name} is registered already; it goes on with what is missing`);
  if (!wait) {
    const pairs = [
      ['experiment', `${id} (synthetic)`],
      ['name', name],
      ['runs', String(runs)],
      ['job', job_id],
      ['digest', accepted.digest],
    ] as const;
    cli.output.result(accepted, cli.output.pairs([...pairs]));
    noteAccepted(cli);
    cli.output.note(`follow it with ${cli.hint(`experiment watch ${id}`)}`);
    return;
  }
  await cli.interruptible(
    async () => {
      const { completed } = await cancel(client, id);
      cli.output.note(
        `experiment ${id}: cancelled with ${completed} of ${runs} runs; the same command goes on`,
      );
    },
    async () => {
      await followJobs(cli, client, [job_id]);
      await follow(cli, client, id, created);
    },
  );
  await show(cli, client, id);
}

async function rehearse(
  cli: Cli,
  content: string,
  named: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const client = await cli.api();
  const checked = await named(() => client.post('/api/v1/experiments/check', { body: { content } }));
  for (const warning of checked.warnings) cli.output.note(`warning: ${warning}`);
  cli.output.note('nothing was started');
  cli.output.result(
    { ...checked, dry_run: true },
    cli.output.pairs([
      ['name', checked.name],
      [
        'runs',
        `${checked.runs}: ${checked.arms.map(({ name }) => name).join(', ')} × ${checked.seeds.length} seeds`,
      ],
      ['ticks', String(checked.ticks)],
      ['digest', checked.digest],
      ['registration', checked.preregistration_sha256],
    ]),
  );
}

/**
 * Shows how far the runs are until none is left to do.
 * @param fresh whether nothing of it was done before
 * @throws AppError where some did not complete
 */
async function follow(cli: Cli, client: Client, id: string, fresh: boolean): Promise<void> {
  const view = await progressView(cli.output);
  try {
    for (;;) {
      const { name, status, progress, completed, runs, created_at } = await get(client, id);
      const over = ENDS.has(status);
      view.show({
        name,
        status: status === 'incomplete' ? 'failed' : status === 'cancelling' ? 'running' : status,
        progress: { ...progress, note: `${completed}/${runs} runs` },
        started_at: created_at,
        goesOn: !fresh,
        finished_at: over ? new Date().toISOString() : null,
      });
      if (status === 'completed') return;
      if (over) {
        const message = `experiment ${id} is ${status}: ${completed} of ${runs} runs are completed; to run its file again goes on`;
        throw new AppError(
          status === 'cancelled' ? 'conflict' : 'refused',
          'experiment_not_completed',
          message,
        );
      }
      await setTimeout(LOOK_MS);
    }
  } finally {
    view.stop();
  }
}

/** Shows how far an experiment is that somebody else started; Ctrl-C leaves it alone. */
export async function watch(cli: Cli, given: string): Promise<void> {
  // Where no other process runs jobs, a person who watches it waits for it.
  const client = await cli.api({ runsJobs: true });
  const id = await idOf(client, given);
  await follow(cli, client, id, false);
  await show(cli, client, id);
}
