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
