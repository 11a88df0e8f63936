import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RootSet } from './root-set.js';

describe('a set of roots', () => {
  it('holds what a Set holds, after whatever was in it before', () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { maxLength: 64 });
    const set = new RootSet(64);
    fc.assert(
      fc.property(numbers, numbers, (added, asked) => {
        set.clear();
        for (const each of added) set.add(each);
        const model = new Set(added);
        const all = [...added, ...asked];
        expect(all.filter((each) => set.has(each))).toEqual(all.filter((each) => model.has(each)));
      }),
    );
  });

  it.each([1, 3, 64])('takes %i numbers that fall on one slot', (capacity) => {
    const set = new RootSet(capacity);
    const numbers = Array.from({ length: capacity }, (_, n) => n * 2 ** 20);
    for (const each of numbers) set.add(each);
    expect(numbers.every((each) => set.has(each))).toBe(true);
    expect(set.has(7)).toBe(false);
  });
});
