import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { type Cli, wholeNumber } from '../../core/cli/index.js';
import { followJobs, JobsService } from '../jobs/index.js';
import { acceptedRunDto, runDto } from './dto/run.dto.js';
import { scenarioSummaryDto } from './dto/scenario.dto.js';
import { percent, grouped } from './report/report-format.js';
import type { RunWithStatus } from './runs.repository.js';
import { RunsService } from './runs.service.js';
import { ScenarioLibrary } from './scenarios/scenario-library.js';
import { MAX_TICKS } from './scenarios/scenario.schema.js';
import { SimulationService } from './simulation.service.js';

interface RunOptions {
  scenario: string;
  ticks?: number;
  population?: string;
  wait: boolean;
}

export function registerSimulationCommands(program: Command, cli: Cli): void {
  const sim = program.command('sim').description('simulations of the feed');
  sim
    .command('run')
    .description('run a scenario; a population and drafts that it needs are made first')
    .requiredOption('--scenario <name>', 'the scenario, e.g. metro_cdmx')
    .option(
      '--ticks <n>',
      'steps of simulated time, instead of the scenario’s number',
      wholeNumber(1, MAX_TICKS),
    )
    .option('--population <id>', 'a persisted population instead of the scenario’s own', populationId)
    .option('--no-wait', 'print the ids of the run and its jobs and leave')
    .addHelpText('after', '\nExample:\n  azt3knet sim run --scenario metro_cdmx --ticks 120')
    .action((options: RunOptions) => run(cli, options));
  sim
    .command('scenarios')
    .description('list the scenarios that can be run')
    .action(async () => {
      const library = await cli.service(ScenarioLibrary);
      const { documents } = await library.list({}, { limit: 1_000 });
      const scenarios = documents.map((scenario) => scenarioSummaryDto(scenario));
      const rows = scenarios.map(({ id, version, title, agents, ticks }) => [
        id,
        version,
        title,
        String(agents),
        String(ticks),
      ]);
      cli.output.result(
        { synthetic: true, scenarios },
        cli.output.table(['scenario', 'version', 'title', 'agents', 'ticks'], rows),
      );
    });
  sim
    .command('show')
    .description('show a run: its status, totals and files')
    .argument('<id>', 'id of the run', runId)
    .action((id: string) => show(cli, id));
}

async function run(cli: Cli, { scenario, ticks, population, wait }: RunOptions): Promise<void> {
  const service = await cli.service(SimulationService, wait ? 'worker' : 'services');
  const accepted = await service.run(
    { scenario, ticks, seed: cli.seed, population_id: population },
    { name: 'system' },
  );
  if (!wait) {
    const { run: queued, jobs } = accepted;
    const rows = [...factsOf(queued), ['job', jobs.simulation] as const];
    cli.output.result(acceptedRunDto(accepted), cli.output.pairs(rows));
    return;
  }
  const { population: first, content: second, simulation: last } = accepted.jobs;
  const ids = [first, second, last].filter((id) => id !== null);
  await followJobs(cli, await cli.service(JobsService), ids);
  await show(cli, accepted.run.id);
}

async function show(cli: Cli, id: string): Promise<void> {
  const runs = await cli.service(RunsService);
  const found = await runs.get(id);
  const document = runDto(found, await runs.files(found));
  if (found.status !== 'completed') {
    cli.output.result(document, cli.output.pairs([...factsOf(found), ['job', found.job_id]]));
    return;
  }
  const paths = await runs.paths(id);
  cli.output.result(
    Object.assign(document, { paths }),
    cli.output.pairs([
      ...factsOf(found),
      ...totalsOf(found),
      ['events', paths.events],
      ['report', paths.report],
    ]),
  );
}

function factsOf(found: RunWithStatus): (readonly [string, string])[] {
  const { scenario, scenario_version, seed, ticks, definition, population_id } = found;
  return [
    ['run', `${found.id} (synthetic)`],
    ['scenario', `${scenario} ${scenario_version}: ${definition.title}`],
    ['status', found.status],
    ['seed', seed],
    ['ticks', `${ticks} of ${definition.tick_minutes} min`],
    ['population', population_id],
  ];
}

function totalsOf({ totals }: RunWithStatus): (readonly [string, string])[] {
  if (totals === null) return [];
  const { posts, reposts, exposures, reactions, comments, replies, active, idle } = totals;
  return [
    ['posts', `${grouped(posts)} and ${grouped(reposts)} reposts`],
    ['exposures', `${grouped(exposures)}, ${percent(idle, active)} of sessions only read`],
    ['reactions', grouped(reactions)],
    ['comments', `${grouped(comments)}, ${grouped(replies)} of them replies`],
  ];
}

function populationId(text: string): string {
  const id = text.toLowerCase();
  if (z.uuid().safeParse(id).success || /^[\da-f]{64}$/u.test(id)) return id;
  throw new InvalidArgumentError('expected a UUID or the SHA-256 of a specification.');
}

function runId(text: string): string {
  if (z.uuid().safeParse(text).success) return text.toLowerCase();
  throw new InvalidArgumentError('expected a UUID.');
}
