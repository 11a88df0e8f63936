import { z } from 'zod';
import { page, pageQuery, sortBy, synthetic, uuid, wire } from '../../../core/http/index.js';
import { GENDERS, MAX_AGE, MIN_AGE, POSTING_CADENCES, TONES } from '../agent.profile.js';
import { AGENT_SORTS } from '../agents.repository.js';
import { MAX_CITY_LENGTH, MAX_INTEREST_LENGTH } from '../population.specification.js';
import { populationId } from './population-id.js';

const persona = wire(
  'AgentPersona',
  z
    .strictObject({
      big_five: z
        .record(z.string(), z.int())
        .optional()
        .meta({ description: 'Five traits, 0 to 100.', examples: [{ openness: 61 }] }),
      opinions: z
        .record(z.string(), z.number())
        .optional()
        .meta({
          description: 'By topic, from -1, against, to 1, for.',
          examples: [{ public_transport: 0.4 }],
        }),
      relationships: z
        .array(z.strictObject({ kind: z.string().meta({ examples: ['friend'] }), agent_id: uuid }))
        .optional()
        .meta({ description: 'Mutual ones, with agents of the same population.' }),
    })
    .describe('Traits, opinions and relationships, where the population file speaks of them.'),
);

export const AgentProfileDto = wire(
  'AgentProfile',
  z
    .strictObject({
      id: uuid,
      seed: z.string().meta({
        description: 'Derived from the specification and the agent’s index.',
        examples: ['f0d31549b06508ce'],
      }),
      name: z.string().meta({ examples: ['Luna Mercado Ruiz'] }),
      username_hint: z
        .string()
        .meta({ description: 'Unique in the population.', examples: ['luna.mercado7x'] }),
      country: z.string().meta({ description: 'ISO 3166-1 alpha-2.', examples: ['MX'] }),
      city: z.string().meta({ examples: ['Mexico City'] }),
      locale: z.string().meta({ description: 'BCP 47.', examples: ['es-MX'] }),
      timezone: z.string().meta({ description: 'IANA time zone.', examples: ['America/Mexico_City'] }),
      age: z.int().meta({ description: 'Years.', examples: [22] }),
      gender: z.enum(GENDERS),
      interests: z.array(z.string()).meta({ examples: [['street art', 'urban culture']] }),
      bio: z.string().meta({ examples: ['I collect murals and rooftops in Mexico City.'] }),
      posting_cadence: z.enum(POSTING_CADENCES),
      tone: z.enum(TONES),
      behavioral_biases: z.array(z.string()).meta({ examples: [['social_proof']] }),
      attributes: z
        .record(z.string(), z.union([z.string(), z.int()]))
        .optional()
        .meta({
          description: 'Attributes of a population file beyond these fields.',
          examples: [{ education: 'tertiary', commute_minutes: 25 }],
        }),
      persona: persona.optional(),
    })
    .describe('One synthetic person.'),
);

/** A country as a filter; upper case afterwards. */
export const country = z
  .string()
  .regex(/^[A-Za-z]{2}$/u, 'must be an ISO 3166-1 alpha-2 code such as MX')
  .overwrite((text) => text.toUpperCase())
  .meta({ description: 'ISO 3166-1 alpha-2.', examples: ['MX'] });

export const city = z
  .string()
  .min(1)
  .max(MAX_CITY_LENGTH)
  .meta({ description: 'In upper or lower case.', examples: ['Mexico City'] });

const age = z.int().min(MIN_AGE).max(MAX_AGE);

/** Conditions on agents, in a query or a body. */
export const agentFilters = {
  country: country.optional(),
  city: city.optional(),
  gender: z.enum(GENDERS).optional(),
  age_min: age.optional().meta({ description: 'Years, included.', examples: [18] }),
  age_max: age.optional().meta({ description: 'Years, included.', examples: [25] }),
  interest: z
    .string()
    .min(1)
    .max(MAX_INTEREST_LENGTH)
    .optional()
    .meta({ description: 'One of their interests.', examples: ['street art'] }),
  posting_cadence: z.enum(POSTING_CADENCES).optional(),
  tone: z.enum(TONES).optional(),
  q: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'A part of the name or of the username.', examples: ['luna'] }),
};

export const AgentsQueryDto = pageQuery({
  population: populationId.optional(),
  ...agentFilters,
  sort: sortBy(AGENT_SORTS, 'id'),
});
export type AgentsQueryDto = z.infer<typeof AgentsQueryDto>;

export const PopulationAgentsQueryDto = pageQuery({
  ...agentFilters,
  sort: sortBy(['position', ...AGENT_SORTS], 'position'),
});
export type PopulationAgentsQueryDto = z.infer<typeof PopulationAgentsQueryDto>;

const ListedAgentDto = wire(
  'ListedAgent',
  AgentProfileDto.extend({ population_id: uuid }).describe('One synthetic person of a population.'),
);

export const AgentListDto = page('AgentList', 'agents', ListedAgentDto);
export type AgentListDto = z.infer<typeof AgentListDto>;

export const PopulationAgentsDto = wire(
  'PopulationAgents',
  page('AgentProfileList', 'agents', AgentProfileDto).extend({ population_id: uuid }),
);
export type PopulationAgentsDto = z.infer<typeof PopulationAgentsDto>;

export const AgentDto = wire(
  'Agent',
  z.strictObject({ synthetic, population_id: uuid, agent: AgentProfileDto }).describe('One persisted agent.'),
);
export type AgentDto = z.infer<typeof AgentDto>;
