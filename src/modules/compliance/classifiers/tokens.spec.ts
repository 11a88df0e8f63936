import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashText } from './hashing.js';
import { maskOf } from './heads.js';
import { Lexicon, packLexicon } from './lexicon.js';
import { MAX_READ_UNITS, TokenKind, Tokeniser } from './tokens.js';
import { Vocabulary } from './vocabulary.js';

const FREQUENT = 'i you all the hate love good cool people kill feet so much of is with'
  .split(' ')
  .map(hashText);
const LEXICON: [string, number][] = [
  ['muslims', maskOf('group')],
  ['women', maskOf('group')],
  ['wheelchair users', maskOf('group')],
  ['rat', maskOf('dehuman')],
  ['knife stab', maskOf('harm')],
  ['hate', maskOf('hatred')],
  ['kill', maskOf('harm')],
  ['stupid', maskOf('negative')],
  ['shit', maskOf('profane')],
];
const EMOJI = new Map([
  ['🐀', 'rat'],
  ['🔪', 'knife stab'],
  ['🏳🌈', 'pride flag'],
  ['🏳', 'flag'],
]);
const tokeniser = new Tokeniser(
  new Vocabulary(Int32Array.from(FREQUENT), new Lexicon(packLexicon(LEXICON))),
  EMOJI,
);
const words = (text: string): string =>
  tokeniser
    .read(text)
    .map(({ word }) => word)
    .join(' ');

describe('the tokens of a text', () => {
  it.each([
    ['I HATE Women', 'i hate women'],
    ['h4te, hat3 and h@te', 'hate , hate and hate'],
    ['haaaate goooood coooool', 'hate good cool'],
    ['h a t e', 'hate'],
    ['h.a.t.e', 'hate'],
    ['h\u200ba\u2060te', 'hate'],
    ['𝓱𝓪𝓽𝓮 ｈａｔｅ ⓗⓐⓣⓔ', 'hate hate hate'],
    ['hаtе', 'hate'],
    ['killallwomen', 'kill all women'],
    ['k i l l a l l w o m e n', 'kill all women'],
    ['wo men mu sl ims', 'women muslims'],
    ['stupib stuqid', 'stupib stuqid'],
    ['mulsims muslms musllims', 'muslims muslims muslims'],
    ['sh*t sh#t #shit', 'shit shit # shit'],
    ['ha.te ha🐀te mus-lims k.9', 'hate hate muslims k . 9'],
    ['elpoep etah nemow', 'people hate women'],
    ['peo ple ki ll', 'people kill'],
    ['peo-ple pe.ople', 'people people'],
    ['the people all hate', 'the people all hate'],
    ['poeple p*ople', 'people people'],
    ["don't", 'dont'],
    ['🐀 🔪 🏳️‍🌈', 'rat knife stab pride flag'],
    ['@ana see https://example.org/a?b=1 now', 'mention see link now'],
    ['in 2024!!!', 'in 2024 !'],
    ['', ''],
  ])('of %j are %j', (text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it.each([
    ['I k1ll', 'kill', 'k1ll'],
    ['so s\u200bt\u200bu\u200bpid!', 'stupid', 's\u200bt\u200bu\u200bpid'],
    ['xx k i l l yy', 'kill', 'k i l l'],
    ['oh peo ple yy', 'people', 'peo ple'],
    ['oh elpoep yy', 'people', 'elpoep'],
    ['oh killallwomen', 'women', 'women'],
    ['oh KiLLaaaaallwomen', 'women', 'women'],
    ['a 🐀!', 'rat', '🐀'],
    ['é 𝓱𝓪𝓽𝓮', 'hate', '𝓱𝓪𝓽𝓮'],
  ])('of %j: %j stands at %j in the source', (text, word, source) => {
    const token = tokeniser.read(text).find((each) => each.word === word);
    expect(text.slice(token?.start, token?.end)).toBe(source);
  });

  it('carry the classes of the longest entry of the lexicon', () => {
    const [first, second] = tokeniser.read('Wheelchair users');
    expect(first?.mask).toBe(maskOf('group'));
    expect(second?.continued).toBe(true);
  });

  it('tell numbers, links, mentions and emoji from words', () => {
    const kinds = tokeniser.read('hi 42 a.com @bob 🐀').map(({ kind }) => kind);
    expect(kinds).toEqual([
      TokenKind.word,
      TokenKind.number,
      TokenKind.link,
      TokenKind.mention,
      TokenKind.emoji,
    ]);
  });

  it('lie in the source, in order, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        let last = 0;
        for (const { start, end } of tokeniser.read(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          last = start;
        }
      }),
    );
  });

  it('end where a long text is cut', () => {
    const tokens = tokeniser.read('hate '.repeat(MAX_READ_UNITS));
    expect(tokens.length).toBe(MAX_READ_UNITS / 5);
    expect(tokens.at(-1)?.end).toBeLessThanOrEqual(MAX_READ_UNITS);
  });
});
