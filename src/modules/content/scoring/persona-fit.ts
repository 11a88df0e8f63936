import type { Tone } from '../../agents/index.js';
import { wordsOnly } from './tokens.js';

/** What is looked at to say whether a text sounds like its agent. */
export interface PersonaInput {
  readonly caption: string;
  readonly hashtags: readonly string[];
  /** By every name, as {@link named} gives them. */
  readonly interests: readonly string[];
  readonly tone: Tone;
}

const EMOJI = /\p{Emoji_Presentation}/gu;

/** How a tone shows: exclamation marks and emoji of a text, and how it ends. */
interface Marks {
  readonly exclamations: number;
  readonly emoji: number;
  /** It trails off somewhere. */
  readonly ellipsis: boolean;
  /** Its last sentence has no full stop. */
  readonly open: boolean;
}

const TONE_FIT: Readonly<Record<Tone, (marks: Marks) => number>> = {
  formal: ({ exclamations, emoji }) => 1 - Math.min(1, (exclamations + emoji) / 2),
  informative: ({ exclamations, emoji }) => 1 - Math.min(1, (exclamations + emoji / 2) / 2),
  enthusiastic: ({ exclamations, emoji }) => (exclamations > 0 ? 0.7 : 0.2) + (emoji > 0 ? 0.3 : 0),
  casual: ({ emoji, open, exclamations }) =>
    0.4 + (emoji > 0 ? 0.3 : 0) + (open || exclamations > 0 ? 0.3 : 0),
  sarcastic: ({ ellipsis, exclamations }) => 0.4 + (ellipsis ? 0.4 : 0) + (exclamations === 0 ? 0.2 : 0),
};

/** Interests as texts are searched for them: their words, each once. */
export function named(interests: readonly string[]): string[] {
  return [...new Set(interests.map((interest) => wordsOnly(interest)).filter((interest) => interest !== ''))];
}

/**
 * How much a text is its agent's, in [0, 1]: 0.6 · interests + 0.4 · tone. Interests: 1 where the caption names one of the
 * agent's, 0.6 where only a hashtag does, else 0. Tone: what the tone's own marks make of it, from 0 to 1 (docs/guides/draft.md).
 * The weights are choices of this project.
 */
export function personaFit({ caption, hashtags, interests, tone }: PersonaInput): number {
  const words = ` ${wordsOnly(caption)} `;
  const tags = new Set(hashtags.map((tag) => tag.slice(1).toLowerCase()));
  const spoken = interests.some((interest) => words.includes(` ${interest} `));
  const tagged = interests.some((interest) => tags.has(interest.replaceAll(' ', '')));
  const marks: Marks = {
    exclamations: caption.split('!').length - 1,
    emoji: caption.match(EMOJI)?.length ?? 0,
    ellipsis: /…|\.\.\./u.test(caption),
    open: !/[.!?…]$/u.test(caption),
  };
  return 0.6 * (spoken ? 1 : tagged ? 0.6 : 0) + 0.4 * TONE_FIT[tone](marks);
}
