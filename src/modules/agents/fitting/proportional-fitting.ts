import { combinations, type CountTable } from './count-table.js';
import type { Matrix } from './controlled-rounding.js';

/** Rounds and entries that a fit goes through at most, a second of work; most are done after a few rounds. */
const MAX_ROUNDS = 500;
const MAX_WORK = 100_000_000;
const CLOSE = 1e-9;

/**
 * Scales the rows and columns of a matrix in turn until they have their sums: iterative proportional fitting, which keeps
 * the odds ratios of what it begins with. Source: W. E. Deming and F. F. Stephan, "On a Least Squares Adjustment of a
 * Sampled Frequency Table When the Expected Marginal Totals are Known", Annals of Mathematical Statistics 11 (1940).
 */
export function rake(matrix: Matrix, rowSums: ArrayLike<number>, columnSums: ArrayLike<number>): void {
  const { rows, columns, values } = matrix;
  const rounds = roundsFor(values.length);
  for (let round = 0; round < rounds; round += 1) {
    for (let column = 0; column < columns; column += 1)
      scaleLine(values, column, columns, rows, columnSums[column] as number);
    let off = 0;
    for (let row = 0; row < rows; row += 1)
      off = Math.max(off, scaleLine(values, row * columns, 1, columns, rowSums[row] as number));
    if (off < CLOSE) return;
  }
}

/** @param entries how many numbers a round changes */
function roundsFor(entries: number): number {
  return Math.min(MAX_ROUNDS, Math.max(10, Math.floor(MAX_WORK / Math.max(1, entries))));
}

/** Gives the entries of a line a sum. @returns how far they were from it */
function scaleLine(
  values: Float64Array,
  start: number,
  step: number,
  length: number,
  wanted: number,
): number {
  let sum = 0;
  for (let i = 0, at = start; i < length; i += 1, at += step) sum += values[at] as number;
  if (sum === 0) return wanted;
  const factor = wanted / sum;
  for (let i = 0, at = start; i < length; i += 1, at += step) values[at] = (values[at] as number) * factor;
  return Math.abs(wanted - sum);
}

/** Combinations of levels with their weights; each combination once. */
export interface Cells {
  /** Which attributes, as their places in the list of all. */
  readonly of: readonly number[];
  /** The levels of the cells, `of.length` for each. */
  readonly levels: Uint8Array;
  readonly weights: Float64Array;
}

/** How far the fit stayed from a constraint: the largest distance, and the cell of the constraint's table. */
export interface Misfit {
  readonly constraint: number;
  readonly cell: number;
  readonly by: number;
}

/**
 * Fits weights of combinations to tables of some of their attributes, each given in numbers of people, by iterative
 * proportional fitting. The weights change in place; what is zero stays zero.
 * @returns the largest distance of a table's cell that is left
 */
export function fitCells(cells: Cells, constraints: readonly CountTable[]): Misfit {
  const places = constraints.map((table) => cellsOfTable(cells, table));
  let worst: Misfit = { constraint: 0, cell: 0, by: 0 };
  const rounds = roundsFor(cells.weights.length * constraints.length);
  for (let round = 0; round < rounds; round += 1) {
    worst = { constraint: 0, cell: 0, by: 0 };
    for (const [constraint, table] of constraints.entries()) {
      const off = fitTo(cells.weights, places[constraint] as Int32Array, table.values);
      if (off.by > worst.by) worst = { constraint, ...off };
    }
    if (worst.by < CLOSE) break;
  }
  return worst;
}

function fitTo(
  weights: Float64Array,
  cellOf: Int32Array,
  wanted: Float64Array,
): { cell: number; by: number } {
  const sums = new Float64Array(wanted.length);
  for (const [at, cell] of cellOf.entries()) sums[cell] = (sums[cell] as number) + (weights[at] as number);
  let worst = { cell: 0, by: 0 };
  for (const [cell, sum] of sums.entries()) {
    const by = Math.abs((wanted[cell] as number) - sum);
    if (by > worst.by) worst = { cell, by };
    sums[cell] = sum === 0 ? 0 : (wanted[cell] as number) / sum;
  }
  for (const [at, cell] of cellOf.entries()) weights[at] = (weights[at] as number) * (sums[cell] as number);
  return worst;
}

/** For each combination, the cell of a table that it belongs to. */
export function cellsOfTable({ of, levels, weights }: Cells, table: CountTable): Int32Array {
  const places = table.of.map((attribute) => of.indexOf(attribute));
  return Int32Array.from(weights, (_, at) => {
    let cell = 0;
    for (const [i, place] of places.entries())
      cell = cell * (table.sizes[i] as number) + (levels[at * of.length + place] as number);
    return cell;
  });
}

/** Every combination of levels of these sizes, with one weight for all. */
export function everyCell(of: readonly number[], sizes: readonly number[]): Cells {
  const count = combinations(sizes);
  const levels = new Uint8Array(count * sizes.length);
  for (let at = 0; at < count; at += 1) {
    let rest = at;
    for (let place = sizes.length - 1; place >= 0; place -= 1) {
      const size = sizes[place] as number;
      levels[at * sizes.length + place] = rest % size;
      rest = Math.floor(rest / size);
    }
  }
  return { of, levels, weights: new Float64Array(count).fill(1) };
}
