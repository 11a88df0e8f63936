import { z } from 'zod';
import {
  API_PREFIX,
  links,
  page,
  pageQuery,
  seed,
  sortBy,
  synthetic,
  time,
  timeRange,
  uuid,
  wire,
} from '../../../core/http/index.js';
import { decisionPath } from '../../compliance/index.js';
import { type Export } from '../../exports/index.js';
import { jobPath } from '../../jobs/index.js';
import { GENDERS } from '../agent.profile.js';
import type { PopulationAnswer } from '../population.request.js';
import type { Population } from '../population.entity.js';
import { POPULATION_FORMATS, type PopulationFormat } from '../population.export.js';
import { isPopulationName, MAX_NAME_LENGTH, NAME_FORM } from '../population.reference.js';
import { POPULATION_SORTS } from '../populations.repository.js';
import { AgentProfileDto, city, country } from './agent.dto.js';
import { populationId } from './population-id.js';
import { ModelWriterDto, WritingForecastDto, writingForecastDto } from '../../../core/llm/index.js';

const TAG_FORM = 'must be 1 to 40 letters, digits, spaces and . _ : - between them';

export function populationPath(id: string): string {
  return `/${API_PREFIX}/populations/${id}`;
}

export function exportPath(id: string, format: PopulationFormat): string {
  return `${populationPath(id)}/exports/${format}`;
}

export const PopulationParams = z.strictObject({ id: populationId });
export type PopulationParams = z.infer<typeof PopulationParams>;

export const ExportParams = z.strictObject({ id: populationId, format: z.enum(POPULATION_FORMATS) });
export type ExportParams = z.infer<typeof ExportParams>;

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
      composition: z
        .looseObject({})
        .optional()
        .meta({ description: 'Distributions of attributes, where a population file gave them.' }),
      writer: ModelWriterDto.optional(),
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
      writing: WritingForecastDto.optional(),
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
  const { generator, seedSource, job, preview, agents, writing } = answer;
  return {
    synthetic: true,
    population_id: generator.id,
    seed: generator.specification.seed,
    seed_source: seedSource,
    specification: generator.specification,
    ...(writing !== undefined && { writing: writingForecastDto(writing.tape, writing.forecast) }),
    ...(job !== undefined && { job_id: job.id }),
    links: job === undefined ? {} : { job: jobPath(job.id), ...job.links },
    ...(preview !== undefined && { preview }),
    ...(agents !== undefined && { agents }),
  };
}

const populationName = z
  .string()
  .min(1)
  .max(MAX_NAME_LENGTH)
  .refine(isPopulationName, `must be ${NAME_FORM}, and neither an id nor a digest`)
  .meta({
    description: 'Goes wherever the id or the digest does; no two populations have the same.',
    examples: ['metro_control'],
  });

const notesText = z
  .string()
  .max(2_000)
  .meta({ examples: ['Control group of the spring experiment.'] });

const tagList = z
  .array(z.string().regex(/^[\p{L}\p{N}](?:[\p{L}\p{N} ._:-]{0,38}[\p{L}\p{N}])?$/u, TAG_FORM))
  .max(20)
  .meta({ examples: [['control', 'spring 2026']] });

const PopulationSummaryDto = wire(
  'PopulationSummary',
  z
    .strictObject({
      synthetic,
      id: uuid,
      name: z
        .string()
        .nullable()
        .meta({ examples: ['metro_control'] }),
      notes: notesText.nullable(),
      tags: tagList,
      specification: NormalSpecificationDto,
      seed: z.string(),
      count: z.int(),
      generator_version: z.int(),
      persisted: z.boolean().meta({ description: 'Whether its agents can be listed.' }),
      decision_id: uuid.meta({ description: 'What the guard said about it.' }),
      links,
      created_at: time,
    })
    .describe('A population as lists show it.'),
);
type PopulationSummaryDto = z.infer<typeof PopulationSummaryDto>;

export function populationSummaryDto(population: Population): PopulationSummaryDto {
  const { id, name, notes, tags, specification, count, ...rest } = population;
  const { generator_version, persisted, decision_id, created_at } = rest;
  const self = populationPath(id);
  return {
    synthetic: true,
    id,
    name,
    notes,
    tags,
    specification,
    seed: population.seed,
    count,
    generator_version,
    persisted,
    decision_id,
    links: { self, decision: decisionPath(decision_id), ...(persisted && { agents: `${self}/agents` }) },
    created_at: created_at.toISOString(),
  };
}

export const PopulationDto = wire(
  'Population',
  PopulationSummaryDto.extend({
    exports: z.array(
      z.strictObject({
        id: uuid,
        format: z.enum(POPULATION_FORMATS),
        bytes: z.string(),
        sha256: z.string(),
        href: z.string().meta({ description: 'Path of the file.' }),
        created_at: time,
      }),
    ),
  }).describe('A population that was persisted or exported.'),
);
export type PopulationDto = z.infer<typeof PopulationDto>;

export function populationDto(population: Population, exports: readonly Export[]): PopulationDto {
  return {
    ...populationSummaryDto(population),
    exports: exports.map((file) => ({
      id: file.id,
      format: file.format as PopulationFormat,
      bytes: file.bytes,
      sha256: file.sha256,
      href: exportPath(population.id, file.format as PopulationFormat),
      created_at: file.created_at.toISOString(),
    })),
  };
}

export const PopulationsQueryDto = pageQuery({
  country: country.optional(),
  city: city.optional(),
  gender: z.enum(GENDERS).optional(),
  seed: seed.optional().meta({ examples: ['20241005'] }),
  name: z
    .string()
    .min(1)
    .max(MAX_NAME_LENGTH)
    .optional()
    .meta({ description: 'A part of the name.', examples: ['control'] }),
  tag: z
    .string()
    .min(1)
    .max(40)
    .optional()
    .meta({ examples: ['control'] }),
  ...timeRange('created'),
  sort: sortBy(POPULATION_SORTS, '-created_at'),
});
export type PopulationsQueryDto = z.infer<typeof PopulationsQueryDto>;

export const PopulationListDto = page('PopulationList', 'populations', PopulationSummaryDto);
export type PopulationListDto = z.infer<typeof PopulationListDto>;

export const UpdatePopulationDto = wire(
  'PopulationUpdate',
  z
    .strictObject({
      name: populationName.nullable().optional(),
      notes: notesText.nullable().optional(),
      tags: tagList.overwrite((all) => [...new Set(all)]).optional(),
    })
    .describe('What is to be said about a population; what is not given stays, null takes it back.'),
);
export type UpdatePopulationDto = z.infer<typeof UpdatePopulationDto>;

export const DeletePopulationQueryDto = z.strictObject({
  cascade: z
    .boolean()
    .default(false)
    .meta({ description: 'Deletes the drafts and runs of the population as well.' }),
});
export type DeletePopulationQueryDto = z.infer<typeof DeletePopulationQueryDto>;
