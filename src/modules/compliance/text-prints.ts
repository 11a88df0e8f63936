import { createHash } from 'node:crypto';
import { MAX_TEXT_LENGTH } from './guard/compiled-policies.js';
import type { TextField } from './guard/evaluate.js';
import { foldedString, TextFolder } from './guard/folding.js';
import { findReferences } from './guard/references.js';

/** What texts are recognised by when somebody else writes them, too. */
export interface TextPrints {
  /** Of the first text, 32 hexadecimal digits: the same whatever its case, marks, spaces and disguises. */
  readonly text: string;
  /** The hosts that any of them leads to, each once. */
  readonly links: string[];
}

const NO_WORD = /[^\p{L}\p{N}]+/gu;

/** The prints of the texts of a subject. */
export function printsOf(texts: readonly TextField[]): TextPrints {
  const folder = new TextFolder();
  const folded = texts.map(({ text }) => foldedString(folder.fold(text.slice(0, MAX_TEXT_LENGTH))));
  const [first = ''] = folded;
  const words = first.replaceAll(NO_WORD, ' ').trim();
  // Of a text without words, all that it has.
  const said = words === '' ? first : words;
  const links = new Set(folded.flatMap((each) => findReferences(each).links));
  return {
    text: createHash('sha256').update(said).digest('hex').slice(0, 32),
    links: [...links].toSorted(),
  };
}
