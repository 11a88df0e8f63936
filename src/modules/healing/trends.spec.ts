import { describe, expect, it } from 'vitest';
import { isUnusual, risingSlope } from './trends.js';

const growing = (mbPerSecond: number, noise: (index: number) => number = () => 0) =>
  Array.from({ length: 30 }, (_, index) => ({
    at: index * 2_000,
    mb: 50 + index * 2 * mbPerSecond + noise(index),
  }));

describe('a trend', () => {
  it('tells a slope that single jumps do not move', () => {
    expect(risingSlope(growing(0.5, (index) => (index === 7 ? 20 : 0)))).toBeCloseTo(0.5, 1);
  });

  it('is none where memory goes up and down', () => {
    expect(risingSlope(growing(0, (index) => (index % 5) * 4))).toBeUndefined();
  });
});

describe('what is unusual', () => {
  it.each([
    ['any value, where nothing is known', 1, [], true],
    ['a value far above the others', 10, [1, 2, 1, 3, 2, 2], true],
    ['not what was there before', 3, [1, 2, 1, 3, 2, 2], false],
    ['not a little more than always the same', 0.55, [0.5, 0.5, 0.5, 0.5, 0.5], false],
    ['much more than always the same', 1, [0.5, 0.5, 0.5, 0.5, 0.5], true],
    ['anything above nothing at all', 0.5, [0, 0, 0, 0, 0], true],
    ['a value above the rest, whatever one outlier was', 10, [1, 2, 1, 90, 2, 2], true],
  ] as const)('is %s', (_, value, before, unusual) => {
    expect(isUnusual(value, before)).toBe(unusual);
  });
});
