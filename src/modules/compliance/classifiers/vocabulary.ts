import { hashText } from './hashing.js';
import { maskOf } from './heads.js';
import type { Lexicon } from './lexicon.js';

/** The most words of an entry of the lexicon. */
export const MAX_PHRASE_WORDS = 4;

/** Classes whose words are worth finding behind a slip of the keyboard. */
const WORTH_CORRECTING = maskOf(
  'group',
  'groupadj',
  'slur',
  'dehuman',
  'negative',
  'hatred',
  'harm',
  'exclude',
  'positive',
  'profane',
  'sexual',
  'selfharm',
  'instruction',
  'override',
  'conspiracy',
);
const MIN_CORRECTED_LENGTH = 4;
const MAX_CORRECTED_LENGTH = 20;
const MAX_STARS = 2;
const LETTERS = 'etaoinshrdlucmfwygpbvkqxjz';

/** The words that are known: frequent ones by their rank, and those of the lexicon with their classes. */
export class Vocabulary {
  private readonly ranks: RankTable;

  /** @param frequent hashes of the frequent words, the most frequent first */
  constructor(
    private readonly frequent: Int32Array,
    private readonly lexicon: Lexicon,
  ) {
    this.ranks = new RankTable(frequent);
  }

  /** The classes of a word or phrase; 0 when the lexicon does not have it. `hash` is `hashText(entry)`. */
  maskOf(entry: string, hash?: number): number {
    return this.lexicon.valueOf(entry, hash);
  }

  /** How many words the longest entry that begins with this word has; 1 when none has several. */
  longestPhrase(first: string, hash?: number): number {
    return this.lexicon.phraseLength(first, hash) || 1;
  }

  isKnown(word: string): boolean {
    const hash = hashText(word);
    return this.ranks.rankOf(hash) >= 0 || this.lexicon.valueOf(word, hash) !== 0;
  }

  /** How common a word is, from 0 for the most common; undefined when it is not known. */
  rankOf(word: string): number | undefined {
    const hash = hashText(word);
    const rank = this.ranks.rankOf(hash);
    if (rank >= 0) return rank;
    return this.lexicon.valueOf(word, hash) === 0 ? undefined : this.frequent.length;
  }

  /**
   * A word of the lexicon that one slip of the keyboard turns into this one: two neighbours swapped, or a letter added
   * or left out after the first, since people's names differ from many words in their first letter alone. A letter
   * replaced makes another word too often (`unbeatable`, `unbearable`).
   * @returns undefined when none does
   */
  correct(word: string): string | undefined {
    const { length } = word;
    if (length < MIN_CORRECTED_LENGTH || length > MAX_CORRECTED_LENGTH) return undefined;
    for (let at = 0; at + 1 < length; at += 1) {
      const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
      if (this.isWorth(swapped)) return swapped;
    }
    // Without a letter a word may be too short to be corrected to.
    const deleted = length > MIN_CORRECTED_LENGTH ? length : 0;
    for (let at = 1; at < deleted; at += 1) {
      const shorter = word.slice(0, at) + word.slice(at + 1);
      if (this.isWorth(shorter)) return shorter;
    }
    for (let at = 1; at <= length; at += 1) {
      for (const letter of LETTERS) {
        const longer = word.slice(0, at) + letter + word.slice(at);
        if (this.isWorth(longer)) return longer;
      }
    }
    return undefined;
  }

  /** A word of the lexicon that is written with one or two stars for letters (`sh*t`); undefined when none fits. */
  uncensor(word: string): string | undefined {
    const stars = word.split('*').length - 1;
    if (word.startsWith('*') || word.length < MIN_CORRECTED_LENGTH || stars > MAX_STARS) return undefined;
    return this.fill(word);
  }

  private fill(word: string): string | undefined {
    if (!word.includes('*')) return this.isWorth(word) ? word : undefined;
    for (const letter of LETTERS) {
      const found = this.fill(word.replace('*', letter));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private isWorth(word: string): boolean {
    return (this.lexicon.valueOf(word) & WORTH_CORRECTING) !== 0;
  }
}

/** The place of each hash in a list, -1 for others; as one array, since a map of so many takes long to make. */
class RankTable {
  private readonly slots: Int32Array;
  private readonly wrap: number;

  constructor(private readonly hashes: Int32Array) {
    let size = 64;
    while (size < hashes.length * 2) size *= 2;
    this.wrap = size - 1;
    this.slots = new Int32Array(size).fill(-1);
    for (let rank = 0; rank < hashes.length; rank += 1) {
      const slot = this.find(hashes[rank] ?? 0);
      if (this.slots[slot] === -1) this.slots[slot] = rank;
    }
  }

  rankOf(hash: number): number {
    return this.slots[this.find(hash)] ?? -1;
  }

  private find(hash: number): number {
    const { slots, hashes, wrap } = this;
    let slot = (hash >>> 7) & wrap;
    while (slots[slot] !== -1 && hashes[slots[slot] ?? 0] !== hash) slot = (slot + 1) & wrap;
    return slot;
  }
}
