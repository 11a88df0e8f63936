import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HASHTAG_MAX_LENGTH, normaliseHashtag, normaliseHashtags } from './hashtag.rules.js';

describe('normaliseHashtag', () => {
  it.each([
    ['street art', '#StreetArt'],
    ['#streetArt', '#StreetArt'],
    ['  Ciudad de México ', '#CiudadDeMéxico'],
    ['arte CDMX', '#ArteCDMX'],
    ['mural-del-día!', '#MuralDelDía'],
    ['me\u0301xico', '#México'],
    ['3d art', '#3dArt'],
    ['snake_case', '#Snake_case'],
  ])('makes %s into %s', (text, tag) => {
    expect(normaliseHashtag(text)).toBe(tag);
  });

  it.each(['', ' # ', '2024', '🎨', 'x'.repeat(HASHTAG_MAX_LENGTH + 1)])('has none for %j', (text) => {
    expect(normaliseHashtag(text)).toBeUndefined();
  });

  it('gives a tag that stays as it is when normalised again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const tag = normaliseHashtag(text);
        if (tag === undefined) return;
        expect(tag).toMatch(/^#[\p{L}\p{N}\p{M}_]+$/u);
        expect(normaliseHashtag(tag)).toBe(tag);
      }),
    );
  });
});

describe('normaliseHashtags', () => {
  it('keeps each tag once, whatever its capitals, in order', () => {
    expect(normaliseHashtags(['street art', 'Oaxaca', 'StreetART', '!', 'oaxaca', 'Street Art'])).toEqual([
      '#StreetArt',
      '#Oaxaca',
    ]);
  });
});
