import type { Ranker } from './ranker.js';

/** Newest entries first. */
export const chronological: Ranker = { parts: ['age'], score: (signals) => -signals.age };
