import type { Ranker } from './ranker.js';

/**
 * What every group approves of: the least of the groups' rates of approval, each begun from a half of two views. Source: the
 * diverse-approval rule of bridging-based ranking, Ovadya and Thorburn, "Bridging Systems", Knight First Amendment Institute 2023.
 */
export const bridging: Ranker = (signals) => {
  let least = 1;
  for (let group = 0; group < signals.groups; group += 1) {
    const approval = signals.approval(group);
    if (approval < least) least = approval;
  }
  return least;
};
