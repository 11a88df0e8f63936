import type { FeedSettings } from '../feeds/index.js';

/** When something acts, in ticks: from `start` on, up to before `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Which posts something is about, by their drafts, and how well it finds them. Whether it finds a post is drawn once for the post. */
interface Detection {
  /** 1 for each draft that it is about. */
  readonly drafts: Uint8Array;
  /** Share in [0, 1] of the posts that it is about which it finds, and of the others which it takes for such. */
  readonly sensitivity: number;
  readonly falsePositives: number;
  /** Ticks from a post to the moment it is found, ≥ 0. */
  readonly delay: number;
}

/** Marks posts as doubtful: they are passed on less. */
export interface LabelSettings extends Span, Detection {
  readonly kind: 'label';
  /** Log-odds by which readers pass them on less, ≥ 0. */
  readonly discourages: number;
}

/** Corrects posts: they are passed on less, and convince less. */
export interface CorrectionSettings extends Span, Detection {
  readonly kind: 'correct';
  readonly discourages: number;
  /** Share in [0, 1] of their pull on opinions that they lose. */
  readonly unconvinces: number;
}

/** Leaves posts out of a share of the sessions that could see them. */
export interface DownrankSettings extends Span, Detection {
  readonly kind: 'downrank';
  /** Share of sessions in [0, 1]. */
  readonly share: number;
}

/** Takes posts away. Authors who have lost so many are suspended for some ticks; 0 strikes: never. */
export interface RemovalSettings extends Span, Detection {
  readonly kind: 'remove';
  readonly strikes: number;
  readonly suspension: number;
}

/** Asks readers before they pass a post on; a share of them then does not. */
export interface FrictionSettings extends Span {
  readonly kind: 'friction';
  readonly drafts: Uint8Array;
  readonly share: number;
}

/** Lets posts be passed on no further than so many steps from the original. */
export interface DepthLimitSettings extends Span {
  readonly kind: 'depth_limit';
  readonly depth: number;
}

/** Warns agents beforehand: they pass on less of what it is about, less so as they forget. */
export interface PrebunkSettings extends Span {
  readonly kind: 'prebunk';
  readonly drafts: Uint8Array;
  /** 1 for each agent that is warned. */
  readonly agents: Uint8Array;
  readonly discourages: number;
  /** Ticks after which half of it is forgotten, > 0. */
  readonly halfLifeTicks: number;
}

/** Suspends agents from `start` to `end`. */
export interface SuspensionSettings extends Span {
  readonly kind: 'suspend';
  readonly agents: Uint8Array;
}

/** Shows agents another feed. */
export interface FeedChangeSettings extends Span {
  readonly kind: 'feed';
  readonly agents: Uint8Array;
  readonly feed: FeedSettings;
}

/** Makes agents post drafts at `start`, one each. */
export interface SeedSettings extends Span {
  readonly kind: 'seed';
  readonly posts: readonly { readonly agent: number; readonly draft: number }[];
}

/** Agents that act as one: what one of them posts appeals to the others. Which agents they are is the ground truth of detection. */
export interface CoordinationSettings extends Span {
  readonly kind: 'coordinate';
  readonly agents: Uint8Array;
  /** Log-odds that it adds to each of their decisions about each other's posts. */
  readonly pull: number;
}

/** Reviewers who look at what was reported or flagged, so many posts a tick, the oldest first, and remove what they take for a breach. */
export interface ModerationSettings extends Span {
  readonly kind: 'moderate';
  /** 1 for each draft that breaks the rules. */
  readonly drafts: Uint8Array;
  /** 1 for each draft that goes to review when it is posted, without a report. */
  readonly flagged: Uint8Array;
  readonly sensitivity: number;
  readonly falsePositives: number;
  /** Ticks that a post waits at least. */
  readonly delay: number;
  /** Reports after which a post is reviewed, ≥ 1. */
  readonly reports: number;
  /** Posts a tick, ≥ 0. */
  readonly capacity: number;
  readonly strikes: number;
  readonly suspension: number;
}

export type Marking = LabelSettings | CorrectionSettings | DownrankSettings | RemovalSettings;

/** Something that is done to the network during a run. */
export type Intervention =
  | Marking
  | FrictionSettings
  | DepthLimitSettings
  | PrebunkSettings
  | SuspensionSettings
  | FeedChangeSettings
  | SeedSettings
  | CoordinationSettings
  | ModerationSettings;

export function isMarking(intervention: Intervention): intervention is Marking {
  return ['label', 'correct', 'downrank', 'remove'].includes(intervention.kind);
}

/** Whether an intervention acts in a tick. */
export function actsIn({ start, end }: Span, tick: number): boolean {
  return tick >= start && tick < end;
}
