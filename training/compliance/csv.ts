/**
 * The rows of delimited text (RFC 4180: quoted fields may hold the delimiter, line ends and doubled quotes), each as an
 * object by the names of the first row. Empty lines are left out; a row that is short gives empty fields.
 */
export function parseDelimited(text: string, delimiter: ',' | '\t'): Record<string, string>[] {
  const [names = [], ...rows] = parseRows(text.replace(/^\ufeff/u, ''), delimiter);
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name.trim(), row[at] ?? ''])));
}

/** Rows of fields, for files without a row of names. */
export function parseRows(text: string, delimiter: ',' | '\t'): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [field, next] = text[at] === '"' ? quotedField(text, at) : plainField(text, at, delimiter);
    row.push(field);
    at = next;
    if (text[at] === delimiter) {
      at += 1;
      // The line ends in an empty field.
      if (at >= text.length || text[at] === '\n' || text[at] === '\r') row.push('');
      else continue;
    }
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
  }
  return rows;
}

function quotedField(text: string, start: number): [field: string, next: number] {
  let field = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return [field + text.slice(at), text.length];
    field += text.slice(at, quote);
    if (text[quote + 1] !== '"') return [field, quote + 1];
    field += '"';
    at = quote + 2;
  }
}

function plainField(text: string, start: number, delimiter: string): [field: string, next: number] {
  let at = start;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return [text.slice(start, at), at];
}
