import { z } from 'zod';
import { PERMISSIONS, synthetic, uuid, wire } from '../../../core/http/index.js';
import { LANGUAGES } from '../language/words.js';
import { EFFECTS, type ChatCommand } from '../registry/chat-command.js';
import { conversationLanguage, ConversationMessageDto } from './conversation.dto.js';

const inLanguages = <T extends z.ZodType>(each: T) => z.strictObject({ en: each, es: each });

/** A command that can be given. */
export const ChatCommandDto = wire(
  'ChatCommand',
  z.strictObject({
    name: z.string().meta({ examples: ['campaigns.start'] }),
    effect: z.enum(EFFECTS).meta({
      description:
        '`read` changes nothing; `write` asks before it is done, unless a program says `confirmed`; `destructive` always asks.',
    }),
    permissions: z.array(z.enum(PERMISSIONS)).meta({ description: 'What it needs, all of it.' }),
    help: inLanguages(z.string()),
    examples: inLanguages(z.array(z.string())),
    aliases: inLanguages(z.array(z.string())),
    arguments: z.record(z.string(), z.unknown()).meta({ description: 'The JSON Schema of its arguments.' }),
  }),
);

export const ChatCommandsDto = wire(
  'ChatCommands',
  z.strictObject({ synthetic, commands: z.array(ChatCommandDto) }),
);
export type ChatCommandsDto = z.infer<typeof ChatCommandsDto>;

function copy(words: ChatCommand['aliases']): { en: string[]; es: string[] } {
  return { en: [...words.en], es: [...words.es] };
}

export function commandDto(command: ChatCommand): z.infer<typeof ChatCommandDto> {
  const { name, effect, needs, help, examples, aliases } = command;
  const { $schema: _, ...schema } = z.toJSONSchema(command.arguments, { io: 'input', target: 'draft-7' });
  return {
    name,
    effect,
    permissions: [...needs],
    help,
    examples: copy(examples),
    aliases: copy(aliases),
    arguments: schema,
  };
}

/** The longest thing that can be said, in characters. */
export const TEXT_MAX = 2_000;
export const spokenText = z.string().min(1).max(TEXT_MAX);
export const commandName = z
  .string()
  .min(1)
  .max(100)
  .meta({ examples: ['campaigns.list'] });
export const commandArguments = z
  .record(z.string().max(100), z.unknown())
  .default({})
  .meta({ examples: [{}] });
export const confirmedFlag = z.boolean().default(false).meta({
  description:
    'Says yes in advance to a command that changes something; a destructive one asks all the same.',
});

export const SayDto = wire(
  'SayCommand',
  z
    .strictObject({
      text: spokenText.optional().meta({
        description: 'What is wanted, in words; an answer to a question too.',
        examples: ['list campaigns'],
      }),
      command: commandName.optional().meta({ description: 'Instead of a text: the name of a command.' }),
      arguments: commandArguments.optional(),
      confirmed: confirmedFlag.optional(),
      conversation_id: uuid
        .optional()
        .meta({ description: 'Goes on with this conversation; a new one unless given.' }),
      language: z
        .enum(LANGUAGES)
        .optional()
        .meta(conversationLanguage.meta() ?? {}),
    })
    .refine(({ text, command }) => (text === undefined) !== (command === undefined), {
      message: 'is needed, or a command: one of the two',
      path: ['text'],
    })
    .describe('Something to do, in words or as a command with its arguments.'),
);
export type SayDto = z.infer<typeof SayDto>;

export const SaidDto = wire(
  'CommandReply',
  z.strictObject({
    synthetic,
    conversation_id: uuid,
    messages: z.array(ConversationMessageDto).meta({ description: 'What was answered, in order.' }),
  }),
);
export type SaidDto = z.infer<typeof SaidDto>;
