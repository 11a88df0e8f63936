import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AgentsService } from '../../agents/index.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsRepository } from '../campaigns/campaigns.repository.js';
import { isKept, Planner, type PlannedPublication } from './planner.js';
import { placeOf, writePlace, type PlanPlace } from './plan-place.js';

const AGENTS_A_PAGE = 1_000;
/** So few, where a page of the plan is looked at: it is planned again from the first of them. */
const AGENTS_A_LOOK = 100;

/** A publication of a plan, with the user name of its agent. */
export type PlanRow = PlannedPublication & { username: string };

/** Part of a plan: what a few agents publish. */
export interface PlanPart {
  rows: PlanRow[];
  /** Publications up to its end, those that the cap leaves out counted as well. */
  index: number;
  /** Where the list of agents goes on; null: this was the last part. */
  next: string | null;
}

/** The plans of campaigns, made from their terms and agents whenever they are asked for. */
@Injectable()
export class CampaignPlans {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly campaigns: CampaignsRepository,
    private readonly agents: AgentsService,
  ) {}

  /** How many publications there would be without the cap of the whole; counted once for each version of a campaign. */
  async sizeOf(campaign: Campaign): Promise<number> {
    if (campaign.plan_size !== null) return campaign.plan_size;
    const planner = plannerOf(campaign);
    let size = 0;
    let cursor: string | null = null;
    do {
      const { rows, next } = await this.agentsOf(campaign, AGENTS_A_PAGE, cursor);
      for (const agent of rows) size += planner.countOf(agent);
      cursor = next;
    } while (cursor !== null);
    await this.campaigns.setPlanSize(this.dataSource.manager, campaign, size);
    return size;
  }

  /**
   * What the next agents publish.
   * @param cursor where the list of agents goes on; null at its beginning
   * @param index how many publications were before it
   */
  async part(
    campaign: Campaign,
    size: number,
    { agents, cursor, index }: { agents: number; cursor: string | null; index: number },
  ): Promise<PlanPart> {
    const planner = plannerOf(campaign);
    const page = await this.agentsOf(campaign, agents, cursor);
    const rows: PlanRow[] = [];
    let before = index;
    for (const agent of page.rows) {
      let seen = 0;
      const keeps = (ordinal: number): boolean => {
        seen = ordinal + 1;
        return isKept(before + ordinal, size, campaign.caps.total);
      };
      for (const planned of planner.ofAgent(agent, keeps))
        rows.push({ ...planned, username: agent.username_hint });
      before += seen;
    }
    return { rows, index: before, next: page.next };
  }

  /**
   * A page of the plan, in the order of the agents and then of time.
   * @throws SchedulerError `cursor_invalid`
   */
  async page(
    campaign: Campaign,
    limit: number,
    cursor: string | undefined,
  ): Promise<{ rows: PlanRow[]; total: number; next: string | null }> {
    const size = await this.sizeOf(campaign);
    const tag = `${campaign.id}/${campaign.version}`;
    let place: PlanPlace = cursor === undefined ? { agents: null, index: 0, skip: 0 } : placeOf(cursor, tag);
    const rows: PlanRow[] = [];
    for (;;) {
      const asked = { agents: AGENTS_A_LOOK, cursor: place.agents, index: place.index };
      const part = await this.part(campaign, size, asked);
      const taken = part.rows.slice(place.skip, place.skip + limit - rows.length);
      rows.push(...taken);
      const skip = place.skip + taken.length;
      if (skip < part.rows.length)
        return { rows, total: totalOf(campaign, size), next: writePlace({ ...place, skip }, tag) };
      if (part.next === null) return { rows, total: totalOf(campaign, size), next: null };
      place = { agents: part.next, index: part.index, skip: 0 };
      if (rows.length === limit)
        return { rows, total: totalOf(campaign, size), next: writePlace(place, tag) };
    }
  }

  private async agentsOf(campaign: Campaign, limit: number, cursor: string | null) {
    return this.agents.listOf(campaign.population_id, campaign.audience, {
      sort: 'position',
      limit,
      cursor: cursor ?? undefined,
    });
  }
}

function totalOf({ caps }: Campaign, size: number): number {
  return Math.min(size, caps.total);
}

function plannerOf(campaign: Campaign): Planner {
  const { id, seed, templates, starts_at, ends_at, quiet_hours, rhythm, caps, approval } = campaign;
  return new Planner({
    id,
    seed,
    templates,
    startsAt: starts_at,
    endsAt: ends_at,
    quietHours: quiet_hours,
    rhythm,
    caps,
    approval,
  });
}
