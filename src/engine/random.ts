/** The 64-bit key of a random stream, as two unsigned 32-bit words. */
export interface RandomKey {
  readonly k0: number;
  readonly k1: number;
}

const PARITY = 0x1bd11bda;

/**
 * Threefry-2x32 with 13 rounds: a counter-based generator, so that a draw depends on its key and counter alone and on
 * no draw before it. Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC11.
 * @param out receives the two unsigned 32-bit words of the block
 */
export function threefry2x32(key: RandomKey, c0: number, c1: number, out: Uint32Array): void {
  const k0 = key.k0 | 0;
  const k1 = key.k1 | 0;
  const k2 = PARITY ^ k0 ^ k1;
  let x0 = (c0 + k0) | 0;
  let x1 = (c1 + k1) | 0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
  x0 = (x0 + k1) | 0;
  x1 = (x1 + k2 + 1) | 0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 29) | (x1 >>> 3)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 16) | (x1 >>> 16)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 24) | (x1 >>> 8)) ^ x0;
  x0 = (x0 + k2) | 0;
  x1 = (x1 + k0 + 2) | 0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 13) | (x1 >>> 19)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 15) | (x1 >>> 17)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 26) | (x1 >>> 6)) ^ x0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 6) | (x1 >>> 26)) ^ x0;
  x0 = (x0 + k0) | 0;
  x1 = (x1 + k1 + 3) | 0;
  x0 = (x0 + x1) | 0;
  x1 = ((x1 << 17) | (x1 >>> 15)) ^ x0;
  out[0] = x0;
  out[1] = x1;
}

/**
 * A 64-bit key from text, the same on every machine. Two independent lanes of a multiply-xorshift hash over UTF-16
 * code units with a Murmur3 finaliser; not for security.
 */
export function keyFromText(text: string): RandomKey {
  let a = 0x9e3779b9 ^ text.length;
  let b = 0x85ebca6b ^ text.length;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0xcc9e2d51);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(b ^ unit, 0x1b873593);
    b = (b << 13) | (b >>> 19);
  }
  return { k0: finalise(a ^ (b >>> 3)), k1: finalise(b ^ (a << 5)) };
}

function finalise(word: number): number {
  let x = word;
  x ^= x >>> 16;
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/**
 * A sequence of draws for one subject (an agent, a draft, a tick) under a key: draw n is a pure function of
 * (key, subject, n). `subject` is an unsigned 32-bit number.
 */
export class RandomStream {
  private readonly block = new Uint32Array(2);
  private counter = 0;
  private spare = false;

  constructor(
    private key: RandomKey,
    private subject: number,
  ) {}

  /** Points this stream at the first draw of another subject, without allocating. */
  restart(subject: number, key: RandomKey = this.key): void {
    this.key = key;
    this.subject = subject;
    this.counter = 0;
    this.spare = false;
  }

  /** An unsigned 32-bit integer. */
  uint32(): number {
    if (this.spare) {
      this.spare = false;
      return this.block[1] as number;
    }
    threefry2x32(this.key, this.subject, this.counter, this.block);
    this.counter += 1;
    this.spare = true;
    return this.block[0] as number;
  }

  /** An integer in [0, bound), 1 ≤ bound ≤ 2^20; its bias is below bound / 2^32, and it always takes one draw. */
  below(bound: number): number {
    return Math.floor((this.uint32() * bound) / 4294967296);
  }

  /** A number in [0, 1), a multiple of 2^-32. */
  unit(): number {
    return this.uint32() / 4294967296;
  }
}
