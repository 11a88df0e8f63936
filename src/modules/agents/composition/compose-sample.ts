import { readCsv } from '../../../core/documents/index.js';
import { AppError } from '../../../core/errors/index.js';
import type { ComposedAttribute, ComposedSample } from './composition.js';
import type { Findings } from './findings.js';
import { MAX_SAMPLE_CHARACTERS, type PopulationFile } from './population-file.schema.js';
import { rangeOf } from './ranges.js';

/** The most combinations of levels that a sample may have. */
const MAX_COMBINATIONS = 5_000;
const WEIGHT = 'weight';

/** A sample as it was read: the attributes among its columns, and its rows. */
export interface ReadSample {
  readonly path: readonly PropertyKey[];
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** Reads the sample of a file; columns that are no attributes are left out. @param sent the text of the file that it names */
export function readSample(
  file: PopulationFile,
  sent: string | undefined,
  findings: Findings,
): ReadSample | undefined {
  if (file.sample === undefined) {
    if (sent !== undefined) findings.add(['sample'], 'is sent along, and the file names none');
    return undefined;
  }
  const { file: name, csv } = file.sample;
  const path = ['sample', csv === undefined ? 'file' : 'csv'];
  const text = csv ?? sent;
  if ((name === undefined) === (csv === undefined)) findings.add(['sample'], 'has either file or csv');
  else if (text === undefined)
    findings.add(path, 'is not sent along; give its text as csv, or as sample beside the file');
  else if (text.length > MAX_SAMPLE_CHARACTERS)
    findings.add(path, `has ${text.length} characters; ${MAX_SAMPLE_CHARACTERS} is the most`);
  if (findings.some || text === undefined) return undefined;
  const rows = rowsOf(text, name ?? 'csv', path, findings);
  const named = new Set([...Object.keys(file.attributes), ...file.tables.flatMap(({ of }) => of)]);
  const columns = Object.keys(rows[0] ?? {}).filter((column) => named.has(column));
  if (columns.length < 2)
    findings.add(path, 'needs a row of names, two attributes of this file among them, and rows below');
  return { path, columns, rows };
}

function rowsOf(
  text: string,
  source: string,
  path: readonly PropertyKey[],
  findings: Findings,
): Record<string, string>[] {
  try {
    return readCsv(text, source);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    findings.add(path, error.message);
    return [];
  }
}

/** The levels that the columns of a sample have, as they come. */
export function levelsSeen(sample: ReadSample | undefined): Map<string, Set<string>> {
  const columns = sample?.columns ?? [];
  return new Map(columns.map((name) => [name, new Set(sample?.rows.map((row) => row[name] as string))]));
}

/** A sample as combinations of levels, each with how often it was there. */
export function composeSample(
  sample: ReadSample,
  attributes: readonly ComposedAttribute[],
  findings: Findings,
): ComposedSample {
  const { path, columns, rows } = sample;
  const own = columns.map((name) => attributes.find((each) => each.name === name) as ComposedAttribute);
  for (const { name, given } of own)
    if (given.length > 0)
      findings.add(['attributes', name, 'given'], `${name} is in the sample as well; leave out one of them`);
  const combinations = new Map<string, number[]>();
  for (const [at, row] of rows.entries()) {
    const levels = own.map((attribute) => levelOf(attribute, row[attribute.name] ?? ''));
    const wrong = levels.indexOf(-1);
    const weight = row[WEIGHT] === undefined ? 1 : Number(row[WEIGHT] || Number.NaN);
    if (wrong >= 0) {
      const name = columns[wrong] as string;
      findings.add(path, `row ${at + 2}: ${JSON.stringify(row[name])} is no level of ${name}`);
      break;
    }
    if (!(weight >= 0 && weight <= 1e9)) {
      findings.add(path, `row ${at + 2}: weight is a number, 0 or more`);
      break;
    }
    const key = levels.join(' ');
    const known = combinations.get(key) ?? [...levels, 0];
    known[own.length] = (known[own.length] as number) + weight;
    combinations.set(key, known);
  }
  const seen = [...combinations.values()].filter((each) => (each.at(-1) as number) > 0);
  if (seen.length > MAX_COMBINATIONS)
    findings.add(
      path,
      `has ${seen.length} different combinations; ${MAX_COMBINATIONS} is the most: take fewer columns`,
    );
  if (seen.length === 0) findings.add(path, 'has nobody in it');
  return { of: columns, rows: seen };
}

/** The place of a level in an attribute, by its text or by a number within it; -1 for none. */
function levelOf({ kind, levels }: ComposedAttribute, text: string): number {
  const place = levels.indexOf(text);
  if (place >= 0 || kind === 'category' || text.trim() === '') return place;
  const number = Number(text);
  return levels.findIndex((level) => {
    const [from = 1, to = 0] = rangeOf(level) ?? [];
    return number >= from && number <= to;
  });
}
