import type { LoggedAct } from './conduct-log.js';

/** An act about what was shown, as it is kept. */
export type DecidedAct = LoggedAct & {
  /** The original, by the engine's number; -1 where it is not the same run. */
  readonly root: number;
};

/** How a decision came about: somebody decided, or nobody did by the deadline. */
export const DECISION_ORIGINS = ['decided', 'missing'] as const;
export type DecisionOrigin = (typeof DECISION_ORIGINS)[number];

/** What is decided for an agent in a tick. */
export type Decision =
  | { readonly does: 'nothing' | 'rules' | 'post' | 'return' }
  | { readonly does: 'read'; readonly leaves: boolean; readonly acts: readonly DecidedAct[] };

export type KeptDecision = Decision & {
  readonly origin: DecisionOrigin;
  /** Of what was handed in, so that the same is known when it comes again. */
  readonly given?: string;
};

/** What is decided in a tick, by the ids of agents. */
export type Decisions = Readonly<Record<string, KeptDecision>>;
