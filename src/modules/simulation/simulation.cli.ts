import {
  pathsApiV1RunsGetParametersQuerySortValues as SORTS,
  pathsApiV1RunsGetParametersQueryStatusValues as STATUSES,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  choices,
  pageOptions,
  registerDeletion,
  timeOptions,
  uuid,
  wholeNumber,
  type Cli,
} from '../../core/cli/index.js';
import { showDifference } from './comparison/comparison.cli.js';
import { registerDecisionCommands } from './decisions.cli.js';
import { registerCalibrateCommand } from './calibration/calibrate.cli.js';
import { registerRunControlCommands } from './run-control.cli.js';
import {
  downloadFile,
  listRuns,
  requireFinished,
  saveReport,
  showMetrics,
  showRun,
  startRun,
  type RunOptions,
} from './runs.cli.js';
import { registerValidateCommand } from './validation/validate.cli.js';

export function registerSimulationCommands(program: Command, cli: Cli): void {
  const sim = program.command('sim').description('simulations of the feed');
  sim
    .command('run')
    .description('run a scenario; a population and drafts that it needs are made first')
    .requiredOption('--scenario <name>', 'the scenario, e.g. metro_cdmx')
    .option('--ticks <n>', 'steps of simulated time, instead of the scenario’s number', wholeNumber(1))
    .option('--population <id>', 'a persisted population instead of the scenario’s own (id, digest or name)')
    .option('--agent-states', 'write what became of each agent into its state')
    .option('--network <file>', 'the network that a graph which is imported names: .csv, .graphml or .gexf')
    .option('--checkpoint-every <n>', 'ticks between two checkpoints; 0: none', wholeNumber(0))
    .option('--watch', 'wait for the jobs and show their progress (what happens without --no-wait)')
    .option('--no-wait', 'print the ids of the run and its jobs and leave')
    .option('--dry-run', 'check the request and show what would run; nothing is started')
    .addHelpText('after', '\nExample:\n  azt3knet sim run --scenario metro_cdmx --ticks 120')
    .action((options: RunOptions) => startRun(cli, options));
  registerListCommand(sim, cli);
  sim
    .command('show')
    .description('show a run: its status, totals and files')
    .argument('<id>', 'id of the run', uuid)
    .action((id: string) => showRun(cli, id));
  sim
    .command('metrics')
    .description('show what happened in each tick of a run')
    .argument('<id>', 'id of the run', uuid)
    .action((id: string) => showMetrics(cli, id));
  sim
    .command('diff')
    .description('find the first tick in which two completed runs are not the same')
    .argument('<run>', 'id of a run', uuid)
    .argument('<other>', 'id of another', uuid)
    .action((id: string, other: string) => showDifference(cli, id, other));
  sim
    .command('report')
    .description('save the report of a run: one page of HTML that needs nothing else')
    .argument('<id>', 'id of the run', uuid)
    .option('--path <file>', 'where it goes (default: run-<id>-report.html in this folder)')
    .action((id: string, { path }: { path?: string }) => saveReport(cli, id, path));
  sim
    .command('download')
    .description('save a file of a run')
    .argument('<id>', 'id of the run', uuid)
    .argument('<name>', 'events.jsonl, events.parquet, report.json or report.html')
    .option('--path <file>', 'where it goes (default: run-<id>-<name> in this folder)')
    .action((id: string, name: string, { path }: { path?: string }) => downloadFile(cli, id, name, path));
  registerRunControlCommands(sim, cli);
  registerDecisionCommands(sim, cli);
  registerValidateCommand(sim, cli);
  registerCalibrateCommand(sim, cli);
  registerDeletion(sim, cli, {
    what: 'run',
    description: 'delete a finished run with its files',
    look: requireFinished,
    remove: (client, id) => client.delete('/api/v1/runs/{id}', { params: { path: { id } } }),
  });
}

function registerListCommand(sim: Command, cli: Cli): void {
  const command = sim
    .command('list')
    .description('list the runs, the newest first; --seed: those that it made')
    .option('--scenario <name>', 'of this scenario')
    .option('--population <id>', 'with this population (id, digest or name)')
    .addOption(choices('--status <list>', 'one or more, separated by commas', STATUSES));
  pageOptions(timeOptions(command, 'created'), SORTS).action((options: object) => listRuns(cli, options));
}
