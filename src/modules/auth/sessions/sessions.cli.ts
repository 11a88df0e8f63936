import type { Client, components } from '@azt3knet/client';
import { pathsApiV1SessionsGetParametersQuerySortValues as SORTS } from '@azt3knet/client/schema';
import { Option, type Command } from 'commander';
import {
  confirm,
  pageOptions,
  printList,
  requireTerminal,
  SessionStore,
  uuid,
  type Cli,
  type Columns,
} from '../../../core/cli/index.js';
import { plural } from '../../../core/words.js';
import { AccountError, SessionNotFoundError } from '../auth.errors.js';
import { activeOptions, withActive } from '../cli/active.js';
import { idOfUser } from '../cli/user-argument.js';

type Session = components['schemas']['Session'];

const COLUMNS: Columns<Session> = [
  ['session', ({ id }) => id],
  ['user', ({ username, current }) => (current ? `${username} (this one)` : username)],
  ['holds', ({ revoked_for, expires_at }) => revoked_for ?? `until ${expires_at.slice(0, 10)}`],
  ['from', ({ address }) => address ?? '-'],
  ['last used', ({ last_used_at }) => last_used_at],
  ['program', ({ user_agent }) => user_agent ?? '-'],
];
const HOLDING = { active: true, limit: 1_000 };

interface ListOptions {
  user?: string;
  everyone?: boolean;
}

interface EndOptions {
  all?: boolean;
  user?: string;
  dryRun?: boolean;
  yes?: boolean;
}

export function registerSessionCommands(program: Command, cli: Cli): void {
  const sessions = program.command('sessions').description('log-ins, and what they still allow');
  const list = sessions
    .command('list')
    .description('list your sessions, or those of others')
    .option('--user <user>', 'of this user, by username or id')
    .addOption(new Option('--everyone', 'of all users').conflicts('user'));
  pageOptions(activeOptions(list, 'that hold', 'that hold no more'), SORTS).action(
    ({ user, everyone, ...options }: ListOptions) =>
      user === undefined && everyone !== true
        ? printList(cli, '/api/v1/users/me/sessions', withActive(options), COLUMNS)
        : listOthers(cli, user, options),
  );
  sessions
    .command('end')
    .description('end a session, or all of a user; its tokens hold no more')
    .argument('[id]', 'id of the session', uuid)
    .option('--all', 'all of yours, this one too')
    .addOption(new Option('--user <user>', 'all of this user, by username or id').conflicts('all'))
    .option('--dry-run', 'show what would end')
    .option('--yes', 'do not ask before --user')
    .action((id: string | undefined, options: EndOptions) => end(cli, id, options));
}

async function listOthers(cli: Cli, user: string | undefined, options: object): Promise<void> {
  const userId = user === undefined ? undefined : await idOfUser(await cli.api(), user);
  await printList(cli, '/api/v1/sessions', { ...withActive(options), userId }, COLUMNS);
}

async function end(cli: Cli, id: string | undefined, options: EndOptions): Promise<void> {
  const { all, user, dryRun = false, yes = false } = options;
  if ([id, all, user].filter((each) => each !== undefined).length !== 1)
    throw AccountError.field('session_unclear', 'session', 'is an id, --all or --user');
  if (id !== undefined) await endOne(cli, id, dryRun);
  else if (user !== undefined) await endSessionsOf(cli, user, { dryRun, yes });
  else await endMine(cli, dryRun);
}

async function endOne(cli: Cli, id: string, dryRun: boolean): Promise<void> {
  const client = await cli.api();
  const params = { path: { id } };
  if (await has(client, '/api/v1/users/me/sessions', id)) {
    if (!dryRun) await client.delete('/api/v1/users/me/sessions/{id}', { params });
  } else if (!dryRun) {
    await client.delete('/api/v1/sessions/{id}', { params });
  } else if (!(await has(client, '/api/v1/sessions', id))) throw new SessionNotFoundError(id);
  cli.output.result(
    { synthetic: true, id, ended: dryRun ? 0 : 1 },
    `${dryRun ? 'would end' : 'ended'} session ${id}`,
  );
}

async function has(
  client: Client,
  list: '/api/v1/users/me/sessions' | '/api/v1/sessions',
  id: string,
): Promise<boolean> {
  for await (const each of client.items(list, { params: { query: HOLDING } })) {
    if (each.id === id) return true;
  }
  return false;
}

async function endMine(cli: Cli, dryRun: boolean): Promise<void> {
  const client = await cli.api();
  const query = HOLDING;
  if (dryRun) {
    const mine = client.items('/api/v1/users/me/sessions', { params: { query } });
    printEnded(cli, await countOf(mine), 'yours', true);
    return;
  }
  const { ended } = await client.post('/api/v1/auth/logout-everywhere');
  const { apiUrl } = cli;
  // What is kept of this one is worth nothing any more.
  if (apiUrl !== undefined && cli.config().remote.token === undefined)
    await new SessionStore().remove(apiUrl);
  printEnded(cli, ended, 'yours', false);
}

/** Ends all sessions of a user, or with `dryRun` tells how many that would be; asks before, unless `yes`. @param given username or id */
export async function endSessionsOf(
  cli: Cli,
  given: string,
  { dryRun = false, yes = false }: { dryRun?: boolean; yes?: boolean },
): Promise<void> {
  const asks = !dryRun && !yes;
  if (asks) requireTerminal();
  const client = await cli.api();
  const id = await idOfUser(client, given);
  if (dryRun) {
    const query = { ...HOLDING, user_id: id };
    printEnded(cli, await countOf(client.items('/api/v1/sessions', { params: { query } })), given, true);
    return;
  }
  if (asks) await confirm(`End all sessions of ${given}?`);
  const { ended } = await client.delete('/api/v1/users/{id}/sessions', { params: { path: { id } } });
  printEnded(cli, ended, given, false);
}

async function countOf(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
}

function printEnded(cli: Cli, count: number, whose: string, dryRun: boolean): void {
  const document = dryRun
    ? { synthetic: true, would_end: count, ended: 0 }
    : { synthetic: true, ended: count };
  const sessions = plural(count, 'session');
  cli.output.result(document, `${dryRun ? 'would end' : 'ended'} ${sessions} of ${whose}`);
}
