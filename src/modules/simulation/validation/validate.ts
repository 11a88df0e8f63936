import { kolmogorovSmirnov, log, quantile, wasserstein } from '../../../engine/index.js';
import { type Cascade, cascadesOf, type CascadeSet, reachedWithin } from './cascade-set.js';
import { baselineErrors, CURVES, type CurveError, MINUTES, simulationErrors } from './growth-curves.js';
import { type CascadeReference, idleShare } from './reference.js';

export const SHAPES = ['size', 'depth', 'breadth', 'virality'] as const;
type ShapeName = (typeof SHAPES)[number];

/** A figure of the simulated cascades beside that of the real ones. */
export interface ComparedFigure {
  readonly measure: ShapeName;
  readonly statistic: 'median' | 'p90';
  readonly simulated: number;
  readonly reference: number;
  /** ln(simulated / reference): 0 is equal, 0.69 twice as much; null where nothing was simulated. */
  readonly log_ratio: number | null;
}

/** How far a run's cascades are from real ones; docs/guides/metrics.md defines each distance. */
export interface Validation {
  readonly reference: {
    readonly id: string;
    readonly version: string;
    readonly title: string;
    /** Whether the real trees were given, or only their aggregates are known. */
    readonly kind: 'aggregates' | 'trees';
    readonly cascades: number;
  };
  readonly selection: { readonly min_size: number; readonly cascades: number; readonly posts: number };
  readonly figures: readonly ComparedFigure[];
  readonly timing: {
    readonly points: readonly { minutes: number; simulated: number; reference: number }[];
    /** Root mean square of the differences at the points. */
    readonly error: number | null;
    /** The same of null models, computed on the same points. */
    readonly baselines: readonly { name: string; error: number }[];
  };
  /** Where the trees are known; else null. */
  readonly distributions: readonly { measure: ShapeName; ks: number; wasserstein: number }[] | null;
  readonly curves: readonly { measure: (typeof CURVES)[number]; error: CurveError }[] | null;
  /** Normalised RMSE of null models over the first 150 minutes. */
  readonly baselines: {
    readonly source: 'computed' | 'published';
    readonly list: readonly { name: string; scale: number; depth: number; breadth: number }[];
    readonly best_published_scale: number;
  };
  readonly attention: { readonly idle_sessions: number | null; readonly reference: number };
}

/** The run whose cascades they are. */
export interface ValidatedRun {
  readonly id: string;
  readonly scenario: string;
  readonly seed: string;
  readonly ticks: number;
  readonly definition: { readonly tick_minutes: number };
}

/** Simulated minutes of a run: nothing in it spreads for longer. */
export function minutesOf({ ticks, definition }: ValidatedRun): number {
  return ticks * definition.tick_minutes;
}

/** What is held against real cascades. */
export interface ValidationInput {
  readonly simulated: CascadeSet;
  /** Smaller cascades are left out on both sides. */
  readonly minSize: number;
  readonly reference: CascadeReference;
  /** The real trees, where they are known. */
  readonly trees?: CascadeSet | undefined;
  /** Share of the sessions that read and did nothing. */
  readonly idleSessions: number | null;
}

/** Holds the cascades of a run against real ones, always beside null models. */
export function validate(input: ValidationInput): Validation {
  const { simulated, minSize, reference, trees } = input;
  const ours = cascadesOf(simulated, minSize);
  const theirs = trees && cascadesOf(trees, minSize);
  const known = theirs !== undefined && theirs.length > 0 && ours.length > 0;
  const { id, version, title } = reference;
  const errors = known ? simulationErrors(ours, theirs) : undefined;
  return {
    reference:
      theirs === undefined
        ? { id, version, title, kind: 'aggregates', cascades: reference.shapes.virality.cascades }
        : {
            id: 'trees',
            version: '',
            title: 'The trees that were given',
            kind: 'trees',
            cascades: theirs.length,
          },
    selection: {
      min_size: minSize,
      cascades: ours.length,
      posts: simulated.parents.reduce((roots, parent) => roots + Number(parent < 0), 0),
    },
    figures: SHAPES.flatMap((measure) =>
      figuresOf(ours, measure, referenceOf(input.reference, theirs, measure)),
    ),
    timing: timingOf(ours, pointsOf(reference, theirs)),
    distributions: known ? SHAPES.map((measure) => distributionOf(ours, theirs, measure)) : null,
    curves: errors === undefined ? null : CURVES.map((measure) => ({ measure, error: errors[measure] })),
    baselines: { ...baselinesOf(reference, theirs), best_published_scale: reference.best_published_scale },
    attention: { idle_sessions: input.idleSessions, reference: idleShare(reference) },
  };
}

