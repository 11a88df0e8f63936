import { isName } from './arguments.js';
import { nearest } from './distance.js';
import { knownWords, spansOf, type Span } from './spans.js';
import type { Language } from './words.js';

/** A sentence whose misspelt words are set right. */
export interface Corrected {
  spans: Span[];
  /** As they were written. */
  words: string[];
  /** Whether a verb is one of them. */
  isAction: boolean;
  /** How many ways there were to set them right. */
  choices: number;
}

const vocabularies = new Map<string, string[]>();

function vocabulary(language: Language, is: 'action' | 'noun'): string[] {
  const key = `${language} ${is}`;
  const words = vocabularies.get(key) ?? knownWords(language, is);
  vocabularies.set(key, words);
  return words;
}

/** Sets right the verb and the noun that a sentence lacks, where a word is near one. */
export function corrected(spans: readonly Span[], language: Language): Corrected | undefined {
  const found: Corrected = { spans: [...spans], words: [], isAction: false, choices: 1 };
  for (const is of ['action', 'noun'] as const) {
    if (found.spans.some(({ meanings }) => meanings.some((each) => each.is === is))) continue;
    const at = found.spans.findIndex(
      (span) => isWord(span) && isNear(span.tokens[0]?.word ?? '', language, is),
    );
    const span = found.spans[at];
    // A verb stands before what it is about.
    if (span === undefined || (is === 'action' && found.spans.slice(0, at).some(isName))) continue;
    const near = nearest(span.tokens[0]?.word ?? '', vocabulary(language, is));
    const meant = near.flatMap((word) => spansOf(word, language));
    const kinds = new Set(meant.map(({ meanings }) => JSON.stringify(meanings)));
    found.spans[at] = { ...(meant[0] as Span), text: span.text };
    found.words.push(span.text);
    found.choices *= kinds.size;
    found.isAction ||= is === 'action';
  }
  return found.words.length === 0 ? undefined : found;
}

/** A name has digits and dashes; a word has letters alone. */
function isWord(span: Span): boolean {
  return isName(span) && span.tokens[0]?.quoted === false && /^\p{L}+$/u.test(span.text);
}

/** Whether a word is near one of ours, and none of the other sort is nearer: "populaton" is no "populate". */
function isNear(word: string, language: Language, is: 'action' | 'noun'): boolean {
  const other = vocabulary(language, is === 'action' ? 'noun' : 'action');
  const own = vocabulary(language, is);
  const [best] = nearest(word, own);
  return best !== undefined && nearest(word, [...own, ...other]).includes(best);
}
