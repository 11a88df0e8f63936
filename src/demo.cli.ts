import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client, components } from '@azt3knet/client';
import type { Command } from 'commander';
import { exportOf, followJobs, manifestOf, saveFiles, submitJobs, type Cli } from './core/cli/index.js';
import { AppError } from './core/errors/index.js';
import type { ReportData } from './modules/simulation/index.js';
import { jobIds } from './modules/simulation/runs.cli.js';

const SCENARIO = 'metro_cdmx';
const TICKS = 120;
const SEED = '20241005';
const FORMAT = 'json';
const POPULATION = `population.${FORMAT}`;
const REPORT_HTML = 'report.html';
const REPORT_JSON = 'report.json';

type Export = components['schemas']['Export'];
type Run = components['schemas']['Run'];

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
  if (cli.apiUrl === undefined) cli.output.note('starting the database');
  const client = await cli.api({ runsJobs: true });
  const params = { path: { scenario: SCENARIO } };
  const send = () =>
    client.post('/api/v1/simulations/{scenario}/run', { params, body: { ticks: TICKS, seed } });
  const accepted = await submitJobs(cli, client, send, jobIds);
  const { population_id: id } = accepted;
  if (id === null) {
    const message = `the scenario ${SCENARIO} of this installation has no people to export`;
    throw new AppError('conflict', 'demo_without_people', message);
  }
  await followJobs(cli, client, jobIds(accepted));
  cli.output.note('exporting the population');
  const exported = await exportOf(cli, client, () =>
    client.post('/api/v1/populations/{id}/exports', {
      params: { path: { id } },
      body: { format: FORMAT },
    }),
  );
  const run = await client.get('/api/v1/runs/{id}', { params: { path: { id: accepted.run_id } } });
  const files = await collect(cli, client, run, exported);
  await summarise(cli, run, files, (performance.now() - started) / 1000);
}

async function collect(cli: Cli, client: Client, run: Run, exported: Export): Promise<DemoFiles> {
  // Any text is a seed, but not any text is a folder's name.
  const name = encodeURIComponent(run.seed).replaceAll('.', '%2E');
  const folder = join(cli.config().dataDir, 'demo', name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const files = [
    [exported.links['file'] as string, POPULATION] as const,
    [exported.links['manifest'] as string, manifestOf(POPULATION)] as const,
    ...run.files.map((file) => [file.href, file.name] as const),
  ];
  await saveFiles(
    client,
    files.map(([from, to]) => [from, join(folder, to)]),
  );
  return { folder, names: files.map(([, to]) => to).toSorted() };
}

async function summarise(cli: Cli, { seed, ticks }: Run, files: DemoFiles, seconds: number): Promise<void> {
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
