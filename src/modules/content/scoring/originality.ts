import { rounded } from './rounded.js';

/** Hashes of a signature; the standard error of an estimate is at most 1 / (2 · √64) = 0.0625. */
const HASHES = 64;
/** Two hashes make a band: a text that shares 30 % of its sequences is found with 95 %, one that shares half with 99.99 %. */
const ROWS = 2;
const BANDS = HASHES / ROWS;
/** The first size of the store, in texts. */
const FIRST = 1_024;

/** Odd multipliers and offsets of the hash family x → (a·x + b) mod 2³², from the finaliser of Murmur3. */
const FACTORS = Int32Array.from({ length: HASHES }, (_, i) => mixed(2 * i + 1) | 1);
const OFFSETS = Int32Array.from({ length: HASHES }, (_, i) => mixed(2 * i + 2));

function mixed(word: number): number {
  let x = Math.imul(word, 0x9e3779b9);
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) | 0;
}

/**
 * The texts that there were, to say how original another one is: 1 − the highest estimated Jaccard similarity of its
 * three-word sequences to an earlier text. MinHash signatures (Broder 1997) in a table for each of 32 bands (Indyk and
 * Motwani 1998); a place of a table names the latest text there, so memory is about 300 bytes a text and each text takes
 * the same time. The result depends on the texts and their order alone.
 */
export class EarlierTexts {
  private count = 0;
  private signatures = new Uint16Array(FIRST * HASHES);
  private readonly tables: Int32Array;
  private readonly mask: number;
  private readonly minima = new Int32Array(HASHES);

  /** @param expected about how many texts there will be: more are fine, and some likeness may be missed */
  constructor(expected: number) {
    const places = 2 ** Math.ceil(Math.log2(Math.max(expected, FIRST)));
    this.mask = places - 1;
    this.tables = new Int32Array(places * BANDS);
  }

  /** How original a text is, in [0, 1], beside those that were added before; it counts as an earlier one from now on. */
  add(sequences: ReadonlySet<number>): number {
    this.sign(sequences);
    const candidates = new Set<number>();
    for (let band = 0; band < BANDS; band += 1) {
      const place = this.place(band);
      const known = this.tables[place] ?? 0;
      if (known > 0) candidates.add(known - 1);
      this.tables[place] = this.count + 1;
    }
    let closest = 0;
    for (const candidate of candidates) closest = Math.max(closest, this.likeness(candidate));
    this.keep();
    return rounded(1 - closest);
  }

  private sign(sequences: ReadonlySet<number>): void {
    this.minima.fill(0x7fffffff);
    for (const sequence of sequences) {
      for (let i = 0; i < HASHES; i += 1) {
        let hash = (Math.imul(FACTORS[i] ?? 0, sequence) + (OFFSETS[i] ?? 0)) | 0;
        hash ^= hash >>> 15;
        if (hash < (this.minima[i] ?? 0)) this.minima[i] = hash;
      }
    }
  }

  private place(band: number): number {
    const at = band * ROWS;
    const hash = mixed(Math.imul(this.minima[at] ?? 0, 31) ^ (this.minima[at + 1] ?? 0) ^ band);
    return band * (this.mask + 1) + (hash & this.mask);
  }

  private likeness(candidate: number): number {
    let equal = 0;
    const from = candidate * HASHES;
    for (let i = 0; i < HASHES; i += 1)
      if (this.signatures[from + i] === ((this.minima[i] ?? 0) & 0xffff)) equal += 1;
    return equal / HASHES;
  }

  private keep(): void {
    const from = this.count * HASHES;
    if (from + HASHES > this.signatures.length) {
      const larger = new Uint16Array(this.signatures.length * 2);
      larger.set(this.signatures);
      this.signatures = larger;
    }
    for (let i = 0; i < HASHES; i += 1) this.signatures[from + i] = (this.minima[i] ?? 0) & 0xffff;
    this.count += 1;
  }
}
