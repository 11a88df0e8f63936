import { describe, expect, it } from 'vitest';
import { hashText } from '../../src/modules/compliance/classifiers/hashing.js';
import { maskOf } from '../../src/modules/compliance/classifiers/heads.js';
import { loadClassifiers } from '../../src/modules/compliance/classifiers/index.js';
import { Lexicon, packLexicon } from '../../src/modules/compliance/classifiers/lexicon.js';
import { Vocabulary } from '../../src/modules/compliance/classifiers/vocabulary.js';
import { mistakableWords, readDictionaries } from './dictionary.js';

describe('words that are like one of the lexicon', () => {
  const lexicon = new Lexicon(
    packLexicon([
      ['blind', maskOf('group')],
      ['lynching', maskOf('harm')],
      ['asco', maskOf('negative')],
    ]),
  );
  const english = ['bind', 'table', 'lynchings', 'blind'];
  const vocabulary = new Vocabulary(new Int32Array(), lexicon);
  const found = new Set(mistakableWords(vocabulary, { english, spanish: ['saco', 'humano'] }));

  it.each([
    ['bind', true],
    ['saco', true],
    ['humano', false],
    // Read as it stands in any case, and a form of an entry.
    ['table', false],
    ['lynchings', false],
    ['blind', false],
  ])('%s: %j', (word, expected) => {
    expect(found.has(hashText(word))).toBe(expected);
  });

  it('come from lists of folded words', () => {
    const dictionaries = readDictionaries();
    expect(dictionaries.english).toEqual(expect.arrayContaining(['spices', 'chairman']));
    expect(dictionaries.spanish).toEqual(expect.arrayContaining(['saco', 'balon']));
  });

  it.each(['spices', 'bind', 'boomed', 'inspect', 'gills', 'saco', 'volador'])(
    '%s is read as it stands',
    (word) => {
      expect(loadClassifiers().tokeniser.read(word)).toMatchObject([{ word, mask: 0 }]);
    },
  );
});
