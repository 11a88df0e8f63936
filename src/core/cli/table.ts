import { createRequire } from 'node:module';
import { stripVTControlCharacters } from 'node:util';

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
  return head.map((name, index) =>
    Math.max(...[name, ...rows.map((row) => row[index] ?? '')].map((text) => widthOf(text))),
  );
}

/** Places of the longest line; colours take none. */
function widthOf(text: string): number {
  const lines = stripVTControlCharacters(text).split('\n');
  return Math.max(...lines.map((line) => Array.from(line).length));
}

/** Breaks a text into lines of at most `width` places, between words where it can be. */
export function fold(text: string, width: number): string[] {
  if (widthOf(text) <= width) return text.split('\n');
  const lines: string[] = [];
  for (const word of stripVTControlCharacters(text).split(/[ \n]/)) {
    const line = lines.at(-1);
    if (line !== undefined && widthOf(line) + 1 + widthOf(word) <= width) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      lines.push(...pieces(word, width));
    }
  }
  return lines;
}

function pieces(word: string, width: number): string[] {
  const characters = Array.from(word);
  const count = Math.max(1, Math.ceil(characters.length / width));
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * width, (index + 1) * width).join(''),
  );
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
  const widths = shrink(naturalWidths(head, rows), width);
  const folded = (cells: readonly string[], mark: (text: string) => string): string[] =>
    cells.map((cell, index) =>
      fold(cell, widths[index] ?? NARROWEST)
        .map(mark)
        .join('\n'),
    );
  const table = new Table({
    head: folded(head, emphasise),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => folded(row, (text) => text)));
  return table.toString();
}
