import type { components } from '@azt3knet/client';
import {
  botDesired_stateValues as DESIRED,
  botStatusValues as STATUSES,
  createBotHealingAnyOf0Values as MODES,
  pathsApiV1BotsGetParametersQuerySortValues as SORTS,
} from '@azt3knet/client/schema';
import type { Command } from 'commander';
import {
  choice,
  pageOptions,
  printDeletion,
  printList,
  wholeNumber,
  type Cli,
  type Columns,
} from '../../core/cli/index.js';
import { registerSending } from './commands/commands.cli.js';
import { registerLogs } from './logs/logs.cli.js';
import { registerReplicas, REPLICAS_MAX } from './replicas.cli.js';
import { setting } from './setting.js';

type Bot = components['schemas']['Bot'];
type Blueprint = components['schemas']['Blueprint'];
type Healing = (typeof MODES)[number];
type Act = 'start' | 'stop' | 'restart';

const ACTS: Readonly<Record<Act, string>> = {
  start: 'want a bot to run',
  stop: 'want a bot to be stopped, with all that it started',
  restart: 'want a bot to run in a new process',
};

const COLUMNS: Columns<Bot> = [
  ['bot', ({ bot_id }) => bot_id],
  ['status', ({ status, reason }) => (reason === null ? status : `${status} (${reason})`), 'text'],
  ['wanted', ({ desired_state }) => desired_state],
  ['role', ({ role }) => role, 'text'],
  ['blueprint', ({ blueprint }) => blueprint, 'text'],
  ['ready', ({ ready_replicas, replicas }) => `${ready_replicas}/${replicas}`],
  ['up s', ({ uptime_seconds }) => uptime_seconds.toFixed(0)],
  ['cpu', ({ cpu_load }) => cpu_load.toFixed(1)],
  ['memory', ({ memory_usage_mb }) => `${memory_usage_mb.toFixed(0)} MB`],
];
const BLUEPRINTS: Columns<Blueprint> = [
  ['blueprint', ({ path }) => path],
  ['version', ({ version }) => version],
  ['what', ({ title, problem }) => problem ?? title, 'text'],
];

export function registerBotCommands(program: Command, cli: Cli): void {
  const bots = program.command('bots').description('programs that run for real, and heal themselves');
  pageOptions(
    bots
      .command('list')
      .description('list bots, the newest first')
      .addOption(choice('--status <status>', 'seen like this', STATUSES))
      .addOption(choice('--desired-state <state>', 'wanted like this', DESIRED))
      .option('--role <word>', 'with this role'),
    SORTS,
  ).action((options: object) => printList(cli, '/api/v1/bots', options, COLUMNS));
  bots
    .command('blueprints')
    .description('list the programs that bots can be made of')
    .action(async () => {
      const list = await (await cli.api()).get('/api/v1/blueprints');
      cli.output.list(list, list.blueprints, BLUEPRINTS);
    });
  bots
    .command('maintenance')
    .description('tell whether all bots are left as they are')
    .action(() => maintenance(cli));
  bots
    .command('pause-all')
    .description('leave all bots as they are: neither reconcile nor heal them')
    .option('--reason <text>', 'for who wonders')
    .action(({ reason = '' }: { reason?: string }) => maintain(cli, true, reason));
  bots
    .command('resume-all')
    .description('look after all bots again')
    .action(() => maintain(cli, false, ''));
  one(bots, 'show', 'show a bot: what is wanted of it, and what is seen').action((id: string) =>
    show(cli, id),
  );
  one(bots, 'metrics', 'show how a bot does').action((id: string) => metrics(cli, id));
  registerCreate(bots, cli);
  registerUpdate(bots, cli);
  for (const [act, description] of Object.entries(ACTS) as [Act, string][])
    one(bots, act, description).action((id: string) => move(cli, id, act));
  registerReplicas(bots, cli, one);
  registerSending(one(bots, 'command', 'tell a bot that runs to do something'), cli);
  registerLogs(one(bots, 'logs', 'print what a bot prints'), cli);
  one(bots, 'delete', 'delete a bot that is stopped, with its logs')
    .option('--dry-run', 'show what would be deleted')
    .action((id: string, { dryRun = false }: { dryRun?: boolean }) => remove(cli, id, dryRun));
}

