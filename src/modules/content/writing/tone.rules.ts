import type { Tone } from '../../agents/index.js';
import type { Language } from './language.js';

/**
 * Text as a sentence in a tone: first letter in upper case, and the tone's own ending in place of a full stop. A text
 * that already ends in `!`, `?` or `…` keeps its ending.
 * - formal, informative, casual: a full stop
 * - enthusiastic: an exclamation mark, in Spanish with the opening one
 * - sarcastic: an ellipsis
 */
export function sentenceInTone(text: string, tone: Tone, language: Language): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const closed = /[!?…]$/u.test(trimmed);
  const sentence = capitalised(closed ? trimmed : trimmed.replace(/(?<!\.)\.+$/u, ''));
  if (closed) return sentence;
  return ENDED[tone](sentence, language);
}

const ENDED: Readonly<Record<Tone, (sentence: string, language: Language) => string>> = {
  casual: (sentence) => `${sentence}.`,
  formal: (sentence) => `${sentence}.`,
  enthusiastic: (sentence, language) => (language === 'es' ? `¡${sentence}!` : `${sentence}!`),
  sarcastic: (sentence) => `${sentence}…`,
  informative: (sentence) => `${sentence}.`,
};

/** Text whose first character is in upper case and the rest as it was. */
export function capitalised(text: string): string {
  const first = text.codePointAt(0);
  if (first === undefined) return text;
  const head = String.fromCodePoint(first);
  return head.toUpperCase() + text.slice(head.length);
}
