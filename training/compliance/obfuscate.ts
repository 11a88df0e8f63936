import type { RandomStream } from '../../src/engine/random.js';

const LOOKALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  i: 'і',
  k: 'к',
  o: 'ο',
  p: 'р',
  s: 'ѕ',
  u: 'υ',
  x: 'х',
  y: 'у',
};
const SYMBOLS: Readonly<Record<string, string>> = { a: '@', s: '$', i: '!', e: '€' };
const MARKS = ['\u0336', '\u0301', '\u0323'];
const INVISIBLE = ['\u200b', '\u2060', '\u00ad', '\u200d'];

const wide = (letter: string): string =>
  /[!-~]/u.test(letter) ? String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0) : letter;
const script = (letter: string): string =>
  /[a-z]/u.test(letter) ? String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x61 + 0x1d4ea) : letter;
const each = (word: string, turn: (letter: string, at: number) => string): string =>
  Array.from(word, turn).join('');

/** Styles that the training does not use: other scripts, wide and script letters, invisible and combining marks, stars, dots. */
const STYLES: readonly ((word: string) => string)[] = [
  (word) => each(word, (letter) => LOOKALIKES[letter] ?? letter),
  (word) => each(word, wide),
  (word) => each(word, script),
  (word) => each(word, (letter, at) => letter + (INVISIBLE[at % INVISIBLE.length] ?? '')),
  (word) => each(word, (letter, at) => letter + (MARKS[at % MARKS.length] ?? '')),
  (word) => each(word, (letter) => SYMBOLS[letter] ?? letter),
  (word) => (word.length < 3 ? word : Array.from(word).join('.')),
  (word) => (word.length < 4 ? word : `${word.charAt(0)}*${word.slice(2)}`),
  (word) => each(word, (letter, at) => (at % 2 === 0 ? letter.toUpperCase() : letter.toLowerCase())),
  (word) => word + word.slice(-1).repeat(4),
];

/** A text with a third of its words, the longer ones more, written in one of the styles. */
export function obfuscate(text: string, draw: RandomStream): string {
  const style = STYLES[draw.below(STYLES.length)];
  return text
    .split(' ')
    .map((word) => (draw.below(9) < Math.min(6, word.length - 1) ? (style?.(word) ?? word) : word))
    .join(' ');
}
