import { createRequire } from 'node:module';

// Read when the first table is drawn: the library is CommonJS, and most calls of a program draw none.
const require = createRequire(import.meta.url);

/** What a list shows of an item, the most important first: what does not fit the terminal is left out from the end. */
export type Columns<Item> = readonly (readonly [head: string, cell: (item: Item) => string])[];

/** Borders and padding take three places a column, and one more. */
const FRAME = 3;
const NARROWEST = 8;

/** How many columns from the left fit a width without wrapping; two at least. */
export function fitting(widths: readonly number[], width: number): number {
  let used = 1;
  const over = widths.findIndex((each) => (used += each + FRAME) > width);
  return over === -1 ? widths.length : Math.max(2, over);
}

/** Widths of columns such that the table is not wider than `width`: the widest give way first. */
export function shrink(widths: readonly number[], width: number): number[] {
  const shrunk = [...widths];
  let excess = shrunk.reduce((sum, each) => sum + each + FRAME, 1) - width;
  while (excess > 0) {
    const widest = Math.max(...shrunk);
    if (widest <= NARROWEST) break;
    shrunk[shrunk.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return shrunk;
}

/** The widths that head and rows need. */
export function naturalWidths(head: readonly string[], rows: readonly (readonly string[])[]): number[] {
  return head.map((name, index) => Math.max(...[name, ...rows.map((row) => row[index] ?? '')].map(widthOf)));
}

function widthOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => [...line].length));
}

/**
 * Draws a table that is at most `width` places wide.
 * @param emphasise marks the head
 */
export function drawTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  emphasise: (text: string) => string,
): string {
  const Table = require('cli-table3') as typeof import('cli-table3');
  const natural = naturalWidths(head, rows);
  const widths = shrink(natural, width);
  const narrow = widths.some((each, index) => each < (natural[index] ?? 0));
  const table = new Table({
    head: head.map(emphasise),
    style: { head: [], border: [], compact: true },
    // A word that is longer than its column, such as a path, is broken and not cut off.
    ...(narrow && { wordWrap: true, wrapOnWordBoundary: false, colWidths: widths.map((each) => each + 2) }),
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
