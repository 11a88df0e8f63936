import {
  EVENT_KINDS,
  type EventColumn,
  type EventColumns,
  EXPOSURE_REASONS,
  REACTIONS,
  type ScoreParts,
} from '../../../engine/index.js';
import { type Simulation, SimulationIds } from '../simulation.rules.js';

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
  /** Parts of an exposure’s score, to four decimals; null unless the scenario logs them. */
  affinity: number | null;
  interest: number | null;
  recency: number | null;
  popularity: number | null;
}

/** Turns the engine's columns into rows with names and ids. */
export class EventDecoder {
  private readonly ids: SimulationIds;

  constructor(private readonly simulation: Simulation) {
    this.ids = SimulationIds.of(simulation);
  }

  row(events: EventColumns, index: number): EventRow {
    const at = (column: EventColumn): number => events[column][index] as number;
    const { agents, admitted, scenario, feed } = this.simulation;
    const kind = EVENT_KINDS[at('kind')] as EventRow['kind'];
    const comment = at('comment');
    const rank = at('rank');
    const chain = kind === 'comment' || kind === 'repost' || kind === 'quote';
    const shown = kind === 'exposure' && rank >= 0;
    const part = (name: keyof ScoreParts): number | null =>
      shown && events.parts !== undefined ? rounded(events.parts[name][index] as number) : null;
    return {
      sequence: events.firstSequence + index,
      event: at('event'),
      cause: at('cause') < 0 ? null : at('cause'),
      tick: at('tick'),
      minute: at('tick') * scenario.tick_minutes,
      kind,
      agent_id: agents[at('agent')]?.id as string,
      post_id: this.post(at('post')),
      root_id: this.post(at('root')),
      draft_id:
        at('root') < 0 ? null : (admitted[feed.world.posts.draft[at('root')] as number]?.id as string),
      parent_id: this.parent(kind, at('parent')),
      comment_id: comment < 0 ? null : this.ids.comment(comment),
      rank: rank < 0 ? null : rank,
      reason: EXPOSURE_REASONS[at('reason')] ?? null,
      reaction: kind === 'reaction' ? (REACTIONS[at('value')] ?? null) : null,
      depth: chain ? at('value') : null,
      score: shown ? rounded(at('value')) : null,
      target_id: agents[at('target')]?.id ?? null,
      affinity: part('affinity'),
      interest: part('interest'),
      recency: part('recency'),
      popularity: part('popularity'),
    };
  }

  private post(post: number): string | null {
    return post < 0 ? null : this.ids.post(post);
  }

  private parent(kind: EventRow['kind'], parent: number): string | null {
    if (parent < 0) return null;
    return kind === 'comment' ? this.ids.comment(parent) : this.ids.post(parent);
  }
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
