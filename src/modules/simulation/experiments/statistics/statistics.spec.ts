import { describe, expect, it } from 'vitest';
import { keyFromText, RandomStream } from '../../../../engine/index.js';
import { accelerationOf, bcaInterval, meanOf } from './bootstrap.js';
import { holm } from './holm.js';
import { hedgesCorrection, summarise } from './paired.js';
import { signFlipTest } from './permutation.js';
import { detectableEffect, pairedPower } from './power.js';
import { incompleteBeta, lnGamma, normalCdf, normalQuantile } from './special.js';
import { noncentralTCdf, tCdf, tQuantile } from './student-t.js';

const stream = (): RandomStream => new RandomStream(keyFromText('statistics'), 0);
/** Hours of sleep gained by a second drug over a first (Student, 1908). */
const SLEEP = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
/** Darwin's maize in eighths of an inch: crossed less self-fertilised plants (Fisher, 1935, table 3). */
const MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
/** The spatial test data A of Efron and Tibshirani (1993), table 14.1. */
const SPATIAL = [
  48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41,
];
const variance = (sample: Float64Array): number => {
  const mean = meanOf(sample);
  return meanOf(sample.map((value) => (value - mean) * (value - mean)));
};

describe('special functions', () => {
  it('agree with tables', () => {
    expect(lnGamma(5)).toBeCloseTo(3.1780538303479458, 13);
    expect(lnGamma(0.5)).toBeCloseTo(0.5723649429247001, 13);
    // I_x(2, 3) is a polynomial: 6x² - 8x³ + 3x⁴.
    for (const x of [0.1, 0.4, 0.9]) {
      expect(incompleteBeta(x, 2, 3)).toBeCloseTo(6 * x * x - 8 * x ** 3 + 3 * x ** 4, 13);
    }
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14);
    expect(normalQuantile(0.995)).toBeCloseTo(2.5758293035489004, 12);
    // Abramowitz and Stegun, table 26.10.
    expect(tQuantile(0.975, 1)).toBeCloseTo(12.7062, 4);
    expect(tQuantile(0.975, 14)).toBeCloseTo(2.144787, 6);
    expect(tQuantile(0.9995, 3)).toBeCloseTo(12.924, 3);
    expect(tQuantile(0.025, 14)).toBeCloseTo(-2.144787, 6);
    // With two degrees of freedom there is a closed form.
    expect(tCdf(1.5, 2)).toBeCloseTo(0.5 + 1.5 / (2 * Math.sqrt(2 + 2.25)), 14);
  });

  it('know the noncentral t distribution', () => {
    expect(noncentralTCdf(1.5, 7, 0)).toBeCloseTo(tCdf(1.5, 7), 13);
    // P(T ≤ 0) is that of a normal at minus the shift, whatever the degrees of freedom.
    expect(noncentralTCdf(0, 5, 1.3)).toBeCloseTo(normalCdf(-1.3), 13);
    expect(noncentralTCdf(-1, 5, 1.3)).toBeCloseTo(1 - noncentralTCdf(1, 5, -1.3), 13);
    expect(noncentralTCdf(50, 9, 100)).toBe(0);
  });
});

describe('paired differences', () => {
  it('of Student’s sleep data have his t and its interval', () => {
    const found = summarise(SLEEP, 0.95);
    expect(found.pairs).toBe(10);
    expect(found.mean).toBeCloseTo(1.58, 12);
    expect(found.p).toBeCloseTo(0.00283289, 8);
    expect(found.interval?.[0]).toBeCloseTo(0.7001142, 7);
    expect(found.interval?.[1]).toBeCloseTo(2.4598858, 7);
    expect(found.dz).toBeCloseTo(1.58 / 1.229995, 5);
    expect(found.hedgesG).toBeCloseTo((found.dz ?? 0) * 0.9139, 3);
  });

  it('say only what they can', () => {
    expect(summarise([3], 0.95)).toMatchObject({ pairs: 1, mean: 3, interval: null, dz: null });
    expect(summarise([], 0.95)).toMatchObject({ pairs: 0, mean: null, interval: null });
    expect(summarise([2, 2, 2], 0.95)).toMatchObject({ deviation: 0, interval: [2, 2], p: null, dz: null });
  });

  it('are freed of bias as Hedges’ table says', () => {
    // Hedges (1981), table 1: c(m).
    expect(hedgesCorrection(2)).toBeCloseTo(0.5642, 4);
    expect(hedgesCorrection(10)).toBeCloseTo(0.9227, 4);
    expect(hedgesCorrection(50)).toBeCloseTo(0.9849, 4);
    expect(hedgesCorrection(1)).toBe(0);
  });
});

