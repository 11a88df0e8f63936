import { describe, expect, it } from 'vitest';
import type { FieldIssue } from '../../core/errors/index.js';
import { InvalidSpecification } from './agents.errors.js';
import { normalForm, specificationDigest, type PopulationSpecification } from './population.specification.js';

const base: PopulationSpecification = { gender: 'female', count: 10, country: 'MX', seed: '1' };

function issuesOf(change: Record<string, unknown>): readonly FieldIssue[] {
  try {
    normalForm({ ...base, ...change });
  } catch (error) {
    if (error instanceof InvalidSpecification) return error.issues;
    throw error;
  }
  return [];
}

describe('normalForm', () => {
  it('fills in what is missing and settles spellings', () => {
    const normal = normalForm({
      ...base,
      country: ' mx ',
      city: 'Mexico   City',
      interests: ['Tea', ' tea', 'street  art'],
    });
    expect(normal).toEqual({
      ...base,
      city: 'Mexico City',
      age_range: [13, 90],
      interests: ['Tea', 'street art'],
    });
  });

  it.each([
    [{ gender: 'robot' }, 'gender', 'female, male, non_binary, unspecified'],
    [{ interests: ['\u00ad\u115f\u0301'] }, 'interests[0]', 'can be seen'],
    [{ interests: ['call ５５ １２３４ ５６７８'] }, 'interests[0]', 'telephone'],
    [{ count: 0 }, 'count', 'at least 1'],
    [{ count: 1_000_001 }, 'count', 'at most 1000000'],
    [{ count: 2.5 }, 'count', 'whole number'],
    [{ count: '10' }, 'count', 'whole number'],
    [{ count: Number.NaN }, 'count', 'whole number'],
    [{ country: '' }, 'country', '1 to 60'],
    [{ city: ' ' }, 'city', '1 to 100'],
    [{ city: 'x'.repeat(101) }, 'city', '1 to 100'],
    [{ city: 'Mexico\u0000City' }, 'city', 'control'],
    [{ city: 'Mexico\u202eCity' }, 'city', 'control'],
    [{ age_range: [25, 18] }, 'age_range', 'reversed'],
    [{ age_range: [12, 18] }, 'age_range', '13 ≤ min'],
    [{ age_range: [18, 91] }, 'age_range', 'max ≤ 90'],
    [{ age_range: [18] }, 'age_range', '[min, max]'],
    [{ age_range: [18.5, 20] }, 'age_range', 'whole years'],
    [{ interests: [] }, 'interests', 'at least one'],
    [{ interests: Array.from({ length: 51 }, (_, i) => `i${i}`) }, 'interests', 'at most 50'],
    [{ interests: ['ok', 'x'.repeat(61)] }, 'interests[1]', '1 to 60'],
    [{ interests: ['a|b'] }, 'interests[0]', '"|"'],
    [{ interests: ['@someone'] }, 'interests[0]', 'no account'],
    [{ interests: ['tea', 'https://example.org'] }, 'interests[1]', 'link'],
    [{ interests: ['call 555 123 4567'] }, 'interests[0]', 'telephone'],
    [{ interests: ['a\tb'] }, 'interests[0]', 'control'],
    [{ interests: [7] }, 'interests[0]', '1 to 60'],
    [{ interests: 'tea' }, 'interests', 'list'],
    [{ seed: '' }, 'seed', '1 to 200'],
    [{ seed: 'x'.repeat(201) }, 'seed', '1 to 200'],
    [{ seed: 5 }, 'seed', '1 to 200'],
    [{ colour: 'red' }, 'colour', 'not a field'],
  ])('refuses %j, naming %s', (change, field, part) => {
    const issues = issuesOf(change);
    expect(issues.map((issue) => issue.field)).toContain(field);
    expect(issues.map((issue) => issue.message).join('; ')).toContain(part);
  });

  it('names every wrong field at once', () => {
    expect(issuesOf({ gender: 'x', count: -1 }).map(({ field }) => field)).toEqual(['gender', 'count']);
  });
});

function digest(change: Partial<PopulationSpecification>): string {
  return specificationDigest(normalForm({ ...base, ...change })).toString('hex');
}

describe('specificationDigest', () => {
  it('is the same for the same population, and differs for every field', () => {
    expect(digest({ age_range: [13, 90], city: undefined })).toBe(digest({}));
    const others = [
      digest({}),
      digest({ gender: 'male' }),
      digest({ count: 11 }),
      digest({ country: 'ES' }),
      digest({ city: 'Puebla' }),
      digest({ age_range: [13, 89] }),
      digest({ interests: ['tea'] }),
      digest({ seed: '2' }),
    ];
    expect(new Set(others).size).toBe(others.length);
  });
});
