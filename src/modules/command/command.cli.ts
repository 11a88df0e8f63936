import { createInterface } from 'node:readline';
import type { Client, components } from '@azt3knet/client';
import type { Command } from 'commander';
import { choice, plainText, uuid, type Cli } from '../../core/cli/index.js';
import { AppError } from '../../core/errors/index.js';

type Reply = components['schemas']['CommandReply'];
type Message = components['schemas']['ConversationMessage'];

interface CommandOptions {
  yes?: boolean;
  conversation?: string;
  language?: 'en' | 'es';
}

const LANGUAGES = ['en', 'es'] as const;

export function registerChatCommands(program: Command, cli: Cli): void {
  program
    .command('command')
    .description('say what is to be done, in English or Spanish; changes are asked for')
    .argument('<words...>', 'what is wanted, such as: list campaigns')
    .option('--yes', 'say yes to the plan, where there is one')
    .option('--conversation <id>', 'go on with this conversation', uuid)
    .addOption(choice('--language <language>', 'answer in this language at first', LANGUAGES))
    .addHelpText('after', '\nExample:\n  azt3knet command "pause the last campaign"')
    .action((words: string[], options: CommandOptions) => sayOnce(cli, words.join(' '), options));
  program
    .command('chat')
    .description('say what is to be done, line by line; help says what can be said')
    .option('--conversation <id>', 'go on with this conversation', uuid)
    .addOption(choice('--language <language>', 'answer in this language at first', LANGUAGES))
    .action((options: CommandOptions) => chat(cli, options));
}

/** Says one thing, and yes to its plan where that was given beforehand. */
async function sayOnce(
  cli: Cli,
  text: string,
  { yes, conversation, language }: CommandOptions,
): Promise<void> {
  const client = await cli.api();
  const first = await say(client, text, conversation, language);
  const asked = first.messages.some(({ type, details }) => type === 'question' && 'plan' in details);
  if (yes !== true || !asked) return finish(cli, first);
  const second = await say(client, 'yes', first.conversation_id, language);
  finish(cli, { ...second, messages: [...first.messages, ...second.messages] });
}

/** Prints what was answered. @throws AppError where that was a question: nothing has been done then */
function finish(cli: Cli, reply: Reply): void {
  print(cli, reply);
  if (reply.messages.at(-1)?.type !== 'question') return;
  const message = `nothing was done; answer with \`azt3knet command --conversation ${reply.conversation_id} "…"\``;
  throw new AppError('invalid', 'question_open', message);
}

/** A conversation on standard input, until it ends. */
async function chat(cli: Cli, { conversation, language }: CommandOptions): Promise<void> {
  const client = await cli.api();
  // Who may not speak hears it before saying anything.
  await client.get('/api/v1/commands');
  const terminal = createInterface({ input: process.stdin, output: process.stderr, prompt: '> ' });
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  // What is piped in ends while its last line is still being answered.
  const ask = (): void => {
    if (process.stdin.isTTY) terminal.prompt();
  };
  let id = conversation;
  ask();
  for await (const line of terminal) {
    if (line.trim() !== '') {
      const reply = await say(client, line, id, language);
      id = reply.conversation_id;
      print(cli, reply);
    }
    ask();
  }
}

function say(
  client: Client,
  text: string,
  conversation: string | undefined,
  language: CommandOptions['language'],
): Promise<Reply> {
  return client.post('/api/v1/commands', {
    body: {
      text,
      ...(conversation !== undefined && { conversation_id: conversation }),
      ...(language !== undefined && { language }),
    },
  });
}

function print(cli: Cli, reply: Reply): void {
  cli.output.result(reply, reply.messages.map(({ text }: Message) => plainText(text)).join('\n'));
}
