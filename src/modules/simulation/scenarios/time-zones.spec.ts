import { describe, expect, it } from 'vitest';
import { clocksOf, isTimeZone, minutesAhead, weekdayOf } from './time-zones.js';

describe('time zones', () => {
  it.each([
    ['America/Mexico_City', '2026-03-02', -360],
    ['America/Tijuana', '2026-03-02', -480],
    ['America/Tijuana', '2026-07-01', -420],
    ['Asia/Kolkata', '2026-03-02', 330],
    ['Europe/Berlin', '2026-07-01', 120],
    ['UTC', '2026-01-01', 0],
  ])('%s on %s is %i minutes ahead', (zone, date, minutes) => {
    expect(minutesAhead(zone, date)).toBe(minutes);
  });

  it('are known by name', () => {
    expect(['America/Mexico_City', 'UTC', 'Mexico', 'Nowhere/City', '', '+02:00'].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('make one clock for each difference', () => {
    const zones = [
      'America/Mexico_City',
      'America/Tijuana',
      'America/Monterrey',
      'America/Tijuana',
      'Nowhere',
    ];
    const { ahead, of } = clocksOf(zones, 'America/Mexico_City', '2026-03-02');
    expect(ahead).toEqual([0, -120]);
    expect([...of]).toEqual([0, 1, 0, 1, 0]);
  });

  it('begin a week on Monday', () => {
    expect(['2026-03-02', '2026-03-08', '2024-02-29'].map(weekdayOf)).toEqual([0, 6, 3]);
  });
});
