import { z } from 'zod';
import { documentTags } from '../../../core/documents/index.js';
import { MAX_COUNT } from '../population.specification.js';
import { requireBounded } from './schema-bounds.js';
import { WRITERS } from '../../../core/llm/writers.js';

/** Limits of a population file; what goes beyond is refused where it stands. */
export const MAX_ATTRIBUTES = 40;
export const MAX_TABLES = 20;
export const MAX_LEVELS = 250;
/** Combinations of a table, or of an attribute and what it depends on. */
export const MAX_TABLE_CELLS = 20_000;
export const MAX_SAMPLE_CHARACTERS = 512_000;

const ATTRIBUTE = /^[a-z][a-z0-9_]{0,39}$/u;

const attributeName = z
  .string()
  .regex(ATTRIBUTE, 'begins with a small letter, then small letters, digits and _, up to 40')
  .refine((name) => !(name in Object.prototype), 'is a word of JavaScript that no attribute can be called');
const attributeNames = z.array(attributeName).min(1).max(6);

const amount = z.number('is a number, 0 or more').min(0).max(1e12);

/** Numbers by level, or by level of one attribute after the other. */
type Amounts = { [level: string]: number | Amounts };
const amounts: z.ZodType<Amounts> = z
  .record(
    z.string(),
    z.union([amount, z.lazy(() => amounts)], 'is a number, 0 or more, or a mapping of levels'),
  )
  .describe('A number for each level; within each level of the attribute before where there are several.');

const weights = amounts.optional().describe('In any unit: only their relations count.');
const counts = amounts.optional().describe('In people; whole numbers that add up to `count`.');

const attributeSchema = z
  .strictObject({
    kind: z
      .enum(['category', 'range'])
      .optional()
      .describe(
        '`range`: levels are whole numbers such as 18-24, of which each agent has one. `age` always is.',
      ),
    weights,
    counts,
    given: z
      .union([attributeName, attributeNames])
      .optional()
      .describe('Other attributes; `weights` then has a mapping for each of their levels.'),
  })
  .describe('How often each level of an attribute is.');

const tableSchema = z
  .strictObject({
    of: z.array(attributeName).min(2).max(6).describe('Two to six attributes.'),
    weights,
    counts,
  })
  .describe('How often combinations of levels are; mappings within mappings, in the order of `of`.');

const sampleSchema = z
  .strictObject({
    file: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe('A CSV file beside this one; it is sent along. Over HTTP, give its text as `csv`.'),
    csv: z.string().max(MAX_SAMPLE_CHARACTERS).optional().describe('The text of a CSV file.'),
  })
  .describe(
    'Real or made-up people whose associations the fit begins with: columns are attributes, `weight` counts a row.',
  );

const mean = z.number().min(0).max(100);
const bigFiveSchema = z
  .strictObject({
    openness: mean.default(50).describe('Mean, 0 to 100.'),
    conscientiousness: mean.default(50).describe('Mean, 0 to 100.'),
    extraversion: mean.default(50).describe('Mean, 0 to 100.'),
    agreeableness: mean.default(50).describe('Mean, 0 to 100.'),
    neuroticism: mean.default(50).describe('Mean, 0 to 100.'),
  })
  .describe('Five traits, each a whole number from 0 to 100 with a standard deviation of about 15.');

const opinion = z.number().min(-1).max(1);
const opinionSchema = z
  .strictObject({
    mean: opinion.default(0).describe('From -1, against, to 1, for.'),
    spread: z.number().min(0).max(1).default(0.5).describe('The farthest from the mean, 0 to 1.'),
    by: z
      .record(attributeName, z.record(z.string(), z.number().min(-2).max(2)))
      .default({})
      .describe('What a level of an attribute adds to the mean.'),
  })
  .describe('An opinion, from -1 to 1.');

const relationshipSchema = z
  .strictObject({
    kind: attributeName.describe('What it is called: partner, friend, colleague.'),
    each: z
      .int()
      .min(1)
      .max(20)
      .refine((ties) => ties === 1 || ties % 2 === 0, 'is 1 or an even number')
      .describe('How many each agent has: 1 or an even number up to 20.'),
    share: z.number().min(0).max(1).default(1).describe('Of the agents that have any, 0 to 1.'),
    within: z.array(attributeName).max(6).default([]).describe('Attributes that both have alike.'),
  })
  .describe('A mutual relationship between agents.');

const personaSchema = z
  .strictObject({
    big_five: bigFiveSchema.optional(),
    opinions: z.record(attributeName, opinionSchema).optional().describe('Opinions by topic.'),
    relationships: z.array(relationshipSchema).max(5).optional().describe('Up to 5 kinds.'),
  })
  .describe('What else is to be told of every agent.');

/** A population, described: everything but the seed. */
export const populationFileSchema = z.strictObject({
  id: z
    .string()
    .regex(ATTRIBUTE, 'begins with a small letter, then small letters, digits and _, up to 40')
    .describe('What the file is called: <id>.yaml.'),
  version: z
    .string()
    .regex(/^\d{1,9}\.\d{1,9}\.\d{1,9}$/u, 'is three numbers with dots, e.g. 1.0.0')
    .describe('Semantic version of the file.'),
  title: z.string().min(1).max(120).describe('What people call it.'),
  description: z.string().min(1).max(2000).describe('What it is for, and where its numbers come from.'),
  tags: documentTags.optional(),
  count: z
    .int(`is a whole number from 1 to ${MAX_COUNT}`)
    .min(1, 'is at least 1')
    .max(MAX_COUNT, `is at most ${MAX_COUNT}`)
    .describe('Number of agents, 1 to 1,000,000.'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/u, 'is two capital letters, e.g. MX')
    .describe('Country of residence, ISO 3166-1 alpha-2, where `place` does not say another.'),
  attributes: z
    .record(attributeName, attributeSchema)
    .default({})
    .refine((all) => Object.keys(all).length <= MAX_ATTRIBUTES, `has at most ${MAX_ATTRIBUTES} attributes`)
    .describe(
      'gender, age, place, locale, tone, cadence and interests become fields of agents, any other their `attributes`.',
    ),
  tables: z
    .array(tableSchema)
    .max(MAX_TABLES)
    .default([])
    .describe('Joint numbers of several attributes, met together.'),
  sample: sampleSchema.optional(),
  persona: personaSchema.optional(),
  writer: z
    .enum(WRITERS)
    .optional()
    .describe(
      'Who writes names, biographies, interests beyond the first, and biases: rules (default) or a language model.',
    ),
  schema: z
    .record(z.string(), z.unknown())
    .superRefine(requireBounded)
    .optional()
    .describe(
      'A JSON Schema (draft 2020-12) that the `attributes` of every agent have to meet: without references, of at most 500 values.',
    ),
});

/** A population file as it was read, defaults filled in. */
export type PopulationFile = z.output<typeof populationFileSchema>;
export type { Amounts };

/** The JSON Schema of population files, for editors. */
export function populationFileJsonSchema(): object {
  const schema = z.toJSONSchema(populationFileSchema, { io: 'input', target: 'draft-2020-12' });
  return { ...schema, title: 'Azt3kNet population' };
}
