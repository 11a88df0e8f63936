import type { PostStore } from '../post-store.js';

/** What the measures of a run need to know beside its events. */
export interface MeasuredRun {
  /** Number of agents. */
  readonly agents: number;
  /** Who wrote what; the columns are read when events come. */
  readonly posts: PostStore;
  /** The group of each agent, below `groups`. */
  readonly groupOf: Uint16Array;
  readonly groups: number;
  /** The topic of each draft, below `topics`. */
  readonly topicOf: Uint16Array;
  readonly topics: number;
  /** 1 for the drafts that the guard does not let pass as they are. */
  readonly labelled: Uint8Array;
  /** Whether the events hold exposures; without them, what is measured on exposures is null. */
  readonly exposures: boolean;
}

/** How agents are numbered who are looked at one by one: every `stride`-th. */
export function strideOf(agents: number, most: number): number {
  return Math.max(Math.ceil(agents / most), 1);
}
