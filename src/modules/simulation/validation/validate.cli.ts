import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import { requireTargets, uuid, wholeNumber, type Cli, type Columns } from '../../../core/cli/index.js';
import { namingFile } from '../../../core/documents/naming-file.js';
import { readTextFile } from '../../../core/files/read-text-file.js';

type Validation = components['schemas']['Validation'];

interface ValidateOptions {
  trees?: string;
  minSize?: number;
  path?: string;
}

const COLUMNS: Columns<Validation['figures'][number]> = [
  ['measure', ({ measure }) => measure],
  ['statistic', ({ statistic }) => statistic],
  ['simulated', ({ simulated }) => simulated.toFixed(2)],
  ['real', ({ reference }) => reference.toFixed(2)],
  ['ln ratio', ({ log_ratio }) => log_ratio?.toFixed(2) ?? '-'],
];

/** Adds `validate <id>` to the commands of simulations. */
export function registerValidateCommand(sim: Command, cli: Cli): void {
  sim
    .command('validate')
    .description('hold the cascades of a run against real ones, beside null models')
    .argument('<id>', 'id of the run', uuid)
    .option('--trees <file>', 'real cascades: CSV with cascade, node, parent, minute and perhaps user')
    .option('--min-size <n>', 'leave out cascades with fewer nodes (default: 2)', wholeNumber(1))
    .option('--path <file>', 'save it: a page where the name ends in .html, else JSON')
    .action((id: string, options: ValidateOptions) => validate(cli, id, options));
}

async function validate(cli: Cli, id: string, { trees, minSize, path }: ValidateOptions): Promise<void> {
  const body = {
    min_size: minSize ?? 2,
    ...(trees !== undefined && { trees: readTextFile(trees) }),
  };
  const target = path === undefined ? undefined : resolve(path);
  if (target !== undefined) await requireTargets(target);
  const client = await cli.api();
  const request = { params: { path: { id } }, body };
  const asked = <T>(ask: () => Promise<T>): Promise<T> =>
    trees === undefined ? ask() : namingFile(trees, ask, 'trees');
  if (target !== undefined && /\.html?$/iu.test(target)) {
    const page = await asked(() =>
      client.post('/api/v1/runs/{id}/validation/page', { ...request, parseAs: 'text' }),
    );
    await writeFile(target, page);
    cli.output.result({ synthetic: true, path: target }, target);
    return;
  }
  const found = await asked(() => client.post('/api/v1/runs/{id}/validation', request));
  if (target !== undefined) await writeFile(target, `${JSON.stringify(found, null, 2)}\n`);
  cli.output.result(found, describe(cli, found), found.figures);
}

function describe({ output }: Cli, found: Validation): string {
  const { reference, selection, timing, attention, baselines, curves, run_minutes } = found;
  const errors = [{ name: 'this run', error: timing.error }, ...timing.baselines];
  return `${output.columns(found.figures, COLUMNS)}\n${output.pairs([
    ['reference', `${reference.title} (${reference.kind}, ${reference.cascades} cascades)`],
    [
      'cascades',
      `${selection.cascades} of ${selection.posts} with ${selection.min_size} nodes or more (synthetic)`,
    ],
    ...(timing.points.some(({ minutes }) => minutes > run_minutes)
      ? [['the run ends', `after ${run_minutes} min: what it would have reached later is not in it`] as const]
      : []),
    ...timing.points.map(
      ({ minutes, simulated, reference: real }) =>
        [`within ${minutes} min`, `${share(simulated)}, really ${share(real)}`] as const,
    ),
    [
      'timing error',
      errors.map(({ name, error }) => `${name.replaceAll('_', ' ')} ${error?.toFixed(2) ?? '-'}`).join(', '),
    ],
    ...(curves ?? []).map(
      ({ measure, error }) =>
        [`nRMSE of ${measure}`, `mean ${error.mean.toFixed(2)}, median ${error.median.toFixed(2)}`] as const,
    ),
    ...baselines.list.map(
      ({ name, scale, depth, breadth }) =>
        [
          name.replaceAll('_', ' '),
          `nRMSE ${scale} ${depth} ${breadth} on scale, depth, breadth (${baselines.source})`,
        ] as const,
    ),
    [
      'did nothing',
      `${attention.idle_sessions === null ? '-' : share(attention.idle_sessions)}, really ${share(attention.reference)}`,
    ],
  ])}`;
}

function share(part: number): string {
  return `${(100 * part).toFixed(1)} %`;
}
