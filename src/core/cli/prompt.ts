import { createInterface } from 'node:readline/promises';
import { AppError } from '../errors/index.js';
import { plainText } from '../legible.js';

class NoTerminalError extends AppError {
  constructor(option: string) {
    super('invalid', 'no_terminal', `there is no terminal to ask on: give ${option}`);
  }
}

class NotConfirmedError extends AppError {
  constructor(message: string) {
    super('invalid', 'not_confirmed', message);
  }
}

/** @throws AppError when nobody can be asked whether it is meant */
export function requireTerminal(): void {
  if (!process.stdin.isTTY) {
    throw new NotConfirmedError(
      'there is no terminal to ask on: give --yes, or --dry-run to see what would be done',
    );
  }
}

/**
 * Asks whether something that cannot be undone is meant.
 * @throws AppError when it is not, or nobody can be asked
 */
export async function confirm(question: string): Promise<void> {
  requireTerminal();
  const answer = await ask(`${question} [y/N] `, '--yes', 'n');
  if (!/^y(?:es)?$/i.test(answer)) throw new NotConfirmedError('not confirmed: nothing was changed');
}

/**
 * Asks for a line on the terminal. Questions go to standard error: the output belongs to the result. Names in them come from elsewhere.
 * @param option what says it where there is no terminal
 * @param fallback what an empty line stands for
 */
export async function ask(question: string, option: string, fallback = ''): Promise<string> {
  if (!process.stdin.isTTY) throw new NoTerminalError(option);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return (await terminal.question(plainText(question))).trim() || fallback;
  } finally {
    terminal.close();
  }
}

const ENTER = new Set(['\r', '\n']);
const END = '\u0004';
const CTRL_C = '\u0003';
const ERASE = new Set(['\u007f', '\b']);
const ERASE_ALL = '\u0015';

/** Asks for a secret, which is not echoed. */
export async function askSecret(question: string): Promise<string> {
  const { stdin } = process;
  if (!stdin.isTTY) throw new NoTerminalError('--password-stdin');
  // Before the question: who answers at once is not echoed either.
  stdin.setRawMode(true);
  process.stderr.write(plainText(question));
  stdin.setEncoding('utf8');
  return new Promise((resolve) => {
    let secret = '';
    const finish = (): void => {
      stdin.off('data', onData);
      stdin.setRawMode(false);
      process.stderr.write('\n');
    };
    const onData = (text: string): void => {
      for (const character of text) {
        if (character === CTRL_C) {
          finish();
          // Standard input stays open: the process must live until the signal is there.
          process.kill(process.pid, 'SIGINT');
          return;
        }
        if (ENTER.has(character) || character === END) {
          finish();
          stdin.pause();
          resolve(secret);
          return;
        }
        if (character === ERASE_ALL) secret = '';
        else if (ERASE.has(character)) secret = Array.from(secret).slice(0, -1).join('');
        else secret += character;
      }
    };
    stdin.on('data', onData);
    stdin.resume();
  });
}

/** All of standard input, without the line end of its last line. */
export async function readStandardInput(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const chunk of process.stdin) text += chunk as string;
  return text.replace(/\r?\n$/, '');
}
