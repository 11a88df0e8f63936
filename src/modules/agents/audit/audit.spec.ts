import { describe, expect, it } from 'vitest';
import { createGenerator } from '../create-generator.js';
import { cramersV, entropy } from './association.js';
import { nearDuplicates } from './bio-likeness.js';
import { auditPopulation } from './population-audit.js';

describe('cramersV', () => {
  it('is 0 for independence, 1 where one attribute tells the other, and in between as by hand', () => {
    expect(cramersV([10, 20, 30, 60], 2)).toBeCloseTo(0, 12);
    expect(cramersV([5, 0, 0, 0, 7, 0], 3)).toBeCloseTo(1, 12);
    expect(cramersV([30, 10, 10, 30], 2)).toBeCloseTo(0.5, 12);
    expect(cramersV([3, 4], 2)).toBe(0);
  });
});

describe('entropy', () => {
  it('is in bits', () => {
    expect(entropy([1, 1, 1, 1])).toBeCloseTo(2, 12);
    expect(entropy([7])).toBe(0);
  });
});

describe('nearDuplicates', () => {
  it('counts texts that share most pairs of words with another', () => {
    const long =
      'I walk along the river every morning and take pictures of boats bridges birds and old brick walls';
    expect(
      nearDuplicates([long, `${long} today`, 'Something else entirely, about tea and long trains.']),
    ).toBe(2);
    expect(nearDuplicates(['one two three', 'four five six'])).toBe(0);
  });
});

describe('auditPopulation', () => {
  it('tells of a population without a file how diverse and coherent it is', async () => {
    const audit = await auditPopulation(
      await createGenerator({ gender: 'female', count: 300, country: 'JP', seed: '1' }),
    );
    expect(audit).toMatchObject({ count: 300, margins: [], associations: [], coherence: { met: true } });
    const gender = audit.diversity.spreads.find(({ attribute }) => attribute === 'gender');
    expect(gender).toMatchObject({ values: 1, entropy: 0, homogeneity: 1, effective_values: 1 });
    expect(audit.diversity.names).toEqual({ different: 300, collisions: 0 });
  });
});
