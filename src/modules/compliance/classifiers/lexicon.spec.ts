import { describe, expect, it } from 'vitest';
import { Lexicon, packLexicon } from './lexicon.js';

const ENTRIES: [string, number][] = [
  ['walrus', 1],
  ['wheelchair users', 6],
  ['wheelchair', 2],
  ['a b c d', 8],
];
const packed = packLexicon(ENTRIES);
const lexicon = new Lexicon(packed);

describe('a lexicon of hashes', () => {
  it('knows what was put in, and nothing else', () => {
    for (const [entry, mask] of ENTRIES) expect(lexicon.valueOf(entry)).toBe(mask);
    for (const other of ['walru', 'users', 'wheelchair user', '', 'a b c'])
      expect(lexicon.valueOf(other)).toBe(0);
  });

  it('knows how long the phrases are that begin with a word', () => {
    expect(lexicon.phraseLength('wheelchair')).toBe(2);
    expect(lexicon.phraseLength('a')).toBe(4);
    expect(lexicon.phraseLength('walrus')).toBe(0);
  });

  it('keeps no letter of its words, nor their order', () => {
    const bytes = Buffer.from(packed.buffer).toString('latin1');
    expect(bytes).not.toContain('walrus');
    expect(packLexicon(ENTRIES.toReversed())).toEqual(packed);
  });

  it('is empty when nothing was put in', () => {
    expect(new Lexicon(packLexicon([])).valueOf('walrus')).toBe(0);
  });
});
