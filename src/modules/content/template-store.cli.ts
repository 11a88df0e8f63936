import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import type { Cli } from '../../core/cli/index.js';
import { tagOf } from '../../core/documents/document.cli.js';
import { AppError } from '../../core/errors/index.js';

type TemplateDiff = components['schemas']['TemplateDiff'];
type Imported = {
  file: string;
  name: string;
  version: string;
  done: 'added' | 'replaced' | 'kept' | 'valid';
};

interface ImportOptions {
  draft?: boolean;
  note?: string;
  dryRun?: boolean;
}

/** Adds the commands that only templates have: diff, activate, import. */
export function registerStoreCommands(templates: Command, cli: Cli): void {
  templates
    .command('diff')
    .description('show what changed between two versions of a template')
    .argument('<name>', 'the name')
    .argument('<from>', 'the version to start from')
    .argument('[to]', 'the version to go to; the current one without it')
    .action((name: string, from: string, to?: string) => diff(cli, { name, from, to }));
  templates
    .command('activate')
    .description('make a draft of a template active')
    .argument('<name@version>', 'the draft')
    .option('--note <text>', 'why, for the audit')
    .action((reference: string, { note }: { note?: string }) => activate(cli, reference, note));
  templates
    .command('import')
    .description('add the templates of files, or newer versions of those that are there')
    .argument('<paths...>', 'YAML files, and folders of them')
    .option('--draft', 'keep them as drafts')
    .option('--note <text>', 'why they were changed')
    .option('--dry-run', 'say what is wrong with them; nothing is kept')
    .action((paths: string[], options: ImportOptions) => importFiles(cli, paths, options));
}

async function diff(
  cli: Cli,
  { name, from, to }: { name: string; from: string; to: string | undefined },
): Promise<void> {
  const client = await cli.api();
  const query = { from, ...(to !== undefined && { to }) };
  const found = await client.get('/api/v1/templates/{name}/diff', { params: { path: { name }, query } });
  const head = `${name} ${found.from} → ${found.to}`;
  const lines = found.changes.map(described);
  cli.output.result(found, lines.length === 0 ? `${head}: no difference` : [head, ...lines].join('\n'));
}

function described({ path, change, from, to }: TemplateDiff['changes'][number]): string {
  if (change === 'reordered') return `~ ${path}: another order`;
  if (change === 'changed') return `- ${path}: ${told(from)}\n+ ${path}: ${told(to)}`;
  return change === 'added' ? `+ ${path}: ${told(to)}` : `- ${path}: ${told(from)}`;
}

function told(value: unknown): string {
  return typeof value === 'string' ? value.trimEnd() : JSON.stringify(value);
}

async function activate(cli: Cli, reference: string, note: string | undefined): Promise<void> {
  const [name = '', version] = reference.split('@');
  if (version === undefined) {
    const message = 'must be name@version: the draft to activate';
    throw new AppError('invalid', 'reference_invalid', message, [{ field: 'name@version', message }]);
  }
  const client = await cli.api();
  const active = await client.post('/api/v1/templates/{name}/activate', {
    params: { path: { name }, header: { 'If-Match': await tagOf(cli, 'templates', reference) } },
    body: { version, ...(note !== undefined && { note }) },
  });
  cli.output.result(active, `${active.name} ${active.version} is ${active.status}`);
}

async function importFiles(
  cli: Cli,
  paths: readonly string[],
  { draft, note, dryRun }: ImportOptions,
): Promise<void> {
  const client = await cli.api();
  const files = paths.flatMap(filesOf).map((file) => ({ file, content: readFileSync(file, 'utf8') }));
  const checked = [];
  // All are checked before the first is kept.
  for (const { file, content } of files) {
    const { name, version, sha256 } = await client.post('/api/v1/templates/check', { body: { content } });
    checked.push({ file, content, name, version, sha256 });
  }
  const imported: Imported[] = [];
  for (const { content, sha256, ...each } of checked) {
    const body = { content, ...(note !== undefined && { note }) };
    const status = draft === true ? 'draft' : 'active';
    const done = dryRun === true ? 'valid' : await store(cli, { name: each.name, sha256, body, status });
    imported.push({ ...each, done });
  }
  cli.output.result(
    { synthetic: true, dry_run: dryRun === true, templates: imported },
    imported.map(({ file, name, version, done }) => `${file}: ${name} ${version} ${done}`).join('\n'),
  );
}

async function store(
  cli: Cli,
  {
    name,
    sha256,
    body,
    status,
  }: {
    name: string;
    sha256: string;
    body: { content: string; note?: string };
    status: 'draft' | 'active';
  },
): Promise<'added' | 'replaced' | 'kept'> {
  const client = await cli.api();
  const found = await current(cli, name);
  if (found === undefined) {
    await client.post('/api/v1/templates', { body, params: { query: { status } } });
    return 'added';
  }
  const { response, data } = found;
  if (data?.sha256 === sha256) return 'kept';
  const header = { 'If-Match': response.headers.get('ETag') ?? '*' };
  await client.put('/api/v1/templates/{name}', {
    params: { path: { name }, header, query: { status } },
    body,
  });
  return 'replaced';
}

/** The version of a template that is in force; undefined where there is none. */
async function current(cli: Cli, name: string) {
  const client = await cli.api();
  const params = { path: { name } };
  return client.http.GET('/api/v1/templates/{name}', { params }).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'template_not_found') return undefined;
    throw error;
  });
}

/** A file, or the YAML files of a folder in alphabetical order. */
function filesOf(path: string): string[] {
  if (!existsSync(path)) {
    throw new AppError('not_found', 'file_unreadable', `${path}: there is no such file`);
  }
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => /\.ya?ml$/u.test(name));
  return names.toSorted().map((name) => join(path, name));
}
