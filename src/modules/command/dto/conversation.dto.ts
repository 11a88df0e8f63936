import { z } from 'zod';
import { page, pageQuery, sortBy, synthetic, time, uuid, wire } from '../../../core/http/index.js';
import {
  MESSAGE_TYPES,
  type Conversation,
  type ConversationMessage,
} from '../conversations/conversation.entity.js';
import { CONVERSATION_SORTS } from '../conversations/conversations.repository.js';
import { LANGUAGES } from '../language/words.js';

const sequence = z
  .string()
  .regex(/^\d{1,18}$/, 'must be the sequence number of a message: a whole number')
  .meta({ description: 'Its place in the conversation; the first message has 1.', examples: ['12'] });

export const conversationLanguage = z.enum(LANGUAGES).meta({
  description: 'What answers are in until something is said in another language.',
  examples: ['en'],
});

/** A message of a conversation. */
export const ConversationMessageDto = wire(
  'ConversationMessage',
  z.strictObject({
    synthetic,
    type: z.enum(MESSAGE_TYPES).meta({
      description:
        '`said`: by the person; `answer`; `part` of a long answer that goes on; `question`: the server asks; `notice`: something happened.',
    }),
    sequence,
    text: z.string().meta({ description: 'For people.' }),
    details: z.record(z.string(), z.unknown()).meta({
      description:
        'For programs: the `command`, its `outcome` and `data`; of a question its `question_id`, its `plan` or `choices`, and until when it can be answered.',
    }),
    created_at: time,
  }),
);
export type ConversationMessageDto = z.infer<typeof ConversationMessageDto>;

export function messageDto({
  type,
  sequence: place,
  text,
  body,
  created_at,
}: ConversationMessage): ConversationMessageDto {
  return {
    synthetic: true,
    type,
    sequence: place,
    text,
    details: body,
    created_at: created_at.toISOString(),
  };
}

export const ConversationDto = wire(
  'Conversation',
  z.strictObject({
    id: uuid,
    language: conversationLanguage,
    last_sequence: sequence,
    created_at: time,
    updated_at: time,
  }),
);

export function conversationDto({
  id,
  language,
  last_sequence,
  created_at,
  updated_at,
}: Conversation): z.infer<typeof ConversationDto> {
  return {
    id,
    language,
    last_sequence,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  };
}

export const ConversationListDto = page('ConversationList', 'conversations', ConversationDto);
export type ConversationListDto = z.infer<typeof ConversationListDto>;

export const ConversationsQueryDto = pageQuery({ sort: sortBy(CONVERSATION_SORTS, '-updated_at') });
export type ConversationsQueryDto = z.infer<typeof ConversationsQueryDto>;

export const MessagesQueryDto = z.strictObject({
  after: sequence.optional().meta({ description: 'Messages after this one; from the first unless given.' }),
  limit: z
    .int()
    .min(1)
    .max(1_000)
    .default(100)
    .meta({ description: 'How many at most.', examples: [20] }),
});
export type MessagesQueryDto = z.infer<typeof MessagesQueryDto>;

export const ConversationMessagesDto = wire(
  'ConversationMessages',
  z.strictObject({
    synthetic,
    messages: z.array(ConversationMessageDto),
    next_after: sequence
      .nullable()
      .meta({ description: 'Give this as `after` for what follows; null at the end.' }),
  }),
);
export type ConversationMessagesDto = z.infer<typeof ConversationMessagesDto>;
