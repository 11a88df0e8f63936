import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditEntry } from '../../core/audit/index.js';
import {
  NAMED,
  PopulationDependents,
  type PopulationDependent,
  type PopulationUse,
} from '../agents/index.js';
import { ExportsService } from '../exports/index.js';
import { DraftBatchesRepository } from './draft-batches.repository.js';
import { DraftsRepository } from './drafts.repository.js';

/** The drafts that need a population. */
@Injectable()
export class PopulationDrafts implements PopulationDependent, OnModuleInit {
  readonly what = 'drafts';

  constructor(
    private readonly dependents: PopulationDependents,
    private readonly repository: DraftsRepository,
    private readonly batches: DraftBatchesRepository,
    private readonly exports: ExportsService,
  ) {}

  onModuleInit(): void {
    this.dependents.register(this);
  }

  uses(manager: EntityManager, populationId: string): Promise<PopulationUse> {
    return this.repository.ofPopulation(manager, populationId, NAMED);
  }

  /** Deletes the drafts, their batches and the exports of these. The guard's decisions stay. */
  async remove(manager: EntityManager, populationId: string, actor: string): Promise<AuditEntry[]> {
    const entries: AuditEntry[] = [];
    for (const { id } of await this.batches.ofPopulation(manager, populationId)) {
      entries.push(...(await this.exports.removeOf(manager, { draft_batch_id: id }, actor)));
    }
    const drafts = await this.repository.deleteOfPopulation(manager, populationId);
    if (drafts === 0) return entries;
    const subject = { type: 'population', id: populationId };
    return [...entries, { actor, action: 'drafts.delete', subject, data: { drafts } }];
  }
}
