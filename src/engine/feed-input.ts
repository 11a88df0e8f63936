import type { Guidance } from './conduct.js';
import type { ClockSettings } from './clock.js';
import type { AffinitySettings } from './feeds/affinity.js';
import type { FeedSettings, Ranker } from './feeds/index.js';
import type { Graph } from './graph.js';
import type { Intervention } from './interventions/settings.js';
import type { OpinionRule } from './opinions.js';
import type { BurstSettings } from './people.js';
import type { RandomKey } from './random.js';

/** What an event says happened; the position in this list is its code in the event columns. */
export const EVENT_KINDS = [
  'post',
  'exposure',
  'reaction',
  'comment',
  'repost',
  'quote',
  'follow',
  'unfollow',
  'mute',
  'block',
  'report',
  'dismiss',
  'read',
  'leave',
  'return',
  'label',
  'correct',
  'remove',
  'suspend',
] as const;
export const POST = 0;
export const EXPOSURE = 1;
export const REACTION = 2;
export const COMMENT = 3;
export const REPOST = 4;
export const QUOTE = 5;
export const FOLLOW = 6;
export const UNFOLLOW = 7;
export const MUTE = 8;
export const BLOCK = 9;
export const REPORT = 10;
export const DISMISS = 11;
/** A session that was only reading. */
export const READ = 12;
export const LEAVE = 13;
export const RETURN = 14;
/** What interventions do to a post or an agent. */
export const LABEL = 15;
export const CORRECT = 16;
export const REMOVE = 17;
export const SUSPEND = 18;

/** Why an agent was shown a post; the position is the code. */
export const EXPOSURE_REASONS = ['followed', 'reposted', 'discovery', 'notification'] as const;
export const FOLLOWED = 0;
export const REPOSTED = 1;
export const DISCOVERY = 2;
export const NOTIFICATION = 3;

/** The ways to react to a post; the position is the code. */
export const REACTIONS = ['like', 'love', 'laugh', 'insightful', 'dislike'] as const;
export const DISLIKE = 4;

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
  /** The time zone of each agent, a place in the clock's zones; 0 unless given. */
  readonly zone?: Uint8Array;
  /** The group of each agent, from 0, for feeds that compare groups. */
  readonly group?: Uint8Array;
}

/** The texts to post, grouped by author: those of agent `i` are `[offsets[i], offsets[i + 1])`, posted in that order. */
export interface FeedDrafts {
  readonly offsets: Uint32Array;
  /** Unit topic vectors, one row a draft. */
  readonly topics: Int8Array;
  /** Quality in [0, 1]; a half is neutral. */
  readonly quality: Float32Array;
  /** Log-odds that what a text is like adds to every decision about it, beside quality; 0 unless given. */
  readonly lift?: Float32Array;
  /** Where each text stands, from -1 to 1, as a difference to its author's opinion; 0 unless given. */
  readonly slant?: Float32Array;
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
  /** Weights of the parts of the affinity feed's score. */
  readonly weights: AffinitySettings['weights'];
  /** What ranks; the affinity feed with the weights above unless given. */
  readonly feed?: FeedSettings;
  /** Share in [0, 1] of what is shown that comes from outside the network, as far as there is as much; without it the score alone decides. */
  readonly outside?: number;
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
  /** Further acts; none unless given. */
  readonly acts?: ActSettings;
  /** How notifications make agents come back; not at all unless given. */
  readonly bursts?: BurstSettings;
  /** How agents leave and return; never unless given. */
  readonly churn?: ChurnSettings;
}

/**
 * Probabilities in [0, 1] of further acts on a neutral post of a stranger. What is shown as interesting is quoted and followed more,
 * and dismissed, reported, muted, blocked and unfollowed less, by the same log-odds.
 */
export interface ActSettings {
  readonly quote: number;
  /** To follow the author of a post that came from outside the network or through a repost. */
  readonly follow: number;
  /** To unfollow an author who is followed. */
  readonly unfollow: number;
  readonly mute: number;
  readonly block: number;
  readonly report: number;
  readonly dismiss: number;
}

/** What agents think. */
export interface OpinionSettings {
  readonly rule: OpinionRule;
  /** Of each agent at the start, -1 to 1. */
  readonly initial: Float64Array;
  /** Log-odds between a post that stands where the reader does and one at the other end. */
  readonly pull: number;
}

/** How agents leave the network and come back. */
export interface ChurnSettings {
  /** Probability in [0, 1] to leave after a session in which one did nothing and was told nothing. */
  readonly leaving: number;
  /** Probability in [0, 1] for each tick to come back; more by the same factor as activity when there were notifications. */
  readonly returning: number;
}

/** Everything a run depends on. A run changes nothing of it. */
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
  /** Whether the parts of scores are written with exposures; not unless given. */
  readonly logScores?: boolean;
  /** What is done to the network during the run; nothing unless given. */
  readonly interventions?: readonly Intervention[];
  /** What agents think, and how that changes; nothing unless given. */
  readonly opinions?: OpinionSettings;
  /** Kinds of feeds that a run which goes on from a checkpoint of this one may show: what they ask for is kept from the start. */
  readonly foreseen?: readonly FeedSettings['kind'][];
  /** Feeds of the user's own, by their place. */
  readonly expressions?: readonly Ranker[];
  /** For whom somebody else decides; rules decide for all unless given. */
  readonly guidance?: Guidance;
}
