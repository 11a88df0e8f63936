import type { EventColumns } from '../event-buffer.js';
import { COMMENT, EVENT_KINDS, EXPOSURE, POST, QUOTE, REACTION, REPOST } from '../feed-input.js';
import { isAct } from '../feed-metrics.js';
import type { MeasuredRun } from './measured-run.js';

/** What the members of a group did and were shown. */
export interface GroupCounts {
  readonly agents: number;
  readonly posts: number;
  readonly exposures: number;
  readonly reactions: number;
  readonly comments: number;
  readonly reposts: number;
  readonly quotes: number;
  /** Members that were shown anything, and that posted or interacted. */
  readonly reached: number;
  readonly acted: number;
  /** Of what members were shown, that which the guard labels or would hold back. */
  readonly labelled: number;
  /** How often posts of members were shown to anybody. */
  readonly attention: number;
}

/** Counts by group while the events pass by. Exposures are counted only where they are logged. */
export class GroupMeter {
  private readonly kinds: Float64Array[];
  private readonly labelled: Float64Array;
  private readonly attention: Float64Array;
  /** Bit 1: was shown something; bit 2: did something. */
  private readonly marks: Uint8Array;

  constructor(private readonly run: MeasuredRun) {
    this.kinds = EVENT_KINDS.map(() => new Float64Array(run.groups));
    this.labelled = new Float64Array(run.groups);
    this.attention = new Float64Array(run.groups);
    this.marks = new Uint8Array(run.agents);
  }

  add(events: EventColumns): void {
    const { groupOf, posts, labelled } = this.run;
    for (let row = 0; row < events.length; row += 1) {
      const agent = events.agent[row] as number;
      const kind = events.kind[row] as number;
      const group = groupOf[agent] as number;
      bump(this.kinds[kind] as Float64Array, group, 1);
      if (isAct(kind)) this.marks[agent] = (this.marks[agent] as number) | 2;
      if (kind !== EXPOSURE) continue;
      this.marks[agent] = (this.marks[agent] as number) | 1;
      const root = events.root[row] as number;
      bump(this.labelled, group, labelled[posts.draft[root] as number] as number);
      bump(this.attention, groupOf[posts.author[root] as number] as number, 1);
    }
  }

  /** What was counted up to now, by group. */
  result(): GroupCounts[] {
    const { groupOf, groups } = this.run;
    const [agents, reached, acted] = [0, 1, 2].map(() => new Int32Array(groups)) as [
      Int32Array,
      Int32Array,
      Int32Array,
    ];
    for (const [agent, mark] of this.marks.entries()) {
      const group = groupOf[agent] as number;
      bump(agents, group, 1);
      bump(reached, group, mark & 1);
      bump(acted, group, mark >> 1);
    }
    const count = (kind: number, group: number): number => this.kinds[kind]?.[group] as number;
    return Array.from({ length: groups }, (_, group) => ({
      agents: agents[group] as number,
      posts: count(POST, group),
      exposures: count(EXPOSURE, group),
      reactions: count(REACTION, group),
      comments: count(COMMENT, group),
      reposts: count(REPOST, group),
      quotes: count(QUOTE, group),
      reached: reached[group] as number,
      acted: acted[group] as number,
      labelled: this.labelled[group] as number,
      attention: this.attention[group] as number,
    }));
  }
}

function bump(column: Float64Array | Int32Array, index: number, by: number): void {
  column[index] = (column[index] as number) + by;
}
