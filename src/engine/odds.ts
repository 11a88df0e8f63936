import { zeros } from './columns.js';
import type { ActSettings, FeedInput } from './feed-input.js';
import { exp } from './math.js';

/** Odds that stand for certainty, and are still a number when they are multiplied. */
const CERTAIN = 1e200;
const NO_ACTS: ActSettings = { quote: 0, follow: 0, unfollow: 0, mute: 0, block: 0, report: 0, dismiss: 0 };

/** Whether something of these odds happens to whom draws `unit`, of [0, 1). */
export function decides(unit: number, odds: number): boolean {
  return unit * (1 + odds) < odds;
}

/** The odds of a probability in [0, 1]. */
export function oddsFrom(probability: number): number {
  return probability >= 1 ? CERTAIN : Math.max(probability, 0) / (1 - probability);
}

/** The odds of an agent's decisions about a neutral post of a stranger. */
export interface Odds {
  /** Of each agent. */
  readonly reaction: Float64Array;
  readonly comment: Float64Array;
  readonly repost: Float64Array;
  readonly acts: Readonly<Record<keyof ActSettings, number>>;
  /** Whether anybody ever refuses a post. */
  readonly refuses: boolean;
}

export function oddsOf({ agents, behaviour }: FeedInput): Odds {
  const given = behaviour.acts ?? NO_ACTS;
  const acts = Object.fromEntries(
    Object.entries(given).map(([name, probability]: [string, number]) => [name, oddsFrom(probability)]),
  ) as Record<keyof ActSettings, number>;
  return {
    reaction: shifted(behaviour.reaction, agents.reactionShift),
    comment: shifted(behaviour.comment, agents.commentShift),
    repost: shifted(behaviour.repost, agents.repostShift),
    acts,
    refuses: acts.dismiss + acts.unfollow + acts.mute + acts.report + acts.block > 0,
  };
}

/** Of each agent: the odds of a probability, shifted by its own log-odds. */
function shifted(probability: number, shifts: Float32Array): Float64Array {
  const odds = oddsFrom(probability);
  const of = zeros(Float64Array, shifts.length);
  for (let agent = 0; agent < of.length; agent += 1) of[agent] = odds * exp(shifts[agent] as number);
  return of;
}
