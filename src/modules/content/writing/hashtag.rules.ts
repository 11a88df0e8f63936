import { capitalised } from './tone.rules.js';

/** The longest hashtag that is kept, in UTF-16 units without its `#`. */
export const HASHTAG_MAX_LENGTH = 60;

const WORDS = /[\p{L}\p{N}\p{M}_]+/gu;
const LETTER = /\p{L}/u;

/**
 * One hashtag from free text: `#` and its words joined in CamelCase, inner capitals kept (`arte CDMX` is `#ArteCDMX`).
 * @returns undefined where the text has no letter or the tag would be longer than {@link HASHTAG_MAX_LENGTH}
 */
export function normaliseHashtag(text: string): string | undefined {
  const words = text.normalize('NFC').match(WORDS) ?? [];
  // Capitals can decompose (ΰ has none of its own), hence once more.
  const body = words.map(capitalised).join('').normalize('NFC');
  if (body.length > HASHTAG_MAX_LENGTH || !LETTER.test(body)) return undefined;
  return `#${body}`;
}

/** Hashtags in the order of their texts, normalised, each once whatever its capitals. */
export function normaliseHashtags(texts: readonly string[]): string[] {
  const kept = new Map<string, string>();
  for (const text of texts) {
    const tag = normaliseHashtag(text);
    if (tag === undefined) continue;
    const key = tag.toLowerCase();
    if (!kept.has(key)) kept.set(key, tag);
  }
  return [...kept.values()];
}
