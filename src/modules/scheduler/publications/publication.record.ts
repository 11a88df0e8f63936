import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { EventsService } from '../../../core/events/index.js';
import type { Publication } from './publication.entity.js';
import { publicationChanged, publicationReminded } from './publication.events.js';

/** A publication that has changed. */
export type ChangedPublication = Pick<
  Publication,
  'id' | 'campaign_id' | 'agent_id' | 'state' | 'draft_id' | 'decision_id' | 'remote_id' | 'reason'
>;

/** Tells of publications: to the audit, and to who listens. */
@Injectable()
export class PublicationRecord {
  constructor(
    private readonly audit: AuditService,
    private readonly events: EventsService,
  ) {}

  /** Say it last in a transaction: the audit lets one after the other through. */
  async changed(
    manager: EntityManager,
    publications: readonly ChangedPublication[],
    actor: string,
  ): Promise<void> {
    if (publications.length === 0) return;
    const events = publications.map(({ id, campaign_id, agent_id, state, reason }) =>
      publicationChanged({ campaign_id, publication_id: id, agent_id, state, reason }),
    );
    await this.events.emit(manager, ...events);
    const entries = publications.map(({ id, campaign_id, state, reason, ...about }) => ({
      actor,
      action: `publication.${state}`,
      subject: { type: 'publication', id },
      data: {
        campaign_id,
        draft_id: about.draft_id,
        decision_id: about.decision_id,
        remote_id: about.remote_id,
        reason,
      },
    }));
    await this.audit.append(manager, ...entries);
  }

  /** Tells that people are waited for, and since when it is urgent. */
  async reminded(manager: EntityManager, publications: readonly Publication[], actor: string): Promise<void> {
    if (publications.length === 0) return;
    await this.events.emit(manager, ...publications.map(reminder));
    const entries = publications.map(({ id, campaign_id, escalated_at }) => ({
      actor,
      action: escalated_at === null ? 'publication.remind' : 'publication.escalate',
      subject: { type: 'publication', id },
      data: { campaign_id },
    }));
    await this.audit.append(manager, ...entries);
  }
}

function reminder({ id, campaign_id, agent_id, due_at, escalated_at }: Publication) {
  return publicationReminded({
    campaign_id,
    publication_id: id,
    agent_id,
    due_at: due_at.toISOString(),
    escalated: escalated_at !== null,
  });
}
