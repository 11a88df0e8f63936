import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { UserRights } from '../../auth/index.js';
import { CampaignRecord, SCHEDULER } from './campaign.record.js';
import { CampaignsRepository } from './campaigns.repository.js';

const NEEDED = 'campaigns:write';

/** Holds campaigns whose starter may no longer start any: what goes on in somebody's name ends with his right to it. */
@Injectable()
export class CampaignRights {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly repository: CampaignsRepository,
    private readonly rights: UserRights,
    private readonly record: CampaignRecord,
  ) {}

  /** Looks who started campaigns that run, and pauses those of people who may no longer. */
  async holdLost(): Promise<void> {
    const running = await this.repository.started(this.dataSource.manager);
    const reasons = new Map<string, string | undefined>();
    for (const { id, started_by } of running) {
      if (!reasons.has(started_by)) reasons.set(started_by, await this.lost(started_by));
      const reason = reasons.get(started_by);
      if (reason === undefined) continue;
      await this.dataSource.transaction(async (transaction) => {
        const campaign = await this.repository.hold(transaction, id, reason);
        if (campaign !== undefined)
          await this.record.changed(transaction, campaign, 'campaign.hold', SCHEDULER, { reason });
      });
    }
  }

  /** Why nothing more is done in a user's name. */
  private async lost(userId: string): Promise<string | undefined> {
    const permissions = await this.rights.of(this.dataSource.manager, userId);
    if (permissions === undefined)
      return 'who started it is disabled or gone; somebody who may has to resume it';
    if (permissions.has(NEEDED)) return undefined;
    return `who started it no longer has the permission ${NEEDED}; somebody who has it has to resume it`;
  }
}
