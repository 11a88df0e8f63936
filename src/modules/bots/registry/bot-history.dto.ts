import { z } from 'zod';
import { synthetic, time, wire } from '../../../core/http/index.js';
import { botId, reason, status } from './bot.dto.js';
import type { BotTransition } from './bot-history.entity.js';

export const BotHistoryQueryDto = z.strictObject({
  limit: z
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta({ description: 'How many at most.', examples: [20] }),
});
export type BotHistoryQueryDto = z.infer<typeof BotHistoryQueryDto>;

export const BotHistoryDto = wire(
  'BotHistory',
  z
    .strictObject({
      synthetic,
      bot_id: botId,
      transitions: z.array(z.strictObject({ status, reason, at: time })),
    })
    .describe('How a bot came to where it is, the newest first.'),
);
export type BotHistoryDto = z.infer<typeof BotHistoryDto>;

export function botHistoryDto(id: string, transitions: readonly BotTransition[]): BotHistoryDto {
  return {
    synthetic: true,
    bot_id: id,
    transitions: transitions.map((each) => ({
      status: each.status,
      reason: each.reason,
      at: each.occurred_at.toISOString(),
    })),
  };
}
