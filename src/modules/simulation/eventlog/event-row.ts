import type { EVENT_KINDS, EXPOSURE_REASONS, Part, REACTIONS } from '../../../engine/index.js';

/** One event as it stands in the log. Fields that do not apply to its kind are null. */
export interface EventRow {
  /** Place in the log, from 0. */
  sequence: number;
  /** Its number among all events of the run, logged or not. */
  event: number;
  /** The number of the event that led to it; null for one’s own impulse. */
  cause: number | null;
  tick: number;
  /** Simulated minutes since the start of tick 0. */
  minute: number;
  kind: (typeof EVENT_KINDS)[number];
  /** Who did it, or was shown it; of what is done to a post by nobody, its author. */
  agent_id: string;
  /** The post, repost or quote made, shown or acted on; null for what is about no post. */
  post_id: string | null;
  /** The original post it leads to. */
  root_id: string | null;
  /** The draft the original came from. */
  draft_id: string | null;
  /** Repost, quote: the post it was made from. Reply: the comment it answers. */
  parent_id: string | null;
  comment_id: string | null;
  /** Place in the session's feed, from 0; null for a notification. */
  rank: number | null;
  reason: (typeof EXPOSURE_REASONS)[number] | null;
  reaction: (typeof REACTIONS)[number] | null;
  /** Steps from the original: of a repost, or of a comment in its chain of replies. */
  depth: number | null;
  /** What ranked an exposure, to four decimals. */
  score: number | null;
  /** Whom it was done to: followed, unfollowed, muted, blocked. */
  target_id: string | null;
}

/** What an exposure’s score is made of, to four decimals, where the scenario logs that; null where the reader’s feed does not ask it. */
export type ScoredEventRow = EventRow & { [P in Part]: number | null };
