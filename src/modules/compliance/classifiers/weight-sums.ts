import type { Features } from './features.js';
import { COLUMNS } from './heads.js';

/** Four weights of one byte lie in one number; a row is so many numbers. */
const ROW = COLUMNS / 4;
/** Turns the four signed bytes of a number into unsigned ones, each 128 more. */
const UNSIGN = 0x80808080;
const OFFSET = 128;
/** The bytes 0 and 2 of a number, with room for a sum beside each. */
const LANES = 0x00ff00ff;
/** So many unsigned bytes fit into the 16 bits of a lane. */
const FULL = 257;

/**
 * Sums of the rows of a weight table, two columns at a time in the halves of one number: the sums are those of adding the
 * signed bytes one by one.
 */
export class WeightSums {
  private readonly packed: Int32Array;

  /** @param weights by bucket, then column; at a multiple of four bytes of its buffer */
  constructor(weights: Int8Array) {
    this.packed = new Int32Array(weights.buffer, weights.byteOffset, weights.length / 4);
  }

  /** Writes per column what the features of a family sum up to into `sums`, from `to` on. */
  write({ buckets, families, length }: Features, family: number, sums: Int32Array, to: number): void {
    const { packed } = this;
    sums.fill(0, to, to + COLUMNS);
    let at = 0;
    while (at < length) {
      // Named one by one they stay in registers; an array of them takes twice as long.
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      let e = 0;
      let f = 0;
      let count = 0;
      for (; at < length && count < FULL; at += 1) {
        if (families[at] !== family) continue;
        const row = (buckets[at] as number) * ROW;
        const first = (packed[row] as number) ^ UNSIGN;
        const second = (packed[row + 1] as number) ^ UNSIGN;
        const third = (packed[row + 2] as number) ^ UNSIGN;
        a = (a + (first & LANES)) | 0;
        b = (b + ((first >>> 8) & LANES)) | 0;
        c = (c + (second & LANES)) | 0;
        d = (d + ((second >>> 8) & LANES)) | 0;
        e = (e + (third & LANES)) | 0;
        f = (f + ((third >>> 8) & LANES)) | 0;
        count += 1;
      }
      const lanes = [a, b, c, d, e, f];
      for (let column = 0; column < COLUMNS; column += 1) {
        const lane = lanes[(column >> 2) * 2 + (column & 1)] as number;
        const sum = (column & 2) === 0 ? lane & 0xffff : lane >>> 16;
        sums[to + column] = (sums[to + column] as number) + sum - OFFSET * count;
      }
    }
  }
}
