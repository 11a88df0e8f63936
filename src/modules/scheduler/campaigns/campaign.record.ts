import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../../../core/audit/index.js';
import { EventsService } from '../../../core/events/index.js';
import type { Campaign } from './campaign.entity.js';
import { campaignChanged, campaignDeleted, campaignPlanned } from './campaign.events.js';

/** Who acts where nobody does. */
export const SCHEDULER = 'scheduler';

/** Tells of campaigns: to the audit, and to who listens. */
@Injectable()
export class CampaignRecord {
  constructor(
    private readonly audit: AuditService,
    private readonly events: EventsService,
  ) {}

  /** @param more what the audit says beside */
  async changed(
    manager: EntityManager,
    campaign: Campaign,
    action: string,
    actor: string,
    more: object = {},
  ): Promise<void> {
    const { id, name, state, version } = campaign;
    await this.events.emit(manager, campaignChanged({ campaign_id: id, name, state, version }));
    const subject = { type: 'campaign', id };
    await this.audit.append(manager, { actor, action, subject, data: { name, state, version, ...more } });
  }

  async deleted(manager: EntityManager, { id, name }: Campaign, actor: string): Promise<void> {
    await this.events.emit(manager, campaignDeleted({ campaign_id: id, name }));
    const subject = { type: 'campaign', id };
    await this.audit.append(manager, { actor, action: 'campaign.delete', subject, data: { name } });
  }

  /** @param publications how many were added @param complete whether these were the last */
  async planned(
    manager: EntityManager,
    campaignId: string,
    publications: number,
    complete: boolean,
  ): Promise<void> {
    await this.events.emit(manager, campaignPlanned({ campaign_id: campaignId, publications, complete }));
    const subject = { type: 'campaign', id: campaignId };
    const data = { publications, complete };
    await this.audit.append(manager, { actor: SCHEDULER, action: 'campaign.plan', subject, data });
  }
}
