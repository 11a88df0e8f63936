import { describe, expect, it } from 'vitest';
import { TermReader, type Term, type TermSets } from './term-syntax.js';

const parseTerm = (text: string, sets: TermSets): readonly Term[] => new TermReader(sets).read(text);

describe('a term', () => {
  it('reads words as texts are folded', () => {
    expect(parseTerm("I'll KILL niños", {})).toEqual([['ill', 'kill', 'ninos']]);
  });

  it('reads alternatives, empty and nested ones too, and sets', () => {
    expect(parseTerm('go (back|) home', {})).toEqual([['go', [['back'], []], 'home']]);
    expect(parseTerm('a (b (c|d)|e)', {})).toEqual([['a', [['b', [['c'], ['d']]], ['e']]]]);
    expect(parseTerm('to <who>', { who: ['you', 'all (of|) them'] })).toEqual([
      ['to', [['you'], ['all', [['of'], []], 'them']]],
    ]);
    expect(parseTerm('one|two words', {})).toEqual([['one'], ['two', 'words']]);
  });

  it.each([
    ['go (back home', 'pairs'],
    ['go back) home', 'pairs'],
    ['super(man|woman)', 'spaces around'],
    ['(super|)man', 'spaces around'],
    ['to <who>', 'no set named "who"'],
    ['to <constructor>', 'no set named "constructor"'],
    ['(a|)', 'at least one word'],
    ['!!!', 'at least one word'],
    ['a|', 'at least one word'],
    ['a > b', 'no set'],
  ])('refuses %j', (term, message) => {
    expect(() => parseTerm(term, {})).toThrow(message);
  });
});
