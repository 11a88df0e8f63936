import { SCORE_HEADS, type ScoreHead } from '../guard/text-classifier.js';

/** What the classifiers tell apart; the order is that of the model file's columns and of every list of scores. */
export const HEADS = SCORE_HEADS;
export type Head = ScoreHead;

/** The heads of which one alone makes a text unsafe to show; what `any` in an evaluation means. */
export const HARM_HEADS: readonly Head[] = [
  'hate',
  'harassment',
  'self_harm',
  'sexual',
  'violence',
  'minors',
];

/** After the heads: whether a word is one that a reader would mark as toxic; it carries spans and no score. */
export const SPAN_COLUMN = HEADS.length;
export const COLUMNS = HEADS.length + 1;

/** What the authored lexicon says a word may be; the place in the list is the bit in a word's mask. */
export const WORD_CLASSES = [
  'group',
  'groupadj',
  'person',
  'slur',
  'dehuman',
  'negative',
  'hatred',
  'harm',
  'exclude',
  'negation',
  'positive',
  'profane',
  'object',
  'others',
  'individual',
  'they',
  'report',
  'condemn',
  'modal',
  'selfharm',
  'sexual',
  'weapon',
  'minor',
  'money',
  'conspiracy',
  'instruction',
  'override',
  'secret',
  'self',
  'copula',
  'all',
] as const;
export type WordClass = (typeof WORD_CLASSES)[number];

/** The mask of some classes. */
export function maskOf(...classes: readonly WordClass[]): number {
  return classes.reduce((mask, each) => mask | (1 << WORD_CLASSES.indexOf(each)), 0);
}
