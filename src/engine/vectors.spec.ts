import { describe, expect, it } from 'vitest';
import { addDirection, DIMENSIONS, similarity, TopicDirections, writeUnitVector } from './vectors.js';

const directions = new TopicDirections();

function vector(...topics: string[]): Int8Array {
  const components = new Float64Array(DIMENSIONS);
  for (const topic of topics) addDirection(components, directions.of(topic), 1);
  const out = new Int8Array(DIMENSIONS);
  writeUnitVector(components, out, 0);
  return out;
}

describe('interest vectors', () => {
  it('are the same for spellings of one topic', () => {
    expect(vector('#StreetArt')).toEqual(vector('street art'));
    expect(vector('fotografía')).toEqual(vector('Fotografia'));
    expect(vector('music')).not.toEqual(vector('street art'));
  });

  it('have a cosine of one with themselves, and less with less in common', () => {
    expect(similarity(vector('jazz'), 0, vector('jazz'), 0)).toBeCloseTo(1, 1);
    const shared = similarity(vector('jazz', 'food'), 0, vector('jazz', 'cinema'), 0);
    expect(shared).toBeLessThan(0.95);
    expect(shared).toBeGreaterThan(similarity(vector('food'), 0, vector('cinema'), 0) - 0.5);
  });

  it('of unrelated topics are near a right angle on average', () => {
    let sum = 0;
    for (let i = 0; i < 200; i += 1) sum += similarity(vector(`a${i}`), 0, vector(`b${i}`), 0);
    expect(Math.abs(sum / 200)).toBeLessThan(0.06);
  });

  it('of nothing are zero', () => {
    expect(vector()).toEqual(new Int8Array(DIMENSIONS));
  });
});
