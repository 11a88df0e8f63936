import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditService } from '../../core/audit/index.js';
import { EventsService } from '../../core/events/index.js';
import { draftDeleted } from './content.events.js';
import { ContentError } from './content.errors.js';
import { DraftBatchesRepository } from './draft-batches.repository.js';
import { DraftsRepository, type DecidedDraft } from './drafts.repository.js';

/** Deletes drafts. The guard's decisions on them stay. */
@Injectable()
export class DraftRemoval {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: DraftsRepository,
    private readonly batches: DraftBatchesRepository,
    private readonly events: EventsService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Deletes a draft that belongs to no batch. A batch is what runs are made from: it stays as it was, or goes with its
   * population.
   * @throws ContentError `draft_not_found`, `draft_in_use`
   */
  async delete(id: string, actor: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const draft = await this.lock(manager, id);
      const [batch] = await this.batches.around(manager, draft);
      if (batch !== undefined) {
        const message = `draft ${id} belongs to the batch of job ${batch.job_id}, which runs are made from; it goes with its population`;
        throw new ContentError('conflict', 'draft_in_use', message);
      }
      await this.repository.delete(manager, id);
      const { agent_id, population_id } = draft;
      await this.events.emit(manager, draftDeleted({ draft_id: id, agent_id, population_id }));
      await this.audit.append(manager, {
        actor,
        action: 'draft.delete',
        subject: { type: 'draft', id },
        data: { agent_id: draft.agent_id, decision_id: draft.decision_id },
      });
    });
  }

  /** A draft that no batch takes in until the transaction ends. */
  private async lock(manager: EntityManager, id: string): Promise<DecidedDraft> {
    const found = await this.repository.find(manager, id);
    if (found !== undefined) await this.repository.lock(manager, found);
    const draft = found && (await this.repository.find(manager, id));
    if (draft !== undefined) return draft;
    throw new ContentError('not_found', 'draft_not_found', `there is no draft ${id}`);
  }
}
