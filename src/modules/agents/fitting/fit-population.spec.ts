import { describe, expect, it } from 'vitest';
import { keyFromText, RandomStream } from '../../../engine/random.js';
import { roundControlled, settleSums } from './controlled-rounding.js';
import { combinations, marginal, scaledTo, type CountTable } from './count-table.js';
import { fitPopulation } from './fit-population.js';
import { Unfittable, type FitProblem } from './fit-problem.js';
import { groupPeople } from './groups.js';
import { everyCell, type Cells } from './proportional-fitting.js';

const KEY = keyFromText('fit');

function table(of: number[], sizes: number[], values: number[]): CountTable {
  return { of, sizes, values: Float64Array.from(values) };
}

/** How many people have each combination. */
function reached(levels: readonly Uint8Array[], { of, sizes }: CountTable): Int32Array {
  const counts = new Int32Array(combinations(sizes));
  const people = levels[of[0] as number]?.length ?? 0;
  for (let person = 0; person < people; person += 1) {
    const cell = of.reduce(
      (at, attribute, i) => at * (sizes[i] as number) + (levels[attribute]?.[person] as number),
      0,
    );
    counts[cell] = (counts[cell] as number) + 1;
  }
  return counts;
}

/** A table of people with every combination about as often as it likes. */
function randomPeople(stream: RandomStream, count: number, sizes: readonly number[]): Uint8Array[] {
  const levels = sizes.map(() => new Uint8Array(count));
  for (let person = 0; person < count; person += 1) {
    let last = 0;
    for (const [attribute, size] of sizes.entries()) {
      last = stream.below(3) === 0 ? last % size : stream.below(size);
      (levels[attribute] as Uint8Array)[person] = last;
    }
  }
  return levels;
}

function tableOf(people: readonly Uint8Array[], of: number[], sizes: readonly number[]): CountTable {
  const own = of.map((attribute) => sizes[attribute] as number);
  const blank = table(
    of,
    own,
    Array.from({ length: combinations(own) }, () => 0),
  );
  return { ...blank, values: Float64Array.from(reached(people, blank)) };
}

function problemOf(
  count: number,
  sizes: readonly number[],
  tables: readonly CountTable[],
  margins: readonly CountTable[] = [],
  sample?: Cells,
): FitProblem {
  const attributes = sizes.map((size, place) => {
    const named = margins.find(({ of }) => of[0] === place);
    const holder = tables.find(({ of }) => of.includes(place));
    const derived = holder === undefined ? undefined : marginal(holder, [place]);
    return { name: `a${place}`, size, margin: named ?? derived };
  });
  return { count, attributes, tables, sample };
}

describe('roundControlled', () => {
  it('keeps whole sums, rounds every entry to a neighbour, and columns to a neighbour of their sum', () => {
    const stream = new RandomStream(KEY, 1);
    for (let round = 0; round < 200; round += 1) {
      const [rows, columns] = [1 + stream.below(6), 1 + stream.below(6)];
      const values = new Float64Array(rows * columns);
      for (let row = 0; row < rows; row += 1) {
        const weights = Array.from({ length: columns }, () => (stream.below(4) === 0 ? 0 : stream.unit()));
        const sum = weights.reduce((a, b) => a + b, 0);
        const people = sum === 0 ? 0 : 1 + stream.below(9);
        for (const [column, weight] of weights.entries())
          values[row * columns + column] = sum === 0 ? 0 : (weight * people) / sum;
      }
      const whole = roundControlled({ rows, columns, values }, stream);
      for (const [at, value] of values.entries())
        expect(Math.abs((whole[at] as number) - value)).toBeLessThan(1);
      for (let column = 0; column < columns; column += 1) {
        const line = (all: ArrayLike<number>): number =>
          Array.from({ length: rows }, (_, row) => all[row * columns + column] as number).reduce(
            (a, b) => a + b,
            0,
          );
        expect(Math.abs(line(whole) - line(values))).toBeLessThan(1 + 1e-6);
      }
      for (let row = 0; row < rows; row += 1) {
        const line = (all: ArrayLike<number>): number =>
          Array.from({ length: columns }, (_, c) => all[row * columns + c] as number).reduce(
            (a, b) => a + b,
            0,
          );
        expect(line(whole)).toBe(Math.round(line(values)));
      }
    }
  });

  it('is without bias', () => {
    const stream = new RandomStream(KEY, 2);
    const values = Float64Array.from([0.2, 0.8, 1.0, 0.5, 1.3, 0.2]);
    const sums = new Float64Array(6);
    const rounds = 20_000;
    for (let round = 0; round < rounds; round += 1)
      for (const [at, count] of roundControlled({ rows: 2, columns: 3, values }, stream).entries())
        sums[at] = (sums[at] as number) + count;
    for (const [at, value] of values.entries()) expect((sums[at] as number) / rounds).toBeCloseTo(value, 1);
  });
});

describe('settleSums', () => {
  it('moves units along allowed entries, and says where that is impossible', () => {
    const counts = Int32Array.from([3, 0, 0, 1]);
    expect(settleSums(counts, [2, 2], [2, 2], () => true)).toBe(true);
    expect([...counts].reduce((a, b) => a + b, 0)).toBe(4);
    expect(settleSums(Int32Array.from([2, 0, 0, 2]), [2, 2], [1, 3], (at) => at === 0 || at === 3)).toBe(
      false,
    );
  });
});

