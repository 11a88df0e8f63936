import { distance, sequencesOf } from '../scoring/similarity.js';
import { wordsOnly } from '../scoring/tokens.js';

/** The least Jaccard distance of the three-word sequences of any two captions of a draft. */
export const VARIATION_DISTANCE = 0.5;
/** Of shorter captions, in three-word sequences, the words must differ, no more: most of them may be the name of a city. */
const SHORT_CAPTION = 8;

/** A caption as it is compared. */
export interface Reading {
  readonly words: string;
  readonly sequences: ReadonlySet<number>;
}

export function readingOf(caption: string): Reading {
  const words = wordsOnly(caption);
  return { words, sequences: sequencesOf(words.split(/ +/u)) };
}

/** Whether two captions are too much alike to be variations of each other. */
export function isAlike(a: Reading, b: Reading): boolean {
  if (a.words === b.words) return true;
  if (Math.min(a.sequences.size, b.sequences.size) < SHORT_CAPTION) return false;
  return distance(a.sequences, b.sequences) < VARIATION_DISTANCE;
}
