import { describe, expect, it } from 'vitest';
import { isPopulationName, referenceColumn } from './population.reference.js';

const ID = 'f689656d-465c-40e9-86e3-bd0a9bcb64dd';
const DIGEST = 'ab'.repeat(32);

describe('a name of a population', () => {
  it.each(['a', 'metro_cdmx', 'control-2026.1', 'x'.repeat(64)])('can be %s', (name) => {
    expect(isPopulationName(name)).toBe(true);
  });

  it.each(['', 'A', '1st', '-a', 'a-', 'a..b', 'a b', 'ñandu', 'x'.repeat(65), ID, DIGEST, 'a/b', 'a\n'])(
    'cannot be %j',
    (name) => {
      expect(isPopulationName(name)).toBe(false);
    },
  );
});

describe('a reference to a population', () => {
  it('is an id, a digest or a name', () => {
    expect([ID, DIGEST, 'metro_cdmx', `${ID}0`].map(referenceColumn)).toEqual([
      'id',
      'digest',
      'name',
      'name',
    ]);
  });
});
