/** A growing column of a store. */
export type Column = Int32Array | Uint32Array | Uint8Array | Float32Array | Float64Array;

/** The next capacity that holds `length` elements, doubled so that appending costs constant time a row. */
function capacityFor(current: number, length: number): number {
  return Math.max(length, current * 2, 64);
}

/** `column` itself when it holds `length` elements, else a larger copy whose new part is zero, in memory of the same kind. */
export function withRoom<T extends Column>(column: T, length: number): T {
  if (length <= column.length) return column;
  const capacity = capacityFor(column.length, length);
  const Kind = column.constructor as new (memory: ArrayBufferLike) => T;
  const Memory = column.buffer.constructor as new (bytes: number) => ArrayBufferLike;
  const grown = new Kind(new Memory(capacity * column.BYTES_PER_ELEMENT));
  grown.set(column);
  return grown;
}

/** Adds one to an element. @returns what it was */
export function bump(column: Int32Array | Uint32Array, index: number): number {
  const before = column[index] as number;
  column[index] = before + 1;
  return before;
}
