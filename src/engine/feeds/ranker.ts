import type { Part, Signals } from '../signals.js';

/** A feed. */
export interface Ranker {
  /** What its scores are made of. */
  readonly parts: readonly Part[];
  /** The score of a candidate, by which a session's best are shown; a finite number, the higher the earlier. */
  score(this: void, signals: Signals): number;
}
