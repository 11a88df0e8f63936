import { z } from 'zod';
import { CASSETTE_NAME, CASSETTE_NAME_RULE, WRITING_MODES } from '../../../core/llm/index.js';
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

const repeats = z
  .uuid('is the id of a run')
  .optional()
  .describe('A run whose kept decisions are taken instead: nobody is asked.');

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
    repeats,
  }),
  z.strictObject({
    kind: z
      .literal('llm')
      .describe('A language model, some people at once; its answers are kept in a cassette.'),
    people,
    every,
    batch: z.int().min(1).max(20).default(5).describe('People whom a question is about; 1 to 20.'),
    most_people: z
      .int()
      .min(1)
      .max(MOST_OUTSIDE)
      .default(50)
      .describe('A run with more of these people than so many is refused; 1 to 1,000.'),
    budget_calls: z
      .int()
      .min(0)
      .max(10_000_000)
      .default(5_000)
      .describe('Questions of a whole run; when they are used up, decisions are missing.'),
    cassette: z
      .string()
      .regex(CASSETTE_NAME, CASSETTE_NAME_RULE)
      .optional()
      .describe('Where answers are kept; one of its own for each scenario and seed unless it is named.'),
    cassette_mode: z
      .enum(WRITING_MODES)
      .optional()
      .describe(
        'auto: what the cassette has, and for the rest the model; record: the model; replay: the cassette alone. Default auto, unless another is configured.',
      ),
    missing,
    repeats,
  }),
] as const;

/** Who decides for whom. */
export const decidersSchema = z
  .array(
    z.discriminatedUnion('kind', KINDS, {
      error: ({ code }) => (code === 'invalid_union' ? 'is rules, replay, external or llm' : undefined),
    }),
  )
  .max(20)
  .describe(
    'Who decides for which people; the first that somebody belongs to counts, and rules decide for all others.',
  );
export type Decider = z.output<typeof decidersSchema>[number];
/** A decider outside the process. */
export type OutsideDecider = Extract<Decider, { kind: 'external' | 'llm' }>;
export type ExternalDecider = Extract<Decider, { kind: 'external' }>;
export type ModelDecider = Extract<Decider, { kind: 'llm' }>;

/** Whether decisions of a decider are asked for in a run. */
export function isAsked(decider: Decider): decider is OutsideDecider {
  return (decider.kind === 'external' || decider.kind === 'llm') && decider.repeats === undefined;
}

/** How many of the first ticks of a run need decisions from outside. */
export function ticksAsked(deciders: readonly Decider[], ticks: number): number {
  const asking = deciders.filter(isAsked);
  let asked = 0;
  for (let tick = 0; tick < ticks; tick += 1) if (asking.some((each) => tick % each.every === 0)) asked += 1;
  return asked;
}
