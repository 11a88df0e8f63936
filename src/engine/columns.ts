/** The next capacity that holds `length` elements, doubled so that appending costs constant time a row. */
function capacityFor(current: number, length: number): number {
  return Math.max(length, current * 2, 64);
}

/** `column` itself when it holds `length` elements, else a larger copy whose new part is zero. */
export function withRoom(column: Int32Array, length: number): Int32Array {
  if (length <= column.length) return column;
  const grown = new Int32Array(capacityFor(column.length, length));
  grown.set(column);
  return grown;
}

/** {@link withRoom} for single-precision columns. */
export function withFloatRoom(column: Float32Array, length: number): Float32Array {
  if (length <= column.length) return column;
  const grown = new Float32Array(capacityFor(column.length, length));
  grown.set(column);
  return grown;
}
