import { z } from 'zod';
import { synthetic, uuid, wire } from '../../../core/http/index.js';
import type { RunTick } from '../run-tick.entity.js';
import { tickMeasureFields } from './run-measures.dto.js';

const count = z.number();

export const RunMetricsDto = wire(
  'RunMetrics',
  z
    .strictObject({
      synthetic,
      run_id: uuid,
      tick_minutes: z.int(),
      ticks: z.array(
        wire(
          'RunTick',
          z.strictObject({
            tick: z.int(),
            active: count,
            idle: count,
            posts: count,
            exposures: count,
            reactions: count,
            comments: count,
            replies: count,
            reposts: count,
            mean_depth: z.number(),
            reached: count,
            acted: count,
            actions: z
              .record(z.string(), z.int())
              .nullable()
              .meta({
                description:
                  'Further counts: quotes, follows, unfollows, mutes, blocks, reports, dismissals, reads, leaves, returns, and what ' +
                  'interventions did; null for runs from before there were any.',
                examples: [{ quotes: 2, follows: 5 }],
              }),
            digest: z.string().nullable().meta({
              description:
                'Over the tick’s events and the digest of the tick before; null for runs from before there were any.',
            }),
            ...tickMeasureFields,
          }),
        ),
      ),
    })
    .describe('What happened in each tick of a completed run.'),
);
export type RunMetricsDto = z.infer<typeof RunMetricsDto>;

export function runTickDto({ run_id: _run, ...tick }: RunTick): RunMetricsDto['ticks'][number] {
  return tick;
}
