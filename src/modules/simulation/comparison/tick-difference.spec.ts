import { describe, expect, it } from 'vitest';
import type { RunTick } from '../run-tick.entity.js';
import { metricText } from './comparison.cli.js';
import { firstDifference } from './tick-difference.js';

function ticks(...digests: (string | null)[]): RunTick[] {
  return digests.map((digest, tick) => ({ run_id: 'a', tick, posts: 3, mean_depth: 1.5, digest }) as RunTick);
}

describe('firstDifference', () => {
  it('is none for the same ticks, whichever runs they are of', () => {
    const other = ticks('a', 'b').map((tick) => Object.assign(tick, { run_id: 'b' }));
    expect(firstDifference(ticks('a', 'b'), other)).toBeUndefined();
    expect(firstDifference([], [])).toBeUndefined();
  });

  it('is the first digest that differs, with the metrics that do', () => {
    const other = ticks('a', 'x', 'y');
    (other[1] as RunTick).posts = 4;
    expect(firstDifference(ticks('a', 'b', 'c'), other)).toEqual({
      tick: 1,
      ended: false,
      metrics: [{ name: 'posts', run: 3, other: 4 }],
    });
    expect(firstDifference(ticks('a'), ticks('b'))).toEqual({ tick: 0, ended: false, metrics: [] });
  });

  it('goes by metrics where there are no digests', () => {
    const other = ticks(null, null);
    (other[1] as RunTick).mean_depth = 2;
    expect(firstDifference(ticks(null, null), other)?.tick).toBe(1);
  });

  it('tells further counts by their names, as the metrics of a run have them', () => {
    const [run, other] = [ticks('a'), ticks('b')];
    (run[0] as RunTick).actions = { quotes: 1, follows: 2 };
    (other[0] as RunTick).actions = { quotes: 1, follows: 3 };
    expect(firstDifference(run, other)?.metrics).toEqual([{ name: 'actions.follows', run: 2, other: 3 }]);
  });

  it('is where the shorter run ends', () => {
    expect(firstDifference(ticks('a'), ticks('a', 'b'))).toEqual({
      tick: 1,
      ended: true,
      metrics: [
        { name: 'posts', run: null, other: 3 },
        { name: 'mean_depth', run: null, other: 1.5 },
      ],
    });
  });
});

describe('metricText', () => {
  it.each([
    [4, 5, '4 and 5'],
    [-0.25, -0.428_571_428_571_428_55, '-0.25 and -0.4286'],
    [0.1 + 0.2, 0.4, '0.3 and 0.4'],
    [0.123_456_7, 0.123_456_9, '0.1234567 and 0.1234569'],
    [0.1 + 0.2, 0.3, '0.30000000000000004 and 0.3'],
    [1_234_567.5, 2, '1234567.5 and 2'],
    [null, 1.5, 'no such tick and 1.5'],
  ])('of %s and %s has the digits that tell them apart', (run, other, said) => {
    expect(metricText({ name: 'acted', run, other })).toBe(said);
  });
});
