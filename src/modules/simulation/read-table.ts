import { csvRecords, CsvMistake, type CsvRecord } from '../../core/documents/index.js';

/** A CSV text in which every record has a field for each name. */
export interface Table {
  /** In lower case. */
  names: string[];
  rows: CsvRecord[];
}

/**
 * Reads CSV; blanks around names and fields do not count.
 * @param wrong words a mistake of a line
 * @throws what `wrong` makes
 */
export function readTable(text: string, wrong: (line: number, problem: string) => Error): Table {
  const [names, ...rows] = recordsOf(text, wrong).map(({ line, fields }) => ({
    line,
    fields: fields.map((field) => field.trim()),
  }));
  const table = {
    names: (names?.fields ?? []).map((name) => name.toLowerCase()),
    rows: rows.filter(({ fields }) => fields.length > 1 || fields[0] !== ''),
  };
  for (const { line, fields } of table.rows)
    if (fields.length !== table.names.length)
      throw wrong(line, `has ${fields.length} fields, and the first line names ${table.names.length}`);
  return table;
}

function recordsOf(text: string, wrong: (line: number, problem: string) => Error): CsvRecord[] {
  try {
    return csvRecords(text);
  } catch (error) {
    throw error instanceof CsvMistake ? wrong(error.line, error.message) : error;
  }
}
