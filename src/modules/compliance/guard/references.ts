import { MAX_LISTED, MAX_LISTED_LENGTH } from './condition-language.js';
import { isWordUnit } from './words.js';

/** Where a text points to, as folded; at most MAX_LISTED of each kind, each cut to MAX_LISTED_LENGTH. */
export interface References {
  /** The hosts of web addresses, without `www.`; of `bit.ly/a` as well as of `https://bit.ly/a`. */
  readonly links: string[];
  /** Without their `#`. */
  readonly hashtags: string[];
  /** Without their `@`. */
  readonly mentions: string[];
}

const SCHEME = '://';
const WWW = 'www.';
const UNDERSCORE = 0x5f;
const HASH = 0x23;
const AT = 0x40;

/** A host with a path, written without its scheme. */
const BARE_HOST = /^[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}\//u;
/** Whatever longer stands without a space is no address that anybody could follow. */
const LONGEST_BARE = 400;

const isNameUnit = (unit: number): boolean => isWordUnit(unit) || unit === UNDERSCORE;

function nameEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && end - start < MAX_LISTED_LENGTH && isNameUnit(text.charCodeAt(end))) end += 1;
  return end;
}

function addNames(text: string, mark: string, names: string[]): void {
  for (let at = text.indexOf(mark); at >= 0 && names.length < MAX_LISTED; at = text.indexOf(mark, at + 1)) {
    // Within a word it is part of a mail address, or of a link.
    if (at > 0 && isNameUnit(text.charCodeAt(at - 1)) && mark.charCodeAt(0) === AT) continue;
    const end = nameEnd(text, at + 1);
    if (end > at + 1) names.push(text.slice(at + 1, end));
  }
}

function hostAt(text: string, start: number): string {
  let end = start;
  while (end < text.length && end - start < MAX_LISTED_LENGTH) {
    const unit = text.charCodeAt(end);
    // A dot, a dash, or what a host is written with.
    if (unit !== 0x2e && unit !== 0x2d && !isWordUnit(unit)) break;
    end += 1;
  }
  const host = text.slice(start, end);
  return host.startsWith(WWW) ? host.slice(WWW.length) : host;
}

function addLinks(token: string, links: string[]): void {
  const add = (host: string): void => {
    if (host !== '' && links.length < MAX_LISTED) links.push(host);
  };
  let at = token.indexOf(SCHEME);
  if (at >= 0) {
    for (; at >= 0 && links.length < MAX_LISTED; at = token.indexOf(SCHEME, at + 1))
      add(hostAt(token, at + SCHEME.length));
    return;
  }
  let start = 0;
  while (start < token.length && !isWordUnit(token.charCodeAt(start)) && token.charCodeAt(start) !== HASH)
    start += 1;
  if (start === token.length || token.charCodeAt(start) === HASH) return;
  const bare = token.slice(start, start + LONGEST_BARE);
  if (bare.startsWith(WWW) || BARE_HOST.test(bare)) add(hostAt(bare, 0));
}

/** Finds where a folded text points to, in linear time. */
export function findReferences(folded: string): References {
  const found: References = { links: [], hashtags: [], mentions: [] };
  if (folded.includes('#')) addNames(folded, '#', found.hashtags);
  if (folded.includes('@')) addNames(folded, '@', found.mentions);
  if (!folded.includes('/') && !folded.includes(WWW)) return found;
  for (const token of folded.split(' ')) {
    if (found.links.length === MAX_LISTED) break;
    addLinks(token, found.links);
  }
  return found;
}
