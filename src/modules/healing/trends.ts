/** A measure of memory at a time in milliseconds. */
export interface MemorySample {
  at: number;
  mb: number;
}

/** Samples without which no trend is told, and how long they must span, in seconds. */
const TREND_SAMPLES = 15;
const TREND_SECONDS = 25;
/** How many of all pairs of samples must grow. */
const TREND_AGREEMENT = 0.9;
/** Values without which nothing is usual. */
const USUAL_VALUES = 5;
/** Makes the median of deviations that of the standard deviation, where values are distributed normally. */
const NORMAL = 1.4826;

/**
 * By how much memory grows, in MB a second: the median of the slopes of all pairs of samples (Theil 1950, Sen 1968), which single
 * jumps do not move. Undefined where nearly all pairs do not grow, or the samples are too few or too close.
 */
export function risingSlope(samples: readonly MemorySample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (first === undefined || last === undefined || samples.length < TREND_SAMPLES) return undefined;
  if ((last.at - first.at) / 1_000 < TREND_SECONDS) return undefined;
  const slopes: number[] = [];
  for (const [index, one] of samples.entries())
    for (const other of samples.slice(index + 1))
      slopes.push(((other.mb - one.mb) * 1_000) / (other.at - one.at));
  const rising = slopes.filter((slope) => slope > 0).length / slopes.length;
  const median = medianOf(slopes);
  return rising >= TREND_AGREEMENT && median > 0 ? median : undefined;
}

/**
 * Whether a value is far above those before it: by more than so many deviations, which the median of the distances from their median
 * tells, and by more than half of it. Where there are too few of them every value is.
 */
export function isUnusual(value: number, before: readonly number[], deviations: number = 3): boolean {
  if (before.length < USUAL_VALUES) return true;
  const usual = medianOf(before);
  const deviation = NORMAL * medianOf(before.map((each) => Math.abs(each - usual)));
  return value > usual + deviations * deviation && value > usual * 1.5;
}

/** The one in the middle, of at least one. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}
