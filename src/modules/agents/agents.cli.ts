import type { Command } from 'commander';
import { pageOptions, printList, uuid, type Cli } from '../../core/cli/index.js';
import { AGENT_COLUMNS, registerPopulateCommand, registerProvisionCommand } from './populate.cli.js';

export function registerAgentCommands(program: Command, cli: Cli): void {
  registerPopulateCommand(program, cli);
  registerPopulationCommands(program, cli);
  const agents = program.command('agents').description('the agents of persisted populations');
  registerProvisionCommand(agents, cli);
  pageOptions(
    agents
      .command('list')
      .description('list the agents of a population in their order')
      .requiredOption('--population <id>', 'id or digest of the population'),
  ).action(({ population, ...options }: { population: string }) =>
    printList(cli, '/api/v1/populations/{id}/agents', options, AGENT_COLUMNS, { id: population }),
  );
  agents
    .command('show')
    .description('show one agent')
    .argument('<id>', 'id of the agent', uuid)
    .action((id: string) => showAgent(cli, id));
}

function registerPopulationCommands(program: Command, cli: Cli): void {
  const populations = program.command('populations').description('what populate has persisted or exported');
  populations
    .command('show')
    .description('show a population: its specification, seed and exports')
    .argument('<id>', 'id or digest of the population')
    .action((id: string) => showPopulation(cli, id));
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

async function showPopulation(cli: Cli, id: string): Promise<void> {
  const client = await cli.api();
  const population = await client.get('/api/v1/populations/{id}', { params: { path: { id } } });
  const { specification, exports } = population;
  const { city, country, age_range, interests } = specification;
  cli.output.result(
    population,
    cli.output.pairs([
      ['population', `${population.id} (synthetic)`],
      ['agents', `${population.count} in ${city === null ? country : `${city}, ${country}`}`],
      ['gender', specification.gender],
      ['ages', age_range.join('-')],
      ['interests', interests.length === 0 ? '-' : interests.join(', ')],
      ['seed', population.seed],
      ['persisted', population.persisted ? 'yes' : 'no'],
      ...exports.map((file) => ['export', `${file.format}, ${file.bytes} bytes, ${file.href}`] as const),
      ['decision', population.decision_id],
      ['made', population.created_at],
    ]),
  );
}
