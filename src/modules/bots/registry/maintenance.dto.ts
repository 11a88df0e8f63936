import { z } from 'zod';
import { synthetic, time, wire } from '../../../core/http/index.js';
import { paused } from './bot.dto.js';
import type { BotMaintenance } from './bot.entity.js';

export const MaintainBotsDto = wire(
  'MaintainBots',
  z
    .strictObject({
      paused: paused.meta({ examples: [true] }),
      reason: z
        .string()
        .max(300)
        .default('')
        .meta({ description: 'For who wonders.', examples: ['the database is moved'] }),
    })
    .describe('Whether all bots are left as they are.'),
);
export type MaintainBotsDto = z.infer<typeof MaintainBotsDto>;

export const BotMaintenanceDto = wire(
  'BotMaintenance',
  z
    .strictObject({
      synthetic,
      paused,
      reason: z.string().nullable(),
      by: z
        .string()
        .nullable()
        .meta({ examples: ['admin'] }),
      since: time.nullable(),
    })
    .describe('Whether all bots are left as they are, and why.'),
);
export type BotMaintenanceDto = z.infer<typeof BotMaintenanceDto>;

export function botMaintenanceDto(found: BotMaintenance | undefined): BotMaintenanceDto {
  return {
    synthetic: true,
    paused: found !== undefined,
    reason: found?.reason ?? null,
    by: found?.begun_by ?? null,
    since: found?.begun_at.toISOString() ?? null,
  };
}
