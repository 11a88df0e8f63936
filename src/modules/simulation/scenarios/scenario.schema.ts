import { z } from 'zod';
import { documentTags } from '../../../core/documents/index.js';
import { decidersSchema } from '../deciders/deciders.schema.js';
import { behaviourSchema } from './behaviour.schema.js';
import { feedSchema } from './feed.schema.js';
import { graphSchema } from './graph.schema.js';
import { informationSchema, interventionsSchema, opinionsSchema } from './interventions.schema.js';
import { measuresSchema } from './measures.schema.js';
import { isTimeZone } from './time-zones.js';

const age = z.int().min(13).max(90);

const populationSchema = z
  .strictObject({
    gender: z
      .enum(['female', 'male', 'non_binary', 'unspecified'])
      .describe('Gender filter; unspecified is a mixture.'),
    count: z.int().min(1).max(1_000_000).describe('Number of agents, 1 to 1,000,000.'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/u, 'is two capital letters, e.g. MX')
      .describe('Country of residence, ISO 3166-1 alpha-2.'),
    city: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('City of residence; without it, cities of the country.'),
    age_range: z
      .tuple([age, age])
      .refine(([min, max]) => min <= max, 'is [min, max] with min ≤ max')
      .optional()
      .describe('[min, max] in whole years, both included, 13 to 90.'),
    interests: z
      .array(z.string().min(1).max(60))
      .min(1)
      .max(50)
      .optional()
      .describe('Interests of which every agent has at least one, 1 to 50 texts.'),
  })
  .describe('The population that a run without a population of its own is made with; the seed is the run’s.');

const contentSchema = z
  .strictObject({
    template: z
      .string()
      .regex(
        /^[a-z][a-z0-9_]{0,63}(?:@\d{1,15}(?:\.\d{1,15}){0,2})?$/u,
        'is the id of a template, e.g. street_art_campaign, or one of its versions, e.g. street_art_campaign@1.0.0',
      )
      .describe('Template that drafts are written from: its current version, or the one after an @.'),
    drafts_per_agent: z.int().min(1).max(20).default(1).describe('Drafts that each agent may post, 1 to 20.'),
  })
  .describe('What there is to post.');

/** What every scenario says of itself. */
const headFields = {
  id: z
    .string()
    .regex(
      /^[a-z][a-z0-9_]{0,63}$/u,
      'begins with a small letter, then small letters, digits and _, up to 64',
    )
    .describe('The name by which the scenario is run; the file is called <id>.yaml.'),
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/u, 'is three numbers with dots, e.g. 1.0.0')
    .describe('Semantic version; a change that gives other results raises it.'),
  title: z.string().min(1).max(120).describe('What lists and reports call it.'),
  description: z.string().min(1).max(2000).describe('What it is for, in a few sentences.'),
  tags: documentTags.optional(),
  ticks: z
    .int()
    .min(1)
    .max(100_000)
    .describe('Steps of simulated time, 1 to 100,000; a run may ask for another number.'),
};

const tickMinutes = z.int().min(1).max(1440);

/** People with profiles who post drafts, and what a feed makes of them. */
export const feedScenarioSchema = z.strictObject({
  ...headFields,
  model: z
    .literal('feed')
    .optional()
    .describe('People with profiles who post drafts; what a scenario without a model means.'),
  population: populationSchema,
  content: contentSchema,
  tick_minutes: tickMinutes.describe('Minutes of simulated time in a tick, 1 to 1,440.'),
  start_hour: z.int().min(0).max(23).default(0).describe('Hour of the day at which tick 0 starts, 0 to 23.'),
  start_date: z.iso
    .date('is a day, e.g. 2026-03-02')
    .default('2026-03-02')
    .describe(
      'Day on which tick 0 starts, as YYYY-MM-DD; it says which day of the week it is, and what the clocks say.',
    ),
  time_zone: z
    .string()
    .refine(isTimeZone, 'is a time zone by its IANA name, e.g. America/Mexico_City')
    .optional()
    .describe(
      'IANA time zone in which the start is stated; agents then live by the clocks of their own. Without it, one clock is everybody’s.',
    ),
  log_exposures: z
    .boolean()
    .default(true)
    .describe(
      'Whether the event log holds every post shown, by far the most frequent event. Metrics count them anyway.',
    ),
  log_scores: z
    .boolean()
    .default(false)
    .describe(
      'Whether the event log tells of every post shown what its score is made of; needs log_exposures.',
    ),
  graph: graphSchema,
  feed: feedSchema,
  behaviour: behaviourSchema,
  information: informationSchema,
  opinions: opinionsSchema,
  interventions: interventionsSchema,
  deciders: decidersSchema.optional(),
  measures: measuresSchema.optional(),
});

/** The benchmark model: agents that are numbers, see docs/adr/0021. Its ticks begin with 25 that a benchmark does not time. */
const feedsimScenarioSchema = z.strictObject({
  ...headFields,
  model: z.literal('feedsim').describe('The benchmark model FeedSim, whose agents are only numbers.'),
  agents: z.int().min(1).max(10_000_000).describe('Number of agents, 1 to 10,000,000.'),
  tick_minutes: tickMinutes
    .default(10)
    .describe('What a tick is taken for, in minutes; the model itself knows no hours.'),
});

/** A simulation, described: everything but the seed. */
export const scenarioSchema = z.discriminatedUnion('model', [feedScenarioSchema, feedsimScenarioSchema], {
  error: ({ code }) => (code === 'invalid_union' ? 'is feed or feedsim' : undefined),
});

/** A validated scenario of people, defaults filled in. */
export type FeedScenario = z.output<typeof feedScenarioSchema>;
/** A validated scenario of the benchmark model. */
export type FeedSimScenario = z.output<typeof feedsimScenarioSchema>;
/** A validated scenario, defaults filled in. */
export type Scenario = FeedScenario | FeedSimScenario;

/** The most ticks a scenario or a run may ask for. */
export const MAX_TICKS = 100_000;

/** The JSON Schema of scenario files, for editors. */
export function scenarioJsonSchema(): object {
  const schema = z.toJSONSchema(scenarioSchema, { io: 'input', target: 'draft-2020-12' });
  return { ...schema, title: 'Azt3kNet scenario' };
}
