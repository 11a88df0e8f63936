import { createColors } from 'picocolors';
import { csvLine } from '../documents/csv.js';
import { escapedJson, legible, legibleColored, plainText } from '../legible.js';
import { tabulate } from './records.js';
import {
  cutOff,
  drawTable,
  fitting,
  fold,
  naturalWidths,
  widthOfStream,
  wrap,
  type Columns,
} from './table.js';

export const OUTPUT_FORMATS = ['table', 'json', 'jsonl', 'csv'] as const;
/** Ways to write words, on a terminal alone. */
export type Colors = ReturnType<typeof createColors>;

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export interface OutputOptions {
  format: OutputFormat;
  /** Nothing on standard error but what ends the command. */
  quiet: boolean;
}

/** What a command prints: for people a table or pairs, for programs JSON, JSON Lines or CSV. Colours only on a terminal. */
export class Output {
  readonly format: OutputFormat;
  /** Whether somebody watches: progress may redraw itself. */
  readonly interactive: boolean;
  readonly colors: Colors;
  private readonly quiet: boolean;

  constructor(
    { format, quiet }: OutputOptions,
    private readonly out: NodeJS.WriteStream = process.stdout,
    private readonly err: NodeJS.WriteStream = process.stderr,
  ) {
    this.format = format;
    this.quiet = quiet;
    this.interactive = err.isTTY && format === 'table' && !quiet;
    // The colours would decide by themselves, and see a CI as a terminal, if they were told nothing.
    const isPlain = !out.isTTY || process.env['TERM'] === 'dumb' || 'NO_COLOR' in process.env;
    this.colors = createColors(!isPlain);
  }

  /** Whether a person looks at what is printed: only then is anything drawn. */
  get draws(): boolean {
    return this.out.isTTY && this.format === 'table';
  }

  /** Places of a line: the terminal's, what `COLUMNS` says, or no end for a file or a pipe. */
  get width(): number {
    if (this.out.isTTY) return widthOfStream(this.out);
    const columns = Number(process.env['COLUMNS']);
    return columns > 0 ? columns : Infinity;
  }

  /** One result: `human` for people, `document` for programs. @param items what it consists of, as JSON Lines and CSV */
  result(document: object, human: string, items: readonly object[] = [document]): void {
    if (this.format === 'table') this.out.write(`${legible(human)}\n`);
    else this.write(document, items);
  }

  /**
   * A list: its items in columns for people; `document` with the items in it as JSON, the items alone as JSON Lines and CSV.
   * @param record what CSV has of an item, where the item itself would not always give the same columns
   */
  list<Item extends object>(
    document: object,
    items: readonly Item[],
    columns: Columns<Item>,
    record?: (item: Item) => object,
  ): void {
    if (this.format !== 'table') {
      const flat = this.format === 'csv' && record !== undefined;
      this.write(document, flat ? items.map((item) => record(item)) : items);
      return;
    }
    if (items.length === 0) {
      this.note('nothing found');
      return;
    }
    this.out.write(`${legible(this.columns(items, columns))}\n`);
  }

  /**
   * One of many things that come one by one: a line for people, for programs JSON Lines, with `json` too, or a row of CSV.
   * @param first whether it is the first, which the header of CSV stands before; all have the same fields
   */
  line(document: object, human: string, first: boolean): void {
    if (this.format === 'table') {
      this.out.write(`${legible(human)}\n`);
    } else if (this.format === 'csv') {
      const { header, rows } = tabulate([document]);
      this.putCsv([...(first ? [header] : []), ...rows]);
    } else {
      this.putJson(JSON.stringify(document));
    }
  }

  /** A line for who looks, of words that the command has made plain: with bold, dim, red, yellow and cyan ones. */
  draw(line: string): void {
    this.out.write(`${legibleColored(line)}\n`);
  }

  /** Items as a table: as many of the columns, from the first, as there is room for. A note names the others. */
  columns<Item>(items: readonly Item[], columns: Columns<Item>): string {
    const head = columns.map(([name]) => name);
    const texts = columns.map(([, , kind]) => kind === 'text');
    const rows = items.map((item) => columns.map(([, cell]) => plainText(cell(item))));
    const widths = fitting(naturalWidths(head, rows), texts, this.width);
    const left = head.slice(widths.length);
    if (left.length > 0 && this.format === 'table') {
      this.note(`no room for ${left.join(', ')}: --output csv or json has everything`);
    }
    const shown = rows.map((row) =>
      widths.map((width, index) =>
        texts[index] === true ? cutOff(row[index] ?? '', width) : (row[index] ?? ''),
      ),
    );
    return this.table(head.slice(0, widths.length), shown);
  }

  /** Something on the way; never on standard output. */
  note(line: string): void {
    if (!this.quiet) this.err.write(`${wrap(legible(line), widthOfStream(this.err))}\n`);
  }

  /** A table with a head, as wide as the terminal allows. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const plain = rows.map((row) => row.map((cell) => plainText(cell)));
    return drawTable(head, plain, this.width, this.colors.bold);
  }

  /** Names beside their values. */
  pairs(rows: readonly (readonly [string, string])[]): string {
    const width = Math.max(...rows.map(([name]) => name.length));
    const room = Math.max(20, this.width - width - 2);
    const indent = `\n${' '.repeat(width + 2)}`;
    return rows
      .map(([name, value]) => {
        const lines = fold(plainText(value), room).join(indent);
        return `${this.colors.dim(plainText(name).padEnd(width))}  ${lines}`;
      })
      .join('\n');
  }

  private write(document: object, items: readonly object[]): void {
    if (this.format === 'json') {
      this.putJson(JSON.stringify(document, null, 2));
    } else if (this.format === 'jsonl') {
      for (const item of items) this.putJson(JSON.stringify(item));
    } else {
      const { header, rows } = tabulate(items);
      if (header.length > 0) this.putCsv([header, ...rows]);
    }
  }

  /** Programs get what there is; a terminal is not to be told what to do. */
  private putJson(json: string): void {
    this.out.write(`${this.out.isTTY ? escapedJson(json) : json}\n`);
  }

  private putCsv(rows: readonly Parameters<typeof csvLine>[0][]): void {
    const lines = rows.map((row) => csvLine(row)).join('');
    this.out.write(this.out.isTTY ? plainText(lines.replaceAll('\r\n', '\n')) : lines);
  }
}
