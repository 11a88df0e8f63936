import type { RandomStream } from '../../../engine/random.js';

/** Numbers in rows and columns, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** What differs from a whole number by less is one. */
const WHOLE = 1e-7;

/**
 * Rounds a table of counts to whole numbers without bias: every entry becomes one of its two neighbours, entries that are
 * whole stay, rows and columns whose sums are whole keep them, other columns become one of the neighbours of their
 * sums; the expectation of every entry is the entry. Source: L. H. Cox, "A Constructive Procedure for Unbiased
 * Controlled Rounding", Journal of the American Statistical Association 82 (1987) 520-524. Each step finds an
 * alternating cycle of fractional entries, of which each row and column with a whole sum has none or two at least, and
 * shifts it until one of them is whole, in either direction with the probability that keeps expectations.
 * @param matrix rows have whole sums
 */
export function roundControlled(matrix: Matrix, stream: RandomStream): Int32Array {
  const { rows, columns } = matrix;
  const work = new CycleRounding(withSlackRow(matrix), stream);
  work.run();
  return work.whole.subarray(0, rows * columns);
}

/** The matrix with a row below that makes the sums of columns whole; what that row becomes is which way they went. */
function withSlackRow({ rows, columns, values }: Matrix): Matrix {
  const wide = new Float64Array((rows + 1) * columns);
  wide.set(values);
  for (let column = 0; column < columns; column += 1) {
    let sum = 0;
    for (let at = column; at < rows * columns; at += columns) sum += values[at] as number;
    const part = sum - Math.floor(sum);
    wide[rows * columns + column] = part < WHOLE || part > 1 - WHOLE ? 0 : 1 - part;
  }
  return { rows: rows + 1, columns, values: wide };
}

class CycleRounding {
  /** The whole parts; the result when no fraction is left. */
  readonly whole: Int32Array;
  private readonly part: Float64Array;
  /** For each column, the rows that may have a fraction there; taken out when they turn out to have none. */
  private readonly open: number[][];
  private readonly rowSeen: Int32Array;
  private readonly columnSeen: Int32Array;

  constructor(
    private readonly matrix: Matrix,
    private readonly stream: RandomStream,
  ) {
    const { rows, columns, values } = matrix;
    this.whole = new Int32Array(values.length);
    this.part = new Float64Array(values.length);
    this.open = Array.from({ length: columns }, () => []);
    this.rowSeen = new Int32Array(rows).fill(-1);
    this.columnSeen = new Int32Array(columns).fill(-1);
    for (let at = 0; at < values.length; at += 1) {
      this.keep(at, values[at] as number);
      if ((this.part[at] as number) > 0) this.open[at % columns]?.push(Math.floor(at / columns));
    }
  }

  run(): void {
    const { rows, columns } = this.matrix;
    for (let row = 0; row < rows; row += 1) {
      for (;;) {
        const column = this.fractionIn(row, -1);
        if (column < 0) break;
        this.follow(row, column);
      }
    }
    // A column of a table whose sums were not quite whole.
    for (let at = 0; at < rows * columns; at += 1) if ((this.part[at] as number) > 0) this.settle(at);
  }

  /** Walks along fractional entries, a row and a column in turn, until it comes back, and shifts the cycle. */
  private follow(fromRow: number, fromColumn: number): void {
    const path: number[] = [];
    const seenRows = [fromRow];
    const seenColumns: number[] = [];
    let row = fromRow;
    let column = fromColumn;
    this.rowSeen[row] = 0;
    for (;;) {
      path.push(row * this.matrix.columns + column);
      if ((this.columnSeen[column] as number) >= 0) {
        this.shift(path.slice(this.columnSeen[column]));
        break;
      }
      this.columnSeen[column] = path.length;
      seenColumns.push(column);
      const next = this.rowWithFraction(column, row);
      if (next < 0) {
        this.settle(path.at(-1) as number);
        break;
      }
      path.push(next * this.matrix.columns + column);
      if ((this.rowSeen[next] as number) >= 0) {
        this.shift(path.slice(this.rowSeen[next]));
        break;
      }
      row = next;
      this.rowSeen[row] = path.length;
      seenRows.push(row);
      const across = this.fractionIn(row, column);
      if (across < 0) {
        this.settle(path.at(-1) as number);
        break;
      }
      column = across;
    }
    for (const each of seenRows) this.rowSeen[each] = -1;
    for (const each of seenColumns) this.columnSeen[each] = -1;
  }

