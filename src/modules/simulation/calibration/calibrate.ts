import { setImmediate } from 'node:timers/promises';
import { keyFromText, RandomStream } from '../../../engine/index.js';
import { readingOf } from '../measures/run-measures.js';
import { prepareSimulation, type SimulationInput } from '../simulation.rules.js';
import { CascadeRecorder } from '../validation/cascade-recorder.js';
import type { CascadeReference } from '../validation/reference.js';
import { lossOf, type LossParts } from './calibration-loss.js';
import { best, minimise, type Point } from './minimise.js';
import { type ParameterName, placeIn, valueAt, valueOf, withValues } from './parameters.js';

/** Values that were tried, and what came of them. */
export interface Trial extends LossParts {
  readonly values: Readonly<Record<string, number>>;
}

/** What a calibration found. */
export interface Calibration {
  readonly parameters: readonly ParameterName[];
  readonly start: Trial;
  readonly best: Trial;
  /** The best values with other draws: they were not searched on. */
  readonly held_out: readonly (LossParts & { seed: string })[];
  /** In the order they were tried. */
  readonly trials: readonly Trial[];
}

/** What is calibrated, and how. */
export interface CalibrationPlan {
  readonly input: SimulationInput;
  readonly ticks: number;
  readonly parameters: readonly ParameterName[];
  /** Runs of the search; two more check the result. */
  readonly evaluations: number;
  readonly minSize: number;
  readonly reference: CascadeReference;
}

/** How a calibration is watched and stopped. */
export interface CalibrationWatch {
  readonly signal: AbortSignal;
  progress(runs: number, note: string): void;
}

/** Runs with other draws that check what was found. */
export const HELD_OUT = 2;

/**
 * Searches the values of parameters whose runs are nearest to the reference. All runs have the same people, texts and draws, so
 * that they differ by the values alone. A function of the plan. When the signal aborts, throws its reason.
 */
export async function calibrate(plan: CalibrationPlan, watch: CalibrationWatch): Promise<Calibration> {
  const { input, parameters, evaluations } = plan;
  const trials: Trial[] = [];
  const loss = async (point: Point): Promise<number> => {
    const values = new Map(parameters.map((name, axis) => [name, valueAt(name, point[axis] as number)]));
    const parts = await judge({ ...input, scenario: withValues(input.scenario, values) }, plan, watch.signal);
    trials.push({ values: Object.fromEntries(values), ...parts });
    watch.progress(trials.length, `loss ${Math.min(...trials.map((trial) => trial.loss)).toFixed(3)}`);
    return parts.loss;
  };
  const tried = await minimise({
    start: parameters.map((name) => placeIn(name, valueOf(input.scenario, name))),
    evaluations,
    stream: new RandomStream(keyFromText(`calibration:${input.seed}`), 0),
    loss,
  });
  const found = trials[tried.indexOf(best(tried))] as Trial;
  const held_out: (LossParts & { seed: string })[] = [];
  const scenario = withValues(
    input.scenario,
    new Map(Object.entries(found.values) as [ParameterName, number][]),
  );
  for (let n = 1; n <= HELD_OUT; n += 1) {
    const seed = `${input.seed}:${n}`;
    held_out.push({ seed, ...(await judge({ ...input, scenario, seed }, plan, watch.signal)) });
    watch.progress(trials.length + n, 'checking');
  }
  return { parameters, start: trials[0] as Trial, best: found, held_out, trials };
}

async function judge(
  input: SimulationInput,
  { ticks, minSize, reference }: CalibrationPlan,
  signal: AbortSignal,
): Promise<LossParts> {
  // Exposures change nothing that is judged, and are by far the most events.
  const { feed } = prepareSimulation({ ...input, scenario: { ...input.scenario, log_exposures: false } });
  const cascades = new CascadeRecorder(input.scenario.tick_minutes);
  for (let tick = 0; tick < ticks; tick += 1) {
    feed.tick();
    cascades.add(feed.drainEvents());
    await setImmediate();
    signal.throwIfAborted();
  }
  const { sessions, idle } = readingOf(feed);
  return lossOf(cascades.result(), minSize, sessions === 0 ? 1 : idle / sessions, reference);
}
