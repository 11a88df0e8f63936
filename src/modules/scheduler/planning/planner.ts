import { hash } from 'node:crypto';
import { keyFromText, RandomStream } from '../../../engine/random.js';
import type { AgentProfile, PostingCadence } from '../../agents/index.js';
import { DayShape, type QuietHours } from './rhythm.js';
import { Zone } from './zones.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Days in which there is one; an hourly cadence has its own number a day. */
const PERIOD_DAYS: Record<PostingCadence, number> = { hourly: 1, daily: 1, weekly: 7, monthly: 30 };

/** Who has to approve. */
export interface ApprovalRule {
  rule: 'none' | 'sample' | 'all' | 'two_people';
  /** Of `sample`: how many of a hundred, by the seed. */
  percent?: number | undefined;
}

/** The most of something. */
export interface CampaignCaps {
  /** Of the whole campaign: where more would be, as many are left out, evenly over the plan. */
  total: number;
  per_agent?: number | undefined;
  /** In a day of the agent’s own time zone. */
  per_agent_day?: number | undefined;
  /** Published in any hour, whatever the plan says. */
  per_hour?: number | undefined;
}

/** What a plan follows from, beside the agents. */
export interface PlanTerms {
  /** The campaign. */
  id: string;
  seed: string;
  templates: readonly string[];
  startsAt: Date;
  endsAt: Date;
  quietHours: QuietHours | null;
  rhythm: readonly number[] | null;
  caps: CampaignCaps;
  approval: ApprovalRule;
}

/** Of an agent, what its plan follows from. */
export type PlannedAgent = Pick<AgentProfile, 'id' | 'timezone' | 'posting_cadence'>;

/** One publication of a plan. */
export interface PlannedPublication {
  id: string;
  agentId: string;
  /** Which of the agent’s own, from 0, those that a cap leaves out counted as well. */
  ordinal: number;
  template: string;
  /** Milliseconds since 1970. */
  dueAt: number;
  /** How many people have to approve. */
  approvals: number;
}

/**
 * Plans the publications of a campaign, agent by agent: a pure function of the terms and the agent, so that the same campaign has
 * the same plan whoever makes it, and a plan of millions needs the memory of one agent. A longer campaign has the plan of the
 * shorter one, and more behind it.
 */
export class Planner {
  private readonly from: number;
  private readonly to: number;
  private readonly shape: DayShape;
  private readonly zones = new Map<string, Zone>();
  private readonly stream = new RandomStream({ k0: 0, k1: 0 }, 0);

  constructor(private readonly terms: PlanTerms) {
    this.from = terms.startsAt.getTime();
    this.to = terms.endsAt.getTime();
    this.shape = new DayShape(terms.rhythm ?? undefined, terms.quietHours);
  }

  /** How many there are of an agent, before the cap of the whole campaign. */
  countOf(agent: PlannedAgent): number {
    let count = 0;
    for (const _ of this.moments(agent)) count += 1;
    return count;
  }

  /**
   * The publications of an agent, in the order of their times.
   * @param keeps whether the one after so many of this agent is kept, by the cap of the whole campaign
   */
  *ofAgent(agent: PlannedAgent, keeps: (ordinal: number) => boolean): Generator<PlannedPublication> {
    const { id, templates } = this.terms;
    let ordinal = 0;
    for (const { dueAt, template, sample } of this.moments(agent)) {
      if (keeps(ordinal)) {
        yield {
          id: idOf(`${id}/${agent.id}/${ordinal}`),
          agentId: agent.id,
          ordinal,
          template: templates[template] ?? '',
          dueAt,
          approvals: this.approvals(sample),
        };
      }
      ordinal += 1;
    }
  }

  private approvals(sample: number): number {
    const { rule, percent = 0 } = this.terms.approval;
    if (rule === 'two_people') return 2;
    return rule === 'all' || (rule === 'sample' && sample * 100 < percent) ? 1 : 0;
  }

  private *moments(agent: PlannedAgent): Generator<{ dueAt: number; template: number; sample: number }> {
    const { caps, templates, seed } = this.terms;
    if (this.shape.weight() === 0) return;
    const zone = this.zone(agent.timezone);
    const period = PERIOD_DAYS[agent.posting_cadence];
    const stream = this.stream;
    const key = keyFromText(`${seed}/${agent.id}`);
    stream.restart(0xffffffff, key);
    const phase = stream.below(period);
    const end = Math.floor((Math.floor(zone.wallOf(this.to) / DAY_MS) + phase) / period);
    let left = caps.per_agent ?? Infinity;
    for (
      let at = Math.floor((Math.floor(zone.wallOf(this.from) / DAY_MS) + phase) / period);
      at <= end;
      at += 1
    ) {
      // Each period is a subject of its own, so that none depends on where the campaign begins.
      stream.restart(at >>> 0, key);
      const day = at * period - phase + stream.below(period);
      for (const minute of this.minutes(agent.posting_cadence, stream)) {
        const second = stream.below(60);
        const drawn = { template: stream.below(templates.length), sample: stream.unit() };
        const dueAt = zone.momentOf(day * DAY_MS + minute * MINUTE_MS + second * 1_000);
        if (dueAt < this.from || dueAt >= this.to) continue;
        // Where clocks skip an hour, what was in it comes after it, unless that is a time of quiet.
        const shown = zone.wallOf(dueAt) - day * DAY_MS;
        if (!this.shape.isAwake(Math.floor(shown / MINUTE_MS))) continue;
        if (left === 0) return;
        left -= 1;
        yield { dueAt, ...drawn };
      }
    }
  }

  /** The minutes of a day on which there is one: in each hour, or in as many equal parts of the day as there may be. */
  private *minutes(cadence: PostingCadence, stream: RandomStream): Generator<number> {
    const { shape } = this;
    const most = this.terms.caps.per_agent_day ?? Infinity;
    const { hours } = shape;
    if (cadence === 'hourly' && most >= hours.length) {
      for (const hour of hours) {
        const weight = shape.weight(hour * 60, hour * 60 + 60);
        yield shape.minuteAt(shape.before(hour * 60) + stream.below(weight));
      }
      return;
    }
    const parts = cadence === 'hourly' ? most : 1;
    const weight = shape.weight();
    for (let part = 0; part < parts; part += 1) {
      const low = Math.floor((weight * part) / parts);
      const high = Math.floor((weight * (part + 1)) / parts);
      yield shape.minuteAt(low + stream.below(Math.max(1, high - low)));
    }
  }

  private zone(timezone: string): Zone {
    const known = this.zones.get(timezone) ?? new Zone(timezone, this.from, this.to);
    this.zones.set(timezone, known);
    return known;
  }
}

/** Whether the publication with this number of a whole plan is kept: as many of `size` as `total`, evenly. */
export function isKept(index: number, size: number, total: number): boolean {
  if (size <= total) return true;
  return Math.floor(((index + 1) * total) / size) > Math.floor((index * total) / size);
}

/** A UUID of version 8 that follows from a text. */
function idOf(text: string): string {
  const hex = hash('sha256', text, 'hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
