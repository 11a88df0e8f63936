/** How many words make a sequence that two texts may share. */
const SEQUENCE = 3;

/**
 * The sequences of three words of a text, as 32-bit hashes (FNV-1a over UTF-16 units); a text of fewer words is one
 * sequence.
 */
export function sequencesOf(words: readonly string[]): Set<number> {
  const found = new Set<number>();
  const last = Math.max(0, words.length - SEQUENCE);
  for (let from = 0; from <= last; from += 1) {
    let hash = 0x811c9dc5;
    const end = Math.min(words.length, from + SEQUENCE);
    for (let at = from; at < end; at += 1) {
      const word = words[at] ?? '';
      for (let i = 0; i < word.length; i += 1) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
      hash = Math.imul(hash ^ 0x20, 0x01000193);
    }
    found.add(hash >>> 0);
  }
  return found;
}

/** How far apart two texts are, in [0, 1]: the Jaccard distance of their sequences of three words (Broder 1997). */
export function distance(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let shared = 0;
  for (const sequence of a) if (b.has(sequence)) shared += 1;
  return 1 - shared / (a.size + b.size - shared);
}
