import { similarity } from '../vectors.js';
import type { Rows } from './rows.js';

/** What a tie is worth before the run: weights ≥ 0 of the ways in which two people can be close. */
export interface AffinitySettings {
  /** Likeness of interests. */
  readonly interests: number;
  /** The same city counts full, the same country half. */
  readonly place: number;
  /** Full for the same age, nothing from 30 years on. */
  readonly age: number;
  /** The same language. */
  readonly language: number;
  /** What two did with each other before the run, as the network tells, relative to the most. */
  readonly past: number;
  /** Affinity in [0, 1] of two who are close in every way; what is missing to 1 is room to grow by interaction. */
  readonly ceiling: number;
}

/** What is compared of people; equal codes mean the same place or language. */
export interface AffinityTraits {
  /** Unit vectors, one row an agent. */
  readonly interests: Int8Array;
  readonly cities: Int32Array;
  readonly countries: Int32Array;
  readonly languages: Int32Array;
  /** In years. */
  readonly ages: Uint8Array;
}

/** Affinity by interests alone, between 0 and a half. */
export const INTEREST_AFFINITY: AffinitySettings = {
  interests: 1,
  place: 0,
  age: 0,
  language: 0,
  past: 0,
  ceiling: 0.5,
};

/** Years from which on two ages have nothing in common. */
const AGE_SPAN = 30;

/** The affinity of each follow: the ceiling times the weighted mean of the parts; 0 where all weights are 0. */
export function firstAffinities(
  { offsets, followees, weights }: Rows,
  traits: Pick<AffinityTraits, 'interests'> & Partial<AffinityTraits>,
  settings: AffinitySettings,
): Float32Array {
  const { interests, place, age, language, past, ceiling } = settings;
  const total = interests + place + age + language + past;
  const affinity = new Float32Array(followees.length);
  if (total === 0) return affinity;
  const most = weights.reduce((before, weight) => Math.max(before, weight), 0);
  for (let agent = 0; agent + 1 < offsets.length; agent += 1) {
    const end = offsets[agent + 1] as number;
    for (let e = offsets[agent] as number; e < end; e += 1) {
      const other = followees[e] as number;
      let sum = (interests * (1 + similarity(traits.interests, agent, traits.interests, other))) / 2;
      if (place > 0) sum += place * nearness(traits, agent, other);
      if (age > 0) sum += age * likeAge(traits.ages, agent, other);
      if (language > 0) sum += language * Number(same(traits.languages, agent, other));
      if (past > 0 && most > 0) sum += past * ((weights[e] as number) / most);
      affinity[e] = Math.min(Math.max((ceiling * sum) / total, 0), 1);
    }
  }
  return affinity;
}

function nearness({ cities, countries }: Partial<AffinityTraits>, a: number, b: number): number {
  if (!same(countries, a, b)) return 0;
  return same(cities, a, b) ? 1 : 0.5;
}

function likeAge(ages: Uint8Array | undefined, a: number, b: number): number {
  if (ages === undefined) return 0;
  return 1 - Math.min(Math.abs((ages[a] as number) - (ages[b] as number)), AGE_SPAN) / AGE_SPAN;
}

function same(codes: Int32Array | undefined, a: number, b: number): boolean {
  return codes !== undefined && codes[a] === codes[b];
}
