import { copyFileSync, constants, chmodSync, existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Command } from 'commander';
import type { Cli } from './core/cli/index.js';
import type { DocumentEditor, DocumentKind, DocumentSummary } from './core/documents/index.js';
import { AppError } from './core/errors/index.js';
import { readTextFile } from './core/files/read-text-file.js';
import { PROJECT_ROOT } from './core/project.js';
import { plural } from './core/words.js';

interface BootstrapOptions {
  from?: string;
  dryRun?: boolean;
}

/** One thing that was done, was there already, or would be done. */
interface Step {
  step: 'file' | 'database' | 'secret' | 'template' | 'scenario';
  name: string;
  done: 'made' | 'kept' | 'planned' | 'refused';
  detail: string;
}

/** Files of settings and what they are copied from; the second belongs to a set-up with containers. */
const SETTINGS = ['.env', join('infra', 'docker', '.env')];

const ACTOR = 'system';

export function registerBootstrapCommand(program: Command, cli: Cli): void {
  program
    .command('bootstrap')
    .description('make what an installation needs and is not there: settings, database, secrets, documents')
    .option('--from <folder>', 'add what is in its folders templates and scenarios')
    .option('--dry-run', 'say what would be done, and change nothing')
    .addHelpText('after', '\nExample:\n  azt3knet bootstrap --from ./my-laboratory')
    .action((options: BootstrapOptions) => bootstrap(cli, options));
}

/** Every step leaves what is there as it is, so it can be done again at any time. */
async function bootstrap(cli: Cli, { from, dryRun = false }: BootstrapOptions): Promise<void> {
  const steps = settings(dryRun);
  steps.push(await database(cli, dryRun));
  steps.push(...(await secrets(cli, dryRun)));
  if (from !== undefined) steps.push(...(await documents(cli, from, dryRun)));
  const rows = steps.map(({ step, name, done, detail }) => [step, name, done, detail]);
  cli.output.result({ dry_run: dryRun, steps }, cli.output.table(['what', 'name', 'done', 'how'], rows));
  const refused = steps.filter(({ done }) => done === 'refused');
  if (refused.length > 0) {
    const message = refused.map(({ step, name, detail }) => `${step} ${name}: ${detail}`).join('\n');
    throw new AppError('conflict', 'documents_refused', message);
  }
}

function settings(dryRun: boolean): Step[] {
  return SETTINGS.flatMap((name): Step[] => {
    const example = `${name}.example`;
    const source = [example, join(PROJECT_ROOT, example)].find((path) => existsSync(path));
    if (existsSync(name)) return [{ step: 'file', name, done: 'kept', detail: 'it was there' }];
    if (source === undefined || !existsSync(dirname(name))) return [];
    if (dryRun) return [{ step: 'file', name, done: 'planned', detail: `a copy of ${example}` }];
    copyFileSync(source, name, constants.COPYFILE_EXCL);
    // Passwords will stand in it.
    chmodSync(name, 0o600);
    return [{ step: 'file', name, done: 'made', detail: `a copy of ${example}` }];
  });
}

async function database(cli: Cli, dryRun: boolean): Promise<Step> {
  const { databaseStatus, openDatabase, upgradeDatabase } = await import('./core/database/index.js');
  cli.requireLocal();
  const config = cli.config();
  const kind = config.database === undefined ? 'embedded' : 'external';
  const step = { step: 'database', name: kind } as const;
  // To look into the embedded database is to make it.
  if (dryRun && kind === 'embedded')
    return { ...step, done: 'planned', detail: 'made, or brought up to date' };
  const target = await openDatabase(config, undefined, (line) => cli.output.note(line));
  try {
    if (dryRun) {
      const pending = (await databaseStatus(target)).filter(({ applied }) => !applied).length;
      return pending === 0
        ? { ...step, done: 'kept', detail: 'up to date' }
        : { ...step, done: 'planned', detail: plural(pending, 'migration') };
    }
    const applied = await upgradeDatabase(target);
    return applied.length === 0
      ? { ...step, done: 'kept', detail: 'up to date' }
      : { ...step, done: 'made', detail: plural(applied.length, 'migration') };
  } finally {
    await target.release();
  }
}

