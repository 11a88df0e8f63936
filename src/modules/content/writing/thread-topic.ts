import { tokenise } from '../scoring/tokens.js';

/** A word of so many letters can say what a text is about. */
const TELLING = 5;
/** The longest topic, in UTF-16 units. */
export const TOPIC_MAX_LENGTH = 100;

/**
 * What a post is about, where nobody said so: its first hashtag as words (`#StreetArt` is `street art`), else its most
 * frequent word of five letters or more, the first of equals; else the beginning of the text.
 */
export function topicOf(text: string, hashtags: readonly string[]): string {
  const [tag] = [...hashtags, ...(text.match(/#[\p{L}\p{N}_]+/gu) ?? [])];
  if (tag !== undefined) return tagWords(tag).slice(0, TOPIC_MAX_LENGTH);
  const counts = new Map<string, number>();
  for (const word of tokenise(text).words)
    if (word.length >= TELLING) counts.set(word, (counts.get(word) ?? 0) + 1);
  let topic = '';
  let most = 0;
  for (const [word, count] of counts) if (count > most) [topic, most] = [word, count];
  return (topic === '' ? text.trim() : topic).slice(0, TOPIC_MAX_LENGTH).trim();
}

function tagWords(tag: string): string {
  const words = tag.slice(1).replaceAll('_', ' ');
  return words
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .trim();
}
