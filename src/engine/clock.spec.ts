import { describe, expect, it } from 'vitest';
import { decayTable, rhythmAt } from './clock.js';
import { People } from './people.js';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

describe('rhythmAt', () => {
  it('is the factor of the hour, round the clock', () => {
    const clock = { tickMinutes: 30, startHour: 22, rhythm: HOURS };
    expect([0, 1, 2, 4, 5, 6].map((tick) => rhythmAt(clock, tick)[0])).toEqual([22, 22, 23, 0, 0, 1]);
  });

  it('is that of each time zone', () => {
    const clock = { tickMinutes: 60, startHour: 6, rhythm: HOURS, zones: [0, 60, -420, 330] };
    expect([...rhythmAt(clock, 0)]).toEqual([6, 7, 23, 11]);
  });

  it('is multiplied by the factor of the day on each clock', () => {
    const week = [1, 2, 3, 4, 5, 6, 7];
    const clock = {
      tickMinutes: 60,
      startHour: 23,
      startDay: 6,
      rhythm: HOURS.map(() => 1),
      week,
      zones: [0, 60, -1440],
    };
    expect([...rhythmAt(clock, 0)]).toEqual([7, 1, 6]);
    expect(rhythmAt(clock, 24)[0]).toBe(1);
  });
});

describe('decayTable', () => {
  it('halves every half-life', () => {
    const table = decayTable(2, 0.1);
    for (const [age, left] of [1, Math.SQRT1_2, 0.5, Math.SQRT1_2 / 2, 0.25].entries())
      expect(table[age]).toBeCloseTo(left, 12);
    expect(table.at(-1)).toBeLessThan(0.1);
  });
});

describe('excitement', () => {
  it('adds up, halves, and ends', () => {
    const people = new People(2, { gain: 1, halfLifeTicks: 3 }, undefined);
    people.notify(0, 0);
    expect(people.excitementAt(0, 0)).toBe(1);
    expect(people.excitementAt(0, 3)).toBeCloseTo(0.5, 6);
    people.notify(0, 3);
    expect(people.excitementAt(0, 6)).toBeCloseTo(0.75, 6);
    expect(people.excitementAt(0, 1000)).toBe(0);
    expect(people.excitementAt(1, 5)).toBe(0);
  });

  it('is none where notifications excite nobody', () => {
    const people = new People(1, { gain: 0, halfLifeTicks: 3 }, undefined);
    people.notify(0, 0);
    expect(people.excitementAt(0, 0)).toBe(0);
  });
});
