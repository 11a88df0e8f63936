import { EVENT_KINDS, type EventColumns, EXPOSURE_REASONS, REACTIONS } from '../../../engine/index.js';
import { type Simulation, SimulationIds } from '../simulation.rules.js';

/** One event as it stands in the log. Fields that do not apply to its kind are null. */
export interface EventRow {
  /** Place in the log, from 0. */
  sequence: number;
  tick: number;
  /** Simulated minutes since the start of tick 0. */
  minute: number;
  kind: (typeof EVENT_KINDS)[number];
  /** Who did it, or was shown it. */
  agent_id: string;
  /** The post or repost made, shown or acted on. */
  post_id: string;
  /** The original post it leads to. */
  root_id: string;
  /** The draft the original came from. */
  draft_id: string;
  /** Repost: the post it was made from. Reply: the comment it answers. */
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
}

/** Turns the engine's columns into rows with names and ids. */
export class EventDecoder {
  private readonly ids: SimulationIds;

  constructor(private readonly simulation: Simulation) {
    this.ids = SimulationIds.of(simulation);
  }

  row(events: EventColumns, index: number): EventRow {
    const at = (column: Exclude<keyof EventColumns, 'length' | 'firstSequence'>): number =>
      events[column][index] as number;
    const { agents, admitted, scenario, feed } = this.simulation;
    const kind = EVENT_KINDS[at('kind')] as EventRow['kind'];
    const comment = at('comment');
    const rank = at('rank');
    const chain = kind === 'comment' || kind === 'repost';
    return {
      sequence: events.firstSequence + index,
      tick: at('tick'),
      minute: at('tick') * scenario.tick_minutes,
      kind,
      agent_id: agents[at('agent')]?.id as string,
      post_id: this.ids.post(at('post')),
      root_id: this.ids.post(at('root')),
      draft_id: admitted[feed.world.posts.draft[at('root')] as number]?.id as string,
      parent_id: this.parent(kind, at('parent')),
      comment_id: comment < 0 ? null : this.ids.comment(comment),
      rank: rank < 0 ? null : rank,
      reason: EXPOSURE_REASONS[at('reason')] ?? null,
      reaction: kind === 'reaction' ? (REACTIONS[at('value')] ?? null) : null,
      depth: chain ? at('value') : null,
      score: kind === 'exposure' && rank >= 0 ? Math.round(at('value') * 10_000) / 10_000 : null,
    };
  }

  private parent(kind: EventRow['kind'], parent: number): string | null {
    if (parent < 0) return null;
    return kind === 'comment' ? this.ids.comment(parent) : this.ids.post(parent);
  }
}
