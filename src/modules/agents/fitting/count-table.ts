/** Numbers for every combination of the levels of some attributes, the last attribute the fastest. */
export interface CountTable {
  /** Which attributes, as their places in the list of all. */
  readonly of: readonly number[];
  /** How many levels each of them has. */
  readonly sizes: readonly number[];
  readonly values: Float64Array;
}

/** How many combinations levels of these sizes have. */
export function combinations(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** The levels of a cell, in the order of the table's attributes. */
export function levelsAt({ sizes }: Pick<CountTable, 'sizes'>, cell: number): number[] {
  const levels: number[] = [];
  let rest = cell;
  for (const size of sizes.toReversed()) {
    levels.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return levels;
}

/** The sums of a table over all attributes but some of its own. @param of in the order of the result */
export function marginal(table: CountTable, of: readonly number[]): CountTable {
  const places = of.map((attribute) => table.of.indexOf(attribute));
  const sizes = places.map((place) => table.sizes[place] as number);
  const values = new Float64Array(combinations(sizes));
  const levels = new Int32Array(table.sizes.length);
  for (const value of table.values) {
    let cell = 0;
    for (const [at, place] of places.entries())
      cell = cell * (sizes[at] as number) + (levels[place] as number);
    values[cell] = (values[cell] as number) + value;
    advance(levels, table.sizes);
  }
  return { of, sizes, values };
}

/** Moves to the next combination of levels. */
export function advance(levels: Int32Array, sizes: readonly number[]): void {
  for (let place = sizes.length - 1; place >= 0; place -= 1) {
    const next = (levels[place] as number) + 1;
    levels[place] = next === sizes[place] ? 0 : next;
    if (next !== sizes[place]) return;
  }
}

/** The sum of all values. */
export function total(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** The same table with another sum. */
export function scaledTo(table: CountTable, sum: number): CountTable {
  const now = total(table.values);
  return { ...table, values: table.values.map((value) => (now === 0 ? 0 : (value * sum) / now)) };
}
