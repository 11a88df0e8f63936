import type { Client, components } from '@azt3knet/client';
import type { Cli } from '../../../core/cli/index.js';
import { AppError } from '../../../core/errors/index.js';
import { resultsText } from './experiment-results-text.js';

type Experiment = components['schemas']['Experiment'];

/** Statuses of an experiment that nothing works on. */
export const ENDS: ReadonlySet<Experiment['status']> = new Set(['completed', 'incomplete', 'cancelled']);
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;
const NAME = /^[a-z][a-z0-9_]{0,40}$/u;

/** The id of an experiment, or of the newest whose file has this `id`. @throws AppError where there is none */
export async function idOf(client: Client, given: string): Promise<string> {
  if (UUID.test(given)) return given.toLowerCase();
  const missing = new AppError(
    'not_found',
    'experiment_not_found',
    `there is no experiment ${given}: neither an id nor a name that \`azt3knet experiment list\` shows`,
  );
  if (!NAME.test(given)) throw missing;
  const { experiments } = await client.get('/api/v1/experiments', {
    params: { query: { name: given, limit: 1 } },
  });
  const [newest] = experiments;
  if (newest === undefined) throw missing;
  return newest.id;
}

export function get(client: Client, id: string): Promise<Experiment> {
  return client.get('/api/v1/experiments/{id}', { params: { path: { id } } });
}

export function cancel(client: Client, id: string): Promise<Experiment> {
  return client.post('/api/v1/experiments/{id}/cancel', { params: { path: { id } } });
}

/** Shows an experiment, and what it found once it is completed. */
export async function show(cli: Cli, client: Client, id: string): Promise<void> {
  const experiment = await get(client, id);
  if (experiment.status !== 'completed') {
    cli.output.result(experiment, describe(cli, experiment));
    return;
  }
  const results = await client.get('/api/v1/experiments/{id}/results', { params: { path: { id } } });
  const human = [describe(cli, experiment), ...resultsText(cli, results)];
  cli.output.result({ ...experiment, results }, human.join('\n\n'), results.comparisons);
}

/** An experiment as a person reads it. */
export function describe(cli: Cli, experiment: Experiment): string {
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
