import { zeros } from './columns.js';
/** Columns a checkpoint may hold, by the names that stand in it. */
const KINDS = { Int8Array, Uint8Array, Int32Array, Uint32Array, Float32Array, Float64Array } as const;
type KindName = keyof typeof KINDS;
type AnyColumn = InstanceType<(typeof KINDS)[KindName]>;

/** Raised whenever what a checkpoint holds, or means, is another. */
const VERSION = 2;
const MAGIC = 0x4b43_5a41;
const HEAD_BYTES = 12;
const ALIGNMENT = 8;

/** Bytes that are no checkpoint of this version, or not one of this run. */
export class CheckpointError extends Error {}

/** Objects whose own columns and numbers are the state, by name. */
export type Stores = Readonly<Record<string, object>>;

interface Header {
  readonly columns: readonly { readonly path: string; readonly kind: KindName; readonly length: number }[];
  readonly numbers: Readonly<Record<string, number>>;
  /** What is neither, as JSON. */
  readonly rest: unknown;
}

/** Writes the columns and numbers of stores, and what is given besides, as one block of bytes: the same state, the same bytes. */
export function writeCheckpoint(stores: Stores, rest: unknown): Uint8Array {
  const columns = columnsOf(stores);
  const header: Header = {
    columns: columns.map(({ path, column }) => ({ path, kind: kindOf(column), length: column.length })),
    numbers: numbersOf(stores),
    rest,
  };
  const text = utf8(JSON.stringify(header));
  const start = aligned(HEAD_BYTES + text.length);
  const size = columns.reduce((sum, { column }) => sum + aligned(column.byteLength), start);
  const bytes = new Uint8Array(size);
  const head = new DataView(bytes.buffer);
  head.setUint32(0, MAGIC, true);
  head.setUint32(4, VERSION, true);
  head.setUint32(8, text.length, true);
  bytes.set(text, HEAD_BYTES);
  let at = start;
  for (const { column } of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += aligned(column.byteLength);
  }
  return bytes;
}

/**
 * Puts a checkpoint into stores like those it was written from.
 * @returns what was given besides
 * @throws CheckpointError
 */
export function readCheckpoint(bytes: Uint8Array, stores: Stores): unknown {
  const { header, start } = headOf(bytes);
  const known = new Map(columnsOf(stores).map((each) => [each.path, each]));
  let at = start;
  for (const { path, kind, length } of header.columns) {
    const place = known.get(path);
    if (place === undefined || kindOf(place.column) !== kind)
      throw new CheckpointError(`the checkpoint has a column ${path} that there is not here`);
    const size = length * place.column.BYTES_PER_ELEMENT;
    if (at + size > bytes.length) throw new CheckpointError('the checkpoint is cut off');
    const column = zeros<AnyColumn>(KINDS[kind], length);
    new Uint8Array(column.buffer).set(bytes.subarray(at, at + size));
    Reflect.set(place.store, place.name, column);
    at += aligned(size);
  }
  for (const [path, value] of Object.entries(header.numbers)) {
    const [store = '', name = ''] = path.split('.');
    Reflect.set(stores[store] ?? {}, name, value);
  }
  return header.rest;
}

function headOf(bytes: Uint8Array): { header: Header; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD_BYTES || view.getUint32(0, true) !== MAGIC)
    throw new CheckpointError('these bytes are no checkpoint');
  const version = view.getUint32(4, true);
  if (version !== VERSION)
    throw new CheckpointError(
      `the checkpoint is of version ${version}, this engine reads version ${VERSION}`,
    );
  const length = view.getUint32(8, true);
  if (HEAD_BYTES + length > bytes.length) throw new CheckpointError('the checkpoint is cut off');
  const header = JSON.parse(textOf(bytes.subarray(HEAD_BYTES, HEAD_BYTES + length))) as Header;
  return { header, start: aligned(HEAD_BYTES + length) };
}

interface Place {
  readonly path: string;
  readonly store: object;
  readonly name: string;
  readonly column: AnyColumn;
}

function columnsOf(stores: Stores): Place[] {
  return Object.entries(stores).flatMap(([of, store]) =>
    Object.entries(store).flatMap(([name, column]: [string, unknown]) =>
      isColumn(column) ? [{ path: `${of}.${name}`, store, name, column }] : [],
    ),
  );
}

function numbersOf(stores: Stores): Record<string, number> {
  const entries = Object.entries(stores).flatMap(([of, store]) =>
    Object.entries(store).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'number' ? [[`${of}.${name}`, value] as const] : [],
    ),
  );
  return Object.fromEntries(entries);
}

function isColumn(value: unknown): value is AnyColumn {
  return Object.values(KINDS).some((Kind) => value instanceof Kind);
}

function kindOf(column: AnyColumn): KindName {
  const found = Object.entries(KINDS).find(([, Kind]) => column instanceof Kind);
  return (found as [KindName, unknown])[0];
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** The header is ASCII: names and numbers alone. */
function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
