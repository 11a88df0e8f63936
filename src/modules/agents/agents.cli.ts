import type { components } from '@azt3knet/client';
import {
  pathsApiV1AgentsGetParametersQueryGenderValues as GENDERS,
  pathsApiV1AgentsGetParametersQueryPosting_cadenceValues as CADENCES,
  pathsApiV1AgentsGetParametersQueryToneValues as TONES,
  pathsApiV1PopulationsIdAgentsGetParametersQuerySortValues as SORTS,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  choice,
  pageOptions,
  printList,
  uuid,
  wholeNumber,
  type Cli,
  type Columns,
} from '../../core/cli/index.js';
import { AppError } from '../../core/errors/index.js';
import { registerLifecycleCommands } from './lifecycle/lifecycle.cli.js';
import { AGENT_COLUMNS, registerPopulateCommand, registerProvisionCommand } from './populate.cli.js';
import { registerPopulationCommands } from './populations.cli.js';

type AgentProfile = components['schemas']['AgentProfile'];
type AgentState = components['schemas']['AgentState'];
type AgentStateVersion = components['schemas']['AgentStateVersion'];

interface StateOptions {
  history?: boolean;
}

const LIST_COLUMNS: Columns<AgentProfile> = [
  ['agent', ({ id }) => id],
  ['age', ({ age }) => String(age)],
  ...AGENT_COLUMNS.filter(([head]) => head !== 'age'),
];
const HISTORY_COLUMNS: Columns<AgentStateVersion> = [
  ['version', ({ version }) => String(version)],
  ['bytes', ({ bytes }) => String(bytes)],
  ['written', ({ created_at }) => created_at],
  ['author', ({ author }) => author],
  ['run', ({ run_id }) => run_id ?? '-'],
];

export function registerAgentCommands(program: Command, cli: Cli): void {
  registerPopulateCommand(program, cli);
  registerPopulationCommands(program, cli);
  const agents = program.command('agents').description('the agents of persisted populations');
  registerProvisionCommand(agents, cli);
  registerListCommand(agents, cli);
  agents
    .command('show')
    .description('show one agent')
    .argument('<id>', 'id of the agent', uuid)
    .action((id: string) => showAgent(cli, id));
  pageOptions(
    agents
      .command('state')
      .description('show what became of an agent, as runs and people wrote it down')
      .argument('<id>', 'id of the agent', uuid)
      .argument('[version]', 'the state in this version, not the one now', wholeNumber(1))
      .option('--history', 'list its versions, the newest first'),
  ).action((id: string, version: number | undefined, options: StateOptions) =>
    showState(cli, id, version, options),
  );
  registerLifecycleCommands(agents, cli);
}

function registerListCommand(agents: Command, cli: Cli): void {
  const command = agents
    .command('list')
    .description('list agents, those of one population in their order')
    .option('--population <id>', 'of this population (id, digest or name)')
    .option('--country <code>', 'ISO 3166-1 alpha-2, e.g. MX')
    .option('--city <name>', 'in upper or lower case')
    .addOption(choice('--gender <gender>', 'of this gender', GENDERS))
    .option('--age-min <years>', 'of this age or older', wholeNumber(13, 90))
    .option('--age-max <years>', 'of this age or younger', wholeNumber(13, 90))
    .option('--interest <name>', 'one of their interests')
    .addOption(choice('--posting-cadence <often>', 'how often they write', CADENCES))
    .addOption(choice('--tone <tone>', 'how they write', TONES))
    .option('--q <text>', 'a part of the name or of the username');
  pageOptions(command, SORTS)
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet agents list --country MX --interest "street art" --sort -age',
    )
    .action(({ population, ...options }: { population?: string }) =>
      population === undefined
        ? printList(cli, '/api/v1/agents', options, LIST_COLUMNS)
        : printList(cli, '/api/v1/populations/{id}/agents', options, LIST_COLUMNS, { id: population }),
    );
}

async function showAgent(cli: Cli, id: string): Promise<void> {
  const client = await cli.api();
  const document = await client.get('/api/v1/agents/{id}', { params: { path: { id } } });
  const { agent, population_id } = document;
  cli.output.result(
    document,
    cli.output.pairs([
      ['agent', `${agent.id} (synthetic)`],
      ['name', `${agent.name} (${agent.username_hint})`],
      ['lives in', `${agent.city}, ${agent.country} (${agent.locale}, ${agent.timezone})`],
      ['age', `${agent.age}, ${agent.gender}`],
      ['writes', `${agent.posting_cadence}, ${agent.tone}`],
      ['interests', agent.interests.join(', ')],
      ['biases', agent.behavioral_biases.join(', ')],
      ['bio', agent.bio],
      ['seed', agent.seed],
      ['population', population_id],
    ]),
  );
}

async function showState(
  cli: Cli,
  id: string,
  version: number | undefined,
  { history, ...page }: StateOptions,
): Promise<void> {
  if (history === true) {
    if (version !== undefined) throw mistaken('give a version or --history, and not both');
    await printList(cli, '/api/v1/agents/{id}/state/history', page, HISTORY_COLUMNS, { id });
    return;
  }
  if (Object.keys(page).length > 0) throw mistaken('--limit, --cursor and --all need --history beside them');
  const client = await cli.api();
  const state =
    version === undefined
      ? await client.get('/api/v1/agents/{id}/state', { params: { path: { id } } })
      : await client.get('/api/v1/agents/{id}/state/{version}', { params: { path: { id, version } } });
  cli.output.result(state, describeState(cli, state));
}

function mistaken(message: string): AppError {
  return new AppError('invalid', 'options_conflict', message);
}

function describeState({ output }: Cli, found: AgentState): string {
  const { agent_id, version, author, run_id, created_at, state } = found;
  const facts = output.pairs([
    ['agent', `${agent_id} (synthetic)`],
    ['version', version === 0 ? '0 (nobody has written one yet)' : String(version)],
    ...(author === null ? [] : [['author', author] as const]),
    ...(run_id === null ? [] : [['run', run_id] as const]),
    ...(created_at === null ? [] : [['written', created_at] as const]),
  ]);
  return `${facts}\n${JSON.stringify(state, null, 2)}`;
}
