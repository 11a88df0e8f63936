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
/** Words outside the lexicon are worth finding when they are this common; with a letter more or less, rarer ones mislead. */
const COMMON = 8_000;
const VERY_COMMON = 3_000;
/** A word of so few letters that is rarer than this is as likely a piece of another. */
const SHORT_LENGTH = 3;
const COMMON_SHORT = 500;
const COMMON_WHOLE = 4_000;

type Worth = (word: string) => boolean;

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

  /** Whether a word may be a piece of another one: outside the lexicon, and rare or unknown. */
  isFragment(word: string): boolean {
    const hash = hashText(word);
    const rank = this.ranks.rankOf(hash);
    const common = word.length <= SHORT_LENGTH ? COMMON_SHORT : COMMON_WHOLE;
    return (rank < 0 || rank >= common) && this.lexicon.valueOf(word, hash) === 0;
  }

  /**
   * A word of the lexicon, or else a common one, that one slip of the keyboard turns into this one: two neighbours swapped, or a letter added
   * or left out after the first, since people's names differ from many words in their first letter alone. A letter
   * replaced makes another word too often (`unbeatable`, `unbearable`).
   * @returns undefined when none does
   */
  correct(word: string): string | undefined {
    if (word.length < MIN_CORRECTED_LENGTH || word.length > MAX_CORRECTED_LENGTH) return undefined;
    return (
      swapped(word, this.isWorth) ??
      resized(word, this.isWorth) ??
      swapped(word, (each) => this.isWithin(each, COMMON)) ??
      (word.length > MIN_CORRECTED_LENGTH
        ? resized(word, (each) => this.isWithin(each, VERY_COMMON))
        : undefined)
    );
  }

  /** A word of the lexicon, or else a common one, that is written with one or two stars for letters (`sh*t`). */
  uncensor(word: string): string | undefined {
    const stars = word.split('*').length - 1;
    if (word.startsWith('*') || word.length < MIN_CORRECTED_LENGTH || stars > MAX_STARS) return undefined;
    return filled(word, this.isWorth) ?? filled(word, (each) => this.isWithin(each, COMMON));
  }

  private isWithin(word: string, common: number): boolean {
    const rank = this.ranks.rankOf(hashText(word));
    return rank >= 0 && rank < common;
  }

  private readonly isWorth: Worth = (word) => (this.lexicon.valueOf(word) & WORTH_CORRECTING) !== 0;
}

/** A word with two neighbours swapped. */
function swapped(word: string, isWorth: Worth): string | undefined {
  for (let at = 0; at + 1 < word.length; at += 1) {
    const other = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
    if (isWorth(other)) return other;
  }
  return undefined;
}

/** A word without one of its letters, or with one more, after the first. */
function resized(word: string, isWorth: Worth): string | undefined {
  // Without a letter a word may be too short to be corrected to.
  const deleted = word.length > MIN_CORRECTED_LENGTH ? word.length : 0;
  for (let at = 1; at < deleted; at += 1) {
    const shorter = word.slice(0, at) + word.slice(at + 1);
    if (isWorth(shorter)) return shorter;
  }
  for (let at = 1; at <= word.length; at += 1) {
    for (const letter of LETTERS) {
      const longer = word.slice(0, at) + letter + word.slice(at);
      if (isWorth(longer)) return longer;
    }
  }
  return undefined;
}

/** A word with letters for its stars. */
function filled(word: string, isWorth: Worth): string | undefined {
  if (!word.includes('*')) return isWorth(word) ? word : undefined;
  for (const letter of LETTERS) {
    const found = filled(word.replace('*', letter), isWorth);
    if (found !== undefined) return found;
  }
  return undefined;
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
