import { FURTHER_COUNTERS } from '../../../engine/index.js';
import type { RunTick } from '../run-tick.entity.js';
import type { Run } from '../run.entity.js';

const SPREADS = ['size', 'depth', 'breadth', 'virality'].flatMap((what) =>
  ['mean', 'median', 'p90', 'max'].map((figure) => `cascades.${what}.${figure}`),
);

/** What is measured of a whole run, by its place in `totals` and `measures`; docs/guides/metrics.md defines each. */
export const RUN_MEASURES: readonly string[] = [
  ...['active', 'idle', 'posts', 'exposures', 'reactions', 'comments', 'replies'].map(
    (name) => `totals.${name}`,
  ),
  ...['reposts', 'reached', 'acted'].map((name) => `totals.${name}`),
  ...['idle_sessions', 'silent_agents', 'reactions', 'comments', 'reposts', 'quotes'].map(
    (name) => `rates.${name}`,
  ),
  'reach.agents',
  ...['mean', 'median', 'p90', 'max'].map((figure) => `reach.views.${figure}`),
  'diversity.authors',
  'diversity.topics',
  'attention_gini',
  'cascades.count',
  ...SPREADS,
  ...['follow_ei_index', 'follow_modularity', 'repost_ei_index', 'repost_modularity'].map(
    (name) => `polarisation.${name}`,
  ),
  'polarisation.opinion.variance',
  'polarisation.opinion.bimodality',
  'labelled_prevalence',
  'compliance_ratio',
];

const TICK_COLUMNS = [
  'active',
  'idle',
  'posts',
  'exposures',
  'reactions',
  'comments',
  'replies',
  'reposts',
  'mean_depth',
  'reached',
  'acted',
  'silent',
  'author_entropy',
  'topic_entropy',
  'attention_gini',
  'labelled_prevalence',
  'compliance_ratio',
  'repost_ei_index',
  'repost_modularity',
  'largest_cascade',
  'deepest_cascade',
] as const satisfies readonly (keyof RunTick)[];
const TICK_ACTIONS = FURTHER_COUNTERS.map((name) => `actions.${name}` as const);

export type TickMeasure = (typeof TICK_COLUMNS)[number] | (typeof TICK_ACTIONS)[number];
/** What is measured of each tick: columns of its row, and the counts in `actions`. */
export const TICK_MEASURES: readonly TickMeasure[] = [...TICK_COLUMNS, ...TICK_ACTIONS];

/** What the values of several ticks become. */
export const STATISTICS = ['mean', 'sum', 'min', 'max', 'first', 'last'] as const;
export type Statistic = (typeof STATISTICS)[number];

/** A measure of a completed run; null where the run does not have it. @param measure one of {@link RUN_MEASURES} */
export function valueAtEnd(
  { totals, measures }: Pick<Run, 'totals' | 'measures'>,
  measure: string,
): number | null {
  let value: unknown = { ...measures, totals };
  for (const name of measure.split('.'))
    value = (value as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === 'number' ? value : null;
}

/** What ticks come to, those without a value left out; null where none has one. */
export function valueOverTicks(values: readonly (number | null)[], statistic: Statistic): number | null {
  const known = values.filter((value) => value !== null);
  const [first] = known;
  if (first === undefined) return null;
  const sum = known.reduce((before, value) => before + value, 0);
  const found: Record<Statistic, number> = {
    mean: sum / known.length,
    sum,
    min: known.reduce((before, value) => Math.min(before, value)),
    max: known.reduce((before, value) => Math.max(before, value)),
    first,
    last: known.at(-1) ?? first,
  };
  return found[statistic];
}
