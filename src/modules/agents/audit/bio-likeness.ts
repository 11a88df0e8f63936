import { mix32 } from '../../../engine/math.js';
import { foldText } from '../generator/text.js';

const HASHES = 32;
const BAND = 4;
/** Biographies that share this part of their pairs of words are nearly the same. */
const ALIKE = 0.8;
/** A biography of fewer words is of a script without spaces. */
const LEAST_WORDS = 4;

/**
 * How many of some different texts have another one beside them that is nearly the same: at least four fifths of their
 * pairs of neighbouring words are shared. Candidates are found by MinHash in bands (A. Z. Broder, "On the
 * Resemblance and Containment of Documents", 1997) and then compared.
 */
export function nearDuplicates(texts: readonly string[]): number {
  const shingles = texts.map(pairsOf);
  const buckets = new Map<number, number[]>();
  for (const [place, set] of shingles.entries()) {
    for (const key of bandsOf(set)) {
      const bucket = buckets.get(key) ?? [];
      buckets.set(key, bucket);
      bucket.push(place);
    }
  }
  const near = new Set<number>();
  for (const bucket of buckets.values())
    // A bucket of one text over and over would be compared with itself; the next few tell as much.
    for (const [at, place] of bucket.entries())
      for (const other of bucket.slice(at + 1, at + 20))
        if (areAlike(shingles[place] as Set<number>, shingles[other] as Set<number>))
          near.add(place).add(other);
  return near.size;
}

/** The pairs of neighbouring words of a text, as hashes; of characters, where there are no words. */
export function pairsOf(text: string): ReadonlySet<number> {
  const folded = foldText(text);
  const spaced = folded.split(' ');
  const words = spaced.length < LEAST_WORDS ? Array.from(folded) : spaced;
  return new Set(words.slice(1).map((word, at) => hashOf(`${words[at] as string} ${word}`)));
}

/** Numbers of which texts that are nearly the same have at least one in common, almost certainly: 32 bits, signed. */
export function bandsOf(pairs: ReadonlySet<number>): number[] {
  const signature = signatureOf(pairs);
  return Array.from({ length: HASHES / BAND }, (_, band) => {
    const part = signature.slice(band * BAND, (band + 1) * BAND);
    return part.reduce((hash, each) => mix32((Math.imul(hash, 31) ^ each) >>> 0), band + 1) | 0;
  });
}

/** Whether two texts are nearly the same. */
export function areAlike(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  return jaccard(a, b) >= ALIKE;
}

function hashOf(text: string): number {
  let hash = text.length;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix32(hash >>> 0);
}

function signatureOf(set: ReadonlySet<number>): number[] {
  return Array.from({ length: HASHES }, (_, at) => {
    let least = 0xffffffff;
    for (const hash of set) least = Math.min(least, mix32((hash ^ Math.imul(at + 1, 0x9e3779b1)) >>> 0));
    return least;
  });
}

function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let shared = 0;
  for (const each of a) if (b.has(each)) shared += 1;
  const all = a.size + b.size - shared;
  return all === 0 ? 1 : shared / all;
}
