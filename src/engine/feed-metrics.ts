import type { FeedEvent } from './event-buffer.js';
import { COMMENT, EVENT_KINDS, EXPOSURE, LABEL, LEAVE, READ, RETURN } from './feed-input.js';

/** What happened in one tick; every count but `active`, `idle` and the means is a count of events. */
export interface TickMetrics {
  tick: number;
  /** Agents that opened the feed. */
  active: number;
  /** Active agents that did nothing but read. */
  idle: number;
  posts: number;
  exposures: number;
  reactions: number;
  /** All comments, replies included. */
  comments: number;
  /** Comments that answer a comment. */
  replies: number;
  reposts: number;
  quotes: number;
  follows: number;
  unfollows: number;
  mutes: number;
  blocks: number;
  reports: number;
  dismissals: number;
  /** Sessions that were only reading. */
  reads: number;
  /** Agents that left, and that came back. */
  leaves: number;
  returns: number;
  /** What interventions did. */
  labels: number;
  corrections: number;
  removals: number;
  suspensions: number;
  /** Mean depth of the tick's comments: 1 on a post, one more for each answer; 0 without comments. */
  mean_depth: number;
  /** Different agents that have been shown anything up to the end of this tick. */
  reached: number;
}

/** The counter of each kind of event, in the order of EVENT_KINDS. */
const COUNTERS = [
  'posts',
  'exposures',
  'reactions',
  'comments',
  'reposts',
  'quotes',
  'follows',
  'unfollows',
  'mutes',
  'blocks',
  'reports',
  'dismissals',
  'reads',
  'leaves',
  'returns',
  'labels',
  'corrections',
  'removals',
  'suspensions',
] as const satisfies Record<keyof typeof EVENT_KINDS & `${number}`, keyof TickMetrics>;

/** The counters beyond those of the first engine. */
export const FURTHER_COUNTERS = COUNTERS.slice(5);

export function emptyMetrics(tick: number): TickMetrics {
  const counts = Object.fromEntries(COUNTERS.map((name) => [name, 0])) as Record<
    (typeof COUNTERS)[number],
    number
  >;
  return { tick, active: 0, idle: 0, ...counts, replies: 0, mean_depth: 0, reached: 0 };
}

/** Whether an event is something that an agent did to others, and not only seeing, coming or going. */
export function isAct(kind: number): boolean {
  return kind !== EXPOSURE && kind !== READ && kind !== LEAVE && kind !== RETURN && kind < LABEL;
}

/** Counts the events of a tick, by kind in columns: this is done for each of them. */
export class TickCount {
  private readonly kinds = new Int32Array(COUNTERS.length);
  private replies = 0;
  private depths = 0;

  clear(): void {
    this.kinds.fill(0);
    this.replies = 0;
    this.depths = 0;
  }

  add(event: FeedEvent): void {
    const { kinds } = this;
    kinds[event.kind] = (kinds[event.kind] as number) + 1;
    if (event.kind !== COMMENT) return;
    this.depths += event.value;
    if (event.parent >= 0) this.replies += 1;
  }

  /** Closes a tick in which `busy` of its active agents did more than read. */
  settle(metrics: TickMetrics, busy: number, reached: number): void {
    for (const [kind, name] of COUNTERS.entries()) metrics[name] = this.kinds[kind] as number;
    metrics.replies = this.replies;
    metrics.idle = metrics.active - busy;
    metrics.reached = reached;
    metrics.mean_depth = metrics.comments > 0 ? this.depths / metrics.comments : 0;
  }
}