function one(bots: Command, name: string, description: string): Command {
  return bots.command(name).description(description).argument('<bot>', 'its id, such as analytics-bot-v1');
}

type Maintenance = components['schemas']['BotMaintenance'];

async function maintenance(cli: Cli): Promise<void> {
  tellMaintenance(cli, await (await cli.api()).get('/api/v1/bots-maintenance'));
}

async function maintain(cli: Cli, paused: boolean, reason: string): Promise<void> {
  const client = await cli.api();
  tellMaintenance(cli, await client.put('/api/v1/bots-maintenance', { body: { paused, reason } }));
}

function tellMaintenance(cli: Cli, found: Maintenance): void {
  const why = found.reason === null || found.reason === '' ? '' : `: ${found.reason}`;
  const text = found.paused
    ? `all bots are left as they are since ${found.since}${why}`
    : 'bots are looked after';
  cli.output.result(found, text);
}

interface Change extends Terms {
  blueprint?: string;
  pause?: boolean;
  resume?: boolean;
}

interface Terms {
  name?: string;
  description?: string;
  role?: string;
  set?: Record<string, unknown>;
  healing?: Healing;
  startAt?: string;
  stopAt?: string;
  timezone?: string;
  replicas?: number;
}

function termOptions(command: Command): Command {
  return command
    .option('--name <text>', 'what people call it')
    .option('--description <text>', 'what it does')
    .option('--role <word>', 'what it is for, in one word')
    .option('--set <field=value>', 'a field of its configuration; repeat it for more', setting)
    .option('--replicas <n>', 'how many processes of it run at once', wholeNumber(0, REPLICAS_MAX))
    .addOption(choice('--healing <mode>', 'what self-healing does with it', MODES))
    .option('--start-at <cron>', 'start it at these times')
    .option('--stop-at <cron>', 'stop it at these times')
    .option('--timezone <name>', 'of these times, such as Europe/Madrid; or UTC');
}

function bodyOf(terms: Terms) {
  const { name, description, role, set, healing, startAt, stopAt, timezone = 'UTC', replicas } = terms;
  const isTimed = startAt !== undefined || stopAt !== undefined;
  return {
    ...(isTimed && { schedule: { start: startAt ?? null, stop: stopAt ?? null, timezone } }),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(role !== undefined && { role }),
    ...(set !== undefined && { configuration: set }),
    ...(healing !== undefined && { healing }),
    ...(replicas !== undefined && { replicas }),
  };
}

function registerCreate(bots: Command, cli: Cli): void {
  termOptions(
    bots
      .command('create')
      .description('register a bot; it does nothing until it is started')
      .argument('<bot>', 'its id, such as analytics-bot-v1')
      .argument('<blueprint>', 'the program, such as bots/analytics_bot.py'),
  ).action((id: string, blueprint: string, options: Terms) => create(cli, id, blueprint, options));
}

async function create(cli: Cli, id: string, blueprint: string, options: Terms): Promise<void> {
  const client = await cli.api();
  const body = { id, blueprint, name: id, role: 'bot', ...bodyOf(options) };
  const made = await client.post('/api/v1/bots', { body });
  cli.output.result(made, `registered bot ${made.bot_id}`);
}

function registerUpdate(bots: Command, cli: Cli): void {
  termOptions(one(bots, 'update', 'change a bot; another configuration takes a new process'))
    .option('--blueprint <path>', 'another program, or the same as it is now')
    .option('--pause', 'leave it as it is: neither reconcile nor heal it')
    .option('--resume', 'look after it again')
    .action((id: string, options: Change) => update(cli, id, options));
}

