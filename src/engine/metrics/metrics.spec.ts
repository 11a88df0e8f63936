import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gini } from '../graph.js';
import { measureForest } from './cascade-trees.js';
import { bimodality } from './bimodality.js';
import { countGini } from './count-gini.js';
import { entropy } from './entropy.js';
import { eiIndex, modularity } from './mixing.js';
import { momentsOf } from './moments.js';
import { PairCounts } from './pair-counts.js';
import { quantile } from './quantile.js';

describe('moments', () => {
  it('are those that SAS and Excel give', () => {
    // Microsoft's example for SKEW and KURT: 3 4 5 2 3 4 5 6 4 7.
    const { mean, variance, skewness, kurtosis } = momentsOf([3, 4, 5, 2, 3, 4, 5, 6, 4, 7]);
    expect(mean).toBeCloseTo(4.3, 12);
    expect(variance).toBeCloseTo(2.23333333, 8);
    expect(skewness).toBeCloseTo(0.359543071, 8);
    expect(kurtosis).toBeCloseTo(-0.151799637, 8);
  });

  it('of few or equal values are without spread', () => {
    expect(momentsOf([])).toEqual({ count: 0, mean: 0, variance: 0, skewness: 0, kurtosis: 0 });
    expect(momentsOf([2, 2, 2, 2, 2])).toMatchObject({ variance: 0, skewness: 0, kurtosis: 0 });
  });
});

describe('bimodality', () => {
  it('is near 1 for two points, 5/9 for a uniform distribution, a third for a bell', () => {
    const two = Array.from({ length: 2000 }, (_, i) => (i % 2 === 0 ? -1 : 1));
    const even = Array.from({ length: 2001 }, (_, i) => i);
    const bell = Array.from({ length: 4096 }, (_, i) => i.toString(2).replaceAll('0', '').length);
    expect(bimodality(two)).toBeCloseTo(1, 2);
    expect(bimodality(even)).toBeCloseTo(5 / 9, 2);
    // Of 12 coins: kurtosis -2/12.
    expect(bimodality(bell)).toBeCloseTo(1 / (3 - 1 / 6), 3);
  });

  it('is (g² + 1) / (k + 3(n-1)² / ((n-2)(n-3)))', () => {
    const expected = (0.359543071 ** 2 + 1) / (-0.151799637 + (3 * 81) / (8 * 7));
    expect(bimodality([3, 4, 5, 2, 3, 4, 5, 6, 4, 7])).toBeCloseTo(expected, 8);
    expect(bimodality([1, 1, 1, 1])).toBe(0);
    expect(bimodality([1, 2, 3])).toBe(0);
  });
});

describe('entropy', () => {
  it('is ln k of k equal counts, and that of the classic example', () => {
    expect(entropy([5, 5, 5, 5])).toBeCloseTo(Math.log(4), 12);
    // 1.75 bits for 1/2, 1/4, 1/8, 1/8 (Cover, Thomas, Elements of Information Theory).
    expect(entropy([4, 2, 1, 1]) / Math.log(2)).toBeCloseTo(1.75, 12);
    expect([entropy([7]), entropy([0, 3, 0]), entropy([]), entropy([0])]).toEqual([0, 0, 0, 0]);
  });
});

describe('mixing', () => {
  it('has an E-I index of (E - I) / (E + I)', () => {
    expect(
      eiIndex([
        [3, 1],
        [2, 4],
      ]),
    ).toBeCloseTo((3 - 7) / 10, 12);
    expect([
      eiIndex([
        [2, 0],
        [0, 5],
      ]),
      eiIndex([
        [0, 5],
        [5, 0],
      ]),
      eiIndex([[0]]),
    ]).toEqual([-1, 1, 0]);
  });

  it('has the modularity that was computed by hand', () => {
    // Shares .3 .1 / .2 .4: leaving .4 .6, arriving .5 .5, so .7 - (.2 + .3).
    expect(
      modularity([
        [3, 1],
        [2, 4],
      ]),
    ).toBeCloseTo(0.2, 12);
    // Two closed groups of one size: 1 - 2 · ¼.
    expect(
      modularity([
        [5, 0],
        [0, 5],
      ]),
    ).toBeCloseTo(0.5, 12);
    // Ties by chance, and all in one group.
    expect(
      modularity([
        [4, 6],
        [6, 9],
      ]),
    ).toBeCloseTo(0, 12);
    expect([
      modularity([[3]]),
      modularity([
        [0, 0],
        [0, 0],
      ]),
    ]).toEqual([0, 0]);
  });

  it('has the modularity of a mixed sexual network in Newman (2003), table I: r = 0.621', () => {
    const shares = [
      [0.258, 0.016, 0.035, 0.013],
      [0.012, 0.157, 0.058, 0.019],
      [0.013, 0.023, 0.306, 0.035],
      [0.005, 0.007, 0.024, 0.016],
    ];
    const all = shares.flat().reduce((a, b) => a + b, 0);
    const column = (c: number): number => shares.reduce((sum, row) => sum + row[c]!, 0) / all;
    const chance = shares.reduce(
      (sum, row, c) => sum + (row.reduce((a, b) => a + b, 0) / all) * column(c),
      0,
    );
    // Newman's assortativity is the modularity over its largest value.
    expect(modularity(shares) / (1 - chance)).toBeCloseTo(0.621, 2);
  });
});

