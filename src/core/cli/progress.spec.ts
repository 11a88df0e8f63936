import { describe, expect, it } from 'vitest';
import { Pace, type Shown } from './progress.js';

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
  });
});
