import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import { uuid, type Cli, type Columns } from '../../core/cli/index.js';
import { readTextFile } from '../../core/files/read-text-file.js';
import { plural } from '../../core/words.js';

type Offer = components['schemas']['Offer'];
type Decisions = components['schemas']['DecisionsRequest'];

const COLUMNS: Columns<Offer> = [
  ['agent', ({ agent_id }) => agent_id],
  ['decided', ({ decided }) => (decided ? 'yes' : 'no')],
  ['accepts', ({ accepts }) => accepts.join(' ')],
  ['feed', ({ feed }) => plural(feed.length, 'entry', 'entries')],
  ['told of', ({ notification }) => (notification === null ? '' : 'a comment')],
];

/** Adds the commands of those who decide for agents to those of simulations. */
export function registerDecisionCommands(sim: Command, cli: Cli): void {
  sim
    .command('decisions')
    .description('show the tick that a run waits for, and what is asked of whom')
    .argument('<id>', 'id of the run', uuid)
    .option('--agent <id>', 'of this agent alone', uuid)
    .option('--missing', 'only agents for whom nobody has decided yet')
    .action((id: string, options: { agent?: string; missing?: boolean }) => show(cli, id, options));
  sim
    .command('decide')
    .description('hand in what agents do in the tick that a run waits for')
    .argument('<id>', 'id of the run', uuid)
    .requiredOption('--with <file>', 'the decisions (YAML or JSON): a tick and a list')
    .addHelpText('after', '\nExample:\n  azt3knet sim decide <run> --with decisions.json')
    .action((id: string, { with: file }: { with: string }) => decide(cli, id, file));
}

async function show(
  cli: Cli,
  id: string,
  { agent, missing }: { agent?: string; missing?: boolean },
): Promise<void> {
  const client = await cli.api();
  const query = {
    ...(agent !== undefined && { agent_id: agent }),
    ...(missing === true && { missing }),
  };
  const awaited = await client.get('/api/v1/runs/{id}/decisions', { params: { path: { id }, query } });
  cli.output.note(
    `tick ${awaited.tick} waits for ${plural(awaited.missing, 'agent')} until ${awaited.due_at}`,
  );
  cli.output.list(awaited, awaited.agents, COLUMNS);
}

/** @throws DocumentError naming every wrong line */
async function decide(cli: Cli, id: string, file: string): Promise<void> {
  const text = readTextFile(file);
  const [{ parseYamlDocument }, { DecisionsRequestDto }] = await Promise.all([
    import('../../core/documents/index.js'),
    import('./dto/decisions.dto.js'),
  ]);
  const body = parseYamlDocument(text, file, DecisionsRequestDto) as Decisions;
  const client = await cli.api();
  const answer = await client.post('/api/v1/runs/{id}/decisions', { params: { path: { id } }, body });
  cli.output.result(
    answer,
    cli.output.pairs([
      ['tick', String(answer.tick)],
      ['accepted', String(answer.accepted)],
      ['repeated', String(answer.repeated)],
      ['missing', String(answer.missing)],
    ]),
  );
}
