import {
  EVENT_KINDS,
  type EventColumn,
  type EventColumns,
  EXPOSURE_REASONS,
  type Part,
  PARTS,
  REACTIONS,
} from '../../src/engine/index.js';
import type { EventRow, ScoredEventRow } from '../../src/modules/simulation/eventlog/event-row.js';
import { type Simulation, SimulationIds } from '../../src/modules/simulation/simulation.rules.js';

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
    };
  }

  /** What the score of an exposure is made of; null where nothing is known of a part. */
  parts(events: EventColumns, index: number): { [P in Part]: number | null } {
    const known = (name: Part): number => events.parts?.[name]?.[index] ?? Number.NaN;
    return Object.fromEntries(
      PARTS.map((name) => [name, Number.isNaN(known(name)) ? null : rounded(known(name))]),
    ) as { [P in Part]: number | null };
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

/** A row as a line of JSON without its end; what does not apply to its kind is left out. */
export function lineOf(row: EventRow | ScoredEventRow): string {
  return JSON.stringify(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
}
