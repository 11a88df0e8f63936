import { exp } from '../math.js';
import type { Ranker } from './ranker.js';

/** What each predicted act counts. The defaults of scenarios are the weights Twitter published for its ranking in 2023. */
export interface EngagementSettings {
  readonly weights: { readonly reaction: number; readonly comment: number; readonly repost: number };
  /** Log-odds that full likeness, and full affinity, are predicted to add. */
  readonly interestPull: number;
  readonly affinityPull: number;
}

/**
 * What the reader is predicted to do: for each kind of act the rate that the post has had so far, shifted in log-odds by likeness and
 * affinity, times what the act counts.
 */
export function engagement({ weights, interestPull, affinityPull }: EngagementSettings): Ranker {
  return {
    parts: ['affinity', 'interest', 'shown', 'reactions', 'comments', 'reposts'],
    score: (signals) => {
      const factor = exp(interestPull * signals.interest + affinityPull * signals.affinity);
      const { neutral } = signals;
      return (
        weights.reaction * shifted(signals.rate(signals.reactions, neutral.reaction), factor) +
        weights.comment * shifted(signals.rate(signals.comments, neutral.comment), factor) +
        weights.repost * shifted(signals.rate(signals.reposts, neutral.repost), factor)
      );
    },
  };
}

/** A probability whose odds are multiplied. */
function shifted(probability: number, factor: number): number {
  const odds = probability * factor;
  return odds / (1 - probability + odds);
}
