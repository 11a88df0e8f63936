import { hashText } from './hashing.js';
import { maskOf } from './heads.js';

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

/** Every form of a word with one letter left out. */
function deletions(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

/**
 * Whether one slip turns one word into the other: two neighbours swapped, or a letter added or left out. A letter
 * replaced makes another word too often (`unbeatable`, `unbearable`).
 */
function isOneSlip(a: string, b: string): boolean {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const [restA, restB] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  if (restA.length + restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

/** The words that are known: frequent ones by their rank, and those of the lexicon with their classes. */
export class Vocabulary {
  private readonly ranks = new Map<number, number>();
  private readonly masks = new Map<string, number>();
  /** First words of the lexicon's entries of several words, and how many words the longest has. */
  private readonly phraseLengths = new Map<string, number>();
  private readonly slips = new Map<string, string[]>();
  private readonly starred = new Map<string, string[]>();

  /**
   * @param frequent hashes of the frequent words, the most frequent first
   * @param lexicon folded words or phrases (words with a space between) and their class masks
   */
  constructor(frequent: Iterable<number>, lexicon: Iterable<readonly [entry: string, mask: number]>) {
    for (const hash of frequent) this.ranks.set(hash, this.ranks.size);
    for (const [entry, mask] of lexicon) this.addEntry(entry, mask);
  }

  private addEntry(entry: string, mask: number): void {
    this.masks.set(entry, (this.masks.get(entry) ?? 0) | mask);
    const words = entry.split(' ');
    const [first = ''] = words;
    if (words.length > 1) {
      this.phraseLengths.set(first, Math.max(words.length, this.phraseLengths.get(first) ?? 0));
      return;
    }
    if ((mask & WORTH_CORRECTING) === 0 || entry.length < MIN_CORRECTED_LENGTH) return;
    for (const form of [entry, ...deletions(entry)]) {
      const known = this.slips.get(form);
      if (known === undefined) this.slips.set(form, [entry]);
      else known.push(entry);
    }
    const shape = `${entry.charAt(0)}${entry.length}`;
    const shaped = this.starred.get(shape);
    if (shaped === undefined) this.starred.set(shape, [entry]);
    else shaped.push(entry);
  }

  /** The classes of a word or phrase; 0 when the lexicon does not have it. */
  maskOf(entry: string): number {
    return this.masks.get(entry) ?? 0;
  }

  /** How many words the longest entry that begins with this word has; 1 when none has several. */
  longestPhrase(first: string): number {
    return this.phraseLengths.get(first) ?? 1;
  }

  isKnown(word: string): boolean {
    return this.masks.has(word) || this.ranks.has(hashText(word));
  }

  /** How common a word is, from 0 for the most common; undefined when it is not known. */
  rankOf(word: string): number | undefined {
    return this.ranks.get(hashText(word)) ?? (this.masks.has(word) ? this.ranks.size : undefined);
  }

  /** A word of the lexicon that one slip of the keyboard turns into this one; undefined when none does. */
  correct(word: string): string | undefined {
    if (word.length < MIN_CORRECTED_LENGTH) return undefined;
    for (const form of [word, ...deletions(word)]) {
      for (const entry of this.slips.get(form) ?? []) {
        // People's names differ from many words in their first letter alone.
        const sameStart = entry.charAt(0) === word.charAt(0) || swappedStart(entry, word);
        // In a short word, only letters that changed places are no other word.
        const sure =
          word.length > MIN_CORRECTED_LENGTH || entry.length === word.length + 1 || swapped(entry, word);
        if (sameStart && sure && isOneSlip(entry, word)) return entry;
      }
    }
    return undefined;
  }

  /** A word of the lexicon that is written with stars for some letters (`sh*t`); undefined when none fits. */
  uncensor(word: string): string | undefined {
    const shape = `${word.charAt(0)}${word.length}`;
    return this.starred
      .get(shape)
      ?.find((entry) =>
        Array.from(word).every((letter, at) => letter === '*' || letter === entry.charAt(at)),
      );
  }
}

function swappedStart(a: string, b: string): boolean {
  return a.charAt(0) === b.charAt(1) && a.charAt(1) === b.charAt(0);
}

function swapped(a: string, b: string): boolean {
  return a.length === b.length && Array.from(a).toSorted().join('') === Array.from(b).toSorted().join('');
}
