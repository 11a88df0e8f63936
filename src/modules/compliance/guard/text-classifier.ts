/** What a classifier tells apart; a condition reads each as `scores.<head>`. */
export const SCORE_HEADS = [
  'hate',
  'harassment',
  'self_harm',
  'sexual',
  'violence',
  'minors',
  'spam',
  'scam',
  'disinformation',
  'injection',
  'profanity',
] as const;
export type ScoreHead = (typeof SCORE_HEADS)[number];

/**
 * Classifiers elsewhere that may be asked besides: a language model as judge, a moderation endpoint of OpenAI's protocol, any
 * other over HTTP. A condition reads each as `<name>.<head>`.
 */
export const OPINION_SOURCES = ['judge', 'moderation', 'remote'] as const;
export type OpinionSource = (typeof OPINION_SOURCES)[number];

/** What scores texts for the conditions of rules. The same text gets the same answers; one instance serves one thread. */
export interface TextClassifier {
  /** Changes whenever a score may change; decisions record it. */
  readonly version: string;
  readonly heads: readonly ScoreHead[];
  /** From 0 to 1 for each head, in the order of `heads`; not to be written to. */
  scores(text: string): Float32Array;
  /** The parts of the text that carry its score of a head, in UTF-16 units, half-open. */
  explain(text: string, head: ScoreHead): { start: number; end: number }[];
  /** ISO 639-1, or `und` where it cannot be told. */
  language(text: string): string;
  /** As `scores`, by what is here and one classifier elsewhere together; what is here alone where there is none. */
  scoresWith?(source: OpinionSource, text: string): Float32Array;
  /** Of the classifiers elsewhere, how many were asked about the decision, and how many of these did not answer. */
  readonly elsewhere?: { readonly asked: number; readonly failed: number };
}
