import { z } from 'zod';
import { declareEvent } from '../../../core/events/index.js';
import { BOT_STATUSES, DESIRED_STATES, ROLLOUT_OUTCOMES } from './bot.rules.js';

const declare = <Fields extends z.ZodRawShape>(type: string, summary: string, fields: Fields) =>
  declareEvent({
    type,
    topic: 'bots.{bot_id}',
    permission: 'bots:read',
    summary,
    payload: z.strictObject({ bot_id: z.string(), ...fields }),
  });

export const botChanged = declare('bot.changed', 'Somebody made a bot, or wants something else of it.', {
  desired_state: z.enum(DESIRED_STATES),
  generation: z.int(),
  version: z.int(),
});

export const botMoved = declare('bot.moved', 'A bot came to another status.', {
  status: z.enum(BOT_STATUSES),
  reason: z.string().nullable(),
});

export const botRolled = declare(
  'bot.rollout',
  'An update of a bot began, is through, has failed, or was taken back.',
  {
    generation: z.int(),
    revision: z.int(),
    outcome: z.enum(ROLLOUT_OUTCOMES),
    reason: z.string().nullable(),
    rolled_back_to: z.int().nullable(),
  },
);

export const botDeleted = declare('bot.deleted', 'A bot is gone, with its logs and its history.', {
  name: z.string(),
});
