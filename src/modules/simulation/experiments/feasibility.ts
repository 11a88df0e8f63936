import { FLIPS } from './analysis.js';
import type { ExperimentFile } from './experiment.schema.js';
import { EXACT_PAIRS } from './statistics/permutation.js';

/** The least p that a sign-flip test of so many pairs can give, adjusted by Holm over all comparisons. */
export function leastAdjustedP(pairs: number, comparisons: number): number {
  const least = pairs <= EXACT_PAIRS ? 2 / 2 ** pairs : 1 / (FLIPS + 1);
  return Math.min(1, least * comparisons);
}

/** What an experiment cannot find, whatever happens in it; empty where all is well. */
export function warningsOf({ arms, outcomes, seeds, preregistration }: ExperimentFile): string[] {
  const comparisons = (arms.length - 1) * outcomes.length;
  const { alpha } = preregistration;
  const least = leastAdjustedP(seeds.length, comparisons);
  if (least <= alpha) return [];
  let needed = seeds.length;
  while (needed <= EXACT_PAIRS && leastAdjustedP(needed, comparisons) > alpha) needed += 1;
  const of = comparisons === 1 ? 'one comparison' : `${comparisons} comparisons`;
  const remedy =
    leastAdjustedP(needed, comparisons) <= alpha
      ? `take ${needed} seeds or more, or fewer outcomes and arms`
      : 'take fewer outcomes and arms';
  return [
    `with ${seeds.length} seeds and ${of} no p is below ${Number(least.toPrecision(2))}, so at alpha ${alpha} no hypothesis can be supported: ${remedy}`,
  ];
}
