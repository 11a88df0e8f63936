/** A value that fits a cell; a list is joined by `|`. */
export type CsvValue = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** A cell, RFC 4180. A spreadsheet runs one that begins like a formula; a quote mark before it makes it text (OWASP, "CSV Injection"). */
export function csvCell(value: CsvValue): string {
  const text = typeof value === 'object' ? (value ?? []).join('|') : String(value);
  const safe = typeof value !== 'number' && /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One record with its line end. */
export function csvRecord(values: readonly CsvValue[]): string {
  return `${values.map((value) => csvCell(value)).join(',')}\r\n`;
}
