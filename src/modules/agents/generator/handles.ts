import type { RandomKey, RandomStream } from '../../../engine/random.js';
import { HANDLE_WORDS } from '../data/words.js';
import type { PersonName } from './names.js';
import { KeyedPermutation } from './permutation.js';

/** Thirty-two characters, almost without vowels, so that suffixes spell nothing. */
const ALPHABET = 'bcdefghjklmnpqrstvwxyz0123456789';
const BITS = 5;
const MAX_PART = 12;

/**
 * Readable handles such as `luna.mercado7x2`: a base from the name and a plain word, and a suffix that is the index
 * under a keyed bijection. The suffix has one length throughout a population, so handles differ because suffixes do.
 */
export class HandleMaker {
  private readonly order: KeyedPermutation;
  private readonly digits: number;

  /** @param count the size of the population; suffixes have as many characters as it needs, at least two */
  constructor(count: number, key: RandomKey) {
    let digits = 2;
    while (2 ** (BITS * digits) < count) digits += 1;
    this.digits = digits;
    this.order = new KeyedPermutation(2 ** (BITS * digits), key);
  }

  /** @returns 3 to 30 characters of [a-z0-9._] */
  handle(index: number, name: PersonName, stream: RandomStream): string {
    const style = stream.below(8);
    const place = stream.below(HANDLE_WORDS.length);
    const word = wordAt(place);
    const given = part(name.givenHandle, wordAt(place + 23));
    const family = part(name.familyHandle, wordAt(place + 41));
    return baseOf(style, given, family, word) + this.suffix(index);
  }

  private suffix(index: number): string {
    let place = this.order.at(index);
    let text = '';
    for (let i = 0; i < this.digits; i += 1) {
      text += ALPHABET.charAt(place & 31);
      place >>>= BITS;
    }
    return text;
  }
}

function wordAt(place: number): string {
  return HANDLE_WORDS[place % HANDLE_WORDS.length] as string;
}

function part(name: string, fallback: string): string {
  return name.length < 2 ? fallback : name.slice(0, MAX_PART);
}

function baseOf(style: number, given: string, family: string, word: string): string {
  switch (style) {
    case 0:
      return `${given}.${family}`;
    case 1:
      return `${given}_${family}`;
    case 2:
      return `${word}.${given}`;
    case 3:
      return `${word}_${given}`;
    case 4:
      return `${word}.${family}`;
    case 5:
      return given + word;
    case 6:
      return given;
    default:
      return `${given}.${word}`;
  }
}
