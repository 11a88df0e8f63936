import type { Token } from './words.js';

/** Two ages, and how many words say them. */
interface AgesSaid {
  length: number;
  from: number;
  to: number;
}

const WORDS_MAX = 10;
const YEARS = '(?:years?(?: old| of age)?|anos?(?: de edad)?)';
const RANGE = String.raw`(\d{1,3}) ?(?:to|and|a|y|-|–) ?(\d{1,3})`;
/** What it is that is between two numbers has to be said before or after them: other numbers are numbers. */
const FORMS: readonly RegExp[] = [
  new RegExp(
    String.raw`^(?:(?:de|con) )?(?:aged?|ages|edad|edades)(?: from| between| de| entre)? ${RANGE}(?: ${YEARS})?(?= |$)`,
    'u',
  ),
  new RegExp(String.raw`^(?:(?:from|between|de|entre) )?${RANGE} ${YEARS}(?= |$)`, 'u'),
];

/** An age range that begins at a word: `aged 20 to 30`, `between 20 and 30 years`, `de 20 a 30 años`. */
export function agesAt(tokens: readonly Token[], at: number): AgesSaid | undefined {
  const own = tokens.slice(at, at + WORDS_MAX);
  const quoted = own.findIndex((token) => token.quoted);
  const words = (quoted === -1 ? own : own.slice(0, quoted)).map(({ word }) => word);
  for (const form of FORMS) {
    const [said, low, high] = form.exec(words.join(' ')) ?? [];
    if (said === undefined) continue;
    return { length: said.split(' ').length, from: Number(low), to: Number(high) };
  }
  return undefined;
}
