import { exp, log } from '../../../engine/index.js';
import type { FeedScenario } from '../scenarios/scenario.schema.js';

/** How far a parameter may go. */
export interface Range {
  readonly min: number;
  readonly max: number;
  /** Steps in proportion to the value instead of equal ones; needs min > 0. */
  readonly logarithmic?: boolean;
  readonly whole?: boolean;
}

/** The parameters of a scenario that can be calibrated, by their path. */
export const PARAMETERS = {
  'behaviour.sessions_per_day': { min: 1, max: 200, logarithmic: true },
  'behaviour.lurking': { min: 0, max: 0.95 },
  'behaviour.reaction': { min: 0.0005, max: 0.3, logarithmic: true },
  'behaviour.comment': { min: 0.0005, max: 0.1, logarithmic: true },
  'behaviour.repost': { min: 0.0005, max: 0.5, logarithmic: true },
  'behaviour.interest_pull': { min: 0, max: 4 },
  'behaviour.affinity_pull': { min: 0, max: 4 },
  'behaviour.quality_pull': { min: 0, max: 6 },
  'behaviour.reply_share': { min: 0, max: 1 },
  'behaviour.answering': { min: 0, max: 1 },
  'feed.window_ticks': { min: 1, max: 300, logarithmic: true, whole: true },
  'feed.discovery': { min: 0, max: 100, whole: true },
  'feed.half_life_ticks': { min: 0.2, max: 200, logarithmic: true },
  'feed.weights.affinity': { min: 0, max: 5 },
  'feed.weights.interest': { min: 0, max: 5 },
  'feed.weights.recency': { min: 0, max: 5 },
  'feed.weights.popularity': { min: 0, max: 5 },
} as const satisfies Record<string, Range>;

export type ParameterName = keyof typeof PARAMETERS;
export const PARAMETER_NAMES = Object.keys(PARAMETERS) as ParameterName[];

/** The value of a parameter in a scenario. */
export function valueOf(scenario: FeedScenario, name: ParameterName): number {
  return name
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], scenario) as number;
}

/** A copy of a scenario with other values. */
export function withValues(scenario: FeedScenario, values: ReadonlyMap<ParameterName, number>): FeedScenario {
  const copy = structuredClone(scenario);
  for (const [name, value] of values) {
    const keys = name.split('.');
    const last = keys.pop() as string;
    const place = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
    place[last] = value;
  }
  return copy;
}

/** Where a value lies in its range, in [0, 1]. */
export function placeIn(name: ParameterName, value: number): number {
  const range: Range = PARAMETERS[name];
  const within = Math.min(Math.max(value, range.min), range.max);
  return range.logarithmic === true
    ? log(within / range.min) / log(range.max / range.min)
    : (within - range.min) / (range.max - range.min);
}

/** The value at a place of its range, to four significant digits. */
export function valueAt(name: ParameterName, place: number): number {
  const range: Range = PARAMETERS[name];
  const value =
    range.logarithmic === true
      ? range.min * exp(place * log(range.max / range.min))
      : range.min + place * (range.max - range.min);
  return range.whole === true ? Math.round(value) : Number(value.toPrecision(4));
}
