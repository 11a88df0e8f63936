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

  it.each([
    [`${'(a|) '.repeat(11)}b`, '11 optional parts in sequence, such as (a|), at most 10'],
    ['<maybe> '.repeat(11) + 'b', '11 optional parts in sequence'],
    [`b ${'( '.repeat(11)}a${' |)'.repeat(11)}`, '11 optional parts in sequence'],
    ['a'.repeat(65), 'at most 64 letters'],
    ['<many> '.repeat(21), 'has 4201 words and alternatives with its sets written out, at most 4000'],
  ])('that costs too much is refused: %.20s', (term, message) => {
    const many = Array.from({ length: 100 }, (_, at) => `w${at}`);
    expect(() => parseTerm(term, { maybe: ['a|'], many })).toThrow(message);
  });

  it('may leave out one part here or there in many alternatives', () => {
    const alternatives = Array.from({ length: 50 }, (_, at) => `go (right|) w${at}`);
    expect(parseTerm(alternatives.join('|'), {})).toHaveLength(50);
  });

  it('shares a set that it names, which is read once', () => {
    let reads = 0;
    const sets = {
      get who() {
        reads += 1;
        return ['you', 'all of them'];
      },
    };
    const reader = new TermReader(sets);
    const [first = []] = reader.read('<who> and <who>');
    const [second = []] = reader.read('to <who>');
    expect(reads).toBe(1);
    expect([first[2], second[1]]).toEqual([first[0], first[0]]);
    expect(second[1]).toBe(first[0]);
    expect(reader.parts).toBe(14 + 8);
  });
});
