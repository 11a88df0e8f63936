import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CampaignRecord } from '../campaigns/campaign.record.js';
import { CampaignsRepository } from '../campaigns/campaigns.repository.js';
import { PublicationsRepository } from '../publications/publications.repository.js';
import { CampaignPlans } from './campaign-plans.js';

/** So many publications of a plan are committed together, more or less. */
const ROWS = 5_000;
const AGENTS_MIN = 10;
const AGENTS_MAX = 1_000;

/** Makes the plans of started campaigns rows, part by part: each part is whole or not there, whoever dies. */
@Injectable()
export class PlanWriter {
  private agents = AGENTS_MIN;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly campaigns: CampaignsRepository,
    private readonly publications: PublicationsRepository,
    private readonly plans: CampaignPlans,
    private readonly record: CampaignRecord,
  ) {}

  /** Plans the next part of a campaign. @returns whether there was any */
  async step(): Promise<boolean> {
    const uncounted = await this.dataSource.transaction((manager) => this.campaigns.claimUnplanned(manager));
    if (uncounted === undefined) return false;
    // Counting can take seconds: nothing is held meanwhile.
    if (uncounted.plan_size === null) await this.plans.sizeOf(uncounted);
    return this.dataSource.transaction(async (manager) => {
      const campaign = await this.campaigns.claimUnplanned(manager);
      if (campaign?.plan_size === undefined || campaign.plan_size === null) return false;
      const { id, plan_cursor: cursor, plan_index: index, plan_size: size } = campaign;
      const part = await this.plans.part(campaign, size, { agents: this.agents, cursor, index });
      await this.publications.insertPlanned(manager, campaign, part.rows);
      await this.campaigns.setPlanned(manager, id, part.next, part.index);
      await this.record.planned(manager, id, part.rows.length, part.next === null);
      const fits = Math.ceil((ROWS * this.agents) / Math.max(1, part.rows.length));
      this.agents = Math.min(AGENTS_MAX, Math.max(AGENTS_MIN, Math.min(fits, this.agents * 4)));
      return true;
    });
  }
}