describe('countGini', () => {
  it('is the Gini coefficient of those with something and those without', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }),
        fc.nat(20),
        (held, without) => {
          const all = Uint32Array.from([...held, ...Array.from({ length: without }, () => 0)]);
          expect(countGini(held, all.length)).toBeCloseTo(gini(all), 12);
        },
      ),
    );
    expect(countGini([12], 4)).toBe(0.75);
  });
});

function shapes(...parents: number[]) {
  return measureForest({ length: parents.length, parents: Int32Array.from(parents) });
}

describe('measureForest', () => {
  it('measures a star, a path and a lonely post as Goel et al. (2016) say', () => {
    // A star of n: mean distance 2(n-1)/n; a path: (n+1)/3.
    const star = shapes(-1, 0, 0, 0, 0);
    expect([star.sizes[0], star.depths[0], star.breadths[0]]).toEqual([5, 1, 4]);
    expect(star.viralities[0]).toBeCloseTo((2 * 4) / 5, 12);
    const path = shapes(-1, 0, 1, 2, 3, 4);
    expect([path.sizes[0], path.depths[0], path.breadths[0]]).toEqual([6, 5, 1]);
    expect(path.viralities[0]).toBeCloseTo(7 / 3, 12);
    expect([...shapes(-1).viralities]).toEqual([0]);
    expect(shapes().roots.length).toBe(0);
  });

  it('keeps interleaved cascades apart', () => {
    const found = shapes(-1, -1, 0, 1, 2, 2, 1, 4);
    expect([...found.roots]).toEqual([0, 1]);
    expect([...found.sizes]).toEqual([5, 3]);
    expect([...found.depths]).toEqual([3, 1]);
    expect([...found.breadths]).toEqual([2, 2]);
  });

  it('has the mean distance of all pairs, whatever the tree', () => {
    const tree = fc
      .array(fc.double({ min: 0, max: 0.999, noNaN: true }), { maxLength: 25 })
      .map((draws) => [-1, ...draws.map((draw, i) => Math.floor(draw * (i + 1)))]);
    fc.assert(
      fc.property(tree, (parents) => {
        const up = (node: number): number[] => (node < 0 ? [] : [node, ...up(parents[node]!)]);
        let sum = 0;
        for (const a of parents.keys())
          for (const b of parents.keys()) {
            const [above, other] = [up(a), up(b)];
            const common = above.filter((node) => other.includes(node)).length;
            sum += above.length + other.length - 2 * common;
          }
        const pairs = parents.length * (parents.length - 1);
        expect(shapes(...parents).viralities[0]).toBeCloseTo(pairs === 0 ? 0 : sum / pairs, 10);
      }),
    );
  });

  it('takes a path of a million', () => {
    const parents = Int32Array.from({ length: 1_000_000 }, (_, node) => node - 1);
    expect(measureForest({ length: 1_000_000, parents }).viralities[0]).toBeCloseTo(1_000_001 / 3, 3);
  });
});

describe('PairCounts', () => {
  it('counts like a map, however many there are', () => {
    const pair = fc.tuple(fc.nat(50), fc.nat(50));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 3000, minLength: 0 }), (pairs) => {
        const counts = new PairCounts();
        const known = new Map<string, number>();
        for (const [a, b] of pairs) {
          counts.add(a, b);
          known.set(`${a} ${b}`, (known.get(`${a} ${b}`) ?? 0) + 1);
        }
        const found = new Map<string, number>();
        counts.each((a, b, count) => found.set(`${a} ${b}`, count));
        expect(found).toEqual(known);
      }),
      { numRuns: 30 },
    );
  });
});

describe('quantile', () => {
  it('interpolates as R does', () => {
    expect(quantile([9, 1, 3, 7], 0.5)).toBe(5);
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBeCloseTo(9.1, 12);
    expect([quantile([], 0.5), quantile([4], 0.9)]).toEqual([0, 4]);
  });
});
