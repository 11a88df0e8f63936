import type { CascadeSet } from '../validation/cascade-set.js';
import { type CascadeReference, idleShare } from '../validation/reference.js';
import { validate } from '../validation/validate.js';

/** What a scenario is judged by. */
export interface LossParts {
  /** shape² + 10 timing² + 10 idle². */
  readonly loss: number;
  /** Root mean square of ln(simulated / real) over median and 90th percentile of size, depth, breadth and virality. */
  readonly shape: number;
  /** Root mean square error of the share of users reached within the minutes of the reference. */
  readonly timing: number;
  /** Share of the sessions that did nothing, less the real share of people. */
  readonly idle: number;
  /** Cascades that were judged. */
  readonly cascades: number;
}

/** What an error counts that cannot be told, since nothing spread: ln 1000. */
const NOTHING = 6.907755278982137;
const WEIGHT = 10;

/** Judges simulated cascades by the aggregates of a reference. */
export function lossOf(
  simulated: CascadeSet,
  minSize: number,
  idleSessions: number,
  reference: CascadeReference,
): LossParts {
  const found = validate({ simulated, minSize, reference, idleSessions });
  const shape = Math.sqrt(meanSquare(found.figures.map(({ log_ratio }) => log_ratio ?? NOTHING)));
  const timing = found.timing.error ?? 1;
  const idle = idleSessions - idleShare(reference);
  const loss = shape * shape + WEIGHT * (timing * timing + idle * idle);
  return { loss, shape, timing, idle, cascades: found.selection.cascades };
}

function meanSquare(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length;
}
