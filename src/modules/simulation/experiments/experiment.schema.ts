import { z } from 'zod';
import { seed } from '../../../core/http/index.js';
import { MAX_TICKS } from '../scenarios/scenario.schema.js';
import { RUN_MEASURES, STATISTICS, TICK_MEASURES } from './outcomes.js';

/** The most runs that an experiment may have. */
export const MAX_RUNS = 2_000;

const nameText = (what: string) =>
  z
    .string()
    .regex(
      /^[a-z][a-z0-9_]{0,40}$/u,
      'begins with a small letter, then small letters, digits and _, up to 41',
    )
    .describe(what);
const block = z.record(z.string(), z.unknown());

/** Blocks of a scenario that an arm may change: neither who the people are and what they write, nor the clock. */
const changesSchema = z
  .strictObject({
    graph: block.optional(),
    feed: block.optional(),
    behaviour: block.optional(),
    information: block.optional(),
    opinions: block.optional(),
    interventions: z.array(block).max(50).optional(),
    deciders: z.array(block).max(20).optional(),
  })
  .describe(
    'Fields of the scenario that are otherwise in this arm: objects are merged, lists are replaced (RFC 7396).',
  );
export type ArmChanges = z.infer<typeof changesSchema>;

export const armSchema = z.strictObject({
  name: nameText('What reports call the arm.'),
  description: z.string().min(1).max(500).optional().describe('What is done in it.'),
  changes: changesSchema.default({}),
});

const seedsSchema = z
  .union(
    [
      z.int().min(1).max(1_000),
      z
        .array(z.union([z.int().min(0).max(Number.MAX_SAFE_INTEGER), seed]))
        .min(1)
        .max(1_000),
    ],
    { error: 'is a number from 1 to 1,000, or a list of up to 1,000 different seeds' },
  )
  .transform((seeds) =>
    (Array.isArray(seeds) ? seeds : Array.from({ length: seeds }, (_, n) => n + 1)).map(spelled),
  )
  .refine((seeds) => new Set(seeds).size === seeds.length, 'has a seed twice')
  .describe('How many seeds, from 1 on, or a list of them. Every arm runs with each.');

export const ticksSchema = z
  .int()
  .min(1)
  .max(MAX_TICKS)
  .optional()
  .describe('Steps of simulated time, instead of the scenario’s number.');

const tick = (what: string) => z.int().min(0).max(MAX_TICKS).describe(what);
export const outcomeSchema = z.discriminatedUnion(
  'at',
  [
    z.strictObject({
      name: nameText('What reports and tables call the outcome.'),
      at: z.literal('end').optional().describe('Of the whole run.'),
      measure: z
        .enum(RUN_MEASURES as [string, ...string[]])
        .describe('A measure of a run, see docs/guides/metrics.md.'),
    }),
    z.strictObject({
      name: nameText('What reports and tables call the outcome.'),
      at: z.literal('ticks').describe('Of some of its ticks.'),
      measure: z.enum(TICK_MEASURES).describe('A measure of a tick, see docs/guides/metrics.md.'),
      statistic: z.enum(STATISTICS).default('mean').describe('What the values of the ticks become.'),
      from: tick('The first tick that counts.').default(0),
      to: tick('The tick before which it ends; the end of the run unless given.').optional(),
    }),
  ],
  { error: ({ code }) => (code === 'invalid_union' ? 'is end or ticks' : undefined) },
);

const hypothesisSchema = z.strictObject({
  text: z.string().min(1).max(500).describe('What is expected, in a sentence.'),
  arm: z.string().describe('The arm that is compared with the control.'),
  outcome: z.string().describe('The outcome that it is about.'),
  direction: z
    .enum(['less', 'greater', 'different'])
    .describe('How the outcome is to be there, compared with the control.'),
});

const preregistrationSchema = z
  .strictObject({
    hypotheses: z
      .array(hypothesisSchema)
      .min(1)
      .max(50)
      .describe('What is expected before anything is known.'),
    primary_outcome: z
      .string()
      .describe('The outcome that the experiment is about; the others are secondary.'),
    alpha: z
      .number()
      .min(0.0001)
      .max(0.2)
      .default(0.05)
      .describe('Chance of a wrong finding that is accepted, over all comparisons.'),
    smallest_effect: z
      .number()
      .min(0.01)
      .max(10)
      .optional()
      .describe('The smallest effect that would matter, in standard deviations of the paired differences.'),
    stopping: z.string().min(1).max(1_000).describe('When no more runs are made.'),
  })
  .describe('What is settled before the first run; it is hashed and kept.');

/** A seed in one spelling, as runs have it. */
function spelled(given: number | string): string {
  return String(given).normalize('NFC').trim().replace(/\s+/gu, ' ');
}

/** An experiment as a file describes it. */
export const experimentSchema = z
  .strictObject({
    id: nameText('The name of the experiment.'),
    title: z.string().min(1).max(120).describe('What lists and reports call it.'),
    description: z.string().min(1).max(2_000).describe('What it is for, in a few sentences.'),
    scenario: z
      .string()
      .min(1)
      .max(100)
      .describe('The scenario that all arms begin with: its current version by its name, or name@version.'),
    ticks: ticksSchema,
    population: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('A persisted population (id, digest or name) for all runs, instead of one for each seed.'),
    seeds: seedsSchema,
    control: z.string().describe('The arm that the others are compared with.'),
    arms: z.array(armSchema).min(2).max(20),
    outcomes: z.array(outcomeSchema).min(1).max(20),
    preregistration: preregistrationSchema,
  })
  .superRefine((file, context) => {
    const refuse = (path: PropertyKey[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    for (const [place, outcome] of file.outcomes.entries()) {
      if (outcome.at === 'ticks' && outcome.to !== undefined && outcome.to <= outcome.from)
        refuse(['outcomes', place, 'to'], `is after from, which is ${outcome.from}`);
    }
    const arms = file.arms.length;
    if (arms * file.seeds.length > MAX_RUNS)
      refuse(
        ['seeds'],
        `makes ${arms * file.seeds.length} runs with ${arms} arms; an experiment has up to ${MAX_RUNS}`,
      );
  });

/** A validated experiment, defaults filled in. */
export type ExperimentFile = z.output<typeof experimentSchema>;
export type Outcome = ExperimentFile['outcomes'][number];
export type Hypothesis = ExperimentFile['preregistration']['hypotheses'][number];

/** The JSON Schema of experiment files, for editors. */
export function experimentJsonSchema(): object {
  const schema = z.toJSONSchema(experimentSchema, { io: 'input', target: 'draft-2020-12' });
  return { ...schema, title: 'Azt3kNet experiment' };
}
