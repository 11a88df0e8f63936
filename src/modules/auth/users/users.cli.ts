import type { Client, components } from '@azt3knet/client';
import {
  createUserKindValues,
  pathsApiV1UsersGetParametersQueryKindValues as KINDS,
  pathsApiV1UsersGetParametersQuerySortValues as SORTS,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import { choice, pageOptions, printList, type Cli, type Columns } from '../../../core/cli/index.js';
import { AppError } from '../../../core/errors/index.js';
import { activeOptions, withActive } from '../cli/active.js';
import { newPassword } from '../cli/passwords.js';
import { idOfUser } from '../cli/user-argument.js';
import { endSessionsOf } from '../sessions/sessions.cli.js';

type User = components['schemas']['User'];

const COLUMNS: Columns<User> = [
  ['username', ({ username }) => username],
  ['role', ({ role }) => role],
  ['kind', ({ kind }) => kind],
  ['active', ({ active }) => (active ? 'yes' : 'no')],
  ['last log-in', ({ last_login_at }) => last_login_at ?? 'never'],
  ['code', ({ has_totp }) => (has_totp ? 'yes' : 'no')],
  ['id', ({ id }) => id],
];

interface CreateOptions {
  role: string;
  kind?: 'person' | 'service';
  passwordStdin?: boolean;
}

interface UpdateOptions {
  role?: string;
  active?: boolean;
  inactive?: boolean;
}

export function registerUserCommands(program: Command, cli: Cli): void {
  const users = program.command('users').description('people and service accounts');
  registerListCommand(users, cli);
  users
    .command('show')
    .description('show a user')
    .argument('<user>', 'username or id')
    .action((user: string) => show(cli, user));
  registerWriteCommands(users, cli);
  registerResetCommands(users, cli);
}

function registerListCommand(users: Command, cli: Cli): void {
  const command = users
    .command('list')
    .description('list users')
    .option('--username <text>', 'a part of the name')
    .addOption(choice('--kind <kind>', 'people or service accounts', KINDS))
    .option('--role <role>', 'who have this role');
  pageOptions(activeOptions(command, 'who may act', 'who may not'), SORTS).action((options: object) =>
    printList(cli, '/api/v1/users', withActive(options), COLUMNS),
  );
}

function registerWriteCommands(users: Command, cli: Cli): void {
  users
    .command('create')
    .description('make a person, who changes the first password at once, or a service account')
    .argument('<username>', 'the name to log in with')
    .requiredOption('--role <role>', 'what the user may do; see roles list')
    .addOption(choice('--kind <kind>', 'a service account has keys and no password', createUserKindValues))
    .option('--password-stdin', 'read the first password from standard input')
    .addHelpText('after', '\nExample:\n  azt3knet users create grace --role operator')
    .action((username: string, options: CreateOptions) => create(cli, username, options));
  activeOptions(
    users
      .command('update')
      .description('give a user another role, or let it act or not; it holds within a second')
      .argument('<user>', 'username or id')
      .option('--role <role>', 'the new role'),
    'let the user act again',
    'let the user do nothing; its sessions end',
  ).action((user: string, options: UpdateOptions) => update(cli, user, options));
}

function registerResetCommands(users: Command, cli: Cli): void {
  users
    .command('reset-password')
    .description('give a person another first password; all their sessions end')
    .argument('<user>', 'username or id')
    .option('--password-stdin', 'read the password from standard input')
    .action((user: string, options: { passwordStdin?: boolean }) =>
      resetPassword(cli, user, options.passwordStdin === true),
    );
  users
    .command('reset-totp')
    .description('take a lost authenticator away; all sessions of the user end')
    .argument('<user>', 'username or id')
    .option('--dry-run', 'show whose it would be')
    .action((user: string, { dryRun }: { dryRun?: boolean }) => resetTotp(cli, user, dryRun === true));
  users
    .command('end-sessions')
    .description('end all sessions of a user')
    .argument('<user>', 'username or id')
    .option('--dry-run', 'show how many would end')
    .option('--yes', 'do not ask')
    .action((user: string, options: { dryRun?: boolean; yes?: boolean }) =>
      endSessionsOf(cli, user, options),
    );
}

async function find(client: Client, given: string): Promise<{ user: User; etag: string }> {
  const path = { id: await idOfUser(client, given) };
  const { data, response } = await client.http.GET('/api/v1/users/{id}', { params: { path } });
  return { user: data as User, etag: response.headers.get('ETag') ?? '*' };
}

async function show(cli: Cli, given: string): Promise<void> {
  const { user } = await find(await cli.api(), given);
  cli.output.result(user, describe(cli, user));
}

async function create(cli: Cli, username: string, options: CreateOptions): Promise<void> {
  const { role, kind = 'person', passwordStdin } = options;
  const first =
    kind === 'person' || passwordStdin === true
      ? { password: await newPassword(`first password of ${username}`, passwordStdin === true) }
      : {};
  const client = await cli.api();
  const user = await client.post('/api/v1/users', { body: { username, role, kind, ...first } });
  cli.output.result(user, describe(cli, user));
}

async function update(cli: Cli, given: string, options: UpdateOptions): Promise<void> {
  const { role, active } = withActive(options);
  if (role === undefined && active === undefined)
    throw new AppError('invalid', 'nothing_to_change', 'say what changes: --role, --active or --inactive');
  const client = await cli.api();
  const { user, etag } = await find(client, given);
  // Whatever somebody else has changed since it was read is not lost.
  const updated = await client.patch('/api/v1/users/{id}', {
    params: { path: { id: user.id }, header: { 'If-Match': etag } },
    body: { ...(role !== undefined && { role }), ...(active !== undefined && { active }) },
  });
  cli.output.result(updated, describe(cli, updated));
}

async function resetPassword(cli: Cli, given: string, fromStdin: boolean): Promise<void> {
  const client = await cli.api();
  const { user } = await find(client, given);
  const password = await newPassword(`first password of ${user.username}`, fromStdin);
  const params = { path: { id: user.id } };
  await client.post('/api/v1/users/{id}/reset-password', { params, body: { password } });
  cli.output.result(
    { synthetic: true, id: user.id, username: user.username, password_reset: true },
    `${user.username} has another first password; all their sessions have ended`,
  );
}

async function resetTotp(cli: Cli, given: string, dryRun: boolean): Promise<void> {
  const client = await cli.api();
  const { user } = await find(client, given);
  const params = { path: { id: user.id } };
  if (!dryRun) await client.post('/api/v1/users/{id}/reset-totp', { params });
  const { id, username, has_totp } = user;
  const whose = has_totp ? `the authenticator of ${username}` : `no authenticator: ${username} has none`;
  cli.output.result(
    { synthetic: true, id, username, has_totp, totp_reset: !dryRun },
    `${dryRun ? 'would take away' : 'took away'} ${whose}`,
  );
}

function describe({ output }: Cli, user: User): string {
  return output.pairs([
    ['username', user.username],
    ['kind', user.kind],
    ['role', user.role],
    ['active', user.active ? 'yes' : 'no'],
    [
      'password',
      user.must_change_password ? 'to be changed at the log-in' : user.kind === 'person' ? 'set' : '-',
    ],
    ['code', user.has_totp ? 'asked for at the log-in' : 'not asked for'],
    ['last log-in', user.last_login_at ?? 'never'],
    ['made', user.created_at],
    ['id', user.id],
  ]);
}
