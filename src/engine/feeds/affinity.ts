import type { Ranker } from './ranker.js';

/** Weights of the parts of a score; each part is in [0, 1]. */
export interface AffinitySettings {
  readonly weights: {
    readonly affinity: number;
    readonly interest: number;
    readonly recency: number;
    readonly popularity: number;
  };
}

/** What is near: the strength of the tie, shared interests, newness and what others did, each with its weight. */
export function affinity({ weights }: AffinitySettings): Ranker {
  return {
    parts: ['affinity', 'interest', 'recency', 'popularity'],
    score: (signals) =>
      weights.affinity * signals.affinity +
      (weights.interest * (1 + signals.interest)) / 2 +
      weights.recency * signals.recency +
      weights.popularity * signals.popularity,
  };
}
