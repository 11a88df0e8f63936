import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Client, components } from '@azt3knet/client';
import {
  pathsApiV1ExperimentsGetParametersQuerySortValues as SORTS,
  pathsApiV1ExperimentsGetParametersQueryStatusValues as STATUSES,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  choice,
  choices,
  followJobs,
  noteAccepted,
  pageOptions,
  printList,
  readStandardInput,
  saveFiles,
  uuid,
  type Cli,
  type Columns,
} from '../../../core/cli/index.js';
import { progressView } from '../../../core/cli/progress.js';
import { namingFile } from '../../../core/documents/naming-file.js';
import { AppError } from '../../../core/errors/index.js';
import { readTextFile } from '../../../core/files/read-text-file.js';
import { pText, short } from './experiment-format.js';
import { TABLE_NAMES } from './experiment-table-names.js';

type Experiment = components['schemas']['Experiment'];
type Summary = components['schemas']['ExperimentSummary'];
type Results = components['schemas']['ExperimentResults'];

interface RunOptions {
  wait: boolean;
  dryRun?: boolean;
}

/** How often a command looks how far the runs are, in milliseconds. */
const LOOK_MS = 500;

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
    .argument('<id>', 'id of the experiment', uuid)
    .action(async (id: string) => show(cli, await cli.api(), id));
  experiment
    .command('report')
    .description('save the report of a finished experiment, or one of its tables')
    .argument('<id>', 'id of the experiment', uuid)
    .addOption(choice('--table <name>', 'a table instead of the page', TABLE_NAMES))
    .option('--path <file>', 'where it goes (default: experiment-<id>-… in this folder)')
    .action((id: string, options: ReportOptions) => report(cli, id, options));
  experiment
    .command('cancel')
    .description('cancel what an experiment still has to do; completed runs stay')
    .argument('<id>', 'id of the experiment', uuid)
    .action(async (id: string) => {
      const client = await cli.api();
      const cancelled = await cancel(client, id);
      cli.output.result(cancelled, describe(cli, cancelled));
    });
}

const COLUMNS: Columns<Summary> = [
  ['experiment', ({ id }) => id],
  ['name', ({ name }) => name],
  ['title', ({ title }) => title, 'text'],
  ['status', ({ status }) => status],
  ['runs', ({ completed, runs }) => `${completed}/${runs}`],
  ['registered', ({ created_at }) => created_at],
];

async function run(cli: Cli, file: string, { wait, dryRun }: RunOptions): Promise<void> {
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
      await follow(cli, client, id);
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

/** Shows how far the runs are until none is left to do. @throws AppError where some did not complete */
async function follow(cli: Cli, client: Client, id: string): Promise<void> {
  const view = await progressView(cli.output);
  try {
    for (;;) {
      const { name, status, progress, completed, runs, created_at } = await get(client, id);
      const over = status !== 'queued' && status !== 'running';
      view.show({
        name,
        status: status === 'incomplete' ? 'failed' : status,
        progress: { ...progress, note: `${completed}/${runs} runs` },
        started_at: created_at,
        finished_at: over ? new Date().toISOString() : null,
      });
      if (status === 'completed') return;
      if (over) {
        const message = `experiment ${id} is ${status}: ${completed} of ${runs} runs are completed; the same command goes on`;
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

function get(client: Client, id: string): Promise<Experiment> {
  return client.get('/api/v1/experiments/{id}', { params: { path: { id } } });
}

function cancel(client: Client, id: string): Promise<Experiment> {
  return client.post('/api/v1/experiments/{id}/cancel', { params: { path: { id } } });
}

async function show(cli: Cli, client: Client, id: string): Promise<void> {
  const experiment = await get(client, id);
  if (experiment.status !== 'completed') {
    cli.output.result(experiment, describe(cli, experiment));
    return;
  }
  const results = await client.get('/api/v1/experiments/{id}/results', { params: { path: { id } } });
  const human = [
    describe(cli, experiment),
    cli.output.columns(results.comparisons, COMPARISONS),
    findings(cli, results),
  ];
  cli.output.result({ ...experiment, results }, human.join('\n\n'), results.comparisons);
}

const COMPARISONS: Columns<Results['comparisons'][number]> = [
  ['outcome', ({ outcome, primary }) => `${outcome}${primary ? ' *' : ''}`],
  ['arm', ({ arm }) => arm],
  ['pairs', ({ pairs }) => String(pairs)],
  ['difference', ({ mean_difference }) => short(mean_difference)],
  [
    'interval',
    ({ t_interval }) => (t_interval === null ? '–' : `${short(t_interval.low)} to ${short(t_interval.high)}`),
  ],
  ['g', ({ hedges_g }) => short(hedges_g)],
  ['p', ({ p_sign_flip }) => pText(p_sign_flip)],
  ['Holm', ({ p_holm }) => pText(p_holm)],
];

function findings(cli: Cli, { hypotheses, deviations }: Results): string {
  return cli.output.pairs([
    ...hypotheses.map(({ text, verdict }) => [verdict.replaceAll('_', ' '), text] as const),
    ...deviations.map((each) => ['deviation', each] as const),
  ]);
}

function describe(cli: Cli, experiment: Experiment): string {
  const { id, name, title, status, completed, runs, digest } = experiment;
  return cli.output.pairs([
    ['experiment', `${id} (synthetic)`],
    ['name', `${name}: ${title}`],
    ['status', status],
    ['runs', `${completed} of ${runs} completed`],
    ['digest', digest],
    ['registration', experiment.preregistration_sha256],
    ...(status === 'completed' ? [['report', cli.hint(`experiment report ${id}`)] as const] : []),
  ]);
}

interface ReportOptions {
  table?: (typeof TABLE_NAMES)[number];
  path?: string;
}

async function report(cli: Cli, id: string, { table, path }: ReportOptions): Promise<void> {
  const from = table === undefined ? 'report' : `tables/${table}`;
  const target = resolve(path ?? `experiment-${id}-${table ?? 'report.html'}`);
  await saveFiles(await cli.api(), [[`/api/v1/experiments/${id}/${from}`, target]]);
  cli.output.result({ synthetic: true, path: target }, target);
}
