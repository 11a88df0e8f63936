import { combine, hashText } from './hashing.js';

/** Numbers an entry takes in a packed lexicon: two halves of a 64-bit hash, and a value. */
const STRIDE = 3;
const SECOND = 0x51ed270b;
const START = 0x2c1b3c6d;

/** The second half of a word's hash. */
function secondHash(text: string): number {
  let hash = SECOND;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  return hash | 0;
}

/**
 * Words and phrases with their class masks, as hashes alone: whoever has the lexicon can ask for a word, but not read
 * which words it has.
 */
export class Lexicon {
  private readonly slots: Int32Array;
  private readonly wrap: number;

  /** @param packed what {@link packLexicon} returned */
  constructor(packed: Int32Array) {
    let size = 64;
    while (size < (packed.length / STRIDE) * 2) size *= 2;
    this.wrap = size - 1;
    this.slots = new Int32Array(size * STRIDE);
    for (let at = 0; at < packed.length; at += STRIDE) {
      const slot = this.find(packed[at] ?? 0, () => packed[at + 1] ?? 0);
      for (let part = 0; part < STRIDE; part += 1) this.slots[slot + part] = packed[at + part] ?? 0;
    }
  }

  /** The value of an entry; 0 when there is none. `hash` is `hashText(entry)`. */
  valueOf(entry: string, hash = hashText(entry)): number {
    return this.slots[this.find(hash, () => secondHash(entry)) + 2] ?? 0;
  }

  /** How many words the longest phrase has that begins with a word; 0 when none does. */
  phraseLength(first: string, hash = hashText(first)): number {
    return this.slots[this.find(combine(hash, START), () => combine(secondHash(first), START)) + 2] ?? 0;
  }

  /** Where an entry is, or the free place where it would be. */
  private find(hash: number, second: () => number): number {
    const { slots, wrap } = this;
    let slot = (hash >>> 7) & wrap;
    for (;;) {
      const at = slot * STRIDE;
      // A free place has no value: no entry has an empty mask.
      if (slots[at + 2] === 0) return at;
      if (slots[at] === hash && slots[at + 1] === second()) return at;
      slot = (slot + 1) & wrap;
    }
  }
}

/** The hashes of words and phrases (a space between their words) with their masks, which must not be 0. */
export function packLexicon(entries: Iterable<readonly [entry: string, mask: number]>): Int32Array {
  const packed: [number, number, number][] = [];
  const longest = new Map<string, number>();
  for (const [entry, mask] of entries) {
    packed.push([hashText(entry), secondHash(entry), mask]);
    const words = entry.split(' ');
    const [first = ''] = words;
    if (words.length > 1) longest.set(first, Math.max(words.length, longest.get(first) ?? 0));
  }
  for (const [first, length] of longest)
    packed.push([combine(hashText(first), START), combine(secondHash(first), START), length]);
  // In the order of the hashes, so that nothing of the lists' own order is left.
  return Int32Array.from(packed.toSorted(([a, x], [b, y]) => a - b || x - y).flat());
}
