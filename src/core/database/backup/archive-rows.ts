import { ArchiveReader, type ReadOptions } from './archive-reader.js';
import { tableSection } from './archive-format.js';
import type { Manifest } from './manifest.js';

/** A row of a table, by column; what is null is not there. */
export interface ArchivedRow {
  table: string;
  values: ReadonlyMap<string, string>;
}

const NEWLINE = 10;
const NULL = '\\N';
/** What text of COPY writes in two signs; a backslash stands for itself. */
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/**
 * The rows of some tables of an archive that was found good, by text of COPY.
 * @param tables names; those that the archive does not have are passed over
 * @throws ArchiveInvalidError, ArchiveMissingError
 */
export async function* archivedRows(
  path: string,
  manifest: Manifest,
  tables: ReadonlySet<string>,
  options: ReadOptions = {},
): AsyncGenerator<ArchivedRow> {
  const wanted = manifest.tables.filter(({ name }) => tables.has(name));
  const columnsOf = new Map(wanted.map(({ name, columns }) => [tableSection(name), { name, columns }]));
  for await (const { name: section, pieces } of new ArchiveReader(path, options).sections()) {
    const table = columnsOf.get(section);
    if (table === undefined) {
      // The next section begins where this one was read to its end.
      for await (const _ of pieces);
      continue;
    }
    for await (const line of lines(pieces)) {
      const fields = line.split('\t');
      const values = table.columns.flatMap((column, index) => {
        const field = fields[index];
        return field === undefined || field === NULL ? [] : [[column, unescaped(field)] as const];
      });
      yield { table: table.name, values: new Map(values) };
    }
  }
}

/** Lines that end within a piece, or go on in the next. */
async function* lines(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let begun: Buffer[] = [];
  for await (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...begun, piece.subarray(start, end)]).toString('utf8');
      begun = [];
      start = end + 1;
    }
    begun.push(piece.subarray(start));
  }
}

function unescaped(field: string): string {
  return field.replaceAll(/\\(.)/gs, (_, sign: string) => ESCAPES[sign] ?? sign);
}
