import { describe, expect, it } from 'vitest';
import { lengthFlaw, namedIn, partsOf, TEXT_MAX, tidy } from './text.rules.js';

const kinds = (text: string): [string, string][] => partsOf(text).map((part) => [part.kind, part.text]);

describe('a text', () => {
  it.each([
    'hola @ana.b, mira #Café https://a.b/c?d=1). fin',
    '@a@b.example #1 ##x a#b a@b.c https://',
    '',
    '<a href="https://x.y/">#z</a>',
  ])('is its parts together: %s', (text) => {
    expect(
      partsOf(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  it('has links, names and hashtags where they stand for themselves', () => {
    expect(kinds('(https://a.b/c?d=1).')).toEqual([
      ['text', '('],
      ['url', 'https://a.b/c?d=1'],
      ['text', ').'],
    ]);
    expect(kinds('mail a@b.c, no#tag, &#39; #123')).toEqual([
      ['text', 'mail a@b.c, no#tag, &#39; '],
      ['text', '#123'],
    ]);
    expect(kinds('javascript:alert(1)')).toEqual([['text', 'javascript:alert(1)']]);
  });

  it('names whom it names, each once', () => {
    expect(namedIn('@Ana y @ana y @bea@elsewhere.example, #Uno #uno #DOS.')).toEqual({
      tags: ['uno', 'dos'],
      usernames: ['ana'],
    });
    expect(namedIn('@ana.torres. @x-').usernames).toEqual(['ana.torres', 'x']);
  });

  it('is tidied, and has an end', () => {
    expect(tidy('  a\r\nb\n\n ')).toBe('a\nb');
    expect(lengthFlaw('👋'.repeat(TEXT_MAX), '')).toBeUndefined();
    expect(lengthFlaw('a'.repeat(TEXT_MAX), 'b')?.message).toContain(`${TEXT_MAX + 1} characters`);
  });
});
