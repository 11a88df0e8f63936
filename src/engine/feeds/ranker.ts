import type { Signals } from '../signals.js';

/** A feed: the score of a candidate, by which a session's best are shown; a finite number, the higher the earlier. */
export type Ranker = (signals: Signals) => number;
