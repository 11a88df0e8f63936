import { describe, expect, it } from 'vitest';
import { covers, isWriting, scopesIn } from './scopes.js';

describe('scopes', () => {
  it.each([
    [['read'], 'read:statuses', true],
    [['read:statuses'], 'read:statuses', true],
    [['read:statuses'], 'read:accounts', false],
    [['read:statuses'], 'read', false],
    [['write'], 'read:statuses', false],
    [['follow'], 'write:blocks', true],
    [['follow'], 'write:statuses', false],
    [['read:accounts'], 'profile', true],
    [['profile'], 'read:accounts', false],
    [[], 'read:statuses', false],
  ] as const)('%j are good for %s: %s', (held, needed, expected) => {
    expect(covers(held, needed)).toBe(expected);
  });

  it('are those that are known', () => {
    expect(scopesIn('read write:statuses read push')).toEqual(['read', 'write:statuses']);
    expect(scopesIn('read admin:write')).toBeUndefined();
    expect(scopesIn('')).toEqual([]);
  });

  it('change something, or do not', () => {
    expect(['follow', 'write', 'write:media', 'read', 'profile'].map(isWriting)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
