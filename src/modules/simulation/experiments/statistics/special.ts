import { exp, log } from '../../../../engine/index.js';

const LANCZOS_FIRST = 0.99999999999980993;
const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const HALF_LN_2PI = 0.9189385332046727;
const SQRT_2PI = 2.5066282746310002;

/**
 * The logarithm of the gamma function for x > 0, to about 15 digits. Lanczos, "A Precision Approximation of the Gamma Function", SIAM J.
 * Numer. Anal. 1 (1964), with g = 7 and nine terms.
 */
export function lnGamma(x: number): number {
  const z = x - 1;
  const base = z + 7.5;
  const sum = LANCZOS.reduce((before, term, n) => before + term / (z + n + 1), LANCZOS_FIRST);
  return HALF_LN_2PI + (z + 0.5) * log(base) - base + log(sum);
}

/**
 * The regularised incomplete beta function I_x(a, b) for a, b > 0 and x in [0, 1]: the continued fraction of DLMF 8.17.22, by the modified
 * method of Lentz (Thompson and Barnett, J. Comput. Phys. 64, 1986).
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side of the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * log(x) + b * log(1 - x));
  return (front * betaFraction(x, a, b)) / a;
}

const TINY = 1e-300;

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 500; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    result *= d * c;
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return result;
}

/** P(Z ≤ z) of the standard normal distribution; its series by Marsaglia, J. Stat. Softw. 11 (2004). */
export function normalCdf(z: number): number {
  if (z < -8) return 0;
  if (z > 8) return 1;
  let [sum, term, before] = [z, z, 0];
  for (let n = 3; sum !== before; n += 2) {
    before = sum;
    term *= (z * z) / n;
    sum += term;
  }
  return 0.5 + (sum * exp((-z * z) / 2)) / SQRT_2PI;
}

/** The z with P(Z ≤ z) = share, for a share in [0, 1]; ±8 at its ends. */
export function normalQuantile(share: number): number {
  return rootOf((z) => normalCdf(z) - share, -8, 8);
}

/** Where a rising function crosses zero between two places, by halving; the nearer end where it does not. */
export function rootOf(rising: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function kept(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
