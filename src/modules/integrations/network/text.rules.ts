import { NetworkError } from '../integrations.errors.js';

/** Characters of a post and its warning together. */
export const TEXT_MAX = 5_000;
/** Hashtags and accounts that a post can name; further ones stay words. */
const NAMED_MAX = 50;

/**
 * What stands out in a text: a URL, `@name`, `@name@domain`, `#hashtag`. Each begins at a word boundary and has a bounded
 * length, so that a text is read in linear time.
 */
const ENTITY =
  /(?<![\w/@#&])(?:(https?:\/\/[^\s<>"']{1,2000})|@(\w{1,30}(?:[.-]\w{1,30}){0,5})(?:@([\w-]{1,60}(?:[.:][\w-]{1,60}){0,8}))?|#([\p{L}\p{M}\p{N}_]{1,100}))/gu;
const TRAILING = /[.,;:!?)\]}]{1,20}$/u;

/** A part of a text. */
export type TextPart =
  | { kind: 'text' | 'url'; text: string }
  | { kind: 'mention'; text: string; username: string; domain: string | undefined }
  | { kind: 'tag'; text: string; name: string };

/** Takes a text apart; the parts together are the text. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  const upTo = (place: number): void => {
    if (place > end) parts.push({ kind: 'text', text: text.slice(end, place) });
  };
  for (const match of text.matchAll(ENTITY)) {
    const [whole, url, username, domain, tag] = match;
    upTo(match.index);
    const part = partOf(whole, { url, username, domain, tag });
    parts.push(part);
    end = match.index + part.text.length;
  }
  upTo(text.length);
  return parts;
}

function partOf(
  whole: string,
  found: Partial<Record<'url' | 'username' | 'domain' | 'tag', string | undefined>>,
): TextPart {
  const { url, username, domain, tag } = found;
  if (url !== undefined) {
    const bare = url.replace(TRAILING, '');
    return { kind: URL.canParse(bare) ? 'url' : 'text', text: bare };
  }
  if (username !== undefined)
    return { kind: 'mention', text: whole, username: username.toLowerCase(), domain };
  // A number alone is no hashtag.
  return tag === undefined || /^[\p{N}_]+$/u.test(tag)
    ? { kind: 'text', text: whole }
    : { kind: 'tag', text: whole, name: tag.toLowerCase() };
}

/** The hashtags of a text, each once, and whom it names on its own network. */
export function namedIn(text: string): { tags: string[]; usernames: string[] } {
  const parts = partsOf(text);
  const tags = parts.flatMap((part) => (part.kind === 'tag' ? part.name : []));
  const usernames = parts.flatMap((part) =>
    part.kind === 'mention' && part.domain === undefined ? part.username : [],
  );
  return {
    tags: [...new Set(tags)].slice(0, NAMED_MAX),
    usernames: [...new Set(usernames)].slice(0, NAMED_MAX),
  };
}

/** A text with one kind of line break and no space around it. */
export function tidy(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

/** The error of a text that is longer than a post can be. */
export function lengthFlaw(text: string, spoiler: string): NetworkError | undefined {
  // As clients count: characters of Unicode.
  const length = Array.from(text).length + Array.from(spoiler).length;
  return length > TEXT_MAX
    ? NetworkError.field('status', `has ${length} characters with its warning; at most ${TEXT_MAX}`)
    : undefined;
}
