import { combine, hashText } from './hashing.js';

/** Buckets of the table of letters as they stand. */
const SURFACE_BITS = 16;
export const SURFACE_BUCKETS = 1 << SURFACE_BITS;

/** So many units are read together; of a longer text the strongest part counts. */
export const SURFACE_UNITS = 1000;

const SIZES = [2, 3, 4, 5];
const SEEDS = SIZES.map((size) => hashText(`surface:${size}`));
const WORD = hashText('surface:word');
const PAIR = hashText('surface:pair');
const SHAPE = hashText('surface:shape');
const START = hashText('^');
const SPACE = 0x20;
const DIGIT = 0x30;

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/**
 * Hashed runs of two to five characters, words and pairs of words of a folded text as they stand, any digit as one: what
 * is said with links, short codes, prices and abbreviations shows in its form more than in its meaning.
 */
export class SurfaceFeatures {
  readonly buckets = new Int32Array(SURFACE_UNITS * (SIZES.length + 1) * 2);
  length = 0;
  private readonly seen = new Int32Array(SURFACE_BUCKETS);
  private reading = 0;

  /**
   * Reads the units from `from` up to `to`, at most SURFACE_UNITS of them; each bucket is listed once.
   * @param shape what the text as a whole looks like: hashes of `textShape`
   */
  read(units: Uint16Array, from: number, to: number, shape: readonly number[]): void {
    this.length = 0;
    this.reading += 1;
    let start = from;
    let before = START;
    for (let at = from; at <= to; at += 1) {
      if (at < to && units[at] !== SPACE) continue;
      if (at > start) {
        const word = this.readWord(units, start, at);
        this.add(combine(WORD, word));
        this.add(combine(combine(PAIR, before), word));
        before = word;
      }
      start = at + 1;
    }
    for (const each of shape) this.add(combine(SHAPE, each));
  }

  /** Reads the letters of a word with a space on either side; returns its hash. */
  private readWord(units: Uint16Array, from: number, to: number): number {
    let word = 0;
    for (let start = from - 1; start < to; start += 1) {
      let hash = 0;
      for (let size = 1; size <= 5; size += 1) {
        const at = start + size - 1;
        if (at > to) break;
        const unit = at < from || at === to ? SPACE : (units[at] as number);
        hash = combine(hash, isDigit(unit) ? DIGIT : unit);
        if (size > 1) this.add(combine(SEEDS[size - 2] as number, hash));
        else word = combine(word, hash);
      }
    }
    return word;
  }

  private add(hash: number): void {
    const bucket = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> (32 - SURFACE_BITS);
    if (this.seen[bucket] === this.reading) return;
    this.seen[bucket] = this.reading;
    this.buckets[this.length] = bucket;
    this.length += 1;
  }
}
