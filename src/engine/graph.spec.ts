import { describe, expect, it } from 'vitest';
import { gini } from './graph.js';

describe('gini', () => {
  it('is 0 for equal counts and close to 1 when one has all', () => {
    expect(gini(new Uint32Array([3, 3, 3, 3]))).toBe(0);
    expect(gini(new Uint32Array([0, 0, 0, 12]))).toBe(0.75);
    expect(gini(new Uint32Array(0))).toBe(0);
    expect(gini(new Uint32Array(5))).toBe(0);
  });
});
