import type { Client, Data } from '@azt3knet/client';
import type { Cli } from '../../core/cli/index.js';
import { AppError } from '../../core/errors/index.js';
import { readTextFile } from '../../core/files/read-text-file.js';
import { plural } from '../../core/words.js';
import { decidersPlan, type PlannedDecider } from './deciders/deciders-plan.js';
import { grouped } from './report/report-format.js';

type Definition = Data<'/api/v1/simulations/{scenario}', 'get'>['scenario'];

interface RehearsalOptions {
  scenario: string;
  ticks?: number;
  population?: string;
  agentStates?: boolean;
  network?: string;
}

/** The language model that would decide; `problem` says why it cannot. */
interface PlannedModel {
  backend: string;
  model: string | null;
  problem: string | null;
}

/** Shows what a run would be, and what it would be refused for; nothing is started. */
export async function rehearseRun(cli: Cli, options: RehearsalOptions): Promise<void> {
  const { scenario, ticks, population, agentStates = false, network } = options;
  if (ticks !== undefined) await requireTicks(ticks);
  const client = await cli.api();
  const found = await client.get('/api/v1/simulations/{scenario}', { params: { path: { scenario } } });
  if (population !== undefined) {
    await client.get('/api/v1/populations/{id}', { params: { path: { id: population } } });
  }
  const { scenario: definition } = found;
  requireNetwork(definition, network);
  const request = {
    synthetic: true,
    dry_run: true,
    scenario: definition.id,
    scenario_version: definition.version,
    ticks: ticks ?? definition.ticks,
    seed: cli.seed ?? null,
    population_id: population ?? null,
    agent_states: agentStates,
    deciders: decidersPlan('deciders' in definition ? definition : {}, ticks ?? definition.ticks),
    model: await modelOf(client, definition),
  };
  const { model } = request;
  const problem = model?.problem ?? null;
  if (problem !== null) cli.output.note(`warning: the run would be refused: ${problem}`);
  cli.output.note('nothing was started');
  cli.output.result(
    request,
    cli.output.pairs([
      ['scenario', `${definition.id} ${definition.version}: ${definition.title}`],
      ['ticks', `${request.ticks} of ${definition.tick_minutes} min`],
      ['seed', request.seed ?? '(the configured default, or a new one)'],
      ['population', population ?? `the scenario’s own, ${plural(agentsOf(definition), 'agent')}`],
      ...(agentStates ? [['states', 'of all agents are written'] as const] : []),
      ...request.deciders.map((each) => [`decider ${each.decider}`, planLine(each)] as const),
      ...(model === null
        ? []
        : [['model', problem ?? `${model.model ?? '-'} (${model.backend}) can be asked`] as const]),
    ]),
  );
}

/** @throws AppError `out_of_range`, as the API does */
async function requireTicks(ticks: number): Promise<void> {
  const { MAX_TICKS } = await import('./scenarios/scenario.schema.js');
  if (ticks <= MAX_TICKS) return;
  const message = `must be at most ${MAX_TICKS}`;
  throw new AppError('invalid', 'out_of_range', `ticks: ${message}`, [{ field: 'ticks', message }]);
}

/** @throws AppError where a network is missing, cannot be read, or nobody asks for one */
function requireNetwork(definition: Definition, network: string | undefined): void {
  const graph = definition.model === 'feedsim' ? undefined : definition.graph;
  const file = graph?.model === 'imported' ? graph.file : undefined;
  if (network !== undefined) readTextFile(network);
  if ((file === undefined) === (network === undefined)) return;
  const message =
    file === undefined
      ? 'is for scenarios whose graph has the model imported'
      : `is missing: the text of ${file}, which the graph of the scenario names`;
  throw new AppError('invalid', 'out_of_range', `network ${message}`, [{ field: 'network', message }]);
}

/** The model that is asked live; null where none is, or the caller may not know. */
async function modelOf(client: Client, definition: Definition): Promise<PlannedModel | null> {
  const asked = (definition.model === 'feedsim' ? [] : (definition.deciders ?? [])).filter(
    (each) => each.kind === 'llm' && each.repeats === undefined,
  );
  if (asked.length === 0) return null;
  const status = await statusOf(client);
  if (status === undefined) return null;
  const { backend, backends, mode } = status;
  const isLive = asked.some((each) => each.kind === 'llm' && (each.cassette_mode ?? mode) !== 'replay');
  if (!isLive) return null;
  const configured = backends.find((each) => each.backend === backend);
  if (backend !== 'rules' && configured !== undefined) {
    const { model, problem } = configured;
    return { backend, model, problem: problem && `the language model ${model} cannot be asked: ${problem}` };
  }
  // With auto, what is configured and does not answer is passed over.
  const silent = backends.find((each) => each.backend !== 'rules' && each.problem !== null);
  const none = 'no language model is configured: set OLLAMA_BASE_URL or AZT3KNET_OPENAI_BASE_URL';
  const problem = silent === undefined ? none : `no language model can be asked: ${silent.problem ?? ''}`;
  return { backend, model: null, problem };
}

async function statusOf(client: Client) {
  const { ApiError } = await import('@azt3knet/client');
  try {
    return await client.get('/api/v1/llm/status', {});
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return undefined;
    throw error;
  }
}

function planLine({ kind, agents, ticks, questions, budget }: PlannedDecider): string {
  const asked = `${kind} for about ${plural(agents, 'agent')} in ${plural(ticks, 'tick')}`;
  if (questions === null) return asked;
  const over = questions > (budget ?? questions) ? ': the budget does not last' : '';
  return `${asked}, ${grouped(questions)} questions at most of ${grouped(budget ?? 0)}${over}`;
}

function agentsOf(definition: Definition): number {
  return definition.model === 'feedsim' ? definition.agents : definition.population.count;
}
