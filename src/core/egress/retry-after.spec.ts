import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { retryAfterMs } from './retry-after.js';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 6, 0, 0) });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sun, 22 Nov 2026 06:02:00 GMT', 120_000],
    ['Sun, 22 Nov 2026 05:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ])('of %j is so many milliseconds', (value, expected) => {
    expect(retryAfterMs(new Headers({ 'retry-after': value }))).toBe(expected);
  });

  it('may be missing', () => {
    expect(retryAfterMs(new Headers())).toBeUndefined();
  });
});

describe('a quota of which nothing is left', () => {
  const AT = Date.UTC(2026, 10, 22, 6, 1, 30);
  it.each([
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '90' }, 90_000],
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(AT / 1_000) }, 90_000],
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': new Date(AT).toISOString() }, 90_000],
    [{ 'ratelimit-remaining': '0', 'ratelimit-reset': '90' }, 90_000],
    [{ ratelimit: '"burst";r=3;t=500, "hour";r=0;t=90' }, 90_000],
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '90', 'retry-after': '5' }, 5_000],
    [{ 'x-ratelimit-remaining': '4', 'x-ratelimit-reset': '90' }, undefined],
    [{ 'x-ratelimit-remaining': '0' }, undefined],
    [{ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }, undefined],
    [{ ratelimit: 'limit=5, remaining=0' }, undefined],
  ])('says when it begins anew: %j', (headers, expected) => {
    expect(retryAfterMs(new Headers(headers as Record<string, string>))).toBe(expected);
  });
});
