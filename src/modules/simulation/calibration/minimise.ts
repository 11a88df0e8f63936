import type { RandomStream } from '../../../engine/index.js';

/** A point of the unit cube. */
export type Point = readonly number[];

/** A point with its loss. */
export interface Evaluated {
  readonly point: Point;
  readonly loss: number;
}

/** What a search is given. */
export interface Search {
  /** The first point that is tried. */
  readonly start: Point;
  /** Points that are tried, ≥ 1. */
  readonly evaluations: number;
  readonly stream: RandomStream;
  loss(point: Point): Promise<number>;
}

/** Part of the evaluations that are spent at random before the best is improved. */
const AT_RANDOM = 0.4;
/** Side of the first simplex. */
const STEP = 0.15;

/**
 * Looks for the smallest loss in the unit cube: random points first, then the simplex of Nelder and Mead around the best, whose
 * points are moved back into the cube. A function of the start and the stream. Source: Nelder, Mead, "A simplex method for
 * function minimization", The Computer Journal 7 (1965).
 * @returns every point in the order it was tried; the first of the smallest loss is what was found
 */
export async function minimise(search: Search): Promise<Evaluated[]> {
  const tried: Evaluated[] = [];
  const evaluate = async (point: Point): Promise<Evaluated> => {
    const within = point.map((value) => Math.min(Math.max(value, 0), 1));
    const found = { point: within, loss: await search.loss(within) };
    tried.push(found);
    return found;
  };
  await evaluate(search.start);
  const random = Math.floor(search.evaluations * AT_RANDOM);
  while (tried.length < random) await evaluate(search.start.map(() => search.stream.unit()));
  while (tried.length < search.evaluations) {
    const before = tried.length;
    await improve(best(tried), search, evaluate, () => tried.length < search.evaluations);
    if (tried.length === before) break;
  }
  return tried;
}

/** The first of the smallest loss. */
export function best(tried: readonly Evaluated[]): Evaluated {
  return tried.reduce((least, each) => (each.loss < least.loss ? each : least));
}

/** One descent of a simplex, until it has shrunk to nothing or `more` says no. */
async function improve(
  from: Evaluated,
  { stream }: Search,
  evaluate: (point: Point) => Promise<Evaluated>,
  more: () => boolean,
): Promise<void> {
  let simplex = [from];
  for (let axis = 0; axis < from.point.length && more(); axis += 1) {
    // Each side points into the cube, its length drawn so that a second descent is another one.
    const side = STEP * (0.5 + stream.unit()) * ((from.point[axis] as number) > 0.5 ? -1 : 1);
    simplex.push(await evaluate(from.point.map((value, at) => (at === axis ? value + side : value))));
  }
  while (more() && extent(simplex) > 1e-3) {
    simplex = simplex.toSorted((a, b) => a.loss - b.loss);
    const worst = simplex.at(-1) as Evaluated;
    const others = simplex.slice(0, -1);
    const next = await moved(worst, others, evaluate, more);
    if (next !== undefined) simplex = [...others, next];
    else simplex = await shrunk(simplex, evaluate, more);
  }
}

/** A better point in place of the worst: reflected, expanded or contracted; nothing where none was found. */
async function moved(
  worst: Evaluated,
  others: readonly Evaluated[],
  evaluate: (point: Point) => Promise<Evaluated>,
  more: () => boolean,
): Promise<Evaluated | undefined> {
  const centre = worst.point.map(
    (_, axis) => others.reduce((sum, { point }) => sum + (point[axis] as number), 0) / others.length,
  );
  const at = (factor: number): Point =>
    centre.map((value, axis) => value + factor * (value - (worst.point[axis] as number)));
  const reflected = await evaluate(at(1));
  const [first, second] = [others[0] as Evaluated, others.at(-1) as Evaluated];
  if (reflected.loss < first.loss && more()) {
    const expanded = await evaluate(at(2));
    return expanded.loss < reflected.loss ? expanded : reflected;
  }
  if (reflected.loss < second.loss || !more()) return reflected.loss < worst.loss ? reflected : undefined;
  const contracted = await evaluate(at(reflected.loss < worst.loss ? 0.5 : -0.5));
  return contracted.loss < Math.min(worst.loss, reflected.loss) ? contracted : undefined;
}

async function shrunk(
  [first, ...others]: readonly Evaluated[],
  evaluate: (point: Point) => Promise<Evaluated>,
  more: () => boolean,
): Promise<Evaluated[]> {
  const centre = first as Evaluated;
  const simplex = [centre];
  for (const { point } of others) {
    if (!more()) break;
    simplex.push(await evaluate(point.map((value, axis) => (value + (centre.point[axis] as number)) / 2)));
  }
  return simplex;
}

function extent(simplex: readonly Evaluated[]): number {
  const [first] = simplex as [Evaluated];
  return Math.max(
    ...simplex.flatMap(({ point }) =>
      point.map((value, axis) => Math.abs(value - (first.point[axis] as number))),
    ),
  );
}
