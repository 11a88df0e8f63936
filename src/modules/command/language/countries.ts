import { LANGUAGES, plain, type Token } from './words.js';

/** Names that people have besides those of Unicode's locale data. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  usa: 'US',
  'the united states': 'US',
  'estados unidos de america': 'US',
  eeuu: 'US',
  'ee.uu': 'US',
  uk: 'GB',
  britain: 'GB',
  'great britain': 'GB',
  inglaterra: 'GB',
  england: 'GB',
  holland: 'NL',
  holanda: 'NL',
  'the netherlands': 'NL',
};

let names: ReadonlyMap<string, string> | undefined;

/** Codes of countries by their names, in every language, without accents. */
function countryNames(): ReadonlyMap<string, string> {
  if (names !== undefined) return names;
  const found = new Map(Object.entries(OTHER_NAMES));
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const first of letters)
      for (const second of letters) {
        const code = `${first}${second}`;
        const name = display.of(code);
        if (name !== undefined && !found.has(plain(name))) found.set(plain(name), code);
      }
  }
  names = found;
  return found;
}

/** The country that words name. */
export function countryOfName(tokens: readonly Token[]): string | undefined {
  return countryNames().get(tokens.map(({ word }) => word).join(' '));
}

/** The country of an ISO 3166-1 alpha-2 code; in capitals only, since `in` is a word. */
export function countryOfCode([token, ...others]: readonly Token[]): string | undefined {
  if (token === undefined || others.length > 0 || !/^[A-Z]{2}$/.test(token.raw)) return undefined;
  return [...countryNames().values()].includes(token.raw) ? token.raw : undefined;
}
