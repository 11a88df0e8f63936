import { z } from 'zod';
import { declareSocket } from '../../../core/events/index.js';
import { Problem, synthetic, uuid } from '../../../core/http/index.js';
import { ConversationMessageDto, conversationLanguage } from '../dto/conversation.dto.js';
import { commandArguments, commandName, confirmedFlag, spokenText } from '../dto/command.dto.js';

const authenticate = z.strictObject({ action: z.literal('authenticate'), token: z.string().max(8_192) });
const say = z.strictObject({ action: z.literal('say'), text: spokenText });
const command = z.strictObject({
  action: z.literal('command'),
  command: commandName,
  arguments: commandArguments,
  confirmed: confirmedFlag,
});
const reply = z.strictObject({ action: z.literal('reply'), question_id: uuid, yes: z.boolean() });
const ping = z.strictObject({ action: z.literal('ping') });

/** What a program may say; people just write. */
export const commandFrame = z.discriminatedUnion('action', [authenticate, say, command, reply, ping]);

const sequence = z.string();

const ready = z.strictObject({
  synthetic,
  type: z.literal('ready'),
  username: z.string(),
  conversation_id: uuid,
  sequence: sequence.meta({ description: 'Of the newest message that was told or skipped.' }),
  language: conversationLanguage,
  expires_at: z.number().meta({ description: 'When the token ends, in milliseconds since 1970.' }),
});
export type Ready = z.infer<typeof ready>;

const progress = z.strictObject({
  type: z.literal('progress'),
  job_id: uuid,
  status: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  note: z.string().nullable(),
});

declareSocket('conversation', {
  address: '/ws/command/{user_id}',
  parameters: {
    user_id: 'The name or the id of the user whose token it is.',
  },
  hears: {
    text: {
      summary: 'What a person wants, in words: a text frame that does not begin with a brace.',
      payload: z.string(),
    },
    authenticate: { summary: 'Shows the token, where the request did not.', payload: authenticate },
    say: { summary: 'The same as a text.', payload: say },
    give: { summary: 'A command with its arguments.', payload: command },
    reply: { summary: 'Says yes or no to a question.', payload: reply },
    beat: { summary: 'Asks for a sign of life.', payload: ping },
  },
  tells: {
    words: { summary: 'An answer for a person, to a client that has sent no JSON.', payload: z.string() },
    ready: { summary: 'It is known who speaks, and in which conversation.', payload: ready },
    message: {
      summary:
        'A message of the conversation, by whoever of its clients or by the server, in the order of sequences.',
      payload: ConversationMessageDto,
    },
    progress: { summary: 'How a job gets on that is watched; not kept.', payload: progress },
    refusal: {
      summary: 'A message was not taken.',
      payload: z.strictObject({ type: z.literal('error'), problem: Problem }),
    },
    pong: { summary: 'A sign of life.', payload: z.strictObject({ type: z.literal('pong') }) },
  },
});
