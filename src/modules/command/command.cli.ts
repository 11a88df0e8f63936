import type { Command } from 'commander';
import { choice, uuid, type Cli } from '../../core/cli/index.js';
import { AppError } from '../../core/errors/index.js';
import { converse, Dialogue } from './chat-terminal.js';

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

/** Says one thing, and yes to its plan where that was given beforehand; what it promises to tell is waited for. */
async function sayOnce(
  cli: Cli,
  text: string,
  { yes, conversation, language }: CommandOptions,
): Promise<void> {
  const dialogue = new Dialogue(cli, await cli.api(), conversation, language);
  let reply = await dialogue.say(text);
  const asked = reply.messages.some(({ type, details }) => type === 'question' && 'plan' in details);
  if (yes === true && asked) {
    const second = await dialogue.say('yes');
    reply = { ...second, messages: [...reply.messages, ...second.messages] };
  }
  dialogue.print(reply.messages);
  if (reply.messages.at(-1)?.type === 'question') {
    const message = `nothing was done; answer with \`azt3knet command --conversation ${reply.conversation_id} "…"\``;
    throw new AppError('invalid', 'question_open', message);
  }
  if (dialogue.awaited.length === 0) return;
  cli.output.note('waiting for it to finish; Ctrl-C ends the waiting, and not the job');
  await dialogue.settle();
}

/** A conversation on standard input, until it ends. */
async function chat(cli: Cli, { conversation, language }: CommandOptions): Promise<void> {
  const client = await cli.api();
  // Who may not speak hears it before saying anything.
  await client.get('/api/v1/commands');
  const dialogue = new Dialogue(cli, client, conversation, language);
  await converse(dialogue);
  for (const job of dialogue.awaited) cli.output.note(`not told yet: azt3knet jobs watch ${job}`);
}
