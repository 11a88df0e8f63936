import type { Language } from '../writing/language.js';

/** How many syllables a lower-case word has, at least 1. Abbreviations and digits count as one. */
export function countSyllables(word: string, language: Language): number {
  const known = counted[language];
  const count = known.get(word);
  if (count !== undefined) return count;
  const syllables = Math.max(1, language === 'es' ? spanishSyllables(word) : englishSyllables(word));
  if (known.size === KNOWN_WORDS) known.clear();
  known.set(word, syllables);
  return syllables;
}

/** So many words of a language are counted once; the texts of a batch have a few thousand. */
const KNOWN_WORDS = 10_000;
const counted: Readonly<Record<Language, Map<string, number>>> = { en: new Map(), es: new Map() };

/**
 * Spanish: the nuclei of the word. Adjacent vowels make one nucleus unless two of them are strong (a, e, o, or an
 * accented í, ú); `y` is a vowel only where no vowel follows.
 * Source: RAE, Ortografía de la lengua española (2010), on diphthong and hiatus.
 */
function spanishSyllables(word: string): number {
  let nuclei = 0;
  let inNucleus = false;
  let strongInNucleus = false;
  for (let i = 0; i < word.length; i += 1) {
    const letter = word.charAt(i);
    const strong = STRONG.has(letter);
    const weak = WEAK.has(letter) || (letter === 'y' && !isSpanishVowel(word.charAt(i + 1)));
    if (!strong && !weak) {
      inNucleus = false;
      strongInNucleus = false;
    } else if (!inNucleus || (strong && strongInNucleus)) {
      nuclei += 1;
      inNucleus = true;
      strongInNucleus = strong;
    } else {
      strongInNucleus ||= strong;
    }
  }
  return nuclei;
}

const STRONG = new Set('aeoáéóíú');
const WEAK = new Set('iuü');

function isSpanishVowel(letter: string): boolean {
  return STRONG.has(letter) || WEAK.has(letter);
}

const SILENT_END = /(?:(?<=[^laeiouy]|[aeiouy]l)e|(?<=[^aeiouytd])ed|(?<=[^aeiouylscxzgh]|[aeiouy]l)es)$/u;
const VOWELS = /[aeiouy]+/gu;
/** Where neighbouring vowels are two syllables: radio, museum, quiet, video, idea, reality, create, doing, actual. */
const HIATUS =
  /(?<![tcsgnlx])i[ao]|i(?=um|et|enc|ent)|e(?=um|o$|at[eir])|(?<=[ir]|id)ea$|(?<=id)eal|(?<=r)eali|(?<=cr)eat(?=[eio])|[aeiouy](?=ing)|u(?=al)/gu;

/**
 * English has no rule for its spelling: vowel groups, less a silent ending (-e, -ed, -es), plus the usual hiatus.
 * Good for averages over a text, not for verse.
 */
function englishSyllables(word: string): number {
  const stem = word.replace(/'\p{L}+$/u, '').replace(SILENT_END, '');
  return (stem.match(VOWELS)?.length ?? 0) + (word.match(HIATUS)?.length ?? 0);
}
