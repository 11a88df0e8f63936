import { EVENT_KINDS, type EventColumns, EXPOSURE_REASONS, isAct, REACTIONS } from '../../../engine/index.js';
import type { Simulation } from '../simulation.rules.js';
import { groupAgents, type Groups } from '../groups.rules.js';

const KIND = Object.fromEntries(EVENT_KINDS.map((kind, code) => [kind, code])) as Record<
  (typeof EVENT_KINDS)[number],
  number
>;

/** Kinds of event that take up somebody’s post. */
const INTERACTIONS = new Set([KIND.reaction, KIND.comment, KIND.repost, KIND.quote]);

/** What a report needs of the events, counted while they pass by, so that they need not be kept. */
export class RunTally {
  readonly communities: Groups;
  readonly reactions: number[] = REACTIONS.map(() => 0);
  readonly reasons: number[] = EXPOSURE_REASONS.map(() => 0);
  /** Interactions of a community's members (row) with posts of a community's members (column). */
  readonly interactions: number[][];
  /** Different agents that had posted or interacted up to the end of each tick with events. */
  readonly acted: number[] = [];
  private readonly actors: Uint8Array;
  private actorCount = 0;

  constructor(private readonly simulation: Simulation) {
    this.communities = groupAgents(simulation.agents, 'interest');
    const { labels } = this.communities;
    this.interactions = labels.map(() => labels.map(() => 0));
    this.actors = new Uint8Array(simulation.agents.length);
  }

  /** Counts the events of whole ticks. @param ticks completed ticks, these included */
  add(events: EventColumns, ticks: number): void {
    for (let row = 0; row < events.length; row += 1) {
      const kind = events.kind[row] as number;
      this.fillTicks(events.tick[row] as number);
      if (kind === KIND.exposure) bump(this.reasons, events.reason[row] as number);
      else if (isAct(kind)) this.act(events, row, kind);
    }
    this.fillTicks(ticks);
  }

  private act(events: EventColumns, row: number, kind: number): void {
    const agent = events.agent[row] as number;
    if (this.actors[agent] === 0) {
      this.actors[agent] = 1;
      this.actorCount += 1;
    }
    if (!INTERACTIONS.has(kind)) return;
    if (kind === KIND.reaction) bump(this.reactions, events.value[row] as number);
    const author = this.simulation.feed.world.posts.author[events.root[row] as number] as number;
    const { of } = this.communities;
    bump(this.interactions[of[agent] as number] as number[], of[author] as number);
  }

  /** Closes every tick before `tick`. */
  private fillTicks(tick: number): void {
    while (this.acted.length < tick) this.acted.push(this.actorCount);
  }
}

function bump(counts: number[], place: number): void {
  counts[place] = (counts[place] as number) + 1;
}
