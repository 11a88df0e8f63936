import { jobPath } from '../../jobs/index.js';
import type { DraftBatch } from '../draft-batch.entity.js';
import { DRAFTS_PATH } from './draft.dto.js';

/** The drafts of a population from one template and seed, and the job that makes them. */
export class DraftBatchDto {
  synthetic!: true;

  /** @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11 */
  job_id!: string;

  population_id!: string;

  /** @example street_art_campaign */
  template!: string;

  /** @example 1.0.0 */
  template_version!: string;

  /** @example 20241005 */
  seed!: string;

  drafts_per_agent!: number;

  /** Null for the template's own number. */
  variations!: number | null;

  /** How many drafts there are; null until the job is completed. */
  drafts!: number | null;

  links!: Record<string, string>;

  static of(batch: RequestedBatch): DraftBatchDto {
    return {
      synthetic: true,
      job_id: batch.job_id,
      population_id: batch.population_id,
      template: batch.template,
      template_version: batch.template_version,
      seed: batch.seed,
      drafts_per_agent: batch.drafts_per_agent,
      variations: batch.variations,
      drafts: batch.drafts,
      links: { job: jobPath(batch.job_id), drafts: batchDraftsPath(batch) },
    };
  }
}

/** A batch that is there, or that a job is to make. */
export type RequestedBatch = Omit<DraftBatch, 'created_at' | 'drafts'> & { drafts: number | null };

/** The path of the list of a batch's drafts. */
export function batchDraftsPath(batch: Pick<DraftBatch, 'population_id' | 'template' | 'seed'>): string {
  const { population_id: population, template, seed } = batch;
  return `${DRAFTS_PATH}?${new URLSearchParams({ population, template, seed }).toString()}`;
}
