import { z } from 'zod';
import { links, synthetic, uuid, wire } from '../../../core/http/index.js';
import {
  ModelWriterDto,
  writerInOrder,
  WritingForecastDto,
  writingForecastDto,
} from '../../../core/llm/index.js';
import { jobPath } from '../../jobs/index.js';
import type { DraftBatch } from '../draft-batch.entity.js';
import type { SubmittedBatch } from '../draft-batches.service.js';
import { contextDto, draftContext, DRAFTS_PATH } from './draft.dto.js';

export const DraftBatchDto = wire(
  'DraftBatch',
  z
    .strictObject({
      synthetic,
      id: uuid.meta({
        description: 'Of the batch: its drafts can be exported under it once the job is completed.',
      }),
      job_id: uuid,
      population_id: uuid,
      template: z.string().meta({ examples: ['street_art_campaign'] }),
      template_version: z.string().meta({ examples: ['1.0.0'] }),
      seed: z.string().meta({ examples: ['20241005'] }),
      drafts_per_agent: z.int(),
      variations: z.int().nullable().meta({ description: 'Null for the template’s own number.' }),
      context: draftContext,
      writer: ModelWriterDto.nullable(),
      writing: WritingForecastDto.optional(),
      drafts: z
        .int()
        .nullable()
        .meta({ description: 'How many drafts there are; null until the job is completed.' }),
      links,
    })
    .describe('The drafts of a population from one template and seed, and the job that makes them.'),
);
export type DraftBatchDto = z.infer<typeof DraftBatchDto>;

export function draftBatchDto({ batch, writing }: SubmittedBatch): DraftBatchDto {
  return {
    synthetic: true,
    id: batch.id,
    job_id: batch.job_id,
    population_id: batch.population_id,
    template: batch.template,
    template_version: batch.template_version,
    seed: batch.seed,
    drafts_per_agent: batch.drafts_per_agent,
    variations: batch.variations,
    context: contextDto(batch.context),
    writer: batch.writer && writerInOrder(batch.writer),
    ...(writing !== undefined && { writing: writingForecastDto(writing.tape, writing.forecast) }),
    drafts: batch.drafts,
    links: { job: jobPath(batch.job_id), drafts: batchDraftsPath(batch) },
  };
}

/** A batch that is there, or that a job is to make. */
export type RequestedBatch = Omit<DraftBatch, 'created_at' | 'drafts' | 'writing'> & {
  drafts: number | null;
};

/** The path of the list of a batch's drafts. */
export function batchDraftsPath(batch: Pick<DraftBatch, 'population_id' | 'template' | 'seed'>): string {
  const { population_id: population, template, seed } = batch;
  return `${DRAFTS_PATH}?${new URLSearchParams({ population, template, seed }).toString()}`;
}
