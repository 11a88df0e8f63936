import { describe, expect, it } from 'vitest';
import { sentenceInTone } from './tone.rules.js';

describe('sentenceInTone', () => {
  it.each([
    ['casual', 'en', 'Look up.'],
    ['formal', 'en', 'Look up.'],
    ['informative', 'es', 'Look up.'],
    ['sarcastic', 'en', 'Look up…'],
    ['enthusiastic', 'en', 'Look up!'],
    ['enthusiastic', 'es', '¡Look up!'],
  ] as const)('ends a %s sentence in %s', (tone, language, expected) => {
    expect(sentenceInTone(' look up. ', tone, language)).toBe(expected);
    expect(sentenceInTone('look up', tone, language)).toBe(expected);
  });

  it('keeps an ending that says something', () => {
    expect(sentenceInTone('¿vienes?', 'enthusiastic', 'es')).toBe('¿vienes?');
    expect(sentenceInTone('well…', 'formal', 'en')).toBe('Well…');
    expect(sentenceInTone('  ', 'formal', 'en')).toBe('');
  });

  it('capitalises letters outside ASCII', () => {
    expect(sentenceInTone('ñandú', 'formal', 'es')).toBe('Ñandú.');
    expect(sentenceInTone('𐐨x', 'formal', 'en')).toBe('𐐀x.');
  });
});
