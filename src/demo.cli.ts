import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Cli } from './core/cli/index.js';
import { AgentsService } from './modules/agents/index.js';
import { followJobs, JobsService } from './modules/jobs/index.js';
import {
  REPORT_HTML,
  REPORT_JSON,
  RunsService,
  SimulationService,
  type ReportData,
  type RunWithStatus,
} from './modules/simulation/index.js';

const SCENARIO = 'metro_cdmx';
const TICKS = 120;
const SEED = '20241005';
const FORMAT = 'json';
const OPERATOR = { name: 'system' };

/** Files of a demo, all in one folder that can be shown, kept or compared. */
interface DemoFiles {
  folder: string;
  names: string[];
}

export function registerDemoCommand(program: Command, cli: Cli): void {
  program
    .command('demo')
    .description(
      `the main job once, end to end: scenario ${SCENARIO} for ${TICKS} ticks, with exports and report`,
    )
    .action(() => demo(cli));
}

/** Population, drafts, guard, simulation and report; then everything it made in one folder, named by the seed. */
async function demo(cli: Cli): Promise<void> {
  const seed = cli.seed ?? cli.config().defaultSeed ?? SEED;
  const started = performance.now();
  cli.output.note('starting the database');
  const simulations = await cli.service(SimulationService, 'worker');
  const agents = await cli.service(AgentsService);
  const jobs = await cli.service(JobsService);
  const accepted = await simulations.run({ scenario: SCENARIO, ticks: TICKS, seed }, OPERATOR);
  const ids = Object.values(accepted.jobs).filter((id) => id !== null);
  await followJobs(cli, jobs, ids);
  cli.output.note('exporting the population');
  const { specification } = await agents.population(accepted.run.population_id);
  const exported = await agents.populate(requestOf(specification), OPERATOR);
  if (exported.job) await followJobs(cli, jobs, [exported.job.id]);
  const files = await collect(cli, accepted.run, seed);
  await summarise(cli, accepted.run, files, (performance.now() - started) / 1000);
}

type Specification = Awaited<ReturnType<AgentsService['population']>>['specification'];

function requestOf({ city, ...specification }: Specification): Parameters<AgentsService['populate']>[0] {
  return { ...specification, ...(city !== null && { city }), export: FORMAT };
}

async function collect(cli: Cli, { id, population_id }: RunWithStatus, seed: string): Promise<DemoFiles> {
  const runs = await cli.service(RunsService);
  const agents = await cli.service(AgentsService);
  // Any text is a seed, but not any text is a folder's name.
  const folder = join(cli.config().dataDir, 'demo', encodeURIComponent(seed).replaceAll('.', '%2E'));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const population = `population.${FORMAT}`;
  await agents.copyExport(population_id, FORMAT, join(folder, population));
  const names = (await runs.files(await runs.get(id))).map(({ name }) => name);
  await Promise.all(names.map((name) => runs.copyFile(id, name, join(folder, name))));
  return { folder, names: [population, `${population}.manifest.json`, ...names].toSorted() };
}

async function summarise(
  cli: Cli,
  { seed, ticks }: RunWithStatus,
  files: DemoFiles,
  seconds: number,
): Promise<void> {
  const { output } = cli;
  const data = JSON.parse(await readFile(join(files.folder, REPORT_JSON), 'utf8')) as ReportData;
  const { totals, guard } = data;
  const decisions = Object.entries(guard.actions)
    .filter(([, count]) => count > 0)
    .map(([action, count]) => `${count} ${action}`);
  const rows = [
    ['agents', `${data.agents} in Mexico City`],
    ['drafts', `${guard.drafts}; the guard says ${decisions.join(', ')}`],
    ['posts', `${totals.posts}, and ${totals.reposts} reposts`],
    ['exposures', String(totals.exposures)],
    ['reactions', String(totals.reactions)],
    ['comments', `${totals.comments}, ${totals.replies} of them replies`],
    ['seed', seed],
    ['time', `${seconds.toFixed(1)} s`],
  ];
  const report = join(files.folder, REPORT_HTML);
  const human = [
    output.table(['synthetic', `${ticks} ticks of ${SCENARIO}`], rows),
    `files   ${files.folder}`,
    ...files.names.map((name) => `        ${name}`),
    `report  ${output.colors.bold(report)}`,
  ].join('\n');
  output.result({ synthetic: true, seed, ticks, totals, guard, ...files, report, seconds }, human);
}