async function secrets(cli: Cli, dryRun: boolean): Promise<Step[]> {
  const { API_SECRET_FILE } = await import('./core/secrets/index.js');
  const { ADMIN_PASSWORD_FILE, AdminAccount, AdminPasswordFile, UsersService } =
    await import('./modules/auth/index.js');
  const { dataDir, auth } = cli.config();
  const wanted = [
    { name: API_SECRET_FILE, configured: auth.secret },
    { name: ADMIN_PASSWORD_FILE, configured: auth.adminPassword },
  ].map((secret) => ({ ...secret, before: existsSync(join(dataDir, secret.name)) }));
  // The services make the one when they start, and the account of the administrator the other.
  if (!dryRun) {
    const users = await cli.service(UsersService);
    const file = await cli.service(AdminPasswordFile);
    await new AdminAccount(cli.config(), users, file).onApplicationBootstrap();
  }
  return wanted.map(({ name, configured, before }): Step => {
    const step = { step: 'secret', name } as const;
    if (configured !== undefined) return { ...step, done: 'kept', detail: 'it is configured' };
    const path = join(dataDir, name);
    const place = relative('.', path);
    if (before) return { ...step, done: 'kept', detail: place };
    if (dryRun) return { ...step, done: 'planned', detail: place };
    if (existsSync(path)) return { ...step, done: 'made', detail: place };
    return { ...step, done: 'kept', detail: 'the administrator has a password' };
  });
}

/** Adds the documents of a folder; templates first, since scenarios name them. */
async function documents(cli: Cli, from: string, dryRun: boolean): Promise<Step[]> {
  const { TEMPLATES } = await import('./modules/content/templates/template.loader.js');
  const { SCENARIOS } = await import('./modules/simulation/scenarios/scenario.loader.js');
  const folders = [join(from, 'templates'), join(from, 'scenarios')] as const;
  if (!folders.some((folder) => existsSync(folder))) {
    const message = `${from} has neither a folder templates nor a folder scenarios`;
    throw new AppError('not_found', 'folder_not_found', message, [{ field: 'from', message }]);
  }
  // All of them are read before the first is added: a mistake is told before anything has changed.
  const templates = read(folders[0], TEMPLATES);
  const scenarios = read(folders[1], SCENARIOS);
  if (dryRun) {
    const plan = (step: Step['step'], files: readonly Given[]): Step[] =>
      files.map(({ file }) => ({ step, name: file, done: 'planned', detail: 'added, unless it is there' }));
    return [...plan('template', templates), ...plan('scenario', scenarios)];
  }
  const { TemplateEditor } = await import('./modules/content/index.js');
  const { ScenarioEditor } = await import('./modules/simulation/index.js');
  return [
    ...(await add('template', await cli.service(TemplateEditor), templates)),
    ...(await add('scenario', await cli.service(ScenarioEditor), scenarios)),
  ];
}

interface Given {
  file: string;
  content: string;
}

function read<T, S extends DocumentSummary>(folder: string, kind: DocumentKind<T, S>): Given[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => {
      const file = join(folder, name);
      const content = readTextFile(file);
      kind.parse(content, file);
      return { file, content };
    });
}

async function add<T, S extends DocumentSummary>(
  step: Step['step'],
  editor: DocumentEditor<T, S>,
  files: readonly Given[],
): Promise<Step[]> {
  const steps: Step[] = [];
  for (const { file, content } of files) {
    try {
      // A scenario may name a template of the same folder.
      const { document, created } = await editor.seed(content, file, { author: ACTOR, note: 'bootstrap' });
      const detail = `${document.name} ${document.version}`;
      steps.push({ step, name: file, done: created ? 'made' : 'kept', detail });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      steps.push({ step, name: file, done: 'refused', detail: error.message });
    }
  }
  return steps;
}
