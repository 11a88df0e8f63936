import { z } from 'zod';
import { seed, wire } from '../../../core/http/index.js';
import { GENDERS, MAX_AGE, MIN_AGE } from '../agent.profile.js';
import { POPULATION_FORMATS } from '../population.export.js';
import { MAX_CITY_LENGTH, MAX_COUNT, MAX_INTERESTS } from '../population.specification.js';
import { writingFields } from './writing.dto.js';

const AGE_RANGE = `must be [min, max] in whole years, ${MIN_AGE} ≤ min ≤ max ≤ ${MAX_AGE}`;
const age = z.int().min(MIN_AGE).max(MAX_AGE);

/** Makes a file of all agents; the same as `export` in the body. */
export const ExportQueryDto = z.strictObject({
  export: z
    .enum(POPULATION_FORMATS)
    .optional()
    .meta({ description: 'Makes a file of all agents; the same as `export` in the body.' }),
});
export type ExportQueryDto = z.infer<typeof ExportQueryDto>;

/** What the rules make a population from. */
const described = {
  gender: z.enum(GENDERS).meta({
    description: 'Filters gender; `unspecified` filters nothing and gives a mixed population.',
    examples: ['female'],
  }),
  count: z
    .int()
    .min(1)
    .max(MAX_COUNT)
    .meta({ description: 'How many agents.', examples: [1000] }),
  country: z
    .string()
    .min(1)
    .max(60)
    .meta({ description: 'ISO 3166-1 alpha-2.', examples: ['MX'] }),
  city: z
    .string()
    .min(1)
    .max(MAX_CITY_LENGTH)
    .optional()
    .meta({
      description: 'A city of the country; without it, its cities by their populations.',
      examples: ['Mexico City'],
    }),
  age_range: z
    .tuple([age, age], AGE_RANGE)
    .optional()
    .meta({ description: 'Youngest and oldest, both included, in years.', examples: [[18, 25]] }),
  interests: z
    .array(z.string())
    .min(1)
    .max(MAX_INTERESTS)
    .optional()
    .meta({
      description: 'At the core of every agent’s interests; up to 60 characters each.',
      examples: [['street art', 'urban culture']],
    }),
  seed: seed.optional(),
};

export const describedPopulation = z.strictObject(described);

const specification = { ...described, ...writingFields };

/** What is to be done with a population. */
export const wishes = {
  preview: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'Shows the first so many agents in the answer.', examples: [10] }),
  persist: z
    .boolean()
    .optional()
    .meta({ description: 'Stores all agents; the answer tells the job that does it.' }),
  export: z
    .enum(POPULATION_FORMATS)
    .optional()
    .meta({ description: 'Makes a file of all agents; the answer tells the job that does it.' }),
};

export const PopulateDto = wire(
  'PopulationRequest',
  z
    .strictObject({
      ...specification,
      ...wishes,
    })
    .describe('What a population is made from, and what is to be done with it.'),
);
export type PopulateDto = z.infer<typeof PopulateDto>;

export const ProvisionDto = wire(
  'AgentsProvisioning',
  z.strictObject(specification).describe('What the agents are made from.'),
);
export type ProvisionDto = z.infer<typeof ProvisionDto>;
