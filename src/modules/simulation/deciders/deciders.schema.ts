import { z } from 'zod';
import { peopleSchema } from '../scenarios/interventions.schema.js';

const people = peopleSchema;

/** Who decides for whom. */
export const decidersSchema = z
  .array(
    z.discriminatedUnion(
      'kind',
      [
        z.strictObject({ kind: z.literal('rules').describe('The rules of `behaviour`.'), people }),
        z.strictObject({
          kind: z.literal('replay').describe('What people did in another run of the same population.'),
          people,
          run: z
            .uuid('is the id of a run')
            .describe(
              'A completed run whose event log has its exposures; what its people did is done again.',
            ),
        }),
      ],
      { error: ({ code }) => (code === 'invalid_union' ? 'is rules or replay' : undefined) },
    ),
  )
  .max(20)
  .describe(
    'Who decides for which people; the first that somebody belongs to counts, and rules decide for all others.',
  );
export type Decider = z.output<typeof decidersSchema>[number];
