/**
 * What a spreadsheet runs when a cell begins with it, the wide forms of East Asian keyboards included (OWASP, "CSV
 * Injection"), after any number of the quote marks that make text of it.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/u;

/**
 * One record of RFC 4180 with its line end; lists are joined by `|`. A text that a spreadsheet would run gets a quote mark
 * before it; numbers stay as they are. A reader gets the text back by taking one quote mark from each cell that
 * matches `^'+[=+\-@\t\r\n＝＋－＠]`.
 */
export function csvLine(cells: readonly (string | number | readonly string[])[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number | readonly string[]): string {
  const text = typeof value === 'object' ? value.join('|') : String(value);
  const safe = typeof value !== 'number' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
