import { z } from 'zod';
import { peopleSchema } from '../scenarios/interventions.schema.js';

/** The most people for whom somebody outside decides in a run. */
export const MOST_OUTSIDE = 1_000;

const people = peopleSchema;
const every = z
  .int()
  .min(1)
  .max(10_000)
  .default(1)
  .describe(
    'They are decided for in every so manieth tick, from tick 0 on; in those between they do nothing.',
  );
const missing = z
  .enum(['rules', 'nothing'])
  .default('nothing')
  .describe('What becomes of a decision that is missing: the rules decide, or nothing is done.');

const KINDS = [
  z.strictObject({ kind: z.literal('rules').describe('The rules of `behaviour`.'), people }),
  z.strictObject({
    kind: z.literal('replay').describe('What people did in another run of the same population.'),
    people,
    run: z
      .uuid('is the id of a run')
      .describe('A completed run whose event log has its exposures; what its people did is done again.'),
  }),
  z.strictObject({
    kind: z.literal('external').describe('Whoever hands in decisions over the API; the run waits for them.'),
    people,
    every,
    deadline_seconds: z
      .int()
      .min(1)
      .max(2_592_000)
      .default(3_600)
      .describe(
        'How long a tick waits for decisions, 1 second to 30 days. Of several groups that are waited for, the longest counts.',
      ),
    missing,
    repeats: z
      .uuid('is the id of a run')
      .optional()
      .describe('A run whose kept decisions are taken instead: nothing is waited for.'),
  }),
] as const;

/** Who decides for whom. */
export const decidersSchema = z
  .array(
    z.discriminatedUnion('kind', KINDS, {
      error: ({ code }) => (code === 'invalid_union' ? 'is rules, replay or external' : undefined),
    }),
  )
  .max(20)
  .describe(
    'Who decides for which people; the first that somebody belongs to counts, and rules decide for all others.',
  );
export type Decider = z.output<typeof decidersSchema>[number];
/** A decider outside the process. */
export type OutsideDecider = Extract<Decider, { kind: 'external' }>;

/** How many of the first ticks of a run need decisions from outside. */
export function ticksAsked(deciders: readonly Decider[], ticks: number): number {
  const every = deciders.flatMap((each) =>
    each.kind === 'external' && each.repeats === undefined ? [each.every] : [],
  );
  let asked = 0;
  for (let tick = 0; tick < ticks; tick += 1) if (every.some((each) => tick % each === 0)) asked += 1;
  return asked;
}
