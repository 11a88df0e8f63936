import { beforeEach, describe, expect, it } from 'vitest';
import { AdaptiveLimit } from './adaptive-limit.js';

let now: number;
let limit: AdaptiveLimit;
beforeEach(() => {
  now = 0;
  limit = new AdaptiveLimit({ initial: 4, max: 64, now: () => now });
});

/** So many rounds of answers, of a server that is as busy as it may be. */
function rounds(count: number, ms = 1_000, tokens = 100): void {
  for (let round = 0; round < count; round += 1) {
    now += ms;
    const active = limit.value;
    for (let call = 0; call < active; call += 1) limit.answered({ ms, tokens, kind: 'test' }, active);
  }
}

describe('a limit', () => {
  it('doubles with every round, to its most', () => {
    const seen = Array.from({ length: 6 }, () => {
      const { value } = limit;
      rounds(1);
      return value;
    });
    expect(seen).toEqual([4, 8, 16, 32, 64, 64]);
  });

  it('does not grow while less than half of it is used', () => {
    for (let call = 0; call < 100; call += 1) limit.answered({ ms: 10, tokens: 1, kind: 'test' }, 1);
    expect(limit.value).toBe(4);
  });

  it('comes down to what the server bears, once for a burst, and stays below its ceiling', () => {
    rounds(3);
    expect(limit.value).toBe(32);
    // 20 are accepted of 32 at once.
    const startedAt = now;
    now += 1;
    for (let active = 32; active > 20; active -= 1) limit.overloaded(active, startedAt);
    expect(limit.value).toBe(20);
    rounds(4);
    expect(limit.value).toBe(20);
  });

  it('tries more after a while, and gives way by little', () => {
    rounds(2);
    limit.overloaded(16, now);
    expect(limit.value).toBe(14);
    rounds(3);
    expect(limit.value).toBe(15);
    now += 5_000;
    rounds(2);
    expect(limit.value).toBe(16);
    // Nothing new: it is what it was, and tries again after twice the time.
    limit.overloaded(16, now);
    expect(limit.value).toBe(15);
    now += 5_000;
    rounds(2);
    expect(limit.value).toBe(15);
    now += 5_000;
    rounds(2);
    expect(limit.value).toBe(16);
  });

  it('gives way by a tenth where a server bears less than it did', () => {
    rounds(3);
    limit.overloaded(32, now);
    now += 10_000;
    limit.overloaded(20, now);
    expect(limit.value).toBe(18);
  });

  it('never ends at nothing', () => {
    for (let at = 0; at < 100; at += 1) limit.overloaded(1, (now += 1));
    expect(limit.value).toBe(1);
  });

  it('comes down when tokens become more than three times as expensive, not when answers become longer', () => {
    rounds(3, 1_000, 100);
    rounds(3, 10_000, 1_000);
    expect(limit.value).toBe(64);
    rounds(30, 500, 10);
    expect(limit.value).toBeLessThan(40);
    expect(limit.value).toBeGreaterThanOrEqual(4);
  });

  it('compares calls of a kind with each other alone', () => {
    rounds(3);
    for (let call = 0; call < 200; call += 1)
      limit.answered({ ms: 1_000, tokens: 1, kind: 'other' }, limit.value);
    expect(limit.value).toBe(64);
  });
});
