import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Decision } from '../compliance/index.js';
import { DraftBatch } from './draft-batch.entity.js';
import type { Draft } from './draft.entity.js';

/** A draft of a batch with the guard's decision, or what people made of it. */
export type BatchDraft = Pick<
  Draft,
  'id' | 'agent_id' | 'language' | 'caption' | 'hashtags' | 'quality' | 'decision_id'
> &
  Pick<Decision, 'action' | 'labels'> & { variation_count: number };

@Injectable()
export class DraftBatchesRepository {
  find(manager: EntityManager, id: string): Promise<DraftBatch | null> {
    return manager.getRepository(DraftBatch).findOneBy({ id });
  }

  ofPopulation(manager: EntityManager, populationId: string): Promise<DraftBatch[]> {
    return manager.getRepository(DraftBatch).findBy({ population_id: populationId });
  }

  /** The batches that a draft may belong to: those of its population, template and seed. */
  around(
    manager: EntityManager,
    { population_id, template, template_version, seed }: Draft,
  ): Promise<DraftBatch[]> {
    if (population_id === null) return Promise.resolve([]);
    const order = { created_at: 'ASC', id: 'ASC' } as const;
    return manager
      .getRepository(DraftBatch)
      .find({ where: { population_id, template, template_version, seed }, order });
  }

  /**
   * Makes the row of a batch, or finds it: a second transaction for the same batch waits here for the first.
   * @returns whether it was made
   */
  async claim(manager: EntityManager, batch: Omit<DraftBatch, 'created_at'>): Promise<boolean> {
    const rows = await manager.query<object[]>(
      `INSERT INTO draft_batches (id, population_id, template, template_version, template_digest, seed,
                                  drafts_per_agent, variations, context, job_id, drafts, writer, writing)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        batch.id,
        batch.population_id,
        batch.template,
        batch.template_version,
        batch.template_digest,
        batch.seed,
        batch.drafts_per_agent,
        batch.variations,
        batch.context && JSON.stringify(batch.context),
        batch.job_id,
        batch.drafts,
        batch.writer && JSON.stringify(batch.writer),
        batch.writing && JSON.stringify(batch.writing),
      ],
    );
    return rows.length > 0;
  }

  /** The drafts that a batch has, and those that differ from them in the number of variations alone. */
  drafts(manager: EntityManager, batch: DraftBatch): Promise<BatchDraft[]> {
    return manager.query<BatchDraft[]>(
      `SELECT drafts.id, agent_id, language, caption, hashtags, quality, decision_id, decisions.action,
              decisions.labels, jsonb_array_length(variations) AS variation_count
       FROM drafts JOIN decision_outcomes AS decisions ON decisions.id = drafts.decision_id
       WHERE population_id = $1 AND template = $2 AND template_version = $3 AND seed = $4
         AND metadata ->> 'template_digest' = $5 AND (metadata ->> 'index')::bigint < $6
         AND context IS NOT DISTINCT FROM $7::jsonb
         AND metadata -> 'writing' -> 'writer' IS NOT DISTINCT FROM $8::jsonb
       ORDER BY agent_id, (metadata ->> 'index')::bigint, drafts.id`,
      [
        batch.population_id,
        batch.template,
        batch.template_version,
        batch.seed,
        batch.template_digest,
        batch.drafts_per_agent,
        batch.context && JSON.stringify(batch.context),
        batch.writer && JSON.stringify(batch.writer),
      ],
    );
  }
}
