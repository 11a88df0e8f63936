import { resolve } from 'node:path';
import type { components } from '@azt3knet/client';
import {
  pathsApiV1ExportsGetParametersQueryFormatValues as FORMATS,
  pathsApiV1ExportsGetParametersQuerySortValues as SORTS,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  choice,
  describeExport,
  duration,
  manifestOf,
  pageOptions,
  printList,
  registerDeletion,
  requireTargets,
  saveExport,
  uuid,
  type Cli,
  type Columns,
} from '../../core/cli/index.js';
import type { Config } from '../../core/config/index.js';

type Export = components['schemas']['Export'];

const COLUMNS: Columns<Export> = [
  ['export', ({ id }) => id],
  ['of', ({ kind }) => kind],
  ['format', ({ format }) => format],
  ['bytes', ({ bytes }) => bytes],
  ['made', ({ created_at }) => created_at],
  ['expires', ({ expires_at }) => expires_at ?? 'never'],
];
const ID = ['<id>', 'id of the export', uuid] as const;

export function registerExportCommands(program: Command, cli: Cli): void {
  const exports = program.command('exports').description('files that were made of populations and drafts');
  pageOptions(
    exports
      .command('list')
      .description('list exports, the newest first')
      .option('--population-id <id>', 'of this population', uuid)
      .option('--draft-batch-id <id>', 'of this batch of drafts', uuid)
      .addOption(choice('--format <format>', 'of this format', FORMATS)),
    SORTS,
  ).action((options: object) => printList(cli, '/api/v1/exports', options, COLUMNS));
  exports
    .command('show')
    .description('show an export: what it was made of, its size, SHA-256 and expiry')
    .argument(...ID)
    .action((id: string) => show(cli, id));
  exports
    .command('download')
    .description('save the file of an export, and its manifest beside it')
    .argument(...ID)
    .option('--path <file>', 'where it goes (default: export-<id>.<format> in this folder)')
    .action((id: string, { path }: { path?: string }) => download(cli, id, path));
  exports
    .command('link')
    .description('make a link to the file that needs no account, until it expires')
    .argument(...ID)
    .option(
      '--expires <time>',
      'how long it lasts, e.g. 90s, 30m, 12h or 7d; up to 30d (default 1h)',
      duration,
    )
    .action((id: string, { expires }: { expires?: number }) => link(cli, id, expires));
  registerDeletion(exports, cli, {
    what: 'export',
    description: 'delete an export and its file; links to it end',
    look: (client, id) => client.get('/api/v1/exports/{id}', { params: { path: { id } } }),
    remove: (client, id) => client.delete('/api/v1/exports/{id}', { params: { path: { id } } }),
  });
}

async function show(cli: Cli, id: string): Promise<void> {
  const client = await cli.api();
  const found = await client.get('/api/v1/exports/{id}', { params: { path: { id } } });
  cli.output.result(found, describeExport(cli, found));
}

async function download(cli: Cli, id: string, path: string | undefined): Promise<void> {
  if (path !== undefined) await requireTargets(resolve(path), manifestOf(resolve(path)));
  const client = await cli.api();
  const found = await client.get('/api/v1/exports/{id}', { params: { path: { id } } });
  const target = resolve(path ?? `export-${id}.${found.format}`);
  const { file = '', manifest = '' } = found.links;
  await saveExport(client, file, manifest, target);
  cli.output.result({ ...found, path: target }, describeExport(cli, found, target));
}

async function link(cli: Cli, id: string, expires: number | undefined): Promise<void> {
  const client = await cli.api();
  const made = await client.post('/api/v1/exports/{id}/links', {
    params: { path: { id } },
    body: expires === undefined ? {} : { expires_in_seconds: expires },
  });
  // A server that was not told its name leaves it to whoever reached it.
  const server = made.url.startsWith('/') ? (cli.apiUrl ?? localUrl(cli.config())) : '';
  const usable = { ...made, url: `${server}${made.url}` };
  cli.output.result(usable, usable.url);
  if (cli.output.format === 'table')
    cli.output.note(`anybody who has it has the file until ${made.expires_at}`);
}

/** Where the server of this configuration answers on this machine. */
function localUrl({ api: { port, tls } }: Config): string {
  return `${tls === undefined ? 'http' : 'https'}://localhost:${port}`;
}
