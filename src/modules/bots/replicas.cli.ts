import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import { wholeNumber, type Cli, type Columns } from '../../core/cli/index.js';

type Instance = components['schemas']['BotInstance'];
type Revision = components['schemas']['BotRevisions']['revisions'][number];

/** The API takes no more. */
export const REPLICAS_MAX = 50;

const INSTANCES: Columns<Instance> = [
  ['ordinal', ({ ordinal }) => String(ordinal)],
  ['status', ({ status, reason }) => (reason === null ? status : `${status} (${reason})`), 'text'],
  ['revision', ({ revision }) => String(revision)],
  ['place', ({ place }) => place ?? '-'],
  ['up s', ({ uptime_seconds }) => uptime_seconds.toFixed(0)],
  ['cpu', ({ cpu_load }) => cpu_load.toFixed(1)],
  ['memory', ({ memory_usage_mb }) => `${memory_usage_mb.toFixed(0)} MB`],
  ['last beat', ({ last_heartbeat }) => last_heartbeat ?? '-'],
];

const REVISIONS: Columns<Revision> = [
  ['revision', ({ revision }) => String(revision)],
  ['is', ({ current, good }) => [current && 'wanted', good && 'good'].filter(Boolean).join(', ') || '-'],
  ['blueprint', ({ blueprint }) => blueprint, 'text'],
  ['sha256', ({ blueprint_sha256 }) => blueprint_sha256.slice(0, 12)],
  ['by', ({ created_by }) => created_by],
  ['at', ({ created_at }) => created_at],
];

/** Adds the commands about instances and revisions of a bot. @param one makes a command about one bot */
export function registerReplicas(
  bots: Command,
  cli: Cli,
  one: (bots: Command, name: string, description: string) => Command,
): void {
  one(bots, 'scale', 'have more or fewer processes of a bot run')
    .argument('<replicas>', 'how many', wholeNumber(0, REPLICAS_MAX))
    .action((id: string, replicas: number) => scale(cli, id, replicas));
  one(bots, 'instances', 'list the processes of a bot').action(async (id: string) => {
    const list = await (await cli.api()).get('/api/v1/bots/{id}/instances', { params: { path: { id } } });
    cli.output.list(list, list.instances, INSTANCES);
  });
  one(bots, 'revisions', 'list what a bot has run, the newest first').action(async (id: string) => {
    const list = await (await cli.api()).get('/api/v1/bots/{id}/revisions', { params: { path: { id } } });
    cli.output.list(list, list.revisions, REVISIONS);
  });
  one(bots, 'rollback', 'have a bot run an earlier revision again')
    .option('--to <revision>', 'which; the last good one unless given', wholeNumber(1))
    .action((id: string, { to }: { to?: number }) => rollBack(cli, id, to));
}

async function scale(cli: Cli, id: string, replicas: number): Promise<void> {
  const client = await cli.api();
  const path = { id };
  const { version } = await client.get('/api/v1/bots/{id}', { params: { path } });
  const changed = await client.patch('/api/v1/bots/{id}', {
    params: { path, header: { 'If-Match': `"${version}"` } },
    body: { replicas },
  });
  const text = `bot ${id} is to have ${changed.replicas} replicas; ${changed.ready_replicas} are ready`;
  cli.output.result(changed, text);
}

async function rollBack(cli: Cli, id: string, to: number | undefined): Promise<void> {
  const client = await cli.api();
  const body = { revision: to ?? null };
  const changed = await client.post('/api/v1/bots/{id}/rollback', { params: { path: { id } }, body });
  cli.output.result(changed, `bot ${id} goes back to revision ${changed.revision}`);
}
