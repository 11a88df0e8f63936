import { exp } from './math.js';

const LN2 = 0.6931471805599453;
const HOURS_A_WEEK = 168;

/** The clock of the simulated world. */
export interface ClockSettings {
  /** Minutes of simulated time in a tick, > 0. */
  readonly tickMinutes: number;
  /** Hour of day at which tick 0 starts in zone 0, 0 to 23. */
  readonly startHour: number;
  /** Day of the week on which it starts, 0 (Monday, the default) to 6. */
  readonly startDay?: number;
  /** Factor on every agent's activity for each of the 24 hours, ≥ 0. */
  readonly rhythm: readonly number[];
  /** Factor for each of the seven days from Monday, ≥ 0; 1 each unless given. */
  readonly week?: readonly number[];
  /** Minutes by which the clock of each time zone is ahead of zone 0; one zone unless given. */
  readonly zones?: readonly number[];
}

/** The factor on activity in each time zone at the start of a tick: that of the hour times that of the day, both on its own clock. */
export function rhythmAt(clock: ClockSettings, tick: number): Float64Array {
  const { tickMinutes, startHour, startDay = 0, rhythm, week, zones = [0] } = clock;
  const minutes = startDay * 1440 + startHour * 60 + tick * tickMinutes;
  return Float64Array.from(zones, (ahead) => {
    const hour = modulo(Math.floor((minutes + ahead) / 60), HOURS_A_WEEK);
    return (rhythm[hour % 24] ?? 1) * (week?.[Math.floor(hour / 24)] ?? 1);
  });
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** What is left of 1 after each number of ticks, halved every `halfLife`; the last entry is below `least`. */
export function decayTable(halfLife: number, least: number): Float64Array {
  const factors: number[] = [];
  for (let age = 0; factors.length === 0 || (factors[age - 1] as number) >= least; age += 1) {
    factors.push(exp((-LN2 * age) / halfLife));
  }
  return Float64Array.from(factors);
}
