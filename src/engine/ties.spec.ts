import { describe, expect, it } from 'vitest';
import type { Graph } from './graph.js';
import { Barred, Ties } from './ties.js';

/** 0 follows 1 and 3, 1 follows nobody, 2 follows 0, 3 follows 0 and 2. */
function square(): Graph {
  return {
    count: 4,
    offsets: Uint32Array.of(0, 2, 2, 3, 5),
    followees: Uint32Array.of(1, 3, 0, 0, 2),
    affinity: Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5),
  };
}

describe('Ties', () => {
  it('begin as the graph', () => {
    const ties = new Ties(square());
    expect([...ties.following]).toEqual([2, 0, 1, 2]);
    expect([...ties.followers]).toEqual([2, 1, 1, 1]);
    expect([0, 1, 2, 3].map((other) => ties.find(0, other))).toEqual([-1, 0, -1, 1]);
    expect([ties.followee(4), ties.affinity(4)]).toEqual([2, 0.5]);
  });

  it('are cut and mended without another edge', () => {
    const ties = new Ties(square());
    expect(ties.unfollow(3, 2)).toBe(true);
    expect(ties.unfollow(3, 2)).toBe(false);
    expect(ties.holds(4)).toBe(false);
    expect([ties.followers[2], ties.following[3]]).toEqual([0, 1]);
    expect(ties.follow(3, 2)).toBe(true);
    expect([ties.holds(4), ties.added]).toEqual([true, 0]);
  });

  it('are added, with a number and an affinity of their own', () => {
    const ties = new Ties(square());
    expect(ties.follow(1, 2)).toBe(true);
    expect(ties.follow(1, 0)).toBe(true);
    expect(ties.follow(1, 2)).toBe(false);
    expect(ties.follow(1, 1)).toBe(false);
    expect([ties.find(1, 2), ties.find(1, 0)]).toEqual([5, 6]);
    expect([ties.followee(6), ties.affinity(6)]).toEqual([0, 0.25]);
    ties.adapt(6, 0.5, 1);
    ties.adapt(0, 0.5, 1);
    expect([ties.affinity(6), ties.affinity(0)]).toEqual(
      [0.625, Math.fround(0.1) / 2 + 0.5].map(Math.fround),
    );
    expect(ties.unfollow(1, 2)).toBe(true);
    expect([ties.holds(5), ties.holds(6), ties.following[1]]).toEqual([false, true, 1]);
  });
});

describe('the network of now', () => {
  it('has what was not cut and what was added, in ascending rows', () => {
    const ties = new Ties(square());
    expect(ties.now()).toEqual(square());
    for (const other of [3, 0]) ties.follow(2, other);
    for (const [agent, other] of [
      [2, 1],
      [0, 3],
      [3, 2],
      [1, 3],
    ] as const)
      ties.follow(agent, other);
    ties.unfollow(2, 1);
    ties.unfollow(3, 0);
    ties.adapt(0, 0.5, 1);
    const pairs: number[] = [];
    ties.each((agent, followee) => pairs.push(agent * 10 + followee));
    expect(pairs.toSorted((a, b) => a - b)).toEqual([1, 3, 13, 20, 23, 32]);
    const { offsets, followees, affinity } = ties.now();
    expect([...offsets]).toEqual([0, 2, 3, 5, 6]);
    expect([...followees]).toEqual([1, 3, 3, 0, 3, 2]);
    expect([...affinity]).toEqual([Math.fround(0.1) / 2 + 0.5, 0.2, 0.25, 0.3, 0.25, 0.5].map(Math.fround));
  });
});

describe('Barred', () => {
  it('has what was added, one way', () => {
    const barred = new Barred(3);
    expect(barred.add(0, 2)).toBe(true);
    expect(barred.add(0, 1)).toBe(true);
    expect(barred.add(0, 2)).toBe(false);
    expect([barred.has(0, 1), barred.has(0, 2), barred.has(2, 0), barred.has(1, 0)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
