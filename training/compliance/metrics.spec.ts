import { describe, expect, it } from 'vitest';
import {
  auc,
  averagePrecision,
  balancedAccuracy,
  bestThreshold,
  characterF1,
  confusion,
  f1,
  falsePositiveRate,
  macroF1,
  recall,
  thresholdAtFalsePositives,
} from './metrics.js';

const items = [
  { score: 0.9, label: true },
  { score: 0.8, label: false },
  { score: 0.7, label: true },
  { score: 0.4, label: false },
  { score: 0.2, label: false },
];

describe('the figures', () => {
  it('follow from what was right and wrong', () => {
    const counts = confusion(items, 0.5);
    expect(counts).toEqual({ tp: 2, fp: 1, fn: 0, tn: 2 });
    expect(f1(counts)).toBeCloseTo(0.8);
    expect(macroF1(counts)).toBeCloseTo(0.8);
    expect(recall(counts)).toBe(1);
    expect(falsePositiveRate(counts)).toBeCloseTo(1 / 3);
  });

  it('rank', () => {
    expect(auc(items)).toBeCloseTo(5 / 6);
    expect(averagePrecision(items)).toBeCloseTo((1 + 2 / 3) / 2);
    expect(auc([...items, { score: 0.7, label: false }])).toBeCloseTo((4 + 2.5) / 8);
  });

  it('find thresholds', () => {
    expect(bestThreshold(items, f1)).toBeCloseTo(0.7);
    expect(
      bestThreshold(
        [
          { score: 0.8, label: true },
          { score: 0.2, label: true },
        ],
        () => 1,
      ),
    ).toBeCloseTo(0.5);
    expect(balancedAccuracy(confusion(items, 0.5))).toBeCloseTo(5 / 6);
    expect(thresholdAtFalsePositives(items, 0)).toBe(0.9);
    expect(thresholdAtFalsePositives(items, 0.34)).toBe(0.7);
  });

  it('compare characters', () => {
    expect(characterF1(new Set([1, 2]), new Set([2, 3]))).toBe(0.5);
    expect(characterF1(new Set(), new Set())).toBe(1);
    expect(characterF1(new Set([1]), new Set())).toBe(0);
  });
});
