import { createRequire } from 'node:module';
import { stripVTControlCharacters } from 'node:util';

// Read when the first table is drawn: the library is CommonJS, and most calls of a program draw none.
const require = createRequire(import.meta.url);

/**
 * What a list shows of an item, the most important first: what does not fit the terminal is left out from the end. A
 * column of text for people (a name, a caption) is cut off before that.
 */
export type Columns<Item> = readonly (readonly [head: string, cell: (item: Item) => string, kind?: 'text'])[];

/** Borders and padding take three places a column, and one more. */
const FRAME = 3;
const NARROWEST = 8;
/** A text that is cut off shows so much. */
const SHORTEST_TEXT = 10;

/**
 * Widths of the columns that fit a width, from the left; two at least.
 * @param widths what the columns need
 * @param texts which of them may be cut off: they give way to columns on their right
 */
export function fitting(widths: readonly number[], texts: readonly boolean[], width: number): number[] {
  const least = widths.map((each, index) => (texts[index] === true ? Math.min(each, SHORTEST_TEXT) : each));
  let used = 1;
  const over = least.findIndex((each) => (used += each + FRAME) > width);
  const count = over === -1 ? widths.length : Math.max(2, over);
  return shrink(widths.slice(0, count), width, least);
}

/**
 * Widths of columns such that the table is not wider than `width`: the widest give way first.
 * @param least what each keeps
 */
export function shrink(widths: readonly number[], width: number, least: readonly number[] = []): number[] {
  const shrunk = [...widths];
  const spare = (index: number): boolean => (shrunk[index] as number) > (least[index] ?? NARROWEST);
  let excess = shrunk.reduce((sum, each) => sum + each + FRAME, 1) - width;
  while (excess > 0) {
    const able = shrunk.map((each, index) => (spare(index) ? each : 0));
    const widest = Math.max(...able);
    if (widest === 0) break;
    shrunk[able.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return shrunk;
}

/** A text in one line of at most `width` places; an ellipsis stands for what is cut off. */
export function cutOff(text: string, width: number): string {
  const line = text.replaceAll('\n', ' ');
  return widthOf(line) <= width
    ? line
    : `${Array.from(line)
        .slice(0, width - 1)
        .join('')
        .trimEnd()}…`;
}

/** Breaks each line of a text between words, and a word that is longer than a line. @param width places of a line */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => fold(line, width))
    .join('\n');
}

/** Places of a line of a stream: the terminal's, or no end for a file or a pipe. */
export function widthOfStream(stream: NodeJS.WriteStream): number {
  if (!stream.isTTY) return Infinity;
  // A terminal that does not know its size says 0.
  return stream.columns > 0 ? stream.columns : 80;
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