  /** Moves the entries of a cycle up and down in turn, as far as the first that becomes whole. */
  private shift(cycle: readonly number[]): void {
    let up = 1;
    let down = 1;
    for (const [place, at] of cycle.entries()) {
      const part = this.part[at] as number;
      const [room, back] = place % 2 === 0 ? [1 - part, part] : [part, 1 - part];
      up = Math.min(up, room);
      down = Math.min(down, back);
    }
    const by = this.stream.unit() * (up + down) < down ? up : -down;
    for (const [place, at] of cycle.entries())
      this.keep(at, (this.whole[at] as number) + (this.part[at] as number) + (place % 2 === 0 ? by : -by));
  }

  /** Rounds one entry that no cycle goes through. */
  private settle(at: number): void {
    const up = this.stream.unit() < (this.part[at] as number);
    this.keep(at, (this.whole[at] as number) + (up ? 1 : 0));
  }

  private keep(at: number, value: number): void {
    const floor = Math.floor(value + WHOLE);
    const part = value - floor;
    this.whole[at] = floor;
    this.part[at] = part < WHOLE ? 0 : part;
  }

  private fractionIn(row: number, except: number): number {
    const { columns } = this.matrix;
    for (let column = 0; column < columns; column += 1)
      if (column !== except && (this.part[row * columns + column] as number) > 0) return column;
    return -1;
  }

  private rowWithFraction(column: number, except: number): number {
    const rows = this.open[column] as number[];
    for (let place = rows.length - 1; place >= 0; place -= 1) {
      const row = rows[place] as number;
      if ((this.part[row * this.matrix.columns + column] as number) === 0) {
        rows[place] = rows.at(-1) as number;
        rows.pop();
      } else if (row !== except) return row;
    }
    return -1;
  }
}

/**
 * Moves units until every row and column has its sum, where rounding of inexact numbers left some off by a few.
 * @param allowed whether an entry may be more than zero
 * @returns false where no whole numbers in the allowed entries have these sums
 */
export function settleSums(
  counts: Int32Array,
  rowSums: ArrayLike<number>,
  columnSums: ArrayLike<number>,
  allowed: (at: number) => boolean,
): boolean {
  const [rows, columns] = [rowSums.length, columnSums.length];
  const rowGap = Int32Array.from(rowSums);
  const columnGap = Int32Array.from(columnSums);
  for (let at = 0; at < counts.length; at += 1) {
    const row = Math.floor(at / columns);
    rowGap[row] = (rowGap[row] as number) - (counts[at] as number);
    columnGap[at % columns] = (columnGap[at % columns] as number) - (counts[at] as number);
  }
  // What is too much goes first; then each missing unit finds its way.
  for (let at = 0; at < counts.length; at += 1) {
    const row = Math.floor(at / columns);
    const over = Math.max(-(rowGap[row] as number), -(columnGap[at % columns] as number));
    const taken = Math.min(counts[at] as number, Math.max(0, over));
    counts[at] = (counts[at] as number) - taken;
    rowGap[row] = (rowGap[row] as number) + taken;
    columnGap[at % columns] = (columnGap[at % columns] as number) + taken;
  }
  for (let row = 0; row < rows; row += 1) {
    while ((rowGap[row] as number) > 0) {
      if (!augment(counts, row, columnGap, allowed)) return false;
      rowGap[row] = (rowGap[row] as number) - 1;
    }
  }
  return columnGap.every((gap) => gap === 0);
}

/** Adds a unit to a row and takes it from a column that lacks one, along the shortest way (Ford and Fulkerson). */
function augment(
  counts: Int32Array,
  start: number,
  columnGap: Int32Array,
  allowed: (at: number) => boolean,
): boolean {
  const columns = columnGap.length;
  const cameFrom = new Int32Array(columns).fill(-1);
  const rowCameFrom = new Map<number, number>([[start, -1]]);
  const queue = [start];
  for (const row of queue) {
    for (let column = 0; column < columns; column += 1) {
      if (cameFrom[column] !== -1 || !allowed(row * columns + column)) continue;
      cameFrom[column] = row;
      if ((columnGap[column] as number) > 0) {
        columnGap[column] = (columnGap[column] as number) - 1;
        shiftAlong(counts, column, cameFrom, rowCameFrom);
        return true;
      }
      for (let other = 0; other * columns < counts.length; other += 1) {
        if ((counts[other * columns + column] as number) === 0 || rowCameFrom.has(other)) continue;
        rowCameFrom.set(other, column);
        queue.push(other);
      }
    }
  }
  return false;
}

function shiftAlong(
  counts: Int32Array,
  end: number,
  cameFrom: Int32Array,
  rowCameFrom: ReadonlyMap<number, number>,
): void {
  const columns = cameFrom.length;
  let column = end;
  for (;;) {
    const row = cameFrom[column] as number;
    counts[row * columns + column] = (counts[row * columns + column] as number) + 1;
    const before = rowCameFrom.get(row) as number;
    if (before < 0) return;
    counts[row * columns + before] = (counts[row * columns + before] as number) - 1;
    column = before;
  }
}
