import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyedPermutation } from './permutation.js';

const word = fc.integer({ min: 0, max: 0xffffffff });

function order(k0: number): number[] {
  const permutation = new KeyedPermutation(100, { k0, k1: 0 });
  return Array.from({ length: 100 }, (_, index) => permutation.at(index));
}

describe('KeyedPermutation', () => {
  it('gives every index a place of its own inside its size, whatever the key', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), word, word, (size, k0, k1) => {
        const permutation = new KeyedPermutation(size, { k0, k1 });
        const places = new Set(Array.from({ length: size }, (_, index) => permutation.at(index)));
        expect(places.size).toBe(size);
        expect(Math.max(...places)).toBe(size - 1);
      }),
      { numRuns: 200 },
    );
  });

  it('stays inside the largest size', () => {
    const permutation = new KeyedPermutation(2 ** 31, { k0: 1, k1: 2 });
    const places = Array.from({ length: 1000 }, (_, index) => permutation.at(2 ** 31 - 1 - index));
    expect(new Set(places).size).toBe(1000);
    expect(places.every((place) => place >= 0 && place < 2 ** 31)).toBe(true);
  });

  it('shuffles differently under another key', () => {
    expect(order(1)).not.toEqual(order(2));
    expect(order(1)).not.toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  it('refuses a size it cannot permute', () => {
    for (const size of [0, -1, 1.5, 2 ** 31 + 1]) {
      expect(() => new KeyedPermutation(size, { k0: 0, k1: 0 })).toThrow(RangeError);
    }
  });
});
