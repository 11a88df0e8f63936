import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AgentsService } from '../../agents/index.js';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsRepository } from '../campaigns/campaigns.repository.js';
import { isKept, Planner, type PlannedPublication } from './planner.js';
import { SchedulerError } from '../scheduler.errors.js';
import { AgentPlace, readPlace, TimePlace, writePlace } from './plan-place.js';

const AGENTS_A_PAGE = 1_000;
/** So few, where a page of the plan is looked at: it is planned again from the first of them. */
const AGENTS_A_LOOK = 100;
/** The longest plan that is told in the order of time: for each page all of it is made. */
const IN_TIME_MAX = 100_000;

/** The orders in which a plan is told. */
export const PLAN_SORTS = ['agent', 'due_at'] as const;

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

/** A page of a plan. */
interface PlanPage {
  rows: PlanRow[];
  /** How many there are in the whole plan. */
  total: number;
  /** The cursor of the next page; null: there is none. */
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
  async page(campaign: Campaign, limit: number, cursor: string | undefined): Promise<PlanPage> {
    const size = await this.sizeOf(campaign);
    const tag = tagOf(campaign);
    let place: AgentPlace =
      cursor === undefined ? { agents: null, index: 0, skip: 0 } : readPlace(AgentPlace, cursor, tag);
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

  /**
   * A page of the plan, in the order of time.
   * @throws SchedulerError `cursor_invalid`; `plan_too_long` for one of more than IN_TIME_MAX publications
   */
  async pageInTime(campaign: Campaign, limit: number, cursor: string | undefined): Promise<PlanPage> {
    const size = await this.sizeOf(campaign);
    const total = totalOf(campaign, size);
    const tag = tagOf(campaign);
    const after = cursor === undefined ? undefined : readPlace(TimePlace, cursor, tag);
    if (size > IN_TIME_MAX) {
      const message = `has ${size} publications before its caps; up to ${IN_TIME_MAX} are told in the order of time: ask for the order agent`;
      throw new SchedulerError('invalid', 'plan_too_long', `the plan ${message}`, [
        { field: 'sort', message },
      ]);
    }
    // One more than are told says whether there are more.
    const earliest = new Earliest(limit + 1, after);
    let place: { cursor: string | null; index: number } = { cursor: null, index: 0 };
    do {
      const part = await this.part(campaign, size, { agents: AGENTS_A_PAGE, ...place });
      for (const row of part.rows) earliest.add(row);
      place = { cursor: part.next, index: part.index };
    } while (place.cursor !== null);
    const found = earliest.rows();
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const more = found.length > limit && last !== undefined;
    return { rows, total, next: more ? writePlace({ dueAt: last.dueAt, id: last.id }, tag) : null };
  }

  private async agentsOf(campaign: Campaign, limit: number, cursor: string | null) {
    return this.agents.listOf(campaign.population_id, campaign.audience, {
      sort: 'position',
      limit,
      cursor: cursor ?? undefined,
    });
  }
}

/** The first few in the order of time after a place, of many that come in any order. */
class Earliest {
  private kept: PlanRow[] = [];

  constructor(
    private readonly most: number,
    private readonly after: TimePlace | undefined,
  ) {}

  add(row: PlanRow): void {
    if (this.after !== undefined && inTime(row, this.after) <= 0) return;
    this.kept.push(row);
    if (this.kept.length >= 4 * this.most) this.kept = this.rows();
  }

  rows(): PlanRow[] {
    return this.kept.toSorted(inTime).slice(0, this.most);
  }
}

function inTime(a: TimePlace, b: TimePlace): number {
  if (a.dueAt !== b.dueAt) return a.dueAt - b.dueAt;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** Of which version of which plan a cursor is. */
function tagOf({ id, version }: Campaign): string {
  return `${id}/${version}`;
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
