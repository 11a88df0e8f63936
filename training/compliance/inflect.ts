import { maskOf } from '../../src/modules/compliance/classifiers/heads.js';

const VERBS = maskOf('harm', 'hatred', 'exclude');
const NOUNS = maskOf('dehuman', 'negative', 'slur', 'others', 'object', 'group', 'profane', 'weapon');
const SPANISH = maskOf(
  'group',
  'groupadj',
  'dehuman',
  'negative',
  'positive',
  'slur',
  'profane',
  'harm',
  'exclude',
  'others',
  'individual',
  'person',
);
const MIN_LENGTH = 4;
const VOWEL = /[aeiou]/u;

function englishVerb(word: string): string[] {
  const stem = word.endsWith('e') ? word.slice(0, -1) : word;
  const doubled = /[^aeiou][aeiou][bdgmnpt]$/u.test(word) ? word + word.slice(-1) : stem;
  return [`${word}s`, `${doubled}ed`, `${doubled}ing`, `${stem}er`, `${stem}ers`];
}

function englishNoun(word: string): string[] {
  if (word.endsWith('s')) return [word.slice(0, -1)];
  if (/[^aeiou]y$/u.test(word)) return [`${word.slice(0, -1)}ies`];
  return [/(?:ch|sh|x)$/u.test(word) ? `${word}es` : `${word}s`];
}

/** The other genders and numbers of a Spanish noun, adjective or participle. */
function spanish(word: string): string[] {
  if (/(?:os|as)$/u.test(word)) {
    const stem = word.slice(0, -2);
    return [`${stem}o`, `${stem}a`, `${stem}os`, `${stem}as`];
  }
  if (/[oa]$/u.test(word)) {
    const stem = word.slice(0, -1);
    return [`${stem}o`, `${stem}a`, `${stem}os`, `${stem}as`];
  }
  if (/[^aeiou]es$/u.test(word))
    return [word.slice(0, -2), `${word.slice(0, -2)}a`, `${word.slice(0, -2)}as`];
  if (word.endsWith('e')) return [`${word}s`];
  return VOWEL.test(word.slice(-1)) ? [] : [`${word}es`, `${word}a`, `${word}as`];
}

/** Other forms of a folded word of the lexicon, by the rules of its language; not all of them need exist. */
export function inflections(word: string, mask: number, language: 'en' | 'es'): string[] {
  if (word.length < MIN_LENGTH || word.includes(' ')) return [];
  if (language === 'es') return (mask & SPANISH) === 0 ? [] : spanish(word);
  return [
    ...((mask & VERBS) === 0 || /(?:s|ed|ing)$/u.test(word) ? [] : englishVerb(word)),
    ...((mask & NOUNS) === 0 ? [] : englishNoun(word)),
  ];
}
