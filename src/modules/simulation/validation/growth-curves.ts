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

/** The growth of a cascade: nodes, depth, and the largest breadth so far. */
export function curvesOf({ minutes, depths }: Cascade): Readonly<Record<CurveName, Curve>> {
  const curves = {
    scale: new Float64Array(MINUTES + 1),
    depth: new Float64Array(MINUTES + 1),
    breadth: new Float64Array(MINUTES + 1),
  };
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
    curves.scale[minute] = scale;
    curves.depth[minute] = deepest;
    curves.breadth[minute] = broadest;
  }
  return curves;
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
export function simulationErrors(
  simulated: readonly Cascade[],
  real: readonly Cascade[],
): Record<CurveName, CurveError> {
  const [ours, theirs] = [bySize(simulated), bySize(real)];
  const errors: Record<CurveName, number[]> = { scale: [], depth: [], breadth: [] };
  let [place, guess] = [-1, {} as ReturnType<typeof curvesOf>];
  for (const [rank, cascade] of theirs.entries()) {
    const same = Math.floor(((rank + 0.5) / theirs.length) * ours.length);
    if (same !== place) [place, guess] = [same, curvesOf(ours[same] as Cascade)];
    const curves = curvesOf(cascade);
    for (const name of CURVES) errors[name].push(curveError(guess[name], curves[name]));
  }
  return {
    scale: summary(errors.scale),
    depth: summary(errors.depth),
    breadth: summary(errors.breadth),
  };
}

/** What null models reach on the same cascades; see docs/guides/metrics.md. */
export function baselineErrors(
  real: readonly Cascade[],
  name: CurveName,
): Record<'median_shape' | 'everyone_instantly' | 'linear_growth' | 'median_curve', CurveError> {
  const curves = real.map((cascade) => curvesOf(cascade)[name]);
  const ends = curves.map((curve) => curve[MINUTES] as number);
  const shape = medianOf(curves, (value, row) => value / Math.max(ends[row] as number, 1));
  const typical = medianOf(curves, (value) => value);
  const guess = new Float64Array(MINUTES + 1);
  const errors = (guessed: (minute: number, end: number) => number): CurveError =>
    summary(
      curves.map((curve, row) => {
        for (let minute = 0; minute <= MINUTES; minute += 1)
          guess[minute] = guessed(minute, ends[row] as number);
        return curveError(guess, curve);
      }),
    );
  return {
    median_shape: errors((minute, end) => (shape[minute] as number) * end),
    everyone_instantly: errors((_, end) => end),
    linear_growth: errors((minute, end) => (end * minute) / MINUTES),
    median_curve: errors((minute) => typical[minute] as number),
  };
}

function bySize(cascades: readonly Cascade[]): Cascade[] {
  return cascades.toSorted((a, b) => a.size - b.size);
}

/** The median over curves, minute by minute. */
function medianOf(curves: readonly Curve[], valueOf: (value: number, row: number) => number): Curve {
  const values = new Float64Array(curves.length);
  return Float64Array.from({ length: MINUTES + 1 }, (_, minute) => {
    for (const [row, curve] of curves.entries()) values[row] = valueOf(curve[minute] as number, row);
    return quantile(values, 0.5);
  });
}

function summary(errors: readonly number[]): CurveError {
  const mean = errors.reduce((sum, error) => sum + error, 0) / Math.max(errors.length, 1);
  return { mean, median: quantile(errors, 0.5) };
}
