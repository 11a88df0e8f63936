import type { components } from '@azt3knet/client';
import {
  pathsApiV1NetworksGetParametersQuerySortValues as SORTS,
  pathsApiV1NetworksNetworkAccountsGetParametersQuerySortValues as ACCOUNT_SORTS,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  followJobs,
  noteAccepted,
  pageOptions,
  printDeletion,
  printList,
  submitJobs,
  uuid,
  wholeNumber,
  commaList,
  type Cli,
  type Columns,
} from '../../core/cli/index.js';

type Network = components['schemas']['Network'];
type NetworkAccount = components['schemas']['NetworkAccount'];
type NetworkToken = components['schemas']['NetworkToken'];
type Scopes = NonNullable<components['schemas']['IssueNetworkToken']['scopes']>;

const MAIN = 'main';
const COLUMNS: Columns<Network> = [
  ['network', ({ name }) => name],
  ['title', ({ title }) => title, 'text'],
  ['run', ({ run_id, tick }) => (run_id === null ? '-' : `${run_id} @ ${tick}`)],
  ['open', ({ open }) => (open ? 'yes' : 'no')],
  ['made', ({ created_at }) => created_at],
];
const ACCOUNT_COLUMNS: Columns<NetworkAccount> = [
  ['account', ({ username }) => `@${username}`],
  ['name', ({ display_name }) => display_name, 'text'],
  ['posts', ({ posts }) => String(posts)],
  ['followers', ({ followers }) => String(followers)],
  ['following', ({ following }) => String(following)],
  ['agent', ({ agent_id }) => agent_id ?? '-'],
];
const TOKEN_COLUMNS: Columns<NetworkToken> = [
  ['token', ({ id }) => id],
  ['account', ({ username }) => (username === null ? '-' : `@${username}`)],
  ['scopes', ({ scopes }) => scopes.join(' ')],
  ['application', ({ application }) => application ?? '-'],
  ['by', ({ created_by }) => created_by],
  ['expires', ({ expires_at }) => expires_at],
];

export function registerNetworkCommands(program: Command, cli: Cli): void {
  const network = program
    .command('network')
    .description('sandbox networks, which any Mastodon client can read and write');
  pageOptions(network.command('list').description('list networks, the newest first'), SORTS).action(
    (options: object) => printList(cli, '/api/v1/networks', options, COLUMNS),
  );
  network
    .command('status')
    .description('show a network: where it is, and how much is on it')
    .argument('[network]', 'its name', MAIN)
    .action((name: string) => showNetwork(cli, name));
  network
    .command('create')
    .description('make an empty network')
    .argument('<network>', 'lower-case letters, digits and dashes')
    .option('--title <text>', 'what people call it')
    .option('--open', 'anybody who reaches the port may read what is public')
    .action((name: string, options: { title?: string; open?: boolean }) => create(cli, name, options));
  network
    .command('delete')
    .description('delete a network with all that is on it')
    .argument('<network>', 'its name')
    .option('--dry-run', 'show what would be deleted')
    .action((name: string, { dryRun = false }: { dryRun?: boolean }) => remove(cli, name, dryRun));
  registerPeople(network, cli);
  registerTokens(network, cli);
  network
    .command('project')
    .description('show a run on a network of its own, up to a tick')
    .argument('<run>', 'id of the run', uuid)
    .option('--tick <n>', 'the last tick that is shown (default: the run’s last)', wholeNumber(0))
    .option('--name <network>', 'of the network that is made (default: of the run and the tick)')
    .option('--open', 'anybody who reaches the port may read it')
    .option('--no-wait', 'do not wait for it')
    .addHelpText(
      'after',
      '\nExample:\n  azt3knet network project 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11 --tick 60',
    )
    .action((run: string, options: ProjectOptions) => project(cli, run, options));
}

interface ProjectOptions {
  tick?: number;
  name?: string;
  open?: boolean;
  wait: boolean;
}

function registerPeople(network: Command, cli: Cli): void {
  network
    .command('populate')
    .description('give the agents of a population accounts')
    .argument('<population>', 'id, digest or name of a persisted population')
    .option('--network <name>', 'on this network', MAIN)
    .option('--limit <n>', 'only so many of them, in their order', wholeNumber(1))
    .option('--no-wait', 'do not wait for it')
    .action((population: string, options: { network: string; limit?: number; wait: boolean }) =>
      populate(cli, population, options),
    );
  pageOptions(
    network
      .command('accounts')
      .description('list the accounts of a network')
      .argument('[network]', 'its name', MAIN)
      .option('--q <text>', 'a part of the name'),
    ACCOUNT_SORTS,
  ).action((name: string, options: object) =>
    printList(cli, '/api/v1/networks/{network}/accounts', options, ACCOUNT_COLUMNS, { network: name }),
  );
}

