import { COMMENT, EXPOSURE, POST, REACTION, REPOST } from './feed-input.js';
import type { FeedEvent } from './event-buffer.js';

/** What happened in one tick; every count but `active`, `idle` and the means is a count of events. */
export interface TickMetrics {
  tick: number;
  /** Agents that opened the feed. */
  active: number;
  /** Active agents that neither posted nor reacted, commented or reposted. */
  idle: number;
  posts: number;
  exposures: number;
  reactions: number;
  /** All comments, replies included. */
  comments: number;
  /** Comments that answer a comment. */
  replies: number;
  reposts: number;
  /** Mean depth of the tick's comments: 1 on a post, one more for each answer; 0 without comments. */
  mean_depth: number;
  /** Different agents that have been shown anything up to the end of this tick. */
  reached: number;
}

export function emptyMetrics(tick: number): TickMetrics {
  const counts = {
    active: 0,
    idle: 0,
    posts: 0,
    exposures: 0,
    reactions: 0,
    comments: 0,
    replies: 0,
    reposts: 0,
  };
  return { tick, ...counts, mean_depth: 0, reached: 0 };
}

/** Counts an event. `mean_depth` holds the sum of depths until {@link settle}. */
export function countEvent(metrics: TickMetrics, event: FeedEvent): void {
  if (event.kind === POST) metrics.posts += 1;
  else if (event.kind === EXPOSURE) metrics.exposures += 1;
  else if (event.kind === REACTION) metrics.reactions += 1;
  else if (event.kind === REPOST) metrics.reposts += 1;
  else if (event.kind === COMMENT) {
    metrics.comments += 1;
    metrics.mean_depth += event.value;
    if (event.parent >= 0) metrics.replies += 1;
  }
}

/** Closes a tick in which `busy` agents did more than read. */
export function settle(metrics: TickMetrics, busy: number, reached: number): void {
  metrics.idle = metrics.active - busy;
  metrics.reached = reached;
  if (metrics.comments > 0) metrics.mean_depth /= metrics.comments;
}
