import { describe, expect, it } from 'vitest';
import { Audience } from '../audience.js';
import type { Signals } from '../signals.js';
import { DIMENSIONS } from '../vectors.js';
import { type FeedSettings, rankerOf } from './index.js';

/** The score of a candidate of which only what is given is known. */
function score(settings: FeedSettings, signals: Partial<Signals>): number {
  return rankerOf(settings, []).score(signals as Signals);
}

/** A rate of a hundred views, twenty of which nobody had. */
const rate = (acts: number, neutral: number): number => (acts + 20 * neutral) / 100;
const NEUTRAL = { reaction: 0.02, comment: 0.004, repost: 0.004 } as Signals['neutral'];

describe('the feed', () => {
  it('chronological puts the newer first', () => {
    expect(score({ kind: 'chronological' }, { age: 3 })).toBe(-3);
    expect(score({ kind: 'chronological' }, { age: 0 })).toBeGreaterThan(
      score({ kind: 'chronological' }, { age: 1 }),
    );
  });

  // From Reddit’s own formula: order = log10(max(|s|, 1)), sign × order + seconds / 45000.
  it.each([
    [0, 0, 0],
    [1, 0, 0],
    [10, 0, 1],
    [100, 0, 2],
    [100, 75, 3],
    [0, 75, 1],
    [123, 6, 2.089905111439398 + 0.08],
  ])('popularity gives %i points in tick %i the hot score %d', (reactions, born, hot) => {
    const settings: FeedSettings = { kind: 'popularity', tickMinutes: 10 };
    expect(score(settings, { reactions, comments: 0, reposts: 0, born })).toBeCloseTo(hot, 12);
  });

  it('affinity weighs its four parts', () => {
    const weights = { affinity: 2, interest: 1, recency: 0.5, popularity: 4 };
    const signals = { affinity: 0.25, interest: 0.5, recency: 0.5, popularity: 0.125 };
    expect(score({ kind: 'affinity', weights }, signals)).toBe(0.5 + 0.75 + 0.25 + 0.5);
  });

  it('engagement predicts by rates and odds', () => {
    const settings: FeedSettings = {
      kind: 'engagement',
      weights: { reaction: 1, comment: 0, repost: 0 },
      interestPull: Math.LN2,
      affinityPull: 0,
    };
    const signals = {
      shown: 80,
      reactions: 19.6,
      comments: 0,
      reposts: 0,
      affinity: 0,
      neutral: NEUTRAL,
      rate,
    };
    // (19.6 + 0.4) / 100 is a fifth: odds of a quarter, doubled to a half, are a third.
    expect(score(settings, { ...signals, interest: 0 })).toBeCloseTo(0.2, 12);
    expect(score(settings, { ...signals, interest: 1 })).toBeCloseTo(1 / 3, 12);
  });

  it('collaborative takes those who acted, and the reader’s own taste', () => {
    expect(score({ kind: 'collaborative', own: 0.25 }, { alikes: 0.8, interest: 0.4 })).toBeCloseTo(0.7, 12);
  });

  it('bridging takes the least of the groups', () => {
    expect(score({ kind: 'bridging' }, { approval: 0.2 })).toBe(0.2);
  });

  it('random takes what was drawn, and a custom one its expression', () => {
    expect(score({ kind: 'random' }, { chance: 0.3 })).toBe(0.3);
    const custom = rankerOf({ kind: 'custom', expression: 0 }, [
      { parts: ['affinity'], score: (signals) => 2 * signals.affinity },
    ]);
    expect(custom.score({ affinity: 4 } as Signals)).toBe(8);
    expect(() => rankerOf({ kind: 'custom', expression: 1 }, [])).toThrow('no expression 1');
  });
});

describe('Audience', () => {
  const interests = new Int8Array(2 * DIMENSIONS);
  interests[0] = 127;
  interests[DIMENSIONS + 1] = 127;

  it('knows the rates of approval of each group, begun from one of two', () => {
    const audience = new Audience({ likeness: false, groups: 2 }, { interests, group: Uint8Array.of(0, 1) });
    audience.reserve(1);
    for (const agent of [0, 0, 1]) audience.noteSeen(0, agent);
    audience.noteApproval(0, 0);
    expect([audience.approval(0, 0), audience.approval(0, 1)]).toEqual([2 / 4, 1 / 3]);
    expect(audience.leastApproval(0)).toBe(1 / 3);
  });

  it('knows how alike a reader is to those who acted', () => {
    const audience = new Audience({ likeness: true, groups: 0 }, { interests });
    audience.reserve(2);
    audience.noteApproval(0, 0);
    expect([audience.likeness(0, 0), audience.likeness(0, 1), audience.likeness(1, 0)]).toEqual([1, 0, 0]);
    audience.noteApproval(0, 1);
    expect(audience.likeness(0, 0)).toBe(0.5);
  });
});
