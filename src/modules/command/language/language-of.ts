import { has, only, spansOf, wordsKnown } from './spans.js';
import { LANGUAGES, type Language } from './words.js';

/** Whether a word of a text may be a verb: "cancel" says no to a question, and is one where there is none. */
export function ordersSomething(text: string, language: Language): boolean {
  return spansOf(text, language).some((span) => has(span, 'action'));
}

/**
 * The language that knows most of the words. Of those that know as many: one that takes for an order what the one before takes for a
 * noun ("run" is one in Spanish, too), and otherwise the one before.
 */
export function languageOf(text: string, before: Language): Language {
  const known = LANGUAGES.map((language) => ({ language, words: wordsKnown(text, language) }));
  const most = Math.max(...known.map(({ words }) => words));
  const best = known.filter(({ words }) => words === most).map(({ language }) => language);
  if (!best.includes(before)) return best[0] as Language;
  const begins = (language: Language, is: 'action' | 'noun'): boolean => {
    const first = spansOf(text, language).find((span) => !only(span, 'filler'));
    return first !== undefined && (is === 'noun' ? only(first, is) : has(first, is));
  };
  const orders = begins(before, 'noun') ? best.find((language) => begins(language, 'action')) : undefined;
  return orders ?? before;
}
