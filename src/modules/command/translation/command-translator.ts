import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { z } from 'zod';
import { CONFIG, type Config } from '../../../core/config/index.js';
import { AppError } from '../../../core/errors/index.js';
import { Authenticator, type Caller } from '../../../core/http/index.js';
import { LlmGateway, renderPrompt } from '../../../core/llm/index.js';
import type { Intent } from '../language/reading.js';
import { plain } from '../language/words.js';
import type { ChatCommand } from '../registry/chat-command.js';
import { CHAT_COMMANDS, commandNamed } from '../registry/registry.js';

const PROMPT = 'translate_command';
/** How long somebody waits for a suggestion, in milliseconds. */
const PATIENCE_MS = 20_000;
const MOST_TOKENS = 1_024;
const CONTEXT_TOKENS = 16_384;
/** The longest sentence that a model is given, in characters. */
const SENTENCE_MAX = 500;

const Suggestion = z.strictObject({
  /** Empty where no command is meant. */
  command: z.string().max(100),
  arguments: z.record(z.string().max(100), z.unknown()),
});
type Suggestion = z.infer<typeof Suggestion>;

/** What a language model takes a sentence for, to be asked about. */
interface Translation {
  intent: Intent;
  /** The name of the model. */
  model: string;
}

/**
 * Has a language model say which command a sentence means that the grammar does not understand. What it answers is a
 * suggestion: one of the registered commands that the speaker may give, whose arguments its schema accepts and whose words
 * are the speaker's own. Anything else comes to nothing.
 */
@Injectable()
export class CommandTranslator {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly gateway: LlmGateway,
    private readonly authenticator: Authenticator,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext(CommandTranslator.name);
  }

  /** @returns undefined where it is switched off, no model answers, or its answer is of no use */
  async translate(sentence: string, caller: Caller): Promise<Translation | undefined> {
    if (!this.config.translatesCommands || sentence.length > SENTENCE_MAX) return undefined;
    const commands = CHAT_COMMANDS.filter(({ needs }) =>
      needs.every((permission) => this.authenticator.may(caller, permission)),
    );
    try {
      const { value, model } = await this.gateway.complete<Suggestion>(requestOf(sentence, commands), {
        schema: Suggestion,
        deadline: new Date(Date.now() + PATIENCE_MS),
      });
      const intent = intentOf(value, sentence, commands);
      return intent && { intent, model };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.logger.warn({ error: error.code }, 'a sentence was not translated');
      return undefined;
    }
  }
}

function requestOf(sentence: string, commands: readonly ChatCommand[]) {
  const { messages } = renderPrompt(PROMPT, {
    commands: commands.map(lineOf).join('\n'),
    // A mark that the sentence cannot have guessed.
    marker: `-----${randomBytes(12).toString('hex')}-----`,
    sentence,
  });
  const limits = { maxTokens: MOST_TOKENS, contextTokens: CONTEXT_TOKENS };
  return { purpose: 'command', messages, temperature: 0, think: false, ...limits };
}

function lineOf({ name, help, arguments: schema }: ChatCommand): string {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return `- ${name}: ${help.en} arguments ${JSON.stringify(properties)}, needed ${JSON.stringify(required)}`;
}

/** A suggestion as a command; undefined where it is none, or says what the speaker has not. */
function intentOf(
  { command: name, arguments: given }: Suggestion,
  sentence: string,
  commands: readonly ChatCommand[],
): Intent | undefined {
  const command = commandNamed(name);
  if (command === undefined || !commands.includes(command)) return undefined;
  const parsed = command.arguments.safeParse(given);
  if (!parsed.success) return undefined;
  const { properties = {} } = z.toJSONSchema(command.arguments, { io: 'input' });
  if (!Object.entries(given).every(([argument, value]) => isSaid(value, sentence, properties[argument])))
    return undefined;
  const { subject } = command;
  const about = subject === undefined ? undefined : given[subject];
  return {
    command,
    given: parsed.data,
    ...(typeof about === 'string' && { subject: { by: 'name', name: about } }),
  };
}

/** Texts are the speaker's own, or one of a few that the command knows; numbers and switches are plain to see in the question. */
function isSaid(
  value: unknown,
  sentence: string,
  schema: z.core.JSONSchema._JSONSchema | undefined,
): boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return true;
  if (typeof value !== 'string') return false;
  // Its schema has accepted it, and takes nothing but these.
  if (typeof schema === 'object' && (schema.enum ?? schema.pattern) !== undefined) return true;
  // As it was written, or in plain letters: marks above them can be more than anybody said.
  const said = sentence.normalize('NFC').toLowerCase();
  return said.includes(value.normalize('NFC').toLowerCase()) || isPlainPart(value, sentence);
}

function isPlainPart(value: string, sentence: string): boolean {
  return value.toLowerCase() === plain(value) && plain(sentence).includes(plain(value));
}
