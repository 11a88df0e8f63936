import type { RunTick } from '../run-tick.entity.js';

/** What a tick is called in one run and in another. */
export interface MetricDifference {
  /** As in the metrics of a run: `posts`, `actions.reads`. */
  readonly name: string;
  /** Null where a run has no such tick. */
  readonly run: number | null;
  readonly other: number | null;
}

/** The first tick in which two runs are not the same. */
export interface TickDifference {
  readonly tick: number;
  /** Whether one of the runs has no such tick. */
  readonly ended: boolean;
  /** The metrics that differ; none where the same number of things happened, only not the same things. */
  readonly metrics: readonly MetricDifference[];
}

const OF_ITS_OWN = new Set<string>(['run_id', 'tick', 'digest']);

/**
 * The first tick whose digests differ, or where there is no digest the first whose metrics do; undefined when all are the same.
 * Both in the order of ticks, from tick 0.
 */
export function firstDifference(
  run: readonly RunTick[],
  other: readonly RunTick[],
): TickDifference | undefined {
  const ticks = Math.max(run.length, other.length);
  for (let tick = 0; tick < ticks; tick += 1) {
    const [one, two] = [run[tick], other[tick]];
    const ended = one === undefined || two === undefined;
    const metrics = metricsThatDiffer(one, two);
    if (ended || metrics.length > 0 || one.digest !== two.digest) return { tick, ended, metrics };
  }
  return undefined;
}

function metricsThatDiffer(one: RunTick | undefined, two: RunTick | undefined): MetricDifference[] {
  const [run, other] = [countsOf(one), countsOf(two)];
  const names = new Set([...run.keys(), ...other.keys()]);
  return [...names]
    .map((name) => ({ name, run: run.get(name) ?? null, other: other.get(name) ?? null }))
    .filter((metric) => metric.run !== metric.other);
}

function countsOf(tick: RunTick | undefined): Map<string, number> {
  const { actions, ...counts } = tick ?? { actions: null };
  const further = Object.entries(actions ?? {}).map(([name, count]) => [`actions.${name}`, count] as const);
  const entries: (readonly [string, unknown])[] = [...Object.entries(counts), ...further];
  return new Map(
    entries.filter((entry): entry is readonly [string, number] => {
      const [name, value] = entry;
      return typeof value === 'number' && !OF_ITS_OWN.has(name);
    }),
  );
}
