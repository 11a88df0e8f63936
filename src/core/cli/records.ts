type Scalar = string | number | boolean | null;
/** What a cell takes: a list is joined by `|`. */
type Cell = string | number | readonly string[];

/** A document as one flat record: names of nested fields are joined by dots, lists of objects stay JSON. */
export function flatten(document: object): Map<string, Cell> {
  const record = new Map<string, Cell>();
  collect(document, '', record);
  return record;
}

function collect(value: unknown, name: string, record: Map<string, Cell>): void {
  if (Array.isArray(value)) {
    const flat = value.every((item) => typeof item !== 'object' || item === null);
    record.set(name, flat ? value.map((item) => text(item as Scalar)) : JSON.stringify(value));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      collect(child, name === '' ? key : `${name}.${key}`, record);
    }
  } else if (value !== undefined) {
    record.set(name, typeof value === 'number' ? value : text(value as Scalar));
  }
}

function text(value: Scalar): string {
  return value === null ? '' : String(value);
}

/** Records under one header: every name that one of them has, in the order of their first appearance. */
export function tabulate(documents: readonly object[]): { header: string[]; rows: Cell[][] } {
  const records = documents.map((document) => flatten(document));
  const header = [...new Set(records.flatMap((record) => [...record.keys()]))];
  return { header, rows: records.map((record) => header.map((name) => record.get(name) ?? '')) };
}
