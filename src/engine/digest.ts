/**
 * A running 64-bit fingerprint of 32-bit words: two lanes of MurmurHash3's mixing with different constants (Austin Appleby,
 * public domain). Each word depends on all words before it. Not for security.
 */
export class Digest {
  private low = 0x9747b28c | 0;
  private high = 0x3c6ef372 | 0;

  /** Takes in one word, signed or unsigned. */
  add(word: number): void {
    let k = Math.imul(word, 0xcc9e2d51);
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    const low = this.low ^ k;
    this.low = (Math.imul((low << 13) | (low >>> 19), 5) + 0xe6546b64) | 0;
    k = Math.imul(word ^ this.low, 0x85ebca6b);
    const high = this.high ^ ((k << 16) | (k >>> 16));
    this.high = (Math.imul((high << 11) | (high >>> 21), 9) + 0x38b34ae5) | 0;
  }

  /** The lower half, an unsigned 32-bit number. */
  get value(): number {
    return this.low >>> 0;
  }

  /** Both halves as 16 hexadecimal digits. */
  toString(): string {
    return hex(this.high) + hex(this.low);
  }

  /** The state, to go on from elsewhere with {@link restore}. */
  save(): readonly [number, number] {
    return [this.low, this.high];
  }

  restore([low, high]: readonly [number, number]): void {
    this.low = low;
    this.high = high;
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
