import { EVENT_KINDS, type EventColumns } from '../../../engine/index.js';
import type { CascadeSet } from './cascade-set.js';

/** Builds the cascades of a run from the engine's events while they pass by. */
export class CascadeRecorder {
  private readonly parents: number[] = [];
  private readonly minutes: number[] = [];
  private readonly users: number[] = [];
  /** The node of each post and of each comment. */
  private readonly posts: number[] = [];
  private readonly comments: number[] = [];

  /** @param tickMinutes minutes of simulated time in a tick */
  constructor(private readonly tickMinutes: number) {}

  add(events: EventColumns): void {
    for (let row = 0; row < events.length; row += 1) {
      const kind = EVENT_KINDS[events.kind[row] as number];
      const parent = events.parent[row] as number;
      if (kind === 'post') this.posts[events.post[row] as number] = this.node(events, row, -1);
      else if (kind === 'repost' || kind === 'quote') {
        this.posts[events.post[row] as number] = this.node(events, row, this.posts[parent] as number);
      } else if (kind === 'comment') {
        const on = parent < 0 ? this.posts[events.root[row] as number] : this.comments[parent];
        this.comments[events.comment[row] as number] = this.node(events, row, on as number);
      }
    }
  }

  /** The cascades up to now. */
  result(): CascadeSet {
    return {
      parents: Int32Array.from(this.parents),
      minutes: Float64Array.from(this.minutes),
      users: Int32Array.from(this.users),
    };
  }

  private node(events: EventColumns, row: number, parent: number): number {
    this.parents.push(parent);
    this.minutes.push((events.tick[row] as number) * this.tickMinutes);
    this.users.push(events.agent[row] as number);
    return this.parents.length - 1;
  }
}
