import type { Tone } from '../../agents/index.js';
import type { ComposedDraft } from '../writing/compose-draft.js';
import { named, personaFit } from './persona-fit.js';
import { quality } from './quality.js';
import { readability } from './readability.js';
import { rounded } from './rounded.js';
import { sentiment } from './sentiment.js';
import { distance, sequencesOf } from './similarity.js';
import { tokenise, type Tokens } from './tokens.js';

/** A draft's scores, rounded to four decimals. */
export interface DraftScores {
  /** How well made it is, in [0, 1]. */
  readonly quality: number;
  /** The caption's sentiment, in [-1, 1]. */
  readonly sentiment: number;
  /** How easy the caption is to read, in [0, 1]. */
  readonly readability: number;
  /** How much the caption is its agent's, in [0, 1]. */
  readonly persona_fit: number;
}

/** One text of a draft in the order of preference; every number but `rank` in [0, 1]. */
export interface RankedText {
  /** From 1, the best. */
  readonly rank: number;
  /** `caption`, or `variations[n]`. */
  readonly text: string;
  /** 0.4 · quality + 0.3 · persona fit + 0.2 · readability + 0.1 · distance. */
  readonly score: number;
  readonly quality: number;
  readonly persona_fit: number;
  readonly readability: number;
  /** From the nearest of the draft's other texts. */
  readonly distance: number;
}

/** Who a draft is scored as: the agent's tone, and its interests by every name. */
export interface ScoredAs {
  readonly tone: Tone;
  readonly interests: readonly string[];
}

/** Scores a draft and ranks its texts; a pure function of them and of the agent. */
export function scoreDraft(
  draft: Pick<ComposedDraft, 'language' | 'caption' | 'altText' | 'hashtags' | 'variations'>,
  agent: ScoredAs,
): { scores: DraftScores; ranking: RankedText[] } {
  const texts = [draft.caption, ...draft.variations.map(({ caption }) => caption)];
  const tokens = texts.map((text) => tokenise(text));
  const sequences = tokens.map(({ words }) => sequencesOf(words));
  const vocabularies = tokens.map(({ words }) => new Set(words));
  const interests = named(agent.interests);
  const scored = texts.map((caption, index) => {
    const own = tokens[index] as Tokens;
    const vocabulary = vocabularies[index] as Set<string>;
    const variations = vocabularies.filter((_, other) => other !== index);
    return {
      text: index === 0 ? 'caption' : `variations[${index - 1}]`,
      quality: quality({ ...draft, caption, words: own.words, vocabulary, variations }),
      persona_fit: personaFit({ tone: agent.tone, interests, caption, hashtags: draft.hashtags }),
      readability: readability(own, draft.language),
      distance: nearest(sequences, index),
    };
  });
  const [main] = scored;
  if (main === undefined) throw new TypeError('a draft has a caption');
  const scores = {
    quality: rounded(main.quality),
    sentiment: rounded(sentiment(tokens[0] as Tokens, draft.language)),
    readability: rounded(main.readability),
    persona_fit: rounded(main.persona_fit),
  };
  return { scores, ranking: ranked(scored) };
}

/** Equal scores keep the order of the draft. */
function ranked(texts: readonly Omit<RankedText, 'rank' | 'score'>[]): RankedText[] {
  return texts
    .map((each) => ({
      text: each.text,
      score: rounded(
        0.4 * each.quality + 0.3 * each.persona_fit + 0.2 * each.readability + 0.1 * each.distance,
      ),
      quality: rounded(each.quality),
      persona_fit: rounded(each.persona_fit),
      readability: rounded(each.readability),
      distance: rounded(each.distance),
    }))
    .toSorted((a, b) => b.score - a.score)
    .map((each, index) => ({ rank: index + 1, ...each }));
}

function nearest(sequences: readonly ReadonlySet<number>[], index: number): number {
  let least = 1;
  const own = sequences[index] as ReadonlySet<number>;
  for (const [other, theirs] of sequences.entries())
    if (other !== index) least = Math.min(least, distance(own, theirs));
  return least;
}
