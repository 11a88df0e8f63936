import { describe, expect, it } from 'vitest';
import { compareVersions, highestNext, nextVersion } from './document.rules.js';

describe('versions', () => {
  it('leave room above', () => {
    expect(highestNext(undefined)).toEqual([3_000, 9_999, 9_999]);
    expect(highestNext('2.3.4')).toEqual([3, 10_002, 10_003]);
    // One that was given before there was such a limit.
    expect(highestNext('999999999.0.0')).toEqual([1_000_000_000, 9_999, 9_999]);
  });

  it.each([
    ['1.2.3', '1.2.4'],
    ['1.2.999999999', '1.3.0'],
    ['999999999.2.3', '999999999.2.4'],
  ])('after %s comes %s', (version, next) => {
    expect(nextVersion(version)).toBe(next);
    expect(compareVersions(next, version)).toBeGreaterThan(0);
  });
});
