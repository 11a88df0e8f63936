import { resolve } from 'node:path';
import type { components } from '@azt3knet/client';
import {
  pathsApiV1ExperimentsGetParametersQuerySortValues as SORTS,
  pathsApiV1ExperimentsGetParametersQueryStatusValues as STATUSES,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  choice,
  choices,
  confirm,
  pageOptions,
  printList,
  printDeletion,
  requireTerminal,
  saveFiles,
  type Cli,
  type Columns,
} from '../../../core/cli/index.js';
import { AppError } from '../../../core/errors/index.js';
import { plural } from '../../../core/words.js';
import { run, watch, type RunOptions } from './experiment-run.cli.js';
import { TABLE_NAMES } from './experiment-table-names.js';
import { cancel, describe, ENDS, get, idOf, show } from './experiment-view.cli.js';

type Summary = components['schemas']['ExperimentSummary'];

const ID = 'its id, or its name: the newest of it';

export function registerExperimentCommands(program: Command, cli: Cli): void {
  const experiment = program.command('experiment').description('experiments: runs over arms and seeds');
  experiment
    .command('run')
    .description('register an experiment and run it; the same file again goes on')
    .argument('<file>', 'a YAML file; - reads standard input')
    .option('--no-wait', 'print the ids of the experiment and its job and leave')
    .option('--dry-run', 'check the file and show what would run; nothing is kept')
    .addHelpText('after', '\nExample:\n  azt3knet experiment run experiments/label_timing.yaml')
    .action((file: string, options: RunOptions) => run(cli, file, options));
  const list = experiment
    .command('list')
    .description('list the experiments, the newest first')
    .option('--name <name>', 'with this name')
    .option('--scenario <name>', 'of this scenario')
    .addOption(choices('--status <list>', 'one or more, separated by commas', STATUSES));
  pageOptions(list, SORTS).action((options: object) =>
    printList(cli, '/api/v1/experiments', options, COLUMNS),
  );
  experiment
    .command('show')
    .description('show an experiment: its status, and what it found')
    .argument('<id>', ID)
    .action(async (given: string) => {
      const client = await cli.api();
      await show(cli, client, await idOf(client, given));
    });
  experiment
    .command('watch')
    .description('show how far an experiment is until no run is left, and what it found')
    .argument('<id>', ID)
    .action((given: string) => watch(cli, given));
  experiment
    .command('report')
    .description('save the report of a finished experiment, or one of its tables')
    .argument('<id>', ID)
    .addOption(choice('--table <name>', 'a table instead of the page', TABLE_NAMES))
    .option('--path <file>', 'where it goes (default: experiment-<id>-… in this folder)')
    .action((id: string, options: ReportOptions) => report(cli, id, options));
  experiment
    .command('cancel')
    .description('cancel what an experiment still has to do; completed runs stay')
    .argument('<id>', ID)
    .action(async (given: string) => {
      const client = await cli.api();
      const cancelled = await cancel(client, await idOf(client, given));
      cli.output.result(cancelled, describe(cli, cancelled));
    });
  experiment
    .command('delete')
    .description('delete an experiment with its runs and their files')
    .argument('<id>', ID)
    .option('--dry-run', 'show what would be deleted')
    .option('--yes', 'do not ask')
    .action((id: string, options: DeleteOptions) => remove(cli, id, options));
}

interface DeleteOptions {
  dryRun?: boolean;
  yes?: boolean;
}

/** Asks before, unless told not to. */
async function remove(
  cli: Cli,
  given: string,
  { dryRun = false, yes = false }: DeleteOptions,
): Promise<void> {
  const asks = !dryRun && !yes;
  if (asks) requireTerminal();
  const client = await cli.api();
  const id = await idOf(client, given);
  const { name, status, runs } = await get(client, id);
  if (!ENDS.has(status)) {
    const message =
      status === 'cancelling'
        ? `experiment ${id} is being cancelled; it can be deleted once it is cancelled`
        : `experiment ${id} is ${status}; cancel it first`;
    throw new AppError('conflict', 'experiment_busy', message);
  }
  if (asks) await confirm(`Delete the experiment ${name} with its ${plural(runs, 'run')} and their files?`);
  if (!dryRun) await client.delete('/api/v1/experiments/{id}', { params: { path: { id } } });
  printDeletion(cli, 'experiment', id, dryRun);
}

const COLUMNS: Columns<Summary> = [
  ['experiment', ({ id }) => id],
  ['name', ({ name }) => name],
  ['title', ({ title }) => title, 'text'],
  ['status', ({ status }) => status],
  ['runs', ({ completed, runs }) => `${completed}/${runs}`],
  ['registered', ({ created_at }) => created_at],
];

interface ReportOptions {
  table?: (typeof TABLE_NAMES)[number];
  path?: string;
}

async function report(cli: Cli, given: string, { table, path }: ReportOptions): Promise<void> {
  const client = await cli.api();
  const id = await idOf(client, given);
  const from = table === undefined ? 'report' : `tables/${table}`;
  const target = resolve(path ?? `experiment-${id}-${table ?? 'report.html'}`);
  await saveFiles(client, [[`/api/v1/experiments/${id}/${from}`, target]]);
  cli.output.result({ synthetic: true, path: target }, target);
}
