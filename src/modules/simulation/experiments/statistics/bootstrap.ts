import type { RandomStream } from '../../../../engine/index.js';
import type { Interval } from './paired.js';
import { normalCdf, normalQuantile } from './special.js';

/** A statistic of a sample. */
export type Statistic = (sample: Float64Array) => number;

/** How an interval is made. */
export interface BootstrapPlan {
  readonly statistic: Statistic;
  /** In (0, 1). */
  readonly level: number;
  readonly resamples: number;
  readonly stream: RandomStream;
}

export function meanOf(sample: Float64Array): number {
  let sum = 0;
  for (const value of sample) sum += value;
  return sum / sample.length;
}

/**
 * The bias-corrected and accelerated bootstrap interval: Efron, "Better Bootstrap Confidence Intervals", JASA 82 (1987); Efron and
 * Tibshirani, An Introduction to the Bootstrap (1993), chapter 14. Of a sample whose resamples all agree, that value twice.
 * @param values two or more
 */
export function bcaInterval(values: readonly number[], plan: BootstrapPlan): Interval {
  const { statistic, level, resamples } = plan;
  const sample = Float64Array.from(values);
  const found = statistic(sample);
  const drawn = drawResamples(sample, plan).toSorted();
  if (drawn[0] === drawn[resamples - 1]) return [found, found];
  const bias = normalQuantile(shareBelow(drawn, found));
  const acceleration = accelerationOf(sample, statistic);
  const end = (share: number): number => {
    const shifted = bias + normalQuantile(share);
    return sortedQuantile(drawn, normalCdf(bias + shifted / (1 - acceleration * shifted)));
  };
  return [end((1 - level) / 2), end(1 - (1 - level) / 2)];
}

function drawResamples(sample: Float64Array, { statistic, resamples, stream }: BootstrapPlan): Float64Array {
  const resample = new Float64Array(sample.length);
  const drawn = new Float64Array(resamples);
  for (let n = 0; n < resamples; n += 1) {
    for (let i = 0; i < sample.length; i += 1) resample[i] = sample[stream.below(sample.length)] as number;
    drawn[n] = statistic(resample);
  }
  return drawn;
}

/** The share of sorted values below one, half of those that equal it included. */
function shareBelow(sorted: Float64Array, value: number): number {
  let [below, equal] = [0, 0];
  for (const each of sorted) {
    if (each < value) below += 1;
    else if (each === value) equal += 1;
  }
  return (below + equal / 2) / sorted.length;
}

/** A sixth of the skewness of the jackknife's values (Efron and Tibshirani, 14.15). */
export function accelerationOf(sample: Float64Array, statistic: Statistic): number {
  const left = Float64Array.from(sample, (_, place) => statistic(without(sample, place)));
  const mean = meanOf(left);
  let [square, cube] = [0, 0];
  for (const value of left) {
    square += (mean - value) * (mean - value);
    cube += (mean - value) * (mean - value) * (mean - value);
  }
  return square === 0 ? 0 : cube / (6 * square * Math.sqrt(square));
}

function without(sample: Float64Array, place: number): Float64Array {
  const rest = new Float64Array(sample.length - 1);
  rest.set(sample.subarray(0, place));
  rest.set(sample.subarray(place + 1), place);
  return rest;
}

/** R's type 7, of values that are sorted already. */
function sortedQuantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const below = sorted[low] as number;
  return below + (place - low) * ((sorted[Math.min(low + 1, sorted.length - 1)] as number) - below);
}
