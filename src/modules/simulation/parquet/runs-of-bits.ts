import { writeVarint } from './thrift.js';

/**
 * Numbers of so many bits in Parquet's hybrid encoding: as one repetition where all are the same, otherwise packed.
 * @param values from 0 to 2^width - 1; a single one is that of every row
 * @param width bits of each, 0 to 24
 */
export function packedBits(values: ArrayLike<number>, length: number, width: number): Buffer {
  const first = length === 0 ? 0 : (values[0] as number);
  // One value stands for all of them.
  let same = Math.min(values.length, length);
  while (same > 0 && values[same - 1] === first) same -= 1;
  if (same === 0) return repeated(first, length, width);
  const groups = Math.ceil(length / 8);
  const head: number[] = [];
  writeVarint(head, groups * 2 + 1);
  const bytes = Buffer.alloc(head.length + groups * width);
  bytes.set(head);
  pack(values, length, width, bytes.subarray(head.length));
  return bytes;
}

function repeated(value: number, length: number, width: number): Buffer {
  const bytes: number[] = [];
  writeVarint(bytes, length * 2);
  for (let shift = 0; shift < width; shift += 8) bytes.push((value >>> shift) & 255);
  return Buffer.from(bytes);
}

/** The lowest bits first, one number behind the other. */
function pack(values: ArrayLike<number>, length: number, width: number, into: Uint8Array): void {
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let n = 0; n < length; n += 1) {
    held |= (values[n] as number) << bits;
    bits += width;
    for (; bits >= 8; bits -= 8) {
      into[at] = held & 255;
      at += 1;
      held >>>= 8;
    }
  }
  if (bits > 0) into[at] = held & 255;
}

/** Bits that a number below a bound needs. */
export function bitsFor(bound: number): number {
  return bound <= 1 ? 0 : 32 - Math.clz32(bound - 1);
}
