import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DraftBatch } from './draft-batch.entity.js';

@Injectable()
export class DraftBatchesRepository {
  find(manager: EntityManager, id: string): Promise<DraftBatch | null> {
    return manager.getRepository(DraftBatch).findOneBy({ id });
  }

  /**
   * Makes the row of a batch, or finds it: a second transaction for the same batch waits here for the first.
   * @returns whether it was made
   */
  async claim(manager: EntityManager, batch: Omit<DraftBatch, 'created_at'>): Promise<boolean> {
    const rows = await manager.query<object[]>(
      `INSERT INTO draft_batches (id, population_id, template, template_version, seed, drafts_per_agent, variations,
                                  job_id, drafts)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        batch.id,
        batch.population_id,
        batch.template,
        batch.template_version,
        batch.seed,
        batch.drafts_per_agent,
        batch.variations,
        batch.job_id,
        batch.drafts,
      ],
    );
    return rows.length > 0;
  }
}
