import { zeros } from '../columns.js';
import { COMMENT, EVENT_KINDS, EXPOSURE, POST, QUOTE, REACTION, REPOST } from '../feed-input.js';
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
    this.marks = zeros(Uint8Array, run.agents);
  }

  /** An event of any kind. */
  count(agent: number, kind: number): void {
    bump(this.kinds[kind] as Float64Array, this.run.groupOf[agent] as number, 1);
  }

  /** A member was shown a post. @param authors the group of its author @param labelled 1 where the guard would mark it, else 0 */
  expose(agent: number, authors: number, labelled: number): void {
    this.marks[agent] = (this.marks[agent] as number) | 1;
    bump(this.labelled, this.run.groupOf[agent] as number, labelled);
    bump(this.attention, authors, 1);
  }

  /** A member did something. */
  act(agent: number): void {
    this.marks[agent] = (this.marks[agent] as number) | 2;
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
