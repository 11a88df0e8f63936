import { type EventColumns, EVENT_KINDS, isAct } from '../../../engine/index.js';
import type { Simulation } from '../simulation.rules.js';

/** What an agent has done, and what was done to it, up to the end of a run. */
export interface AgentOutcome {
  scenario: string;
  scenario_version: string;
  seed: string;
  ticks: number;
  followers: number;
  following: number;
  posts: number;
  /** How often it was shown a post or a comment. */
  exposures: number;
  reactions: number;
  comments: number;
  reposts: number;
  /** By others, to its posts and their reposts. */
  reactions_received: number;
  comments_received: number;
  reposts_received: number;
  /** When it last posted or interacted; null when it never did. */
  last_active_tick: number | null;
}

const INTERACTIONS = ['reaction', 'comment', 'repost'] as const;
type Interaction = (typeof INTERACTIONS)[number];
/** What kinds of event count as; a quote passes a post on as a repost does. */
const INTERACTION_OF: Partial<Record<(typeof EVENT_KINDS)[number], Interaction>> = {
  reaction: 'reaction',
  comment: 'comment',
  repost: 'repost',
  quote: 'repost',
};

/** Counts for each agent while the events pass by. */
export class AgentTally {
  private readonly given: Record<Interaction, Int32Array>;
  private readonly received: Record<Interaction, Int32Array>;
  /** 0: never. */
  private readonly lastTick: Int32Array;

  constructor(private readonly simulation: Simulation) {
    const { length } = simulation.agents;
    const counts = (): Record<Interaction, Int32Array> => ({
      reaction: new Int32Array(length),
      comment: new Int32Array(length),
      repost: new Int32Array(length),
    });
    this.given = counts();
    this.received = counts();
    this.lastTick = new Int32Array(length);
  }

  /** Counts the events of whole ticks. */
  add(events: EventColumns): void {
    const { author } = this.simulation.feed.world.posts;
    for (let row = 0; row < events.length; row += 1) {
      const kind = EVENT_KINDS[events.kind[row] as number];
      if (kind === undefined || !isAct(events.kind[row] as number)) continue;
      const agent = events.agent[row] as number;
      this.lastTick[agent] = (events.tick[row] as number) + 1;
      const interaction = INTERACTION_OF[kind];
      if (interaction === undefined) continue;
      bump(this.given[interaction], agent);
      bump(this.received[interaction], author[events.root[row] as number] as number);
    }
  }

  /** What became of each agent, by its id, in their order. @param ticks that the run had */
  outcomes(ticks: number): Map<string, AgentOutcome> {
    const { scenario, seed, agents, feed } = this.simulation;
    const { followers, following } = feed.world.ties;
    const outcomeOf = (agent: number): AgentOutcome => ({
      scenario: scenario.id,
      scenario_version: scenario.version,
      seed,
      ticks,
      followers: at(followers, agent),
      following: at(following, agent),
      posts: at(feed.world.posted, agent),
      exposures: at(feed.world.exposed, agent),
      reactions: at(this.given.reaction, agent),
      comments: at(this.given.comment, agent),
      reposts: at(this.given.repost, agent),
      reactions_received: at(this.received.reaction, agent),
      comments_received: at(this.received.comment, agent),
      reposts_received: at(this.received.repost, agent),
      last_active_tick: this.lastTick[agent] === 0 ? null : at(this.lastTick, agent) - 1,
    });
    return new Map(agents.map(({ id }, agent) => [id, outcomeOf(agent)]));
  }
}

function at(counts: ArrayLike<number>, place: number): number {
  return counts[place] as number;
}

function bump(counts: Int32Array, place: number): void {
  counts[place] = (counts[place] as number) + 1;
}
