import type { Graph } from './graph.js';
import type { RandomKey } from './random.js';

/** What an event says happened; the position in this list is its code in the event columns. */
export const EVENT_KINDS = ['post', 'exposure', 'reaction', 'comment', 'repost'] as const;
export const POST = 0;
export const EXPOSURE = 1;
export const REACTION = 2;
export const COMMENT = 3;
export const REPOST = 4;

/** Why an agent was shown a post; the position is the code. */
export const EXPOSURE_REASONS = ['followed', 'reposted', 'discovery', 'notification'] as const;
export const FOLLOWED = 0;
export const REPOSTED = 1;
export const DISCOVERY = 2;
export const NOTIFICATION = 3;

/** The ways to react to a post; the position is the code. */
export const REACTIONS = ['like', 'love', 'laugh', 'insightful', 'dislike'] as const;

/** The agents, one row each. Shifts are log-odds added to every decision of that kind, 0 for the average agent. */
export interface FeedAgents {
  readonly count: number;
  /** Unit interest vectors (see vectors.ts). */
  readonly interests: Int8Array;
  /** Probability in [0, 1] that the agent opens the feed in a tick, before the hour of day weighs in. */
  readonly activity: Float64Array;
  /** Probability in [0, 1] that an active agent with a draft left posts it instead of reading. */
  readonly posting: Float64Array;
  readonly reactionShift: Float32Array;
  readonly commentShift: Float32Array;
  readonly repostShift: Float32Array;
  /** Multiplies the pull of shared interests: 1 for the average agent, more for one who only likes the alike. */
  readonly selectivity: Float32Array;
  /** Log-odds per unit of popularity: above 0 follows the crowd, below 0 avoids it. */
  readonly conformity: Float32Array;
  /** Weights of the {@link REACTIONS}, one row of five an agent, none negative and not all zero. */
  readonly reactionMix: Uint8Array;
}

/** The texts to post, grouped by author: those of agent `i` are `[offsets[i], offsets[i + 1])`, posted in that order. */
export interface FeedDrafts {
  readonly offsets: Uint32Array;
  /** Unit topic vectors, one row a draft. */
  readonly topics: Int8Array;
  /** Quality in [0, 1]; a half is neutral. */
  readonly quality: Float32Array;
}

/** How a session's candidates are found and ranked. */
export interface RankingSettings {
  /** Posts shown in a session, 1 to 100. */
  readonly size: number;
  /** Ticks after which a post is no longer a candidate, ≥ 1. */
  readonly windowTicks: number;
  /** Candidates drawn from the whole network each session, ≥ 0. */
  readonly discovery: number;
  /** Ticks after which the recency part of a score has halved, > 0. */
  readonly halfLifeTicks: number;
  /** Weights of the parts of a score; each part is in [0, 1]. */
  readonly weights: {
    readonly affinity: number;
    readonly interest: number;
    readonly recency: number;
    readonly popularity: number;
  };
}

/** What readers do. Probabilities are for a post that neither interests nor repels, from a stranger. */
export interface BehaviourSettings {
  /** Probability in [0, 1] that a session is only reading. */
  readonly lurking: number;
  readonly reaction: number;
  readonly comment: number;
  readonly repost: number;
  /** Log-odds between a post at a right angle to the reader's interests and one that matches them. */
  readonly interestPull: number;
  /** Log-odds between no affinity and full affinity to the author or reposter. */
  readonly affinityPull: number;
  /** Log-odds between the poorest and the best text. */
  readonly qualityPull: number;
  /** Probability that a comment answers one of the comments shown instead of the post, when there are any. */
  readonly replyShare: number;
  /** Probability that an agent answers the latest comment addressed to it. */
  readonly answering: number;
  /** Share of the way to 1 that an interaction moves an edge's affinity, in [0, 1]; 0 keeps affinities fixed. */
  readonly affinityGain: number;
  /** Share of an edge's affinity that an exposure without interaction takes away, in [0, 1]. */
  readonly affinityDecay: number;
}

/** The clock of the simulated world. */
export interface ClockSettings {
  /** Minutes of simulated time in a tick, > 0. */
  readonly tickMinutes: number;
  /** Hour of day at which tick 0 starts, 0 to 23. */
  readonly startHour: number;
  /** Factor on every agent's activity for each of the 24 hours, ≥ 0. */
  readonly rhythm: readonly number[];
}

/** Everything a run depends on. The engine reads the graph's affinities and changes them when they adapt. */
export interface FeedInput {
  readonly key: RandomKey;
  readonly agents: FeedAgents;
  readonly drafts: FeedDrafts;
  readonly graph: Graph;
  readonly clock: ClockSettings;
  readonly ranking: RankingSettings;
  readonly behaviour: BehaviourSettings;
  /** Whether exposures are written to the event buffer; they are counted either way. */
  readonly logExposures: boolean;
}
