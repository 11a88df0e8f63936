import { describe, expect, it } from 'vitest';
import { Habits } from './habits.js';

const NOW = 1_800_000_000_000;

/** Habits after so many periods of ten seconds, and of what they were told. */
function after(loads: readonly number[]): Habits {
  const habits = new Habits();
  habits.note(NOW, { error_rate: undefined, cpu_load: loads[0], event_loop_lag_ms: 3 });
  for (const [index, load] of loads.entries())
    habits.note(NOW + (index + 1) * 10_000, {
      error_rate: undefined,
      cpu_load: load,
      event_loop_lag_ms: 3 + (index % 2),
    });
  return habits;
}

const steady = (count: number): number[] => Array.from({ length: count }, (_, index) => 20 + (index % 5));

describe('what is out of the usual for a bot', () => {
  it('is a measure far above its own history, and which', () => {
    const anomaly = after([...steady(30), 80]).anomaly();
    expect(anomaly).toMatchObject({ measure: 'cpu_load', value: 80 });
    expect(anomaly?.usual).toBeCloseTo(22, 0);
  });

  it.each([
    ['a little more than ever', [...steady(30), 26]],
    ['what is over again', [...steady(30), 80, 22]],
    ['anything while too little is known', [...steady(10), 80]],
    ['what is high and always was', Array.from({ length: 40 }, (_, index) => 95 + (index % 3))],
    ['a level that stayed for most of the time', [...steady(30), ...Array.from({ length: 40 }, () => 80)]],
    ['little, though more than nothing', [...Array.from({ length: 30 }, () => 0), 15]],
  ])('is not %s', (_, loads) => {
    expect(after(loads).anomaly()).toBeUndefined();
  });

  it('is nothing of the process before', () => {
    const habits = after([...steady(30), 80]);
    habits.forget();
    expect(habits.anomaly()).toBeUndefined();
  });

  it('lasts while it lasts, whatever single values do', () => {
    const flags = [1, 2, 3, 4].map((more) =>
      after([...steady(30), ...Array.from({ length: more }, () => 80)]),
    );
    expect(flags.map((habits) => habits.anomaly()?.measure)).toEqual(
      Array.from({ length: 4 }, () => 'cpu_load'),
    );
  });
});
