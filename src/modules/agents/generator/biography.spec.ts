import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../engine/random.js';
import { TONES } from '../agent.profile.js';
import { ENGLISH_BIOGRAPHIES, SPANISH_BIOGRAPHIES } from '../data/biographies.js';
import { MAX_INTEREST_LENGTH } from '../population.specification.js';
import { BiographyWriter } from './biography.js';

const lengths = (sentences: readonly string[]): number[] =>
  sentences.map((text) => text.replace('{}', '').length);

describe('biographies', () => {
  it.each([
    ['English', ENGLISH_BIOGRAPHIES],
    ['Spanish', SPANISH_BIOGRAPHIES],
  ])('have %s sentences from which any interest gives 60 to 160 characters', (_, table) => {
    for (const tone of TONES) {
      const openings = lengths(table.openings[tone]);
      const middles = lengths(table.interests[tone]);
      const closings = lengths(table.closings[tone]);
      for (const sentence of table.interests[tone]) expect(sentence.split('{}')).toHaveLength(2);
      expect(
        Math.min(...openings) + Math.min(...middles) + Math.min(...closings) + 1 + 2,
      ).toBeGreaterThanOrEqual(60);
      expect(Math.max(...openings) + Math.max(...middles) + MAX_INTEREST_LENGTH + 1).toBeLessThanOrEqual(160);
      // A closing is left out only where the rest is long enough by itself.
      expect(160 - Math.max(...closings)).toBeGreaterThanOrEqual(60);
    }
  });

  it('write of the interest in the language of the agent', () => {
    const stream = new RandomStream({ k0: 1, k1: 2 }, 3);
    const spanish = new BiographyWriter('es', ['street art', 'kites $& {}']);
    expect(spanish.write('casual', 'street art', stream)).toContain('el arte callejero');
    expect(spanish.write('casual', 'kites $& {}', stream)).toContain('kites $& {}');
    expect(new BiographyWriter('fr', ['street art']).write('formal', 'street art', stream)).toContain(
      'street art',
    );
  });

  it('list every sentence that they use', () => {
    const writer = new BiographyWriter('en', ['tea', 'jazz']);
    const sentences = new Set(writer.allSentences());
    const stream = new RandomStream({ k0: 5, k1: 6 }, 0);
    for (let agent = 0; agent < 500; agent += 1) {
      const bio = writer.write(
        TONES[agent % TONES.length] ?? 'casual',
        agent % 2 === 0 ? 'tea' : 'jazz',
        stream,
      );
      const parts = bio.split(/(?<=[.!]) /u);
      expect(parts.every((part) => sentences.has(part))).toBe(true);
    }
  });
});
