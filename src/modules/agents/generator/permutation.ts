import { threefry2x32, type RandomKey } from '../../../engine/random.js';

const MAX_SIZE = 2 ** 31;

/**
 * A keyed bijection of [0, size): it shuffles without remembering, so that n indices get n different places however
 * they are asked for. Multiply-and-xorshift rounds permute the next power of two; an image outside is permuted again
 * until it falls inside (cycle walking; Black and Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002).
 * Not for security.
 */
export class KeyedPermutation {
  private readonly mask: number;
  private readonly shift: number;
  private readonly multipliers: readonly [number, number];
  private readonly offsets: readonly [number, number];

  /** @param size 1 to 2^31 */
  constructor(
    readonly size: number,
    key: RandomKey,
  ) {
    if (!Number.isInteger(size) || size < 1 || size > MAX_SIZE) {
      throw new RangeError(`a permutation has 1 to 2^31 places, not ${size}`);
    }
    const bits = size === 1 ? 0 : 32 - Math.clz32(size - 1);
    this.mask = bits === 0 ? 0 : 0xffffffff >>> (32 - bits);
    this.shift = Math.max(1, (bits + 1) >> 1);
    const words = new Uint32Array(2);
    threefry2x32(key, 0, 0, words);
    this.multipliers = [(words[0] as number) | 1, (words[1] as number) | 1];
    threefry2x32(key, 0, 1, words);
    this.offsets = [words[0] as number, words[1] as number];
  }

  /** @param index an integer in [0, size) */
  at(index: number): number {
    let place = index;
    do place = this.permute(place);
    while (place >= this.size);
    return place;
  }

  private permute(value: number): number {
    const { mask, shift, multipliers, offsets } = this;
    let x = (Math.imul(value + offsets[0], multipliers[0]) & mask) >>> 0;
    x ^= x >>> shift;
    x = (Math.imul(x + offsets[1], multipliers[1]) & mask) >>> 0;
    x ^= x >>> shift;
    x = (Math.imul(x + offsets[0], multipliers[1]) & mask) >>> 0;
    return (x ^ (x >>> shift)) >>> 0;
  }
}
