import { z } from 'zod';
import { wire } from '../../../core/http/index.js';
import { branchChangesSchema } from '../branch.rules.js';
import { MAX_TICKS } from '../scenarios/scenario.schema.js';

export const BranchRunDto = wire(
  'BranchRequest',
  z
    .strictObject({
      at: z
        .int()
        .min(1)
        .max(MAX_TICKS)
        .meta({ description: 'The first tick that may be another than in the run.', examples: [5] }),
      changes: branchChangesSchema.optional().meta({
        description:
          'What holds from then on, as the scenario would say it: objects are merged, lists and values take the place of what is there. ' +
          'Interventions of the run stay where they are; what is added comes behind them and begins at that tick unless it says later.',
        examples: [{ behaviour: { repost: 0.01 } }],
      }),
      ticks: z
        .int()
        .min(2)
        .max(MAX_TICKS)
        .optional()
        .meta({ description: 'Of the whole branch; those of the run unless given.' }),
    })
    .describe('Where a run parts from another, and how.'),
);
export type BranchRunDto = z.infer<typeof BranchRunDto>;
