import { z } from 'zod';
import { synthetic, uuid, wire } from '../../../core/http/index.js';
import type { LoggedEvent } from '../comparison/event-difference.js';
import type { Comparison } from '../comparison/run.comparison.js';

export const RunPairParams = z.strictObject({ id: uuid, other: uuid });
export type RunPairParams = z.infer<typeof RunPairParams>;

const value = z.number().nullable();
const logged = z.record(z.string(), z.union([z.string(), z.number()])).nullable();

export const RunDifferenceDto = wire(
  'RunDifference',
  z
    .strictObject({
      synthetic,
      run_id: uuid,
      other_id: uuid,
      same: z.boolean().meta({ description: 'Whether every tick is the same in both.' }),
      inputs: z
        .array(z.string())
        .meta({ description: 'What the runs were made from that is not the same.', examples: [['seed']] }),
      first_tick: z
        .int()
        .nullable()
        .meta({ description: 'The first tick that differs; null when none does.', examples: [17] }),
      ended: z.boolean().meta({ description: 'Whether one of the runs ends before that tick.' }),
      metrics: z
        .array(
          z.strictObject({
            name: z.string().meta({
              description: 'As in the metrics of a run; what is in `actions` there has that in front.',
              examples: ['actions.reads'],
            }),
            run: value,
            other: value,
          }),
        )
        .meta({ description: 'The metrics of that tick that differ; null where a run has no such tick.' }),
      event: z
        .strictObject({ run: logged, other: logged })
        .nullable()
        .meta({
          description:
            'The first event of that tick that differs, as in `events.jsonl`; null where the event logs do not show it, since there ' +
            'is none, or exposures are left out.',
        }),
    })
    .describe('Where two runs part.'),
);
export type RunDifferenceDto = z.infer<typeof RunDifferenceDto>;

export function runDifferenceDto({ run, other, inputs, difference, event }: Comparison): RunDifferenceDto {
  return {
    synthetic: true,
    run_id: run.id,
    other_id: other.id,
    same: difference === undefined,
    inputs: [...inputs],
    first_tick: difference?.tick ?? null,
    ended: difference?.ended ?? false,
    metrics: (difference?.metrics ?? []).map((metric) => ({ ...metric })),
    event: event === undefined ? null : { run: recordOf(event.run), other: recordOf(event.other) },
  };
}

function recordOf(event: LoggedEvent | null): Record<string, string | number> | null {
  return event === null ? null : (event as Record<string, string | number>);
}
