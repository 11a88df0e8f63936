import type { ComposedDraft } from '../writing/compose-draft.js';
import { quality } from './quality.js';
import { readability } from './readability.js';
import { sentiment } from './sentiment.js';
import { tokenise } from './tokens.js';

/** A draft's scores, rounded to four decimals. */
export interface DraftScores {
  /** How well made it is, in [0, 1]. */
  readonly quality: number;
  /** The caption's sentiment, in [-1, 1]. */
  readonly sentiment: number;
  /** How easy the caption is to read, in [0, 1]. */
  readonly readability: number;
}

/** Scores a draft; a pure function of its texts. */
export function scoreDraft(
  draft: Pick<ComposedDraft, 'language' | 'caption' | 'altText' | 'hashtags' | 'variations'>,
): DraftScores {
  const tokens = tokenise(draft.caption);
  const variations = draft.variations.map(({ caption }) => tokenise(caption).words);
  return {
    quality: rounded(quality({ ...draft, tokens, variations })),
    sentiment: rounded(sentiment(tokens, draft.language)),
    readability: rounded(readability(tokens, draft.language)),
  };
}

function rounded(value: number): number {
  // Adding 0 turns -0 into 0, which JSON cannot tell apart.
  return Math.round(value * 10_000) / 10_000 + 0;
}
