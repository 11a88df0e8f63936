import { exp, log } from '../../../../engine/index.js';
import { incompleteBeta, lnGamma, normalCdf, rootOf } from './special.js';

/** P(T ≤ t) of Student's distribution with `df` > 0 degrees of freedom (Abramowitz and Stegun 26.7.1). */
export function tCdf(t: number, df: number): number {
  const tail = incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2;
  return t < 0 ? tail : 1 - tail;
}

/** The t with P(T ≤ t) = share, for a share in (0, 1). */
export function tQuantile(share: number, df: number): number {
  let reach = 2;
  while (reach < 1e9 && tCdf(reach, df) < Math.max(share, 1 - share)) reach *= 2;
  return rootOf((t) => tCdf(t, df) - share, -reach, reach);
}

/**
 * P(T ≤ t) of the noncentral t distribution, by Lenth's sum: "Algorithm AS 243", Applied Statistics 38 (1989).
 * @param shift the noncentrality; beyond ±37 the answer is that of a normal distribution around it
 */
export function noncentralTCdf(t: number, df: number, shift: number): number {
  if (t < 0) return 1 - noncentralTCdf(-t, df, -shift);
  if (Math.abs(shift) > 37) return normalCdf(t - shift);
  const x = (t * t) / (t * t + df);
  const half = (shift * shift) / 2;
  let sum = normalCdf(-shift);
  if (half === 0) return sum + incompleteBeta(x, 0.5, df / 2) / 2;
  const last = Math.ceil(half + 12 * Math.sqrt(half) + 40);
  for (let j = 0; j <= last; j += 1) {
    const power = j * log(half) - half;
    const even = exp(power - lnGamma(j + 1));
    const odd = (shift / Math.SQRT2) * exp(power - lnGamma(j + 1.5));
    sum += (even * incompleteBeta(x, j + 0.5, df / 2) + odd * incompleteBeta(x, j + 1, df / 2)) / 2;
  }
  return Math.min(Math.max(sum, 0), 1);
}