describe('the sign-flip test', () => {
  it('finds what Fisher counted', () => {
    // 863 of 32,768 sums are as large: 2.634 %, twice that in both directions.
    expect(signFlipTest(MAIZE, 0, stream())).toEqual({ p: 1_726 / 32_768, exact: true });
  });

  it('comes near to it by drawing, and never to 0', () => {
    const many = [...MAIZE, 0];
    const found = signFlipTest(many, 20_000, stream());
    expect(found.exact).toBe(false);
    expect(Math.abs(found.p - 1_726 / 32_768)).toBeLessThan(0.006);
    expect(
      signFlipTest(
        Array.from({ length: 40 }, () => 1),
        999,
        stream(),
      ).p,
    ).toBe(1 / 1_000);
    expect(signFlipTest([0, 0, 0], 0, stream()).p).toBe(1);
    expect(signFlipTest([0.1, 0.2, 0.3], 0, stream()).p).toBe(0.25);
  });
});

describe('the BCa interval', () => {
  it('of the spatial data is the published one', () => {
    const sample = Float64Array.from(SPATIAL);
    expect(variance(sample)).toBeCloseTo(171.5, 1);
    expect(accelerationOf(sample, variance)).toBeCloseTo(0.061, 3);
    // (115.8, 259.6) at 90 %, from 2,000 resamples.
    const [low, high] = bcaInterval(SPATIAL, {
      statistic: variance,
      level: 0.9,
      resamples: 20_000,
      stream: stream(),
    });
    expect(Math.abs(low - 115.8)).toBeLessThan(3);
    expect(Math.abs(high - 259.6)).toBeLessThan(5);
  });

  it('is a function of its stream, and knows what does not vary', () => {
    const plan = { statistic: meanOf, level: 0.95, resamples: 500 };
    const once = bcaInterval(SLEEP, { ...plan, stream: stream() });
    expect(bcaInterval(SLEEP, { ...plan, stream: stream() })).toEqual(once);
    expect(once[0]).toBeLessThan(1.58);
    expect(once[1]).toBeGreaterThan(1.58);
    expect(bcaInterval([2, 2], { ...plan, stream: stream() })).toEqual([2, 2]);
  });
});

describe('holm', () => {
  it('adjusts as by hand', () => {
    // 4 × 0.005; 3 × 0.01; 2 × 0.03; and 1 × 0.04, which may not fall below the one before.
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([0.6, null, 0.7])).toEqual([1, null, 1]);
    // What has no p is one of three all the same: 3 × 0.02 and 2 × 0.025, which may not fall below it.
    expect(holm([0.02, null, 0.025])).toEqual([0.06, null, 0.06]);
    expect(holm([])).toEqual([]);
  });
});

describe('power', () => {
  it('of the paired t test is that of tables', () => {
    // G*Power 3 and R’s power.t.test(34, 0.5, type = "paired").
    expect(pairedPower(0.5, 34, 0.05)).toBeCloseTo(0.8077775, 6);
    expect(pairedPower(0, 12, 0.05)).toBeCloseTo(0.05, 10);
    expect(pairedPower(-0.5, 34, 0.05)).toBeCloseTo(pairedPower(0.5, 34, 0.05), 12);
    expect(pairedPower(30, 6, 0.05)).toBeCloseTo(1, 12);
  });

  it('says which effect is found', () => {
    const dz = detectableEffect(0.8, 20, 0.05);
    expect(pairedPower(dz, 20, 0.05)).toBeCloseTo(0.8, 9);
    expect(dz).toBeCloseTo(0.66, 2);
  });
});
