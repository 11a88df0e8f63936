import { clearLine, createInterface, cursorTo } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, components } from '@azt3knet/client';
import { plainText, type Cli } from '../../core/cli/index.js';

export type Reply = components['schemas']['CommandReply'];
type Message = components['schemas']['ConversationMessage'];

/** Between two looks for what is told unasked, in milliseconds. */
const LOOK_MS = 1_500;

/** A conversation as a terminal has it: what was said and answered, and what is told later. */
export class Dialogue {
  /** The last message that was printed. */
  private seen: string | undefined;
  /** Jobs whose end was promised to be told. */
  private readonly promised = new Set<string>();

  constructor(
    private readonly cli: Cli,
    private readonly client: Client,
    private id: string | undefined,
    private readonly language: 'en' | 'es' | undefined,
  ) {}

  /** Jobs whose end is still to be told. */
  get awaited(): readonly string[] {
    return [...this.promised];
  }

  /** Says something. @returns the answer with what was told since, not printed yet */
  async say(text: string): Promise<Reply> {
    const { id, language, seen } = this;
    const reply = await this.client.post('/api/v1/commands', {
      body: {
        text,
        ...(id !== undefined && { conversation_id: id }),
        ...(language !== undefined && { language }),
      },
    });
    this.id = reply.conversation_id;
    const [first] = reply.messages;
    if (first === undefined) return reply;
    // What was said has a place of its own before its answer; other places are of what nobody asked for.
    const isNext = seen === undefined || BigInt(first.sequence) === BigInt(seen) + 2n;
    const messages = isNext ? reply.messages : await this.unseen();
    this.note(messages);
    return { ...reply, messages };
  }

  /** What was told since the last message, in answer to nothing. */
  async look(): Promise<Message[]> {
    const messages = await this.unseen();
    this.note(messages);
    return messages;
  }

  /** Waits until everything has been told that was promised, and prints it. */
  async settle(): Promise<void> {
    while (this.promised.size > 0) {
      await sleep(LOOK_MS);
      this.print(await this.look());
    }
  }

  print(messages: readonly Message[]): void {
    if (messages.length === 0) return;
    const reply = { synthetic: true, conversation_id: this.id, messages };
    this.cli.output.result(reply, messages.map(({ text }) => plainText(text)).join('\n'));
  }

  private async unseen(): Promise<Message[]> {
    const { id, seen } = this;
    if (id === undefined || seen === undefined) return [];
    const params = { path: { id }, query: { after: seen } };
    const { messages } = await this.client.get('/api/v1/conversations/{id}/messages', { params });
    return messages.filter(({ type }) => type !== 'said');
  }

  private note(messages: readonly Message[]): void {
    this.seen = messages.at(-1)?.sequence ?? this.seen;
    for (const { type, details } of messages) {
      const { command, job_id: job } = details;
      if (typeof job !== 'string') continue;
      if (type === 'answer' && String(command).endsWith('.watch')) this.promised.add(job);
      if (type === 'notice') this.promised.delete(job);
    }
  }
}

/** Answers standard input line by line until it ends, and prints meanwhile what is told unasked. */
export async function converse(dialogue: Dialogue): Promise<void> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr, prompt: '> ' });
  const lines: string[] = [];
  const input = { isOpen: true };
  let wake: (() => void) | undefined;
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  terminal.on('line', (line) => {
    lines.push(line);
    wake?.();
  });
  terminal.once('close', () => {
    input.isOpen = false;
    wake?.();
  });
  // What comes at once with the end of input, or faster than it is answered, waits in the list.
  const ask = (keepsCursor = false): void => {
    if (process.stdin.isTTY && input.isOpen && lines.length === 0) terminal.prompt(keepsCursor);
  };
  ask();
  while (input.isOpen || lines.length > 0) {
    const line = lines.shift();
    if (line !== undefined) {
      if (line.trim() !== '') dialogue.print((await dialogue.say(line)).messages);
      ask();
      continue;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    if (!input.isOpen || lines.length > 0) continue;
    const told = await dialogue.look();
    if (told.length === 0) continue;
    if (process.stdin.isTTY) {
      cursorTo(process.stderr, 0);
      clearLine(process.stderr, 0);
    }
    dialogue.print(told);
    ask(true);
  }
}
