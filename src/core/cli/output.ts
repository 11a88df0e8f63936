import Table from 'cli-table3';
import { createColors } from 'picocolors';
import type { AppError, ErrorKind } from '../errors/index.js';

/** Exit codes; documented in `--help` and the README. */
export const EXIT_CODES: Record<ErrorKind, number> = {
  invalid: 2,
  not_found: 3,
  gone: 3,
  unauthenticated: 4,
  forbidden: 4,
  conflict: 5,
  precondition_failed: 5,
  precondition_required: 2,
  refused: 6,
  unavailable: 7,
};
export const EXIT_INTERNAL = 1;
export const EXIT_USAGE = 2;

export function exitCodeOf(error: AppError): number {
  return EXIT_CODES[error.kind];
}

/** What a command prints: for people, or one JSON document with `--json`. Colours only on a terminal. */
export class Output {
  readonly interactive: boolean;
  readonly colors: ReturnType<typeof createColors>;

  constructor(
    readonly json: boolean,
    private readonly out: NodeJS.WriteStream = process.stdout,
    private readonly err: NodeJS.WriteStream = process.stderr,
  ) {
    this.interactive = err.isTTY && !json;
    this.colors = createColors(out.isTTY && !('NO_COLOR' in process.env));
  }

  /** The result: `human` for people, `document` for programs. */
  result(document: object, human: string): void {
    this.out.write(this.json ? `${JSON.stringify(document, null, 2)}\n` : `${human}\n`);
  }

  /** Something on the way; never on standard output. */
  note(line: string): void {
    this.err.write(`${line}\n`);
  }

  /** A table with a head, as wide as the terminal allows. */
  table(head: string[], rows: string[][]): string {
    const table = new Table({
      head: head.map((name) => this.colors.bold(name)),
      style: { head: [], border: [], compact: true },
      wordWrap: true,
    });
    table.push(...rows);
    return table.toString();
  }

  /** Names beside their values. */
  pairs(rows: readonly (readonly [string, string])[]): string {
    const width = Math.max(...rows.map(([name]) => name.length));
    return rows.map(([name, value]) => `${this.colors.dim(name.padEnd(width))}  ${value}`).join('\n');
  }
}
