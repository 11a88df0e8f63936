/** A growing column of a store. */
export type Column =
  Int8Array | Int32Array | Uint32Array | Uint16Array | Uint8Array | Float32Array | Float64Array;

/** The next capacity that holds `length` elements, doubled so that appending costs constant time a row. */
function capacityFor(current: number, length: number): number {
  return Math.max(length, current * 2, 64);
}

/** Bytes from which a column's memory grows where it stands. */
const LARGE = 1 << 20;
/** Times its size that such a column can grow to before it moves; only addresses are set aside for it, no memory. */
const HEADROOM = 64;

/**
 * `column` itself when it holds `length` elements, else a larger one whose new part is zero. The memory of a large one grows where it
 * stands, and is shared: copies of it, and every 64 MB of it that the heap is told of, would have all of the heap collected.
 */
export function withRoom<T extends Column>(column: T, length: number): T {
  if (length <= column.length) return column;
  const bytes = capacityFor(column.length, length) * column.BYTES_PER_ELEMENT;
  const Kind = column.constructor as new (memory: ArrayBufferLike, offset?: number, length?: number) => T;
  const { buffer } = column;
  if (buffer instanceof SharedArrayBuffer && bytes <= buffer.maxByteLength) {
    buffer.grow(bytes);
    return new Kind(buffer, 0, bytes / column.BYTES_PER_ELEMENT);
  }
  const memory =
    bytes < LARGE
      ? new ArrayBuffer(bytes)
      : new SharedArrayBuffer(bytes, { maxByteLength: bytes * HEADROOM });
  const grown = new Kind(memory, 0, bytes / column.BYTES_PER_ELEMENT);
  grown.set(column);
  return grown;
}

/** What a kind of column is made by. */
interface Kind<T extends Column> {
  readonly BYTES_PER_ELEMENT: number;
  new (memory: ArrayBufferLike): T;
}

/** So many zeros; many of them in shared memory, for the same reason as in {@link withRoom}. */
export function zeros<T extends Column>(kind: Kind<T>, length: number): T {
  const bytes = length * kind.BYTES_PER_ELEMENT;
  return new kind(bytes < LARGE ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes));
}

/** Adds one to an element. @returns what it was */
export function bump(column: Int32Array | Uint32Array, index: number): number {
  const before = column[index] as number;
  column[index] = before + 1;
  return before;
}
