import type { Ranker } from './ranker.js';

/** Newest entries first. */
export const chronological: Ranker = (signals) => -signals.age;
