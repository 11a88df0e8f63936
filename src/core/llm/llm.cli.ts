import { resolve } from 'node:path';
import type { Client, components } from '@azt3knet/client';
import { pathsApiV1LlmCassettesGetParametersQuerySortValues as SORTS } from '@azt3knet/client/schema';
import type { Command } from 'commander';
import { pageOptions, printList, requireTargets, saveFiles, type Cli, type Columns } from '../cli/index.js';

type Cassette = components['schemas']['Cassette'];
type Status = components['schemas']['LlmStatus'];

/** The API takes bodies of a mebibyte; so much of the lines goes into one. */
const MOST_BYTES = 900_000;

const COLUMNS: Columns<Cassette> = [
  ['cassette', ({ name }) => name],
  ['entries', ({ entries }) => entries],
  ['models', ({ models }) => models.join(', '), 'text'],
  ['tokens read', ({ input_tokens }) => input_tokens],
  ['written', ({ output_tokens }) => output_tokens],
  ['made', ({ created_at }) => created_at],
];

export function registerLlmCommands(program: Command, cli: Cli): void {
  const llm = program.command('llm').description('language models, and what they answered');
  llm
    .command('status')
    .description('show the backends, whether their servers can be asked, and what was used')
    .action(() => status(cli));
  const cassettes = llm.command('cassettes').description('recorded answers, from which runs replay');
  pageOptions(
    cassettes
      .command('list')
      .description('list cassettes, the newest first')
      .option('--name <text>', 'a part of the name'),
    SORTS,
  ).action((options: object) => printList(cli, '/api/v1/llm/cassettes', options, COLUMNS));
  cassettes
    .command('export')
    .description('save a cassette as a file of JSON Lines')
    .argument('<name>', 'the name')
    .option('--path <file>', 'where it goes (default: <name>.cassette.jsonl in this folder)')
    .action((name: string, { path }: { path?: string }) => exportCassette(cli, name, path));
  cassettes
    .command('import')
    .description('add the answers of a file to a cassette, after a check of its digests')
    .argument('<file>', 'what export saved')
    .option('--name <name>', 'the cassette (default: the one that the file was exported from)')
    .action((path: string, { name }: { name?: string }) => importCassette(cli, path, name));
}

async function status(cli: Cli): Promise<void> {
  const client = await cli.api();
  const found = await client.get('/api/v1/llm/status', {});
  const { output } = cli;
  const { totals } = found;
  const facts = output.pairs([
    ['backend', found.backend],
    ['mode', found.cassette === null ? found.mode : `${found.mode}, cassette ${found.cassette}`],
    ['calls', `${totals.calls}, ${totals.replayed} replayed, ${totals.failed} failed`],
    ['tokens', `${totals.input_tokens} read, ${totals.output_tokens} written, cost ${totals.cost}`],
  ]);
  const servers = output.columns(found.backends.flatMap(serverRows), [
    ['backend', ({ backend }) => backend],
    ['model', ({ model }) => model],
    ['server', ({ url }) => url],
    ['breaker', ({ breaker }) => breaker],
    ['state', ({ state }) => state, 'text'],
  ]);
  output.result(found, `${facts}\n${servers}`);
}

/** A row for each server of a backend, and one for a backend without any. */
function serverRows({ backend, model, problem, servers }: Status['backends'][number]) {
  const rows = servers.map((server) => ({
    backend,
    model,
    url: server.url,
    breaker: server.breaker as string,
    state: server.problem ?? problem ?? 'can be asked',
  }));
  return rows.length > 0 ? rows : [{ backend, model: '-', url: '-', breaker: '-', state: 'can be asked' }];
}

async function exportCassette(cli: Cli, name: string, path: string | undefined): Promise<void> {
  const target = resolve(path ?? `${name}.cassette.jsonl`);
  await requireTargets(target);
  const client = await cli.api();
  const found = await client.get('/api/v1/llm/cassettes/{name}', { params: { path: { name } } });
  await saveFiles(client, [[found.links['file'] ?? '', target]]);
  cli.output.result({ ...found, path: target }, `${found.entries} answers of ${name}: ${target}`);
}

async function importCassette(cli: Cli, path: string, given: string | undefined): Promise<void> {
  const { checkCassetteFile, partsOfFile } = await import('./cassettes/cassette-parts.js');
  const source = resolve(path);
  // All of it before the first part is sent: a file that was cut is not half imported.
  const end = await checkCassetteFile(source);
  const name = given ?? end.cassette;
  const client = await cli.api();
  const sums = { added: 0, present: 0 };
  for await (const part of partsOfFile(source, MOST_BYTES)) {
    const { added, present } = await send(client, name, part);
    sums.added += added;
    sums.present += present;
  }
  const text = `${name}: ${sums.added} answers added, ${sums.present} were there`;
  cli.output.result({ synthetic: true, name, ...sums }, text);
}

function send(client: Client, name: string, { content, firstLine }: { content: string; firstLine: number }) {
  return client.post('/api/v1/llm/cassettes/{name}/entries', {
    params: { path: { name } },
    body: { content, first_line: firstLine },
  });
}
