import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kolmogorovSmirnov, wasserstein } from './distances.js';

const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 20 });

describe('kolmogorovSmirnov', () => {
  it('is the largest gap, computed by hand', () => {
    // At 2 the first has three quarters, the second a quarter.
    expect(kolmogorovSmirnov([1, 1, 2, 4], [2, 3, 4, 5])).toBe(0.5);
    expect(kolmogorovSmirnov([1, 2], [3, 4])).toBe(1);
    expect(kolmogorovSmirnov([1, 2, 2], [2, 1, 2])).toBe(0);
    expect(kolmogorovSmirnov([], [1])).toBe(0);
  });
});

describe('wasserstein', () => {
  it('is that of the examples of SciPy', () => {
    expect(wasserstein([0, 1, 3], [5, 6, 8])).toBeCloseTo(5, 12);
    expect(wasserstein([3.4, 3.9, 7.5, 7.8], [4.5, 1.4])).toBeCloseTo(2.7, 12);
  });

  it('is the mean difference of sorted samples of one length', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const other = values.map((value) => (value * 7) % 13);
        const [a, b] = [values.toSorted((x, y) => x - y), other.toSorted((x, y) => x - y)];
        const mean = a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
        expect(wasserstein(values, other)).toBeCloseTo(mean, 10);
      }),
    );
  });

  it('and the other are the same from both sides', () => {
    fc.assert(
      fc.property(sample, sample, (one, two) => {
        expect(wasserstein(one, two)).toBeCloseTo(wasserstein(two, one), 10);
        expect(kolmogorovSmirnov(one, two)).toBeCloseTo(kolmogorovSmirnov(two, one), 10);
      }),
    );
  });
});