function registerTokens(network: Command, cli: Cli): void {
  const tokens = network.command('tokens').description('what programs act as accounts with');
  pageOptions(
    tokens
      .command('list')
      .description('list the tokens of a network that hold')
      .argument('[network]', 'its name', MAIN),
  ).action((name: string, options: object) =>
    printList(cli, '/api/v1/networks/{network}/tokens', options, TOKEN_COLUMNS, { network: name }),
  );
  tokens
    .command('issue')
    .description('make a token for an account, without a password; it is shown once')
    .argument('<account>', 'id or username of an account, or id of an agent, who is given one')
    .option('--network <name>', 'on this network', MAIN)
    .option('--scopes <list>', 'such as read,write:statuses (default read,write,follow)', commaList)
    .option('--days <n>', 'how long it holds (default 90)', wholeNumber(1, 365))
    .action((account: string, options: { network: string; scopes?: string[]; days?: number }) =>
      issue(cli, account, options),
    );
  tokens
    .command('revoke')
    .description('end a token')
    .argument('<id>', 'id of the token', uuid)
    .option('--network <name>', 'of this network', MAIN)
    .action((id: string, { network: name }: { network: string }) => revoke(cli, id, name));
}

async function showNetwork(cli: Cli, name: string): Promise<void> {
  const client = await cli.api();
  const found = await client.get('/api/v1/networks/{network}', { params: { path: { network: name } } });
  cli.output.result(
    found,
    cli.output.pairs([
      ['network', `${found.name} (synthetic)`],
      ['title', found.title],
      ['url', found.url ?? 'not served: set AZT3KNET_SANDBOX_PORT'],
      ...(found.run_id === null ? [] : [['run', `${found.run_id}, up to tick ${found.tick}`] as const]),
      ['open', found.open ? 'anybody may read it' : 'for who signs in'],
      ['accounts', String(found.accounts)],
      ['posts', String(found.posts)],
      ['held', String(found.held)],
    ]),
  );
}

async function create(
  cli: Cli,
  name: string,
  { title, open = false }: { title?: string; open?: boolean },
): Promise<void> {
  const client = await cli.api();
  const body = { name, open, ...(title !== undefined && { title }) };
  const made = await client.post('/api/v1/networks', { body });
  cli.output.result(made, `made network ${made.name}`);
}

async function remove(cli: Cli, name: string, dryRun: boolean): Promise<void> {
  const client = await cli.api();
  const params = { path: { network: name } };
  if (dryRun) await client.get('/api/v1/networks/{network}', { params });
  else await client.delete('/api/v1/networks/{network}', { params });
  printDeletion(cli, 'network', name, dryRun);
}

async function populate(
  cli: Cli,
  population: string,
  { network, limit, wait }: { network: string; limit?: number; wait: boolean },
): Promise<void> {
  const client = await cli.api({ runsJobs: wait });
  const body = { population, ...(limit !== undefined && { limit }) };
  const params = { path: { network } };
  const accepted = await submitJobs(
    cli,
    client,
    () => client.post('/api/v1/networks/{network}/populate', { params, body }),
    ({ job_id }) => [job_id],
  );
  await finish(cli, accepted, wait);
}

async function project(cli: Cli, run: string, options: ProjectOptions): Promise<void> {
  const { tick, name, open = false, wait } = options;
  const client = await cli.api({ runsJobs: wait });
  const body = {
    run_id: run,
    open,
    ...(tick !== undefined && { tick }),
    ...(name !== undefined && { name }),
  };
  const accepted = await submitJobs(
    cli,
    client,
    () => client.post('/api/v1/networks/projections', { body }),
    ({ job_id }) => [job_id],
  );
  await finish(cli, accepted, wait);
}

async function finish(cli: Cli, accepted: { network: string; job_id: string }, wait: boolean): Promise<void> {
  if (!wait) {
    noteAccepted(cli);
    cli.output.result(accepted, accepted.job_id);
    return;
  }
  const [job] = await followJobs(cli, await cli.api({ runsJobs: true }), [accepted.job_id]);
  const made = (job?.result ?? {}) as Record<string, unknown>;
  const shown: Record<string, unknown> = { network: accepted.network, ...made };
  cli.output.result(
    { ...accepted, ...made },
    cli.output.pairs(Object.entries(shown).map(([key, value]) => [key, String(value)])),
  );
}

async function issue(
  cli: Cli,
  account: string,
  { network, scopes, days }: { network: string; scopes?: string[]; days?: number },
): Promise<void> {
  const client = await cli.api();
  const issued = await client.post('/api/v1/networks/{network}/tokens', {
    params: { path: { network } },
    body: {
      account,
      scopes: (scopes ?? ['read', 'write', 'follow']) as Scopes,
      expires_in_days: days ?? 90,
    },
  });
  cli.output.note(
    `for @${issued.username} on ${issued.network}, until ${issued.expires_at}; shown this once`,
  );
  cli.output.result(issued, issued.token);
}

async function revoke(cli: Cli, id: string, network: string): Promise<void> {
  const client = await cli.api();
  await client.delete('/api/v1/networks/{network}/tokens/{id}', { params: { path: { network, id } } });
  cli.output.result({ synthetic: true, id, revoked: true }, `ended token ${id}`);
}
