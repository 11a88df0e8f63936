import { quantile } from '../../../engine/index.js';
import type { Cascade } from './cascade-set.js';

/** Curves are compared over the first so many minutes, minute by minute. */
export const MINUTES = 150;

export const CURVES = ['scale', 'depth', 'breadth'] as const;
type CurveName = (typeof CURVES)[number];

/** How a cascade grew: its value at each minute from 0 to {@link MINUTES}. */
type Curve = Float64Array;

/** Mean and median error of a set of curves against the real ones. */
export interface CurveError {
  readonly mean: number;
  readonly median: number;
}

/** The growth of a cascade: nodes, depth, or the largest breadth so far. */
export function curveOf({ minutes, depths }: Cascade, name: CurveName): Curve {
  const curve = new Float64Array(MINUTES + 1);
  const atDepth: number[] = [];
  let [scale, deepest, broadest, place] = [0, 0, 0, 0];
  for (let minute = 0; minute <= MINUTES; minute += 1) {
    for (; place < minutes.length && (minutes[place] as number) <= minute; place += 1) {
      const depth = depths[place] as number;
      atDepth[depth] = (atDepth[depth] ?? 0) + 1;
      scale += 1;
      deepest = Math.max(deepest, depth);
      broadest = Math.max(broadest, atDepth[depth]);
    }
    curve[minute] = name === 'scale' ? scale : name === 'depth' ? deepest : broadest;
  }
  return curve;
}

/** sqrt(mean over t of (simulated − real)²) / real final value; a final value of 0 counts as 1. */
export function curveError(simulated: Curve, real: Curve): number {
  let square = 0;
  for (let minute = 0; minute <= MINUTES; minute += 1) {
    square += ((simulated[minute] as number) - (real[minute] as number)) ** 2;
  }
  return Math.sqrt(square / (MINUTES + 1)) / Math.max(real[MINUTES] as number, 1);
}

/**
 * The error of simulated cascades: each real one is held against the simulated one of the same rank by size, the best that a
 * simulator can do that was not told which cascade to make.
 */
export function simulationError(
  simulated: readonly Cascade[],
  real: readonly Cascade[],
  name: CurveName,
): CurveError {
  const [ours, theirs] = [bySize(simulated), bySize(real)];
  return summary(
    theirs.map((cascade, rank) => {
      const place = Math.floor(((rank + 0.5) / theirs.length) * ours.length);
      return curveError(curveOf(ours[place] as Cascade, name), curveOf(cascade, name));
    }),
  );
}

/** What null models reach on the same cascades; see docs/guides/metrics.md. */
export function baselineErrors(
  real: readonly Cascade[],
  name: CurveName,
): Record<'median_shape' | 'everyone_instantly' | 'linear_growth' | 'median_curve', CurveError> {
  const curves = real.map((cascade) => curveOf(cascade, name));
  const shape = medianCurve(curves.map((curve) => curve.map((value) => value / Math.max(finalOf(curve), 1))));
  const typical = medianCurve(curves);
  const errors = (guess: (real: Curve) => Curve): CurveError =>
    summary(curves.map((curve) => curveError(guess(curve), curve)));
  return {
    median_shape: errors((curve) => shape.map((value) => value * finalOf(curve))),
    everyone_instantly: errors((curve) => curve.map(() => finalOf(curve))),
    linear_growth: errors((curve) => curve.map((_, minute) => (finalOf(curve) * minute) / MINUTES)),
    median_curve: errors(() => typical),
  };
}

function bySize(cascades: readonly Cascade[]): Cascade[] {
  return cascades.toSorted((a, b) => a.size - b.size);
}

function finalOf(curve: Curve): number {
  return curve[MINUTES] as number;
}

function medianCurve(curves: readonly Curve[]): Curve {
  return Float64Array.from({ length: MINUTES + 1 }, (_, minute) =>
    quantile(
      curves.map((curve) => curve[minute] as number),
      0.5,
    ),
  );
}

function summary(errors: readonly number[]): CurveError {
  const mean = errors.reduce((sum, error) => sum + error, 0) / Math.max(errors.length, 1);
  return { mean, median: quantile(errors, 0.5) };
}
