import { exp, momentsOf } from '../../../../engine/index.js';
import { lnGamma } from './special.js';
import { tCdf, tQuantile } from './student-t.js';

/** Two ends of a confidence interval. */
export type Interval = readonly [low: number, high: number];

/** What paired differences say. What takes a pair, two pairs, or differences that differ, is null where there are none. */
export interface PairedSummary {
  readonly pairs: number;
  readonly mean: number | null;
  /** Standard deviation of the differences, by n - 1. */
  readonly deviation: number | null;
  readonly interval: Interval | null;
  /** Of Student's paired t test, two-sided. */
  readonly p: number | null;
  /** Cohen's dz: the mean difference in standard deviations of the differences. */
  readonly dz: number | null;
  /** dz without its bias in small samples. */
  readonly hedgesG: number | null;
}

/**
 * The paired t interval and test (Student, "The Probable Error of a Mean", Biometrika 6, 1908), Cohen's dz (Statistical Power Analysis for
 * the Behavioral Sciences, 1988, section 2.3.5) and Hedges' correction of it.
 * @param level of the interval, in (0, 1)
 */
export function summarise(differences: readonly number[], level: number): PairedSummary {
  const { count: pairs, mean, variance } = momentsOf(differences);
  if (pairs < 2)
    return {
      pairs,
      mean: pairs === 0 ? null : mean,
      deviation: null,
      interval: null,
      p: null,
      dz: null,
      hedgesG: null,
    };
  const deviation = Math.sqrt(variance);
  const error = deviation / Math.sqrt(pairs);
  const reach = tQuantile(1 - (1 - level) / 2, pairs - 1) * error;
  const interval = [mean - reach, mean + reach] as const;
  if (deviation === 0) return { pairs, mean, deviation, interval, p: null, dz: null, hedgesG: null };
  const dz = mean / deviation;
  const p = 2 * tCdf(-Math.abs(mean / error), pairs - 1);
  return { pairs, mean, deviation, interval, p, dz, hedgesG: dz * hedgesCorrection(pairs - 1) };
}

/**
 * What an effect size is multiplied by to free it of its bias: Γ(df/2) / (√(df/2) Γ((df - 1)/2)); Hedges, "Distribution Theory for Glass's
 * Estimator of Effect Size", J. Educ. Stat. 6 (1981). With one degree of freedom, 0.
 */
export function hedgesCorrection(df: number): number {
  return df < 2 ? 0 : exp(lnGamma(df / 2) - lnGamma((df - 1) / 2)) / Math.sqrt(df / 2);
}
