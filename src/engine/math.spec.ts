import { describe, expect, it } from 'vitest';
import { exp, log, logistic, logit, mix32 } from './math.js';

/** Relative distance to the platform's own function, in units of the last place. */
function ulps(actual: number, expected: number): number {
  return Math.abs(actual - expected) / (Math.abs(expected) * 2 ** -52);
}

describe('exp', () => {
  it('is within an ulp or two of Math.exp over its range', () => {
    for (let x = -700; x <= 709; x += 0.37) expect(ulps(exp(x), Math.exp(x))).toBeLessThan(2);
  });

  it('keeps its edges', () => {
    expect(exp(0)).toBe(1);
    expect(ulps(exp(1), Math.E)).toBeLessThan(2);
    expect(exp(-1000)).toBe(0);
    expect(exp(710)).toBe(Infinity);
    expect(exp(-Infinity)).toBe(0);
    expect(exp(Infinity)).toBe(Infinity);
  });
});

describe('log', () => {
  it('is within an ulp or two of Math.log over its range', () => {
    for (let x = 1e-300; x < 1e300; x *= 7.3) expect(ulps(log(x), Math.log(x))).toBeLessThan(2);
    for (let x = 0.5; x < 2; x += 0.0013) expect(Math.abs(log(x) - Math.log(x))).toBeLessThan(3e-16);
  });

  it('keeps its edges', () => {
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(-Infinity);
    expect(log(-1)).toBeNaN();
    expect(log(Number.NaN)).toBeNaN();
    expect(log(Infinity)).toBe(Infinity);
  });
});

describe('logistic', () => {
  it('undoes logit and saturates', () => {
    for (const p of [0.001, 0.2, 0.5, 0.97]) expect(logistic(logit(p))).toBeCloseTo(p, 14);
    expect(logistic(-Infinity)).toBe(0);
    expect(logistic(Infinity)).toBe(1);
  });
});

describe('mix32', () => {
  it('equals the same steps in arbitrary-precision integers', () => {
    expect(mix32(0)).toBe(0);
    expect(mix32(1)).toBe(1753845952);
    expect(mix32(0xdeadbeef)).toBe(3861431939);
  });
});