async function update(
  cli: Cli,
  id: string,
  { blueprint, set, pause = false, resume = false, ...options }: Change,
): Promise<void> {
  const client = await cli.api();
  const path = { id };
  const before = await client.get('/api/v1/bots/{id}', { params: { path } });
  const changed = await client.patch('/api/v1/bots/{id}', {
    params: { path, header: { 'If-Match': `"${before.version}"` } },
    body: {
      ...bodyOf(options),
      ...(set !== undefined && { configuration: { ...before.configuration, ...set } }),
      ...(blueprint !== undefined && { blueprint }),
      ...((pause || resume) && { paused: pause }),
    },
  });
  cli.output.result(changed, describe(cli, changed));
}

async function show(cli: Cli, id: string): Promise<void> {
  const found = await (await cli.api()).get('/api/v1/bots/{id}', { params: { path: { id } } });
  cli.output.result(found, describe(cli, found));
}

function describe(cli: Cli, bot: Bot): string {
  return cli.output.pairs([
    ['bot', `${bot.bot_id} (synthetic)`],
    ['name', bot.name],
    ['status', bot.reason === null ? bot.status : `${bot.status}: ${bot.reason}`],
    ['wanted', bot.desired_state],
    ['replicas', `${bot.ready_replicas} of ${bot.replicas} ready`],
    ['revision', String(bot.revision)],
    ['blueprint', bot.blueprint],
    ['sha256', bot.blueprint_sha256],
    ['configuration', JSON.stringify(bot.configuration)],
    ['healing', bot.healing ?? 'as the installation says'],
    ['times', bot.schedule === null ? '-' : timesOf(bot.schedule)],
    [
      'up',
      `${bot.uptime_seconds.toFixed(0)} s, ${bot.restarts === 1 ? '1 restart' : `${bot.restarts} restarts`}`,
    ],
    ['last beat', bot.last_heartbeat ?? '-'],
    ['last end', endOf(bot)],
    ['next start', bot.next_start_at ?? '-'],
    ...bot.conditions.map(({ type, status, message }) => [`  ${type}`, `${status}: ${message}`] as const),
  ]);
}

function endOf({ last_exit: end }: Bot): string {
  if (end === null) return '-';
  return end.signal === null ? `exit code ${end.code ?? 'unknown'}` : `by ${end.signal}`;
}

function timesOf({ start, stop, timezone }: NonNullable<Bot['schedule']>): string {
  return `start ${start ?? '-'}, stop ${stop ?? '-'}, ${timezone}`;
}

async function metrics(cli: Cli, id: string): Promise<void> {
  const found = await (await cli.api()).get('/api/v1/bots/{id}/metrics', { params: { path: { id } } });
  cli.output.result(
    found,
    cli.output.pairs([
      ['bot', `${found.bot_id} (synthetic)`],
      ['up', `${found.uptime_seconds.toFixed(1)} s`],
      ['cpu', `${found.cpu_load.toFixed(1)} % of a core`],
      ['memory', `${found.memory_usage_mb.toFixed(1)} MB`],
      ['requests', `${found.requests_per_second.toFixed(2)} a second`],
      ['errors', `${(found.error_rate * 100).toFixed(2)} %`],
      ['last beat', found.last_heartbeat ?? '-'],
    ]),
  );
}

async function move(cli: Cli, id: string, act: Act): Promise<void> {
  const client = await cli.api();
  const moved = await client.post(`/api/v1/bots/{id}/${act}`, { params: { path: { id } } });
  cli.output.result(moved, `bot ${moved.bot_id} is ${moved.status}, and to be ${moved.desired_state}`);
}

async function remove(cli: Cli, id: string, dryRun: boolean): Promise<void> {
  const client = await cli.api();
  const params = { path: { id } };
  if (dryRun) await client.get('/api/v1/bots/{id}', { params });
  else await client.delete('/api/v1/bots/{id}', { params });
  printDeletion(cli, 'bot', id, dryRun);
}
