import { ALT_TEXT_MAX_LENGTH, CAPTION_MAX_LENGTH, tidy } from '../writing/draft-composer.js';
import { normaliseHashtags } from '../writing/hashtag.rules.js';

/** Why something that a model wrote was not taken. */
export const POST_REFUSALS = ['missing', 'form', 'alike'] as const;
export type PostRefusal = (typeof POST_REFUSALS)[number];

/** A text that can be taken, or what is wrong with it, in a sentence for the model. */
export type CheckedText<T = string> = { value: T } | { reason: PostRefusal; words: string };

/** A shorter caption says nothing. */
const CAPTION_MIN_LENGTH = 20;
const HASHTAGS_MAX = 30;
/** What would not be a line of text: controls but the line break, and characters that hide or turn others. */
const UNPRINTABLE = /[^\P{Cc}\n]|[\p{Cs}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
/** Hashtags, accounts, links and markup. */
const NOT_PROSE = /[#@<>{}|]|:\/\/|\bwww\./iu;

/**
 * A caption as it may stand, or what is wrong with it.
 * @param author how a reply calls who wrote the post: the one account that it may name
 */
export function checkCaption(field: string, text: string, author: string | undefined): CheckedText {
  const value = tidy(text);
  if (value.length < CAPTION_MIN_LENGTH || value.length > CAPTION_MAX_LENGTH)
    return lengthOf(field, value, CAPTION_MIN_LENGTH, CAPTION_MAX_LENGTH);
  const prose = author === undefined || author === '' ? value : value.replaceAll(author, '');
  return checkProse(field, value, prose);
}

export function checkAltText(text: string): CheckedText {
  const value = tidy(text);
  if (value === '' || value.length > ALT_TEXT_MAX_LENGTH)
    return lengthOf('alt_text', value, 1, ALT_TEXT_MAX_LENGTH);
  return checkProse('alt_text', value, value);
}

/** Hashtags in their one form; too many are cut, none at all are refused. */
export function checkHashtags(texts: readonly string[]): CheckedText<string[]> {
  const value = normaliseHashtags(texts).slice(0, HASHTAGS_MAX);
  return value.length > 0 ? { value } : { reason: 'form', words: 'hashtags: give three to eight words' };
}

function checkProse(field: string, value: string, prose: string): CheckedText {
  if (!UNPRINTABLE.test(prose) && !NOT_PROSE.test(prose)) return { value };
  return { reason: 'form', words: `${field} has hashtags, accounts, links or markup in it` };
}

function lengthOf(field: string, { length }: string, least: number, most: number): CheckedText {
  return { reason: 'form', words: `${field} has ${length} characters, and must have ${least} to ${most}` };
}