describe('groupPeople', () => {
  it('tells groups of any number of attributes apart, in the order of their levels', () => {
    const stream = new RandomStream(KEY, 8);
    const columns = Array.from({ length: 30 }, () =>
      Uint8Array.from({ length: 500 }, () => stream.below(200)),
    );
    for (const column of columns) column[499] = column[0] as number;
    const { of, levels, sizes } = groupPeople(
      500,
      columns,
      columns.map(() => 200),
    );
    expect(levels).toHaveLength(499);
    expect([of[0] === of[499], sizes[of[0] as number]]).toEqual([true, 2]);
    for (const [person, group] of of.entries())
      expect(levels[group]).toEqual(columns.map((column) => column[person]));
    const firsts = levels.map(([first]) => first as number);
    expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
  });
});

describe('fitPopulation', () => {
  it('meets five margins of ten levels for 100,000 people without an error', async () => {
    const stream = new RandomStream(KEY, 3);
    const sizes = [10, 10, 10, 10, 10];
    const people = randomPeople(stream, 100_000, sizes);
    const margins = sizes.map((_, place) => tableOf(people, [place], sizes));
    const levels = await fitPopulation(problemOf(100_000, sizes, [], margins), KEY);
    for (const margin of margins) expect([...reached(levels, margin)]).toEqual([...margin.values]);
  });

  it('meets a tree of tables of any width to the unit', async () => {
    const stream = new RandomStream(KEY, 4);
    for (let round = 0; round < 20; round += 1) {
      const sizes = Array.from({ length: 6 }, () => 2 + stream.below(4));
      const count = 50 + stream.below(1000);
      const people = randomPeople(stream, count, sizes);
      const tables = [
        [0, 1, 2],
        [1, 3],
        [2, 1, 4],
        [4, 5],
      ].map((of) => tableOf(people, of, sizes));
      const levels = await fitPopulation(problemOf(count, sizes, tables), KEY);
      for (const each of tables) expect([...reached(levels, each)]).toEqual([...each.values]);
    }
  });

  it('meets weights by a neighbour in every cell and margin', async () => {
    const stream = new RandomStream(KEY, 5);
    const sizes = [3, 4, 3];
    for (let round = 0; round < 20; round += 1) {
      const people = randomPeople(stream, 400, sizes);
      const tables = [
        [0, 1],
        [1, 2],
      ].map((of) => scaledTo(tableOf(people, of, sizes), 37));
      const levels = await fitPopulation(problemOf(37, sizes, tables), KEY);
      for (const each of tables)
        for (const [cell, there] of reached(levels, each).entries())
          expect(Math.abs(there - (each.values[cell] as number))).toBeLessThan(2);
      for (const place of [0, 1, 2]) {
        const margin = marginal(tables[place < 2 ? 0 : 1] as CountTable, [place]);
        for (const [level, there] of reached(levels, margin).entries())
          expect(Math.abs(there - (margin.values[level] as number))).toBeLessThan(1 + 1e-6);
      }
    }
  });

  it('meets a ring of tables', async () => {
    const stream = new RandomStream(KEY, 6);
    const sizes = [3, 4, 3, 2];
    const people = randomPeople(stream, 2_000, sizes);
    const tables = [
      [0, 1],
      [1, 2],
      [0, 2],
      [2, 3],
    ].map((of) => tableOf(people, of, sizes));
    const levels = await fitPopulation(problemOf(2_000, sizes, tables), KEY);
    for (const each of tables) expect([...reached(levels, each)]).toEqual([...each.values]);
  });

  it('takes what a sample tells of associations, and meets margins and tables', async () => {
    const stream = new RandomStream(KEY, 7);
    const sizes = [3, 3, 4];
    const every = everyCell([0, 1, 2], sizes);
    for (const [at] of every.weights.entries()) {
      const [a, b] = [every.levels[at * 3] as number, every.levels[at * 3 + 1] as number];
      every.weights[at] = a === b ? 9 : 1;
    }
    const people = randomPeople(stream, 3_000, sizes);
    const margins = [0, 1, 2].map((place) => tableOf(people, [place], sizes));
    const joint = tableOf(people, [1, 2], sizes);
    const levels = await fitPopulation(problemOf(3_000, sizes, [joint], margins, every), KEY);
    for (const each of [...margins, joint]) expect([...reached(levels, each)]).toEqual([...each.values]);
    const seen = reached(levels, table([0, 1], [3, 3], []));
    const alike = [0, 4, 8].reduce((sum, at) => sum + (seen[at] as number), 0);
    expect(alike / 3_000).toBeGreaterThan(0.7);
  });

  it('refuses what combinations that nobody has make impossible', async () => {
    const sample: Cells = {
      of: [0, 1],
      levels: Uint8Array.from([0, 0, 1, 1]),
      weights: Float64Array.from([1, 1]),
    };
    const margins = [table([0], [2], [60, 40]), table([1], [2], [40, 60])];
    await expect(fitPopulation(problemOf(100, [2, 2], [], margins, sample), KEY)).rejects.toThrow(Unfittable);
  });
});
