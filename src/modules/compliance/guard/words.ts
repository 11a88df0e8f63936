import { foldCharacter } from './folding.js';

/** Letters that a digit is typed for; the digit itself is always one of its readings. */
export const DIGIT_READINGS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'il',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
};

/** A run of one character this long stands for any number of it: `kiiill` can be read as `kill`. */
export const ELASTIC_RUN = 3;

export const APOSTROPHE = 0x27;

/** What a folded unit is in a word; `letter` and `digit` are bits. */
export const WordKind = { none: 0, letter: 1, digit: 2 } as const;

const UNKNOWN = 0xff;
/** Per UTF-16 unit its WordKind, UNKNOWN when not asked yet. Letters beyond the basic plane end words. */
const kinds = new Uint8Array(0x10000).fill(UNKNOWN);

function learnKind(unit: number): number {
  const character = String.fromCharCode(unit);
  let kind: number = WordKind.none;
  if (/[0-9]/u.test(character)) kind = WordKind.digit;
  else if (/[\p{L}\p{N}]/u.test(character)) kind = WordKind.letter;
  kinds[unit] = kind;
  return kind;
}

/** The WordKind of a folded unit. */
export function kindOf(unit: number): number {
  const kind = kinds[unit] ?? UNKNOWN;
  return kind === UNKNOWN ? learnKind(unit) : kind;
}

export function isWordUnit(unit: number): boolean {
  return kindOf(unit) !== WordKind.none;
}

/** Per ASCII unit, the letter that stands for all it may be read as, so that `1`, `i` and `l` hash alike. */
const skeletons = Uint16Array.from({ length: 0x80 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  const letter = DIGIT_READINGS[character]?.charAt(0) ?? character;
  return (letter === 'l' ? 'i' : letter).charCodeAt(0);
});

export function skeletonOf(unit: number): number {
  return unit < 0x80 ? (skeletons[unit] ?? unit) : unit;
}

/** One step of the hash of a word's skeleton, in which repeated letters count once. */
export function hashStep(hash: number, skeleton: number): number {
  return Math.imul(hash ^ skeleton, 0x01000193);
}

export const HASH_START = 0x811c9dc5 | 0;

/** The hash under which a word is found whatever its repeats, digits and apostrophes. */
export function skeletonHash(word: string): number {
  let hash = HASH_START;
  let previous = -1;
  for (let at = 0; at < word.length; at += 1) {
    const skeleton = skeletonOf(word.charCodeAt(at));
    if (skeleton !== previous) hash = hashStep(hash, skeleton);
    previous = skeleton;
  }
  return hash;
}

/** The words of an authored phrase, folded as texts are: `I'll KILL` gives `ill`, `kill`. */
export function phraseWords(phrase: string): string[] {
  const words: string[] = [];
  let word = '';
  const folded = Array.from(phrase, foldCharacter).join('');
  for (let at = 0; at <= folded.length; at += 1) {
    const unit = at < folded.length ? folded.charCodeAt(at) : -1;
    if (unit >= 0 && isWordUnit(unit)) word += String.fromCharCode(unit);
    else if (unit !== APOSTROPHE && word !== '') {
      words.push(word);
      word = '';
    }
  }
  return words;
}

function reads(text: string, letter: string): boolean {
  return text === letter || (DIGIT_READINGS[text]?.includes(letter) ?? false);
}

/**
 * Whether a token of a text can be read as a word: digits as letters, and a run of ELASTIC_RUN or more of one character
 * as any number of it. Takes time in proportion to the product of their lengths at worst.
 */
export function readsAs(token: string, word: string): boolean {
  // reached[i]: the token so far can be read as the first i letters of the word.
  let reached: boolean[] = [true];
  for (let at = 0; at < token.length;) {
    const character = token.charAt(at);
    let end = at + 1;
    while (token.charAt(end) === character) end += 1;
    const run = end - at;
    const elastic = run >= ELASTIC_RUN;
    const next: boolean[] = [];
    // How many letters before `to` the character can be read as, one after the other.
    let alike = 0;
    for (let to = 1; to <= word.length; to += 1) {
      alike = reads(character, word.charAt(to - 1)) ? alike + 1 : 0;
      if (alike === 0) continue;
      if (
        elastic
          ? reached[to - 1] === true || next[to - 1] === true
          : alike >= run && reached[to - run] === true
      )
        next[to] = true;
    }
    if (next.length === 0) return false;
    reached = next;
    at = end;
  }
  return reached[word.length] === true;
}
