import type { Ranker } from './ranker.js';

/**
 * What every group approves of: the least of the groups' rates of approval, each begun from a half of two views. Source: the
 * diverse-approval rule of bridging-based ranking, Ovadya and Thorburn, "Bridging Systems", Knight First Amendment Institute 2023.
 */
export const bridging: Ranker = { parts: ['approval'], score: (signals) => signals.approval };
