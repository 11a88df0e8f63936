import { log } from '../../../engine/math.js';
import { DIGIT_READINGS, ELASTIC_RUN } from '../guard/words.js';
import type { Vocabulary } from './vocabulary.js';

/** A word that a token is read as, and the part of the token, in units, that it was read from. */
export interface Reading {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

const HAS_DIGIT = /[0-9]/u;
const HAS_LETTER = /[^0-9*]/u;
const MAX_CANDIDATES = 12;
const MAX_READ_LENGTH = 60;
const MIN_SEGMENTED_LENGTH = 5;
/** Shorter letters are a word from their end by chance. */
const MIN_TURNED_LENGTH = 4;
const MAX_PART_LENGTH = 16;
const SINGLE_LETTERS = 'aiuyo';
const MEMORY = 20_000;

/** A spelling of a token: its letters, and for each the unit it came from. */
interface Spelling {
  readonly letters: string;
  readonly places: readonly number[];
}

function spelling(token: string): Spelling {
  return { letters: token, places: Array.from({ length: token.length }, (_, at) => at) };
}

/** A spelling with each run of at least `run` of one letter cut to `kept`. */
function squeeze({ letters, places }: Spelling, run: number, kept: number): Spelling {
  let squeezed = '';
  const from: number[] = [];
  for (let at = 0; at < letters.length;) {
    let end = at + 1;
    while (letters.charAt(end) === letters.charAt(at)) end += 1;
    const count = end - at >= run ? kept : end - at;
    for (let copy = 0; copy < count; copy += 1) {
      squeezed += letters.charAt(at);
      from.push(places[at + copy] ?? at);
    }
    at = end;
  }
  return { letters: squeezed, places: from };
}

/** The ways in which the digits of a token can be read as letters, the likeliest first. */
function unleet(letters: string): string[] {
  let found = [''];
  for (const character of letters) {
    const choices = DIGIT_READINGS[character] ?? character;
    found = found
      .flatMap((start) => Array.from(choices, (choice) => start + choice))
      .slice(0, MAX_CANDIDATES);
  }
  return found;
}

/** Reads tokens as the words they are meant to be: digits for letters, repeats, stars, slips, words run together. */
export class Reader {
  private readonly memory = new Map<string, readonly Reading[]>();

  constructor(private readonly vocabulary: Vocabulary) {}

  /** The words of a token of folded letters, digits and stars; one reading with the token itself when it means nothing else. */
  read(token: string): readonly Reading[] {
    const known = this.memory.get(token);
    if (known !== undefined) return known;
    const readings = this.interpret(token);
    if (this.memory.size >= MEMORY) this.memory.clear();
    this.memory.set(token, readings);
    return readings;
  }

  private interpret(token: string): readonly Reading[] {
    const whole = (word: string): Reading[] => [{ word, from: 0, to: token.length }];
    if (token.length > MAX_READ_LENGTH || !HAS_LETTER.test(token) || this.vocabulary.isKnown(token))
      return whole(token);
    if (token.includes('*')) return whole(this.vocabulary.uncensor(token) ?? token);
    const spellings = this.spellings(token);
    for (const { letters } of spellings) if (this.vocabulary.isKnown(letters)) return whole(letters);
    const turned = this.turnedRound(token);
    if (turned !== undefined) return whole(turned);
    for (const each of spellings) {
      const parts = this.segment(each.letters);
      if (parts !== undefined) return placeParts(parts, each.places, token.length);
    }
    for (const { letters } of spellings) {
      const corrected = this.vocabulary.correct(letters);
      if (corrected !== undefined) return whole(corrected);
    }
    return whole(squeeze(spelling(token), ELASTIC_RUN, 1).letters);
  }

  /** The known word that a token is when it is read from its end; undefined when there is none. */
  private turnedRound(token: string): string | undefined {
    if (token.length < MIN_TURNED_LENGTH || HAS_DIGIT.test(token)) return undefined;
    let turned = '';
    for (let at = token.length - 1; at >= 0; at -= 1) turned += token.charAt(at);
    return this.vocabulary.isKnown(turned) ? turned : undefined;
  }

  private spellings(token: string): Spelling[] {
    const plain = spelling(token);
    const leet = HAS_DIGIT.test(token)
      ? unleet(token).map((letters) => ({ letters, places: plain.places }))
      : [plain];
    const forms = leet.flatMap((form) => [
      form,
      squeeze(form, ELASTIC_RUN, 2),
      squeeze(form, ELASTIC_RUN, 1),
      squeeze(form, 2, 1),
    ]);
    const seen = new Set<string>();
    return forms
      .filter(({ letters }) => !seen.has(letters) && seen.add(letters))
      .slice(0, 4 * MAX_CANDIDATES);
  }

  /** The likeliest known words that letters are made of, when there are such; undefined when the letters are none. */
  private segment(letters: string): string[] | undefined {
    if (letters.length < MIN_SEGMENTED_LENGTH) return undefined;
    const costs = new Float64Array(letters.length + 1).fill(Infinity);
    const lengths = new Uint8Array(letters.length + 1);
    costs[0] = 0;
    for (let end = 1; end <= letters.length; end += 1) {
      for (let length = 1; length <= Math.min(end, MAX_PART_LENGTH); length += 1) {
        const before = costs[end - length] ?? Infinity;
        if (before === Infinity) continue;
        const cost = before + this.partCost(letters.slice(end - length, end));
        if (cost >= (costs[end] ?? Infinity)) continue;
        costs[end] = cost;
        lengths[end] = length;
      }
    }
    // Dear in relation to its length means that short and rare parts were found in a word that is simply not known.
    if ((costs[letters.length] ?? Infinity) > 2.6 * letters.length) return undefined;
    const parts: string[] = [];
    for (let end = letters.length; end > 0; end -= lengths[end] ?? end) {
      parts.unshift(letters.slice(end - (lengths[end] ?? end), end));
    }
    return parts;
  }

  private partCost(part: string): number {
    if (part.length === 1 && !SINGLE_LETTERS.includes(part)) return Infinity;
    const rank = this.vocabulary.rankOf(part);
    return rank === undefined ? Infinity : 3 + log(rank + 10);
  }
}

/** Parts of a spelling as readings of the token, whose places the spelling knows. */
function placeParts(parts: readonly string[], places: readonly number[], length: number): Reading[] {
  let at = 0;
  return parts.map((word) => {
    const from = places[at] ?? 0;
    at += word.length;
    return { word, from, to: at < places.length ? (places[at] ?? length) : length };
  });
}
