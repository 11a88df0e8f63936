import { describe, expect, it } from 'vitest';
import { NOTE_MS, Stalls } from './stalls.js';

const START = 1_800_000_000_000;

/** A process that goes on from its start until a time in seconds, save for what it stood still. */
function afterSeconds(until: number, stood: readonly [from: number, to: number][] = []): Stalls {
  const stalls = new Stalls(START);
  for (let now = START; now <= START + until * 1_000; now += NOTE_MS) {
    const at = now - START;
    if (!stood.some(([from, to]) => at > from * 1_000 && at < to * 1_000)) stalls.note(now);
  }
  return stalls;
}
const at = (seconds: number): number => START + seconds * 1_000;

describe('stalls', () => {
  it('are none while a process goes on', () => {
    const stalls = afterSeconds(60);
    expect(stalls.unheard(START, at(60))).toBe(0);
    expect(stalls.isWell(at(60))).toBe(true);
  });

  it('count with what it takes to hear what waits, and only so far as they lie between', () => {
    const stalls = afterSeconds(30, [[10, 18]]);
    expect(stalls.unheard(START, at(30))).toBe(9_500);
    expect(stalls.unheard(at(15), at(30))).toBe(4_500);
    expect(stalls.unheard(START, at(12))).toBe(2_000);
    // What was heard after it is not excused.
    expect(stalls.unheard(at(20), at(30))).toBe(0);
  });

  it('allow no verdict until they are over for a while', () => {
    const stalls = afterSeconds(18, [[10, 18]]);
    expect(stalls.isWell(at(18))).toBe(false);
    expect(stalls.isWell(at(19.4))).toBe(false);
    expect(stalls.isWell(at(19.5))).toBe(true);
  });

  it('that follow each other are one', () => {
    const stalls = afterSeconds(40, [
      [10, 14],
      [15, 19],
      [30, 32],
    ]);
    expect(stalls.unheard(START, at(40))).toBe(10_500 + 3_500);
  });

  it('are not made of a clock that is set back', () => {
    const stalls = afterSeconds(30, [[10, 29]]);
    stalls.note(at(-3_600));
    expect(stalls.isWell(at(-3_600))).toBe(true);
    expect(stalls.unheard(at(-3_600), at(30))).toBe(0);
  });
});
