import { describe, expect, it } from 'vitest';
import { DIMENSIONS, UNIT } from '../vectors.js';
import { firstAffinities, INTEREST_AFFINITY } from './affinity.js';
import { EdgeList } from './edge-list.js';
import { toRows } from './rows.js';

function interests(...angles: readonly (0 | 1)[]): Int8Array {
  const rows = new Int8Array(angles.length * DIMENSIONS);
  for (const [row, axis] of angles.entries()) rows[row * DIMENSIONS + axis] = UNIT;
  return rows;
}

const edges = new EdgeList();
edges.addWeighted(0, 2, 8);
edges.addWeighted(0, 1, 2);
const rows = toRows(edges, 3);
const people = {
  interests: interests(0, 0, 1),
  cities: Int32Array.of(1, 1, 2),
  countries: Int32Array.of(7, 7, 7),
  languages: Int32Array.of(3, 4, 3),
  ages: Uint8Array.of(20, 26, 70),
};
const NONE = { interests: 0, place: 0, age: 0, language: 0, past: 0, ceiling: 1 };

describe('firstAffinities', () => {
  it.each([
    ['interests', [1, 0.5]],
    ['place', [1, 0.5]],
    ['age', [0.8, 0]],
    ['language', [0, 1]],
    ['past', [0.25, 1]],
  ] as const)('of %s alone are %j', (part, expected) => {
    const found = firstAffinities(rows, people, { ...NONE, [part]: 2 });
    expect([...found]).toEqual(expected.map(Math.fround));
  });

  it('are the weighted mean of the parts under the ceiling', () => {
    const mixed = { ...NONE, interests: 3, past: 1, ceiling: 0.5 };
    expect([...firstAffinities(rows, people, mixed)]).toEqual([
      Math.fround((0.5 * 3.25) / 4),
      Math.fround((0.5 * 2.5) / 4),
    ]);
  });

  it('are by interests below a half unless more is asked for, and nothing where nothing counts', () => {
    expect([...firstAffinities(rows, people, INTEREST_AFFINITY)]).toEqual([0.5, 0.25]);
    expect([...firstAffinities(rows, people, NONE)]).toEqual([0, 0]);
  });
});
