import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '../errors/index.js';

/** A record of a CSV text. */
export interface CsvRecord {
  /** On which it ends, from 1. */
  line: number;
  fields: string[];
}

/** A CSV text that cannot be read. */
export class CsvMistake extends Error {
  constructor(
    readonly line: number,
    problem: string,
  ) {
    super(problem);
  }
}

/**
 * The records of a CSV text (RFC 4180), the names of the columns first; a line end within quotes belongs to its field, and lines without
 * a character are left out.
 * @throws CsvMistake
 */
export function csvRecords(text: string): CsvRecord[] {
  try {
    // The types of csv-parse do not know what `info` does.
    const records = parse(text, {
      bom: true,
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    return records.map(({ info, record }) => ({ line: info.lines, fields: record }));
  } catch (error) {
    if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED')
      throw new CsvMistake(Number(error['lines']), 'a quotation mark is not closed');
    throw error;
  }
}

/** The records of a CSV text, each by the names of the first. @throws AppError `csv_invalid` */
export function readCsv(text: string, source: string): Record<string, string>[] {
  const [names, ...records] = recordsOf(text, source);
  return records.map(({ fields }) =>
    Object.fromEntries((names?.fields ?? []).map((name, at) => [name.trim(), fields[at] ?? ''])),
  );
}

function recordsOf(text: string, source: string): CsvRecord[] {
  try {
    return csvRecords(text);
  } catch (error) {
    if (error instanceof CsvMistake)
      throw new AppError('invalid', 'csv_invalid', `${source}:${error.line}: ${error.message}`);
    throw error;
  }
}
