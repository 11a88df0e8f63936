import { isUnusual, medianOf } from '../../healing/index.js';

/** How high a measure must be at least to be out of the usual: the lowest values differ by chance. */
const LEAST = { error_rate: 0.1, cpu_load: 20, event_loop_lag_ms: 200 } as const;
type Measure = keyof typeof LEAST;
const MEASURES = Object.keys(LEAST) as Measure[];

/** Requests without which a rate of errors says nothing. */
export const REQUESTS_MIN = 10;
/** A value is the mean of so many milliseconds; so many are kept, and without so many before it nothing is usual. */
const PERIOD_MS = 10_000;
const KEPT = 60;
const NEEDED = 18;

/** A measure that is far above what it was. */
export interface Anomaly {
  measure: Measure;
  value: number;
  /** The median of those before. */
  usual: number;
}

/**
 * What is usual of a process, by its own last ten minutes. New values count at once and are few among the old ones, so that a
 * level that stays becomes usual after half of that time.
 */
export class Habits {
  private begun: number | undefined;
  private sums = new Map<Measure, { sum: number; count: number }>();
  private readonly values = new Map<Measure, number[]>();
  /** What could be said of the last period. */
  private fresh = new Set<Measure>();

  /** @param now milliseconds since 1970. @param measures undefined: nothing can be said */
  note(now: number, measures: Readonly<Record<Measure, number | undefined>>): void {
    this.begun ??= now;
    for (const measure of MEASURES) {
      const value = measures[measure];
      const { sum, count } = this.sums.get(measure) ?? { sum: 0, count: 0 };
      if (value !== undefined) this.sums.set(measure, { sum: sum + value, count: count + 1 });
    }
    if (now - this.begun < PERIOD_MS) return;
    this.fresh = new Set(this.sums.keys());
    for (const [measure, { sum, count }] of this.sums) this.keep(measure, sum / count);
    this.sums = new Map();
    this.begun = now;
  }

  /** @param deviations how many, told robustly, are out of the usual */
  anomaly(deviations: number = 5): Anomaly | undefined {
    for (const measure of this.fresh) {
      const values = this.values.get(measure) ?? [];
      const [value = 0, before] = [values.at(-1), values.slice(0, -1)];
      if (before.length < NEEDED || value < LEAST[measure]) continue;
      if (isUnusual(value, before, deviations)) return { measure, value, usual: medianOf(before) };
    }
    return undefined;
  }

  /** Another process begins. */
  forget(): void {
    this.begun = undefined;
    this.sums.clear();
    this.values.clear();
    this.fresh.clear();
  }

  private keep(measure: Measure, value: number): void {
    const values = this.values.get(measure) ?? [];
    values.push(value);
    if (values.length > KEPT) values.shift();
    this.values.set(measure, values);
  }
}
