/** One record of RFC 4180 with its line end; lists are joined by `|`. */
export function csvLine(cells: readonly (string | number | readonly string[])[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A spreadsheet runs a cell that begins like a formula; a quote mark before it makes it text (OWASP, "CSV Injection"). */
function csvCell(value: string | number | readonly string[]): string {
  const text = typeof value === 'object' ? value.join('|') : String(value);
  const formula = typeof value !== 'number' && /^[=+\-@\t\r]/u.test(text);
  const safe = formula ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
