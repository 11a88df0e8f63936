import type { components, Data } from '@azt3knet/client';
import {
  pathsApiV1PoliciesGetParametersQuerySortValues,
  pathsApiV1ScenariosGetParametersQuerySortValues,
  pathsApiV1TemplatesGetParametersQuerySortValues,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import { pageOptions, printList, readStandardInput, type Cli, type Columns } from '../cli/index.js';
import { readTextFile } from '../files/read-text-file.js';
import { namingFile } from './naming-file.js';

/** Kinds of documents that the API has under their plural. */
export type DocumentRoute = 'templates' | 'scenarios' | 'policies';

type Entry =
  | components['schemas']['TemplateEntry']
  | components['schemas']['ScenarioEntry']
  | components['schemas']['PolicyEntry'];
type Stored = Data<`/api/v1/${DocumentRoute}/{name}`, 'get'>;

interface ChangeOptions {
  dryRun?: boolean;
  yes?: boolean;
  draft?: boolean;
}

interface AddOptions extends ChangeOptions {
  note?: string;
  replace?: boolean;
}

/** What a kind has of its own. */
interface DocumentTraits {
  /** Adds the filters of the kind to its list. */
  filters(list: Command): Command;
  /** Whether its versions can be drafts. */
  drafts?: boolean;
  /** Shows what a newer version would change and asks whether it is meant; false where it was only to be shown. */
  rehearse?: (content: string, options: ChangeOptions) => Promise<boolean>;
  /** The same of the retirement of a document, or of its version `name@version`. */
  rehearseRetirement?: (reference: string, options: ChangeOptions) => Promise<boolean>;
}

const SINGULAR: Record<DocumentRoute, string> = {
  templates: 'template',
  scenarios: 'scenario',
  policies: 'policy',
};

const SORTS: Record<DocumentRoute, readonly string[]> = {
  templates: pathsApiV1TemplatesGetParametersQuerySortValues,
  scenarios: pathsApiV1ScenariosGetParametersQuerySortValues,
  policies: pathsApiV1PoliciesGetParametersQuerySortValues,
};

/** What a table shows of a document. */
const COLUMNS: Columns<Entry> = [
  ['name', ({ name }) => name],
  ['version', ({ version }) => version],
  ['title', ({ title }) => title, 'text'],
  ['origin', ({ origin, retired_at }) => (retired_at === null ? origin : 'retired')],
  ['tags', ({ tags }) => tags.join(', ')],
];

/** Adds the commands that every kind of document has: list, show, versions, add and retire. */
export function registerDocumentCommands(
  parent: Command,
  cli: Cli,
  route: DocumentRoute,
  traits: DocumentTraits,
): void {
  const one = SINGULAR[route];
  const list = parent.command('list').description(`list the current versions of the ${route}`);
  pageOptions(
    traits
      .filters(list)
      .option('--name <text>', 'a part of the name')
      .option('--tag <tag>', 'one of its tags'),
    SORTS[route],
  ).action((options: object) => printList(cli, `/api/v1/${route}`, options, COLUMNS));
  parent
    .command('show')
    .description(`show a ${one} as it was given`)
    .argument('<name>', 'the name, or name@version')
    .action((name: string) => show(cli, route, name));
  pageOptions(
    parent
      .command('versions')
      .description(`list the versions of a ${one}, the newest first`)
      .argument('<name>', 'the name'),
  ).action((name: string, options: object) =>
    printList(cli, `/api/v1/${route}/{name}/versions`, options, COLUMNS, { name }),
  );
  const adding = parent
    .command('add')
    .description(`add a ${one}, or with --replace a newer version of one`)
    .argument('<file>', 'a YAML file; - reads standard input')
    .option('--note <text>', 'why it was changed')
    .option('--replace', 'it is there already, and this is its newer version')
    .option('--dry-run', 'say what is wrong with it; nothing is kept')
    .action((file: string, options: AddOptions) => add(cli, route, { file, ...options }, traits));
  if (traits.drafts === true) adding.option('--draft', 'keep it as a draft, which is activated later');
  if (traits.rehearse !== undefined) adding.option('--yes', 'put it in force without asking');
  const retiring = parent
    .command('retire')
    .description(`retire a ${one}: it can still be read and named by its version`)
    .argument('<name>', 'the name, or name@version for that version alone')
    .option('--dry-run', 'show what would be retired')
    .action((name: string, options: ChangeOptions) => retire(cli, route, name, options, traits));
  if (traits.rehearseRetirement !== undefined) retiring.option('--yes', 'retire it without asking');
}

async function show(cli: Cli, route: DocumentRoute, name: string): Promise<void> {
  const client = await cli.api();
  const found = await client.get(`/api/v1/${route}/{name}`, { params: { path: { name } } });
  cli.output.result(found, found.content.trimEnd());
}

async function add(
  cli: Cli,
  route: DocumentRoute,
  { file, note, replace, dryRun, yes, draft }: AddOptions & { file: string },
  { rehearse }: DocumentTraits,
): Promise<void> {
  const content = file === '-' ? await readStandardInput() : readTextFile(file);
  const body = { content, ...(note !== undefined && { note }) };
  const client = await cli.api();
  const checked = dryRun === true || replace === true;
  const named = <T>(work: () => Promise<T>): Promise<T> => namingFile(file, work);
  const name = checked ? await named(() => client.post(`/api/v1/${route}/check`, { body })) : undefined;
  if (rehearse !== undefined) {
    const asked = { ...(dryRun !== undefined && { dryRun }), ...(yes !== undefined && { yes }) };
    if (!(await named(() => rehearse(content, asked)))) return;
  }
  if (dryRun === true && name !== undefined) {
    cli.output.result({ ...name, dry_run: true }, `${name.name} ${name.version} is valid; nothing was kept`);
    return;
  }
  const query = draft === true ? { status: 'draft' as const } : {};
  const stored: Stored =
    name === undefined
      ? await named(() => client.post(`/api/v1/${route}`, { body, params: { query } }))
      : await named(() => putNewer(cli, route, name.name, body, query));
  cli.output.result(stored, describe(cli, stored));
}

async function putNewer(
  cli: Cli,
  route: DocumentRoute,
  name: string,
  body: { content: string; note?: string },
  query: { status?: 'draft' },
): Promise<Stored> {
  const client = await cli.api();
  return client.put(`/api/v1/${route}/{name}`, {
    params: { path: { name }, header: { 'If-Match': await tagOf(cli, route, name) }, query },
    body,
  });
}

/** The ETag of what is there, so that nobody else's change is lost. */
export async function tagOf(cli: Cli, route: DocumentRoute, name: string): Promise<string> {
  const client = await cli.api();
  const { response } = await client.http.GET(`/api/v1/${route}/{name}`, { params: { path: { name } } });
  return response.headers.get('ETag') ?? '*';
}

async function retire(
  cli: Cli,
  route: DocumentRoute,
  given: string,
  options: ChangeOptions,
  { rehearseRetirement }: DocumentTraits,
): Promise<void> {
  const client = await cli.api();
  const dryRun = options.dryRun === true;
  const [name = '', version] = given.split('@');
  const found = await client.get(`/api/v1/${route}/{name}`, { params: { path: { name: given } } });
  if (rehearseRetirement !== undefined && !(await rehearseRetirement(given, options))) return;
  if (!dryRun) {
    await client.delete(`/api/v1/${route}/{name}`, {
      params: {
        path: { name },
        query: version === undefined ? {} : { version },
        header: { 'If-Match': await tagOf(cli, route, name) },
      },
    });
  }
  const what = version === undefined ? `every given version of ${name}` : `${name} ${version}`;
  cli.output.result(
    { synthetic: true, name, version: version ?? null, sha256: found.sha256, retired: !dryRun },
    dryRun ? `would retire ${what}` : `retired ${what}`,
  );
}

function describe({ output }: Cli, stored: Stored): string {
  return output.pairs([
    ['name', stored.name],
    ['version', stored.version],
    ['title', stored.title],
    ['origin', stored.origin],
    ['sha256', stored.sha256],
  ]);
}
