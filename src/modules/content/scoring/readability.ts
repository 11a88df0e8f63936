import type { Language } from '../writing/language.js';
import { countSyllables } from './syllables.js';
import type { Tokens } from './tokens.js';

/**
 * How easy a text is to read, in [0, 1]: the Reading Ease of its language, clamped to [0, 100] and divided by 100. With
 * W words, S sentences and Y syllables:
 * - English: 206.835 − 1.015·W/S − 84.6·Y/W (Flesch, "A New Readability Yardstick", J. Applied Psychology 32, 1948)
 * - Spanish: 206.84 − 1.02·W/S − 60·Y/W (Fernández Huerta, "Medidas sencillas de lecturabilidad", Consigna 214, 1959,
 *   with words per sentence where reprints have sentences per 100 words: Law, LINGUIST List 22.2332, 2011)
 *
 * A text without words is as easy as can be: 1.
 */
export function readability(tokens: Tokens, language: Language): number {
  const words = tokens.words.length;
  if (words === 0) return 1;
  let syllables = 0;
  for (const word of tokens.words) syllables += countSyllables(word, language);
  const perSentence = words / tokens.sentences;
  const perWord = syllables / words;
  const ease =
    language === 'es'
      ? 206.84 - 1.02 * perSentence - 60 * perWord
      : 206.835 - 1.015 * perSentence - 84.6 * perWord;
  return Math.min(100, Math.max(0, ease)) / 100;
}
