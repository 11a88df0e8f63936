import type { Client, components } from '@azt3knet/client';
import type { Command } from 'commander';
import type { Cli, Columns } from '../../../core/cli/index.js';
import { AccountError } from '../auth.errors.js';
import { DELETION, printEnding } from '../cli/ending.js';
import { permissionsOption, type Permission } from '../cli/permissions.js';

type Role = components['schemas']['Role'];

const COLUMNS: Columns<Role> = [
  ['role', ({ name }) => name],
  ['may do', ({ permissions }) => String(permissions.length)],
  ['built in', ({ built_in }) => (built_in ? 'yes' : 'no')],
  ['description', ({ description }) => description],
];

interface PutOptions {
  permission: Permission[];
  description?: string;
}

export function registerRoleCommands(program: Command, cli: Cli): void {
  const roles = program.command('roles').description('what users may do');
  roles
    .command('list')
    .description('list the roles')
    .action(async () => {
      const list = await (await cli.api()).get('/api/v1/roles');
      cli.output.list(list, list.roles, COLUMNS);
    });
  roles
    .command('show')
    .description('show a role and its permissions')
    .argument('<role>', 'its name')
    .action(async (name: string) => {
      const role = await (await cli.api()).get('/api/v1/roles/{name}', { params: { path: { name } } });
      cli.output.result(role, describe(cli, role));
    });
  roles
    .command('put')
    .description('make a role, or give it other permissions; they hold within a second')
    .argument('<role>', 'its name')
    .addOption(
      permissionsOption(
        '--permission <list>',
        'what who has it may do, all of it; repeat it, or put commas between',
      ).makeOptionMandatory(),
    )
    .option('--description <text>', 'what it is for')
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet roles put runner --permission simulations:read,simulations:run',
    )
    .action((name: string, options: PutOptions) => put(cli, name, options));
  roles
    .command('delete')
    .description('delete a role that nobody has')
    .argument('<role>', 'its name')
    .option('--dry-run', 'show what would be deleted')
    .action((name: string, { dryRun }: { dryRun?: boolean }) => remove(cli, name, dryRun === true));
}

async function put(cli: Cli, name: string, { permission, description }: PutOptions): Promise<void> {
  const client = await cli.api();
  const role = await client.put('/api/v1/roles/{name}', {
    params: { path: { name } },
    body: { permissions: permission, ...(description !== undefined && { description }) },
  });
  cli.output.result(role, describe(cli, role));
}

async function remove(cli: Cli, name: string, dryRun: boolean): Promise<void> {
  const client = await cli.api();
  const params = { path: { name } };
  if (dryRun) {
    const role = await client.get('/api/v1/roles/{name}', { params });
    if (role.built_in) throw AccountError.builtIn(name);
    await requireUnused(client, name);
  } else await client.delete('/api/v1/roles/{name}', { params });
  printEnding(cli, DELETION, `role ${name}`, { name }, dryRun);
}

/** @throws AccountError `role_in_use`; who may not see users is told by the deletion itself */
async function requireUnused(client: Client, name: string): Promise<void> {
  let holders = 0;
  try {
    for await (const _ of client.items('/api/v1/users', { params: { query: { role: name, limit: 1_000 } } }))
      holders += 1;
  } catch (error) {
    if (!(error instanceof Error && 'status' in error && error.status === 403)) throw error;
  }
  if (holders > 0) throw AccountError.inUse(name, holders);
}

function describe({ output }: Cli, role: Role): string {
  return output.pairs([
    ['role', `${role.name}${role.built_in ? ' (built in)' : ''}`],
    ['description', role.description === '' ? '-' : role.description],
    ['permissions', role.permissions.length === 0 ? '-' : role.permissions.join(' ')],
  ]);
}
