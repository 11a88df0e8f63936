import type { components } from '@azt3knet/client';
import {
  createKeyKindValues,
  pathsApiV1KeysGetParametersQueryKindValues as KINDS,
  pathsApiV1KeysGetParametersQuerySortValues as SORTS,
} from '@azt3knet/client/schema';
import { Option, type Command } from 'commander';
import {
  choice,
  pageOptions,
  printList,
  uuid,
  wholeNumber,
  type Cli,
  type Columns,
} from '../../../core/cli/index.js';
import { activeOptions, withActive } from '../cli/active.js';
import { printEnding, REVOCATION } from '../cli/ending.js';
import { permissionsOption, type Permission } from '../cli/permissions.js';
import { idOfUser } from '../cli/user-argument.js';

type Key = components['schemas']['Key'];

const COLUMNS: Columns<Key> = [
  ['name', ({ name }) => name],
  ['user', ({ username }) => username],
  ['id', ({ id }) => id],
  ['holds', holds],
  ['last used', ({ last_used_at }) => last_used_at ?? 'never'],
  ['may do', scopesOf],
  ['begins with', ({ prefix }) => prefix],
  ['parent', ({ parent_id }) => parent_id ?? '-'],
];

interface IssueOptions {
  name: string;
  kind?: 'key' | 'client_secret';
  user?: string;
  scope?: Permission[];
  expiresInDays?: number;
  neverExpires?: boolean;
}

interface RotateOptions {
  overlapSeconds?: number;
  dryRun?: boolean;
}

export function registerKeyCommands(program: Command, cli: Cli): void {
  const keys = program.command('keys').description('API keys, and secrets of service accounts');
  registerLookCommands(keys, cli);
  keys
    .command('issue')
    .description('make a key; its secret is printed this once')
    .requiredOption('--name <text>', 'what it is for')
    .addOption(
      choice('--kind <kind>', 'client_secret: of a service account, for /oauth/token', createKeyKindValues),
    )
    .option('--user <user>', 'whose, by username or id; yours without it')
    .addOption(
      permissionsOption('--scope <list>', 'what it may do, with commas between; all that its user may'),
    )
    .option('--expires-in-days <n>', '90 without this', wholeNumber(1, 3_650))
    .addOption(new Option('--never-expires', 'holds until it is revoked').conflicts('expiresInDays'))
    .addHelpText('after', '\nExample:\n  key=$(azt3knet keys issue --name nightly --scope populations:read)')
    .action((options: IssueOptions) => issue(cli, options));
  keys
    .command('rotate')
    .description('make another key in the place of one; its secret is printed this once')
    .argument('<id>', 'id of the key', uuid)
    .option('--overlap-seconds <n>', 'how long the old one goes on to hold', wholeNumber(0, 604_800))
    .option('--dry-run', 'show the key that would be replaced')
    .action((id: string, options: RotateOptions) => rotate(cli, id, options));
  keys
    .command('revoke')
    .description('end a key, within a second and everywhere')
    .argument('<id>', 'id of the key', uuid)
    .option('--dry-run', 'show the key that would end')
    .action((id: string, { dryRun }: { dryRun?: boolean }) => revoke(cli, id, dryRun === true));
}

function registerLookCommands(keys: Command, cli: Cli): void {
  const list = keys
    .command('list')
    .description('list your keys, or everybody’s where you may see them')
    .option('--user <user>', 'of this user, by username or id')
    .addOption(choice('--kind <kind>', 'keys or client secrets', KINDS));
  pageOptions(activeOptions(list, 'that hold', 'that hold no more'), SORTS).action(
    async ({ user, ...options }: { user?: string }) => {
      const userId = user === undefined ? undefined : await idOfUser(await cli.api(), user);
      await printList(cli, '/api/v1/keys', { ...withActive(options), userId }, COLUMNS);
    },
  );
  keys
    .command('show')
    .description('show a key, without its secret')
    .argument('<id>', 'id of the key', uuid)
    .action(async (id: string) => {
      const key = await find(cli, id);
      cli.output.result(key, describe(cli, key));
    });
}

async function find(cli: Cli, id: string): Promise<Key> {
  const client = await cli.api();
  return client.get('/api/v1/keys/{id}', { params: { path: { id } } });
}

async function issue(cli: Cli, options: IssueOptions): Promise<void> {
  const { name, kind, user, scope, expiresInDays, neverExpires } = options;
  const client = await cli.api();
  const body = {
    name,
    ...(kind !== undefined && { kind }),
    ...(user !== undefined && { user_id: await idOfUser(client, user) }),
    ...(scope !== undefined && { scopes: scope }),
    ...(expiresInDays !== undefined && { expires_in_days: expiresInDays }),
    ...(neverExpires === true && { expires_in_days: null }),
  };
  printSecret(cli, await client.post('/api/v1/keys', { body }));
}

async function rotate(cli: Cli, id: string, { overlapSeconds, dryRun }: RotateOptions): Promise<void> {
  if (dryRun === true) {
    const key = await find(cli, id);
    cli.output.note('nothing was replaced');
    cli.output.result(key, describe(cli, key));
    return;
  }
  const client = await cli.api();
  const body = overlapSeconds === undefined ? {} : { overlap_seconds: overlapSeconds };
  printSecret(cli, await client.post('/api/v1/keys/{id}/rotate', { params: { path: { id } }, body }));
}

async function revoke(cli: Cli, id: string, dryRun: boolean): Promise<void> {
  const key = await find(cli, id);
  const client = await cli.api();
  if (!dryRun) await client.delete('/api/v1/keys/{id}', { params: { path: { id } } });
  const what = `key ${key.prefix} (${key.name}) of ${key.username}`;
  printEnding(cli, REVOCATION, what, { id, name: key.name, prefix: key.prefix }, dryRun);
}

/** The secret alone for people, so that a shell can take it. */
function printSecret(cli: Cli, issued: components['schemas']['IssuedKey']): void {
  const { key, secret } = issued;
  cli.output.note(`key ${key.id} (${key.name}) of ${key.username}; its secret is told this once:`);
  cli.output.result(issued, secret);
}

function holds({ revoked_at, expires_at }: Key): string {
  if (revoked_at !== null) return 'revoked';
  if (expires_at === null) return 'yes';
  return Date.parse(expires_at) > Date.now() ? `until ${expires_at.slice(0, 10)}` : 'expired';
}

function scopesOf({ scopes }: Key): string {
  return scopes === null ? 'all' : scopes.join(' ');
}

function describe({ output }: Cli, key: Key): string {
  return output.pairs([
    ['key', key.name],
    ['kind', key.kind],
    ['user', key.username],
    ['begins with', key.prefix],
    ['holds', holds(key)],
    ['may do', scopesOf(key)],
    ['last used', key.last_used_at ?? 'never'],
    ['expires', key.expires_at ?? 'never'],
    ['made', `${key.created_at} by ${key.created_by}`],
    ['parent', key.parent_id ?? '-'],
    ['id', key.id],
  ]);
}
