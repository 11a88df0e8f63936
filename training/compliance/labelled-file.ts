import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { AppError } from '../../src/core/errors/index.js';
import { parseDelimited } from './csv.js';

/** A text of a file somebody brought, whether it is positive, and the group it is counted in. */
export interface LabelledText {
  readonly text: string;
  readonly label: boolean;
  readonly group: string;
}

/** Which columns of a file hold what. */
export interface FileColumns {
  readonly file: string;
  readonly text: string;
  /** One column, or several with commas between of which one positive is enough; without it `all` says. */
  readonly label: string | undefined;
  readonly all: string | undefined;
  readonly group: string | undefined;
}

type Row = Record<string, unknown>;

const POSITIVE = new Set(
  '1 1.0 true t yes y positive hateful hate toxic abusive offensive spam scam phishing injection jailbreak malicious attack unsafe harmful flagged sexist unsafe'.split(
    ' ',
  ),
);
const NEGATIVE = new Set(
  '0 0.0 false f no n negative non-hateful nonhateful not-hateful nothate not-hate none ham neither neutral benign safe legit legitimate clean normal non-toxic not-toxic not-sexist null'.split(
    ' ',
  ),
);

const refuse = (field: string, message: string): AppError =>
  new AppError('invalid', 'evaluation_invalid', `--${field}: ${message}`, [{ field, message }]);

function readRows(file: string): Row[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw refuse('file', `${file} cannot be read; it takes a CSV, TSV, JSON or JSONL file`);
  }
  const kind = extname(file).toLowerCase();
  if (kind === '.csv') return parseDelimited(text, ',');
  if (kind === '.tsv' || kind === '.tab') return parseDelimited(text, '\t');
  if (kind === '.json' || kind === '.jsonl' || kind === '.ndjson')
    return parseJson(file, text, kind === '.json');
  throw refuse('file', `${file} ends in '${kind}'; it takes .csv, .tsv, .json or .jsonl`);
}

function parseJson(file: string, text: string, whole: boolean): Row[] {
  try {
    const rows: unknown = whole
      ? JSON.parse(text)
      : text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line): unknown => JSON.parse(line));
    if (Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null))
      return rows as Row[];
  } catch {
    // Said below, with what is taken.
  }
  throw refuse('file', `${file} is not ${whole ? 'a JSON list of objects' : 'one JSON object a line'}`);
}

/** A cell as text; undefined for one that is not there. */
function cell(row: Row, column: string): string | undefined {
  const value = row[column];
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function checkColumn(rows: readonly Row[], field: string, column: string, file: string): void {
  if (rows.some((row) => column in row)) return;
  const known = [...new Set(rows.slice(0, 50).flatMap((row) => Object.keys(row)))].join(', ');
  throw refuse(field, `${file} has no column '${column}'; it has ${known === '' ? 'no rows' : known}`);
}

function readLabel(value: string | undefined, place: string, lenient: boolean): boolean {
  const word = (value ?? '').trim().toLowerCase().replaceAll(/[ _]/gu, '-');
  if (POSITIVE.has(word)) return true;
  if (NEGATIVE.has(word) || (lenient && word === '')) return false;
  throw refuse(
    'label',
    `${place} is '${value ?? ''}'; a label is 1 or 0, true or false, hateful or non-hateful, toxic, spam, injection, unsafe or their opposites`,
  );
}

/**
 * The labelled texts of a file.
 * @throws AppError naming the option and what it takes, when the file, a column or a label cannot be read
 */
export function readLabelled({ file, text, label, all, group }: FileColumns): LabelledText[] {
  const rows = readRows(file);
  checkColumn(rows, 'text', text, file);
  const columns = label?.split(',').map((name) => name.trim()) ?? [];
  if (columns.length === 0 && all === undefined) {
    throw refuse('label', 'name the column that says whether a text is positive, or give --all 1 or --all 0');
  }
  for (const column of columns) checkColumn(rows, 'label', column, file);
  if (group !== undefined) checkColumn(rows, 'group', group, file);
  const everyLabel = columns.length === 0 && readLabel(all, '--all', false);
  return rows.map((row, index) => ({
    text: cell(row, text) ?? '',
    label:
      columns.length === 0
        ? everyLabel
        : columns.some((name) =>
            readLabel(cell(row, name), `'${name}' of row ${index + 1}`, columns.length > 1),
          ),
    group: group === undefined ? '' : (cell(row, group) ?? ''),
  }));
}
