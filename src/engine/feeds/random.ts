import type { Ranker } from './ranker.js';

/** In an order drawn for each session. */
export const random: Ranker = { parts: ['chance'], score: (signals) => signals.chance };
