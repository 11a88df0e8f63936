import { AppError } from '../errors/index.js';

/** The rows of a CSV text (RFC 4180), each by the names of the first; a line end within quotes belongs to its field. */
export function readCsv(text: string, source: string): Record<string, string>[] {
  const [names = [], ...rows] = rowsOf(text.startsWith('\ufeff') ? text.slice(1) : text, source);
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name.trim(), row[at] ?? ''])));
}

function rowsOf(text: string, source: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length;) {
    const { field, end } = text[at] === '"' ? quoted(text, at, source) : plain(text, at);
    row.push(field);
    at = end;
    if (text[at] === ',') {
      at += 1;
      if (at === text.length) row.push('');
      continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

function plain(text: string, start: number): { field: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { field: text.slice(start, end), end };
}

function quoted(text: string, start: number, source: string): { field: string; end: number } {
  let field = '';
  for (let at = start + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw new AppError('invalid', 'csv_invalid', `${source}: a quotation mark is not closed`);
    field += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { field, end: quote + 1 };
    field += '"';
    at = quote + 2;
  }
}
