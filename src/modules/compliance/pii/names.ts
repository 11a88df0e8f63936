import { endsWith, matchAt } from './context.js';
import type { Report } from './pii-kinds.js';
import type { Reading, Token } from './reading.js';

/** A word that the author began with a capital, unless it goes on an address or is a degree. */
const CAPITALISED = "(?!(?:Apt|Suite|Unit|Box|MD|DDS|DVM|PhD)(?!\\p{L}))\\p{Lu}[\\p{L}\\p{M}'’-]*";
/** How far a name may go, in folded units. */
const NAME_REACH = 64;
const INITIAL = '\\p{Lu}\\.';
const FULL_NAME = new RegExp(
  `^(?:${CAPITALISED}|${INITIAL})(?: (?:(?:de|del|de la|de los|da|dos|van|von|der|y) )?(?:${INITIAL}|${CAPITALISED})){0,3}`,
  'u',
);
const NAME_CUE =
  /(?<![a-z])(?:(?:my|his|her|full|your) (?:full )?name(?: is|'s)|me llamo|se llama|(?:mi|su) nombre es|mein name ist|je m'appelle|meu nome e)$/u;
const TITLES = new Set('mr mrs ms dr dra prof sr sra srta herr frau mme'.split(' '));

/** The last words of what shows a name: titles, "my name is", "me llamo". */
export const NAME_WORDS: readonly string[] = [...TITLES, ...'is s llamo llama es ist appelle e'.split(' ')];

/** Reports the capitalised words after "my name is" or a title, where the token is the last word of it. */
export function findName(reading: Reading, token: Token, report: Report): void {
  const { text } = reading;
  const isTitle = TITLES.has(text.slice(token.start, token.end));
  if (!isTitle && !endsWith(text, token.end, NAME_CUE, 32)) return;
  const gap = matchAt(text, token.end, isTitle ? /\.? (?=[^ ])/uy : /:? (?=[^ ])/uy);
  if (gap === null) return;
  const from = token.end + gap[0].length;
  const length = capitalisedLength(reading, from, FULL_NAME);
  if (length > 1) report('name', from, from + length, isTitle ? 0.6 : 0.75);
}

/** How many folded units from a place on are what `pattern` describes as written; 0 when it is not. */
function capitalisedLength(reading: Reading, from: number, pattern: RegExp): number {
  const to = Math.min(reading.text.length, from + NAME_REACH);
  const written = reading.written(from, to);
  const match = pattern.exec(written)?.[0];
  if (match === undefined) return 0;
  const [sourceStart] = reading.sourceSpan(from, to);
  let length = 0;
  while (from + length < to && reading.sourceSpan(from, from + length + 1)[1] <= sourceStart + match.length)
    length += 1;
  return length;
}
