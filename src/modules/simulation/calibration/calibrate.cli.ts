import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import {
  commaList,
  followJobs,
  noteAccepted,
  requireTargets,
  submitJobs,
  wholeNumber,
  type Cli,
  type Columns,
} from '../../../core/cli/index.js';
import type { CalibrationJobResult } from './calibration.builder.js';

type Accepted = components['schemas']['AcceptedCalibration'];
type Request = components['schemas']['CalibrationRequest'];

interface CalibrateOptions {
  scenario: string;
  parameters?: string[];
  evaluations?: number;
  minSize?: number;
  ticks?: number;
  population?: string;
  path?: string;
  wait: boolean;
}

/** Adds `calibrate` to the commands of simulations. */
export function registerCalibrateCommand(sim: Command, cli: Cli): void {
  sim
    .command('calibrate')
    .description('search the values of a scenario whose cascades are nearest to real ones')
    .requiredOption('--scenario <name>', 'the scenario, e.g. rumour_town')
    .option(
      '--parameters <list>',
      'what may be changed, e.g. behaviour.repost,feed.window_ticks (default: all)',
      commaList,
    )
    .option('--evaluations <n>', 'runs of the search (default: 80)', wholeNumber(1))
    .option('--min-size <n>', 'leave out cascades with fewer nodes (default: 2)', wholeNumber(1))
    .option('--ticks <n>', 'steps of simulated time, instead of the scenario’s number', wholeNumber(1))
    .option('--population <id>', 'a persisted population instead of the scenario’s own (id, digest or name)')
    .option('--path <file>', 'save the scenario with the best values (YAML)')
    .option('--no-wait', 'print the id of the job and leave')
    .action((options: CalibrateOptions) => calibrate(cli, options));
}

async function calibrate(cli: Cli, options: CalibrateOptions): Promise<void> {
  const { scenario, wait, path } = options;
  const target = path === undefined || !wait ? undefined : resolve(path);
  if (target !== undefined) await requireTargets(target);
  const client = await cli.api({ runsJobs: wait });
  const send = () =>
    client.post('/api/v1/simulations/{scenario}/calibrate', {
      params: { path: { scenario } },
      body: bodyOf(cli, options),
    });
  const accepted = wait ? await submitJobs(cli, client, send, jobIds) : await send();
  if (!wait) {
    cli.output.result(
      accepted,
      cli.output.pairs([
        ['job', accepted.job_id],
        ['seed', accepted.seed],
      ]),
    );
    noteAccepted(cli, accepted.job_id);
    return;
  }
  const jobs = await followJobs(cli, client, jobIds(accepted));
  const result = jobs.at(-1)?.result as unknown as CalibrationJobResult;
  if (target !== undefined) {
    const [{ stringify }, { feedScenarioSchema }] = await Promise.all([
      import('yaml'),
      import('../scenarios/scenario.schema.js'),
    ]);
    // In the order of the schema: the answer has an order of its own.
    const ordered = feedScenarioSchema.parse(result.scenario);
    await writeFile(target, stringify(ordered, { lineWidth: 120 }));
  }
  cli.output.result(result, describe(cli, result, target));
}

function bodyOf(cli: Cli, options: CalibrateOptions): Request {
  const { parameters, evaluations, minSize, ticks, population } = options;
  return {
    ...(parameters !== undefined && { parameters: parameters as NonNullable<Request['parameters']> }),
    ...(evaluations !== undefined && { evaluations }),
    ...(minSize !== undefined && { min_size: minSize }),
    ...(ticks !== undefined && { ticks }),
    ...(population !== undefined && { population_id: population }),
    ...(cli.seed !== undefined && { seed: cli.seed }),
  };
}

function jobIds({ jobs: { population, content, calibration } }: Accepted): string[] {
  return [population, content, calibration].filter((id) => id !== null);
}

const COLUMNS: Columns<{ name: string; before: number; after: number }> = [
  ['parameter', ({ name }) => name, 'text'],
  ['before', ({ before }) => String(before)],
  ['after', ({ after }) => String(after)],
];

type Judged = Pick<CalibrationJobResult['best'], 'loss' | 'shape' | 'timing' | 'idle' | 'cascades'>;

function judged({ loss, shape, timing, idle, cascades }: Judged): string {
  return `loss ${loss.toFixed(3)}: shape ${shape.toFixed(3)}, timing ${timing.toFixed(3)}, idle ${idle.toFixed(3)}, ${cascades} cascades`;
}

function describe({ output }: Cli, result: CalibrationJobResult, target: string | undefined): string {
  const rows = result.parameters.map((name) => ({
    name,
    before: result.start.values[name] as number,
    after: result.best.values[name] as number,
  }));
  return `${output.columns(rows, COLUMNS)}\n${output.pairs([
    ['before', judged(result.start)],
    ['after', judged(result.best)],
    ...result.held_out.map((each) => [`seed ${each.seed}`, judged(each)] as const),
    ['seed', result.seed],
    ...(target === undefined ? [] : [['scenario', target] as const]),
  ])}`;
}
