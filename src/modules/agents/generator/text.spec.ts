import { describe, expect, it } from 'vitest';
import { editDistance, foldText, foldToAscii } from './text.js';

describe('text', () => {
  it('folds case, accents and punctuation', () => {
    expect(foldText('  São-Paulo  d’Été ')).toBe('sao paulo d ete');
    expect(foldToAscii('Łukasz Straße Ærø')).toBe('lukaszstrasseaero');
    expect(foldToAscii('さくら')).toBe('');
  });

  it('counts edits, neighbours that changed places as one', () => {
    expect(editDistance('kitten', 'sitting', 5)).toBe(3);
    expect(editDistance('form', 'from', 5)).toBe(1);
    expect(editDistance('same', 'same', 0)).toBe(0);
    expect(editDistance('abc', 'abcdefgh', 2)).toBe(3);
  });
});
