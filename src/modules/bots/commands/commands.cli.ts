import { setTimeout as sleep } from 'node:timers/promises';
import type { components } from '@azt3knet/client';
import type { Command } from 'commander';
import { wholeNumber, type Cli } from '../../../core/cli/index.js';
import { AppError } from '../../../core/errors/index.js';
import { setting } from '../setting.js';

type BotCommand = components['schemas']['BotCommand'];

interface Options {
  set?: Record<string, unknown>;
  ordinal?: number;
  wait: boolean;
}

const POLL_MS = 300;
const OVER: ReadonlySet<BotCommand['status']> = new Set(['done', 'failed', 'expired']);

/** Makes a command about one bot one that sends it something to do. */
export function registerSending(command: Command, cli: Cli): void {
  command
    .argument('<command>', 'what it is to do, such as echo; each blueprint knows its own')
    .option('--set <field=value>', 'what the command is given; repeat it for more', setting)
    .option('--ordinal <n>', 'of this instance; of whichever asks first unless given', wholeNumber(0, 999))
    .option('--no-wait', 'print the id of the command and leave')
    .addHelpText('after', '\nExample:\n  azt3knet bots command echo-bot-v1 echo --set text=hello')
    .action((id: string, name: string, options: Options) => send(cli, id, name, options));
}

async function send(cli: Cli, id: string, name: string, { set = {}, ordinal, wait }: Options): Promise<void> {
  const client = await cli.api();
  let sent = await client.post('/api/v1/bots/{id}/commands', {
    params: { path: { id } },
    body: { name, arguments: set, ordinal: ordinal ?? null },
  });
  if (wait) {
    const path = { id, command: sent.id };
    while (!OVER.has(sent.status)) {
      await sleep(POLL_MS);
      sent = await client.get('/api/v1/bots/{id}/commands/{command}', { params: { path } });
    }
  }
  cli.output.result(sent, describe(cli, sent));
  if (sent.status !== 'failed' && sent.status !== 'expired') return;
  const why = sent.status === 'failed' ? 'could not do it' : 'did not finish it in ten minutes';
  throw new AppError('conflict', 'bot_command_failed', `the bot ${id} ${why}`);
}

function describe({ output }: Cli, { id, name, status, result }: BotCommand): string {
  return output.pairs([
    ['command', `${name} (${id})`],
    ['status', status],
    ...Object.entries(result ?? {}).map(
      ([field, value]) => [field, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    ),
  ]);
}
