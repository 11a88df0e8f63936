import { z } from 'zod';
import { declareSocket } from '../../../core/events/index.js';
import { Problem, synthetic, uuid } from '../../../core/http/index.js';
import { ConversationMessageDto, conversationLanguage } from '../dto/conversation.dto.js';
import { commandArguments, commandName, confirmedFlag, spokenText } from '../dto/command.dto.js';
import { LANGUAGES } from '../language/words.js';
import { DEFAULT_RATE, RATES } from '../voice/recogniser.js';

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

const voiceStart = z.strictObject({
  action: z.literal('voice_start'),
  sample_rate: z
    .int()
    .min(RATES.min)
    .max(RATES.max)
    .default(DEFAULT_RATE)
    .meta({ description: 'Samples in a second.' }),
  language: z
    .enum(LANGUAGES)
    .optional()
    .meta({ description: 'What is spoken; the language of the conversation unless given.' }),
});
const voiceEnd = z.strictObject({ action: z.literal('voice_end') });
const voiceCancel = z.strictObject({ action: z.literal('voice_cancel') });

/** What a program may say; people just write. */
export const commandFrame = z.discriminatedUnion('action', [
  authenticate,
  say,
  command,
  reply,
  ping,
  voiceStart,
  voiceEnd,
  voiceCancel,
]);
export type CommandFrame = z.infer<typeof commandFrame>;

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

const listening = z.strictObject({
  type: z.literal('listening'),
  utterance_id: uuid,
  sample_rate: z.int(),
  language: conversationLanguage,
});
const partial = z.strictObject({ type: z.literal('partial'), utterance_id: uuid, text: z.string() });
const heard = z.strictObject({
  type: z.literal('heard'),
  utterance_id: uuid,
  text: z.string(),
  confidence: z.number().nullable().meta({ description: '0 to 1; null where the recogniser does not tell.' }),
  certain: z.boolean().meta({ description: 'Whether it is taken as said; otherwise it is asked back.' }),
});
/** What is told of an utterance. */
export type VoiceTelling = z.infer<typeof listening> | z.infer<typeof partial> | z.infer<typeof heard>;

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
    voice_start: {
      summary: 'Speech begins, in binary messages; without it, the first of them begins it.',
      payload: voiceStart,
    },
    sound: {
      summary:
        'A piece of speech: a binary message of PCM, 16 bits, little-endian, one channel, 16,384 bytes at most.',
      payload: z.string().meta({ format: 'binary' }),
    },
    voice_end: { summary: 'The utterance is over: it is answered like a text.', payload: voiceEnd },
    voice_cancel: { summary: 'Forgets what was said since speech began.', payload: voiceCancel },
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
    listening: { summary: 'Speech is being listened to.', payload: listening },
    partial: { summary: 'What was understood so far; not kept.', payload: partial },
    heard: { summary: 'What was understood, before it is answered.', payload: heard },
    refusal: {
      summary: 'A message was not taken.',
      payload: z.strictObject({ type: z.literal('error'), problem: Problem }),
    },
    pong: { summary: 'A sign of life.', payload: z.strictObject({ type: z.literal('pong') }) },
  },
});
