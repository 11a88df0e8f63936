import { describe, expect, it } from 'vitest';
import { Pace, paceText, progressLine, type Shown } from './progress.js';

function shown(done: number, attempts: number, started: number): Shown {
  return {
    name: 'simulation.run',
    status: 'running',
    progress: { done, total: 100, note: null },
    attempts,
    started_at: new Date(started).toISOString(),
    finished_at: null,
  };
}

describe('the pace of a job', () => {
  it('is counted from the start of a first attempt', () => {
    const pace = new Pace();
    expect(pace.of(shown(20, 1, 1_000), 3_000)).toBe(10);
    expect(pace.of(shown(20, 1, 1_000), 5_000)).toBe(5);
  });

  it('leaves out what an earlier attempt had done', () => {
    const pace = new Pace();
    expect(pace.of(shown(55, 2, 1_000), 60_000)).toBe(0);
    expect(pace.of(shown(75, 2, 1_000), 62_000)).toBe(10);
    const further = new Pace();
    expect(further.of({ ...shown(55, 1, 1_000), goesOn: true }, 60_000)).toBe(0);
    expect(further.of({ ...shown(75, 1, 1_000), goesOn: true }, 62_000)).toBe(10);
  });
});

describe('an attempt that begins while it is watched', () => {
  const begun = { ...shown(0, 2, 1_000), progress: { done: 0, total: null, note: null } };

  it('has no pace before it has said where it goes on, and then one of its own', () => {
    const pace = new Pace();
    expect(pace.of(shown(80, 1, 1_000), 9_000)).toBe(10);
    expect(pace.of(begun, 10_000)).toBe(0);
    expect(pace.of(shown(75, 2, 1_000), 11_000)).toBe(0);
    expect(pace.of(shown(85, 2, 1_000), 13_000)).toBe(5);
  });

  it('is told by its number', () => {
    expect(progressLine(begun, 0)).toBe('simulation.run running, attempt 2');
    expect(progressLine(shown(85, 2, 1_000), 5)).toBe(
      'simulation.run running, attempt 2 85/100 (5/s, 3 s left)',
    );
    expect(progressLine(shown(20, 1, 0), 20)).toBe('simulation.run running 20/100 (20/s, 4 s left)');
  });
});

describe('what a bar says of the pace', () => {
  it.each([
    [0, ''],
    [20, '20/s  4s left'],
    [1, '1/s  1m20s left'],
    [0.02, '0.02/s  1h06m left'],
  ])('at %s a second is %j', (rate, said) => {
    expect(paceText(shown(20, 1, 0), rate)).toBe(said);
  });

  it('is no time left of what is over', () => {
    const over = { ...shown(100, 1, 0), finished_at: new Date(10_000).toISOString() };
    expect(paceText(over, 10)).toBe('10/s');
  });
});
