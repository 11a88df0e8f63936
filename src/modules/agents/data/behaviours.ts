import type { PostingCadence, Tone } from '../agent.profile.js';

/** Shares of posting cadences by age: the younger post more often. `until` is the oldest age of the band, in years. */
export const CADENCES_BY_AGE: readonly {
  until: number;
  shares: readonly (readonly [PostingCadence, number])[];
}[] = [
  {
    until: 24,
    shares: [
      ['hourly', 8],
      ['daily', 47],
      ['weekly', 33],
      ['monthly', 12],
    ],
  },
  {
    until: 49,
    shares: [
      ['hourly', 5],
      ['daily', 40],
      ['weekly', 40],
      ['monthly', 15],
    ],
  },
  {
    until: 90,
    shares: [
      ['hourly', 3],
      ['daily', 30],
      ['weekly', 42],
      ['monthly', 25],
    ],
  },
];

export const TONE_SHARES: readonly (readonly [Tone, number])[] = [
  ['casual', 38],
  ['enthusiastic', 22],
  ['informative', 18],
  ['sarcastic', 12],
  ['formal', 10],
];

/** Biases known from behavioural science, with how common they are in a population, relative to each other. */
export const BIAS_SHARES: readonly (readonly [string, number])[] = [
  ['confirmation_bias', 16],
  ['social_proof', 14],
  ['recency_bias', 12],
  ['availability_heuristic', 9],
  ['negativity_bias', 9],
  ['in_group_favoritism', 8],
  ['bandwagon_effect', 7],
  ['novelty_bias', 6],
  ['authority_bias', 6],
  ['status_quo_bias', 5],
  ['anchoring', 5],
  ['loss_aversion', 5],
  ['optimism_bias', 4],
  ['halo_effect', 4],
  ['false_consensus_effect', 3],
  ['framing_effect', 3],
  ['reciprocity', 3],
  ['sunk_cost_fallacy', 2],
];

/** How many interests and biases an agent has. */
export const INTEREST_COUNT_SHARES: readonly (readonly [number, number])[] = [
  [2, 20],
  [3, 35],
  [4, 30],
  [5, 15],
];
export const BIAS_COUNT_SHARES: readonly (readonly [number, number])[] = [
  [1, 30],
  [2, 50],
  [3, 20],
];

/** Relative frequency of ages among people who use social networks; straight lines between the points. */
export const AGE_SHAPE: readonly (readonly [age: number, weight: number])[] = [
  [13, 3],
  [18, 9],
  [24, 11],
  [34, 10],
  [44, 7.5],
  [54, 5.5],
  [64, 4],
  [74, 2],
  [90, 0.4],
];
