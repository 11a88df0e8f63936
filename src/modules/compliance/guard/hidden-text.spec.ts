import { describe, expect, it } from 'vitest';
import { hidesText } from './hidden-text.js';

const tags = (text: string): string =>
  Array.from(text, (character) => String.fromCodePoint(0xe0000 + (character.codePointAt(0) ?? 0))).join('');

describe('hidesText', () => {
  it.each([
    ['letters turned round', '\u202eflesruoy llik\u202c'],
    ['an override to the right', 'a\u202db'],
    ['invisible letters', `hello${tags('kill yourself')}`],
    ['invisible letters behind a flag', `🏴${tags('gbsct and a good deal more')}`],
    ['bytes in variation selectors', 'a\u{e0110}\u{e0120}\u{e0130}'],
  ])('finds %s', (_what, text) => {
    expect(hidesText(text)).toBe(true);
  });

  it.each([
    ['plain text', 'A wall of colour'],
    ['marks and isolates', '\u200fשלום\u200e \u2067abc\u2069 \u202babc\u202c'],
    ['flags of regions', `🏴${tags('gbsct')}\u{e007f} 🏴${tags('gbwls')}\u{e007f}`],
    ['an ideograph with its variation', '葛\u{e0100}飾区'],
  ])('leaves %s alone', (_what, text) => {
    expect(hidesText(text)).toBe(false);
  });
});
