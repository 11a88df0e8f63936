import { rootOf } from './special.js';
import { noncentralTCdf, tQuantile } from './student-t.js';

/**
 * The power of the two-sided paired t test against a true effect: Cohen, Statistical Power Analysis for the Behavioral Sciences (1988),
 * section 2.3.5, from the noncentral t distribution.
 * @param dz the effect in standard deviations of the differences
 * @param pairs two or more
 */
export function pairedPower(dz: number, pairs: number, alpha: number): number {
  const df = pairs - 1;
  const critical = tQuantile(1 - alpha / 2, df);
  const shift = dz * Math.sqrt(pairs);
  return 1 - noncentralTCdf(critical, df, shift) + noncentralTCdf(-critical, df, shift);
}

/** The smallest dz that is found with a given power, up to 100. */
export function detectableEffect(power: number, pairs: number, alpha: number): number {
  return rootOf((dz) => pairedPower(dz, pairs, alpha) - power, 0, 100);
}
