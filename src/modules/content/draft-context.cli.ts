import type { Command } from 'commander';
import { uuid } from '../../core/cli/index.js';
import { AppError } from '../../core/errors/index.js';

/** The options that say what to write about. */
export interface ContextOptions {
  topic?: string;
  campaign?: string;
  input?: string[];
  replyTo?: string;
  replyText?: string;
  replyAuthor?: string;
}

/** Adds the options of {@link ContextOptions} to a command. */
export function contextOptions(command: Command): Command {
  return command
    .option(
      '--topic <text>',
      'what to write about, where the template reads a topic; else an interest of the agent',
    )
    .option('--campaign <name>', 'what the drafts are for')
    .option(
      '--input <name=value...>',
      'a value for an input that the template declares; values as JSON or as text',
    )
    .option('--reply-to <draft>', 'the draft to answer', uuid)
    .option('--reply-text <text>', 'the post to answer, where it is no draft')
    .option('--reply-author <name>', 'with --reply-text: how to call who wrote it');
}

/** What the options say, under the names of the API. */
export function contextOf(options: ContextOptions): Record<string, unknown> {
  const { topic, campaign, input, replyTo, replyText, replyAuthor } = options;
  const reply = {
    ...(replyTo !== undefined && { draft: replyTo }),
    ...(replyText !== undefined && { text: replyText }),
    ...(replyAuthor !== undefined && { author: replyAuthor }),
  };
  return {
    ...(topic !== undefined && { topic }),
    ...(campaign !== undefined && { campaign }),
    ...(input !== undefined && { inputs: Object.fromEntries(input.map(inputOf)) }),
    ...(Object.keys(reply).length > 0 && { reply_to: reply }),
  };
}

function inputOf(text: string): [string, unknown] {
  const at = text.indexOf('=');
  if (at < 1) {
    const message = `must be name=value, not ${JSON.stringify(text)}`;
    throw new AppError('invalid', 'input_invalid', `--input ${message}`, [{ field: 'input', message }]);
  }
  const value = text.slice(at + 1);
  try {
    return [text.slice(0, at), JSON.parse(value)];
  } catch {
    return [text.slice(0, at), value];
  }
}
