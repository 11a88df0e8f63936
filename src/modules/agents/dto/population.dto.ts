import { z } from 'zod';
import { API_PREFIX, links, page, pageQuery, synthetic, time, uuid, wire } from '../../../core/http/index.js';
import { decisionPath } from '../../compliance/index.js';
import { type Export } from '../../exports/index.js';
import { jobPath } from '../../jobs/index.js';
import { GENDERS, POSTING_CADENCES, TONES } from '../agent.profile.js';
import type { PopulationAnswer } from '../population.request.js';
import type { Population } from '../population.entity.js';
import { EXPORT_FORMATS, type ExportFormat } from '../population.export.js';

export function populationPath(id: string): string {
  return `/${API_PREFIX}/populations/${id}`;
}

export function exportPath(id: string, format: ExportFormat): string {
  return `${populationPath(id)}/exports/${format}`;
}

/** The id of a population, or the SHA-256 of its specification; lower case afterwards. */
export const populationId = z
  .string()
  .regex(
    /^(?:[\da-f]{64}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/iu,
    'must be a UUID or the SHA-256 of a specification',
  )
  .overwrite((text) => text.toLowerCase())
  .meta({
    description: 'The id of a population, or the SHA-256 of its specification.',
    examples: ['f689656d-465c-40e9-86e3-bd0a9bcb64dd'],
  });

export const PopulationParams = z.strictObject({ id: populationId });
export type PopulationParams = z.infer<typeof PopulationParams>;

export const ExportParams = z.strictObject({ id: populationId, format: z.enum(EXPORT_FORMATS) });
export type ExportParams = z.infer<typeof ExportParams>;

export const AgentsQueryDto = pageQuery({});
export type AgentsQueryDto = z.infer<typeof AgentsQueryDto>;

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
    })
    .describe('One synthetic person.'),
);

export const NormalSpecificationDto = wire(
  'PopulationSpecification',
  z
    .strictObject({
      gender: z.enum(GENDERS),
      count: z.int().meta({ examples: [1000] }),
      country: z.string().meta({ examples: ['MX'] }),
      city: z
        .string()
        .nullable()
        .meta({ examples: ['Mexico City'] }),
      age_range: z
        .array(z.int())
        .length(2)
        .meta({ description: 'Both ends included.', examples: [[18, 25]] }),
      interests: z.array(z.string()),
      seed: z.string().meta({ examples: ['20241005'] }),
    })
    .describe('A specification with every default filled in.'),
);

export const PopulateAnswerDto = wire(
  'PopulationAnswer',
  z
    .strictObject({
      synthetic,
      population_id: uuid,
      seed: z.string().meta({ examples: ['20241005'] }),
      seed_source: z.enum(['request', 'default', 'generated']).meta({
        description: 'Whether the seed came with the request, from the configuration, or was made for it.',
      }),
      specification: NormalSpecificationDto,
      job_id: uuid.optional().meta({ description: 'The job that persists or exports.' }),
      links,
      preview: z
        .array(AgentProfileDto)
        .optional()
        .meta({ description: 'The first agents, as many as were asked for.' }),
      agents: z
        .array(AgentProfileDto)
        .optional()
        .meta({ description: 'All agents, when neither preview nor persist nor export was asked for.' }),
    })
    .describe('The answer to a request for a population.'),
);
export type PopulateAnswerDto = z.infer<typeof PopulateAnswerDto>;

export function populateAnswerDto(answer: PopulationAnswer): PopulateAnswerDto {
  const { generator, seedSource, job, preview, agents } = answer;
  return {
    synthetic: true,
    population_id: generator.id,
    seed: generator.specification.seed,
    seed_source: seedSource,
    specification: generator.specification,
    ...(job !== undefined && { job_id: job.id }),
    links: job === undefined ? {} : { job: jobPath(job.id), ...job.links },
    ...(preview !== undefined && { preview }),
    ...(agents !== undefined && { agents }),
  };
}

export const PopulationDto = wire(
  'Population',
  z
    .strictObject({
      synthetic,
      id: uuid,
      specification: NormalSpecificationDto,
      seed: z.string(),
      count: z.int(),
      generator_version: z.int(),
      persisted: z.boolean().meta({ description: 'Whether its agents can be listed.' }),
      exports: z.array(
        z.strictObject({
          id: uuid,
          format: z.enum(EXPORT_FORMATS),
          bytes: z.string(),
          sha256: z.string(),
          href: z.string().meta({ description: 'Path of the file.' }),
          created_at: time,
        }),
      ),
      decision_id: uuid.meta({ description: 'What the guard said about it.' }),
      links,
      created_at: time,
    })
    .describe('A population that was persisted or exported.'),
);
export type PopulationDto = z.infer<typeof PopulationDto>;

export function populationDto(population: Population, exports: readonly Export[]): PopulationDto {
  const { id, specification, seed, count, generator_version, persisted, decision_id } = population;
  const self = populationPath(id);
  return {
    synthetic: true,
    id,
    specification,
    seed,
    count,
    generator_version,
    persisted,
    exports: exports.map((file) => ({
      id: file.id,
      format: file.format as ExportFormat,
      bytes: file.bytes,
      sha256: file.sha256,
      href: exportPath(id, file.format as ExportFormat),
      created_at: file.created_at.toISOString(),
    })),
    decision_id,
    links: { self, decision: decisionPath(decision_id), ...(persisted && { agents: `${self}/agents` }) },
    created_at: population.created_at.toISOString(),
  };
}

const AgentList = page('AgentList', 'agents', AgentProfileDto);

export const AgentsPageDto = wire('PopulationAgents', AgentList.extend({ population_id: uuid }));
export type AgentsPageDto = z.infer<typeof AgentsPageDto>;

export const AgentDto = wire(
  'Agent',
  z.strictObject({ synthetic, population_id: uuid, agent: AgentProfileDto }).describe('One persisted agent.'),
);
export type AgentDto = z.infer<typeof AgentDto>;
