import { describe, expect, it } from 'vitest';
import { opinionAfter, type OpinionRule } from './opinions.js';

describe('bounded confidence', () => {
  const rule: OpinionRule = { rule: 'bounded_confidence', confidence: 0.5, rate: 0.25 };

  // Deffuant and others, 2000: x + μ (s − x) where |s − x| is below the threshold.
  it.each([
    [0, 0.4, 0.1],
    [0.2, -0.2, 0.1],
    [0, 0.5, 0.125],
    [0, 0.6, 0],
    [-1, 1, -1],
  ])('takes %d that reads %d to %d', (opinion, stance, after) => {
    expect(opinionAfter(rule, opinion, stance, 1)).toBeCloseTo(after, 12);
  });

  it('moves less for what convinces less', () => {
    expect(opinionAfter(rule, 0, 0.4, 0.5)).toBeCloseTo(0.05, 12);
    expect(opinionAfter(rule, 0, 0.4, 0)).toBe(0);
  });
});

// Dandekar, Goel and Lee, 2013: (w x + x^b s) / (w + x^b s + (1 − x)^b (1 − s)), here with x, s of [0, 1].
const after = (bias: number, weight: number, x: number, s: number): number =>
  (opinionAfter({ rule: 'biased_assimilation', bias, weight }, 2 * x - 1, 2 * s - 1, 1) + 1) / 2;

describe('biased assimilation', () => {
  it('is the weighted mean without bias', () => {
    expect(after(0, 3, 0.5, 1)).toBeCloseTo((3 * 0.5 + 1) / 4, 12);
    expect(after(0, 1, 0.2, 0.6)).toBeCloseTo(0.4, 12);
  });

  it('counts what fits for more', () => {
    // w = 1, x = 0.8, b = 1, s = 0.5: (0.8 + 0.4) / (1 + 0.4 + 0.1).
    expect(after(1, 1, 0.8, 0.5)).toBeCloseTo(0.8, 12);
    // b = 2: (0.8 + 0.32) / (1 + 0.32 + 0.02): the same evidence drives the convinced further.
    expect(after(2, 1, 0.8, 0.5)).toBeCloseTo(1.12 / 1.34, 12);
  });

  it('leaves the middle and the ends where they are', () => {
    for (const [x, s] of [
      [0.5, 0.5],
      [1, 1],
      [0, 0],
    ] as const)
      expect(after(2, 1, x, s)).toBeCloseTo(x, 12);
  });
});

describe('no rule', () => {
  it('changes nothing', () => {
    expect(opinionAfter({ rule: 'none' }, 0.3, -1, 1)).toBe(0.3);
  });
});
