import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { CampaignRecord, SCHEDULER } from '../campaigns/campaign.record.js';
import { CampaignRights } from '../campaigns/campaign.rights.js';
import { CampaignsRepository } from '../campaigns/campaigns.repository.js';
import { DeliveryRepository } from './delivery.repository.js';
import { PublicationRecord } from './publication.record.js';

const BATCH = 500;

/** Moves on what waits for nobody: decided drafts, cancelled and late publications, finished campaigns, reminders. */
@Injectable()
export class Upkeep {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: DeliveryRepository,
    private readonly campaigns: CampaignsRepository,
    private readonly publicationRecord: PublicationRecord,
    private readonly campaignRecord: CampaignRecord,
    private readonly rights: CampaignRights,
  ) {}

  /** Holds what goes on in the name of people who may no longer: to be called before anything is done for campaigns. */
  holdLost(): Promise<void> {
    return this.rights.holdLost();
  }

  /** @returns whether there is more to do at once */
  async step(): Promise<boolean> {
    const { repository } = this;
    let more = false;
    for (const sweep of [
      (manager: EntityManager) => repository.settleDrafted(manager, BATCH),
      (manager: EntityManager) => repository.cancelLeft(manager, BATCH),
      (manager: EntityManager) => repository.expireLate(manager, BATCH),
    ]) {
      const swept = await this.dataSource.transaction(async (manager) => {
        const changed = await sweep(manager);
        await this.publicationRecord.changed(manager, changed, SCHEDULER);
        return changed.length;
      });
      more ||= swept === BATCH;
    }
    await this.remind();
    await this.dataSource.transaction(async (manager) => {
      for (const campaign of await this.campaigns.complete(manager))
        await this.campaignRecord.changed(manager, campaign, 'campaign.complete', SCHEDULER);
    });
    return more;
  }

  private async remind(): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const reminded = await this.repository.remind(manager, BATCH);
      await this.publicationRecord.reminded(manager, reminded, SCHEDULER);
    });
  }
}
