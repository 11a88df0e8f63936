import type { Client, components } from '@azt3knet/client';
import {
  pathsApiV1PopulationsGetParametersQueryGenderValues as GENDERS,
  pathsApiV1PopulationsGetParametersQuerySortValues as SORTS,
  requestPopulationExportFormatValues as FORMATS,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  choice,
  commaList,
  exportOptions,
  exportTo,
  pageOptions,
  printDeletion,
  printList,
  timeOptions,
  type Cli,
  type Columns,
  type ExportOptions,
} from '../../core/cli/index.js';
import { registerCheckCommand } from '../../core/documents/check.cli.js';
import { AppError } from '../../core/errors/index.js';
import { registerAuditCommand } from './audit/audit.cli.js';

type Population = components['schemas']['Population'];
type PopulationSummary = components['schemas']['PopulationSummary'];

interface UpdateOptions {
  name?: string;
  notes?: string;
  tags?: string[];
}

interface DeleteOptions {
  cascade?: boolean;
  dryRun?: boolean;
}

const COLUMNS: Columns<PopulationSummary> = [
  ['population', ({ id }) => id],
  ['agents', ({ count }) => String(count)],
  ['where', placeOf, 'text'],
  ['name', ({ name }) => name ?? '-', 'text'],
  ['seed', ({ seed }) => seed],
  ['tags', ({ tags }) => tags.join(', ')],
  ['persisted', ({ persisted }) => (persisted ? 'yes' : 'no')],
  ['made', ({ created_at }) => created_at],
];
const ID = ['<id>', 'id, digest or name of the population'] as const;

export function registerPopulationCommands(program: Command, cli: Cli): void {
  const populations = program.command('populations').description('what populate has persisted or exported');
  const list = populations.command('list').description('list populations, the newest first');
  timeOptions(
    list
      .option('--country <code>', 'ISO 3166-1 alpha-2, e.g. MX')
      .option('--city <name>', 'in upper or lower case')
      .addOption(choice('--gender <gender>', 'that they were made with', GENDERS))
      .option('--name <text>', 'a part of the name')
      .option('--tag <tag>', 'one of their tags'),
    'created',
  );
  pageOptions(list, SORTS).action((options: object) =>
    printList(cli, '/api/v1/populations', { ...options, seed: cli.seed }, COLUMNS),
  );
  populations
    .command('show')
    .description('show a population: its specification, seed and exports')
    .argument(...ID)
    .action((id: string) => show(cli, id));
  populations
    .command('update')
    .description('name, annotate or tag a population; what is not given stays')
    .argument(...ID)
    .option('--name <name>', 'goes wherever the id does; an empty text takes it back')
    .option('--notes <text>', 'what there is to say; an empty text takes it back')
    .option('--tags <list>', 'all its tags, separated by commas; an empty text takes them back', tagList)
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet populations update metro_control --notes "Control group." \\\n    --tags "control,spring 2026"',
    )
    .action((id: string, options: UpdateOptions) => update(cli, id, options));
  populations
    .command('delete')
    .description('delete a population with its agents and exports')
    .argument(...ID)
    .option('--cascade', 'the drafts and runs that were made from it too')
    .option('--dry-run', 'show what would be deleted, or why it would not be')
    .action((id: string, options: DeleteOptions) => remove(cli, id, options));
  registerAuditCommand(populations, cli);
  registerCheckCommand(populations, cli, async () => {
    const { CHECKABLE } = await import('./population-file.loader.js');
    return CHECKABLE;
  });
  exportOptions(
    populations
      .command('export')
      .description('make a file of all agents of a population')
      .argument(...ID),
    FORMATS,
  )
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet populations export metro_control --format csv --path control.csv',
    )
    .action((id: string, options: ExportOptions<(typeof FORMATS)[number]>) =>
      exportTo(cli, options, (client, body) =>
        client.post('/api/v1/populations/{id}/exports', { params: { path: { id } }, body }),
      ),
    );
}

function placeOf({ specification: { city, country } }: PopulationSummary): string {
  return city === null ? country : `${city}, ${country}`;
}

async function show(cli: Cli, id: string): Promise<void> {
  const client = await cli.api();
  const population = await client.get('/api/v1/populations/{id}', { params: { path: { id } } });
  cli.output.result(population, describe(cli, population));
}

async function update(cli: Cli, id: string, { name, notes, tags }: UpdateOptions): Promise<void> {
  if (name === undefined && notes === undefined && tags === undefined) {
    throw new AppError('invalid', 'nothing_to_update', 'give --name, --notes or --tags');
  }
  const client = await cli.api();
  const path = { id };
  const { response } = await client.http.GET('/api/v1/populations/{id}', { params: { path } });
  const updated = await client.patch('/api/v1/populations/{id}', {
    // Nobody else's change is lost.
    params: { path, header: { 'If-Match': response.headers.get('ETag') ?? '*' } },
    body: {
      ...(name !== undefined && { name: name === '' ? null : name }),
      ...(notes !== undefined && { notes: notes === '' ? null : notes }),
      ...(tags !== undefined && { tags }),
    },
  });
  cli.output.result(updated, describe(cli, updated));
}

async function remove(
  cli: Cli,
  id: string,
  { cascade = false, dryRun = false }: DeleteOptions,
): Promise<void> {
  const client = await cli.api();
  // Which it is, since a name is free for another one afterwards.
  const found = await client.get('/api/v1/populations/{id}', { params: { path: { id } } });
  if (!dryRun) {
    const params = { path: { id: found.id }, query: { cascade } };
    await client.delete('/api/v1/populations/{id}', { params });
  } else if (!cascade) await requireUnused(client, found.id);
  printDeletion(cli, 'population', found.id, dryRun);
}

/** @throws AppError `population_in_use`, as the API does */
async function requireUnused(client: Client, population: string): Promise<void> {
  const params = { query: { population, limit: 1 } };
  const [{ drafts }, { runs }] = await Promise.all([
    client.get('/api/v1/content/drafts', { params }),
    client.get('/api/v1/runs', { params }),
  ]);
  const users = [...(drafts.length > 0 ? ['drafts'] : []), ...(runs.length > 0 ? ['runs'] : [])];
  if (users.length === 0) return;
  const what = users.join(' and ');
  const message = `${what} need population ${population}: delete them first, or all of it with --cascade`;
  throw new AppError('conflict', 'population_in_use', message);
}

function describe({ output }: Cli, population: Population): string {
  const { name, notes, tags, specification, exports } = population;
  const { age_range, interests } = specification;
  return output.pairs([
    ['population', `${population.id} (synthetic)`],
    ...(name === null ? [] : [['name', name] as const]),
    ...(notes === null ? [] : [['notes', notes] as const]),
    ...(tags.length === 0 ? [] : [['tags', tags.join(', ')] as const]),
    ['agents', `${population.count} in ${placeOf(population)}`],
    ['gender', specification.gender],
    ['ages', age_range.join('-')],
    ['interests', interests.length === 0 ? '-' : interests.join(', ')],
    ['seed', population.seed],
    ['persisted', population.persisted ? 'yes' : 'no'],
    ...exports.map((file) => ['export', `${file.format}, ${file.bytes} bytes, ${file.href}`] as const),
    ['decision', population.decision_id],
    ['made', population.created_at],
  ]);
}

function tagList(text: string): string[] {
  return text.trim() === '' ? [] : commaList(text);
}