type Pair = Readonly<Record<'median' | 'p90', number>>;

function spread(cascades: readonly Cascade[], measure: ShapeName): Pair {
  const values = cascades.map((cascade) => cascade[measure]);
  return { median: quantile(values, 0.5), p90: quantile(values, 0.9) };
}

function referenceOf(
  reference: CascadeReference,
  trees: readonly Cascade[] | undefined,
  measure: ShapeName,
): Pair {
  return trees === undefined ? reference.shapes[measure] : spread(trees, measure);
}

function figuresOf(ours: readonly Cascade[], measure: ShapeName, reference: Pair): ComparedFigure[] {
  const found = spread(ours, measure);
  return (['median', 'p90'] as const).map((statistic) => {
    const [simulated, real] = [found[statistic], reference[statistic]];
    const log_ratio = simulated > 0 && real > 0 ? log(simulated / real) : null;
    return { measure, statistic, simulated, reference: real, log_ratio };
  });
}

interface Point {
  readonly minutes: number;
  readonly share: number;
}

function pointsOf({ reached }: CascadeReference, trees: readonly Cascade[] | undefined): Point[] {
  if (trees === undefined) return reached;
  return reached.map(({ minutes }) => ({ minutes, share: reachedWithin(trees, minutes) }));
}

function timingOf(ours: readonly Cascade[], reference: readonly Point[]): Validation['timing'] {
  const points = reference.map(({ minutes, share }) => ({
    minutes,
    simulated: reachedWithin(ours, minutes),
    reference: share,
  }));
  const error = (guess: (minutes: number) => number): number =>
    Math.sqrt(
      reference.reduce((sum, { minutes, share }) => sum + (guess(minutes) - share) ** 2, 0) /
        reference.length,
    );
  const simulated = new Map(points.map((point) => [point.minutes, point.simulated]));
  return {
    points,
    error: ours.length === 0 ? null : error((minutes) => simulated.get(minutes) as number),
    baselines: [
      { name: 'everyone_instantly', error: error(() => 1) },
      { name: 'linear_growth', error: error((minutes) => Math.min(minutes / MINUTES, 1)) },
    ],
  };
}

function distributionOf(ours: readonly Cascade[], theirs: readonly Cascade[], measure: ShapeName) {
  const [one, two] = [ours.map((cascade) => cascade[measure]), theirs.map((cascade) => cascade[measure])];
  return { measure, ks: kolmogorovSmirnov(one, two), wasserstein: wasserstein(one, two) };
}

function baselinesOf(
  { baselines }: CascadeReference,
  trees: readonly Cascade[] | undefined,
): Pick<Validation['baselines'], 'source' | 'list'> {
  if (trees === undefined || trees.length === 0) return { source: 'published', list: baselines };
  const [scale, depth, breadth] = CURVES.map((name) => baselineErrors(trees, name)) as [
    ReturnType<typeof baselineErrors>,
    ReturnType<typeof baselineErrors>,
    ReturnType<typeof baselineErrors>,
  ];
  const names = Object.keys(scale) as (keyof typeof scale)[];
  const list = names.map((name) => ({
    name,
    scale: scale[name].mean,
    depth: depth[name].mean,
    breadth: breadth[name].mean,
  }));
  return { source: 'computed', list };
}
