import { resolve } from 'node:path';
import type { Client, components } from '@azt3knet/client';
import { requestExportFormatValues } from '@azt3knet/client/schema';
import type { Command } from 'commander';
import { AppError } from '../errors/index.js';
import type { Cli } from './cli.js';
import { choice } from './filters.js';
import { followJobs, noteAccepted, submitJobs } from './follow-jobs.js';
import { requireTargets, saveFiles } from './save-file.js';

type Answer = components['schemas']['ExportAnswer'];
type Export = components['schemas']['Export'];
type Format = components['schemas']['RequestExport']['format'];

/** How an export is asked for. */
export interface ExportOptions<F extends string = Format> {
  format: F;
  path?: string;
  wait: boolean;
}

/** Gives a command the options of an export. */
export function exportOptions(
  command: Command,
  formats: readonly string[] = requestExportFormatValues,
): Command {
  return command
    .addOption(choice('--format <format>', 'what the file is to be', formats).makeOptionMandatory())
    .option('--path <file>', 'where the file goes; its manifest goes beside it')
    .option('--watch', 'wait for the job and show its progress (what happens without --no-wait)')
    .option('--no-wait', 'print the id of the job and leave');
}

/** Where the manifest of a file goes. */
export function manifestOf(path: string): string {
  return `${path}.manifest.json`;
}

/**
 * Saves an export and its manifest.
 * @param from the API's path of the file
 * @throws FileUnusable, ApiError, NetworkError
 */
export function saveExport(client: Client, from: string, manifest: string, target: string): Promise<void> {
  return saveFiles(client, [
    [from, target],
    [manifest, manifestOf(target)],
  ]);
}

/** The export that `ask` asks for, once it is there. @throws AppError when its job does not complete */
export async function exportOf(cli: Cli, client: Client, ask: () => Promise<Answer>): Promise<Export> {
  let answer = await submitJobs(cli, client, ask, ({ job_id }) => (job_id === null ? [] : [job_id]));
  if (answer.job_id !== null) {
    await followJobs(cli, client, [answer.job_id]);
    // It is there now, and the same request tells which it is.
    answer = await ask();
  }
  const id = answer.export_id as string;
  return client.get('/api/v1/exports/{id}', { params: { path: { id } } });
}

/** Asks for an export, waits for it unless asked not to, and saves it where that is wanted. */
export async function exportTo<F extends string>(
  cli: Cli,
  { format, path, wait }: ExportOptions<F>,
  ask: (client: Client, body: { format: F }) => Promise<Answer>,
): Promise<void> {
  const target = path === undefined ? undefined : resolve(path);
  if (target !== undefined) {
    if (!wait) throw pathProblem('cannot be had with --no-wait');
    await requireTargets(target, manifestOf(target));
  }
  const client = await cli.api({ runsJobs: wait });
  const asked = (): Promise<Answer> => ask(client, { format });
  if (!wait) {
    const answer = await asked();
    const { export_id: id, job_id: job } = answer;
    cli.output.result(answer, cli.output.pairs([id === null ? ['job', job ?? '-'] : ['export', id]]));
    if (id === null) noteAccepted(cli);
    return;
  }
  const found = await exportOf(cli, client, asked);
  const { links } = found;
  if (target !== undefined) await saveExport(client, links['file'] ?? '', links['manifest'] ?? '', target);
  cli.output.result({ ...found, path: target ?? null }, describeExport(cli, found, target));
}

/** What people read of an export. @param target where it was saved */
export function describeExport({ output }: Cli, found: Export, target?: string): string {
  const { id, kind, format, bytes, sha256, expires_at: expires } = found;
  return output.pairs([
    ['export', `${id} (synthetic)`],
    kind === 'population'
      ? ['population', found.population_id ?? '-']
      : ['batch', found.draft_batch_id ?? '-'],
    ['format', `${format}, ${bytes} bytes`],
    ['sha256', sha256],
    ['made', found.created_at],
    ...(expires === null ? [] : [['expires', expires] as const]),
    ...(target === undefined
      ? []
      : ([
          ['file', target],
          ['manifest', manifestOf(target)],
        ] as const)),
  ]);
}

/** @param problem what is wrong with a `--path` */
export function pathProblem(problem: string): AppError {
  return new AppError('invalid', 'path_unusable', `--path ${problem}`, [{ field: 'path', message: problem }]);
}
