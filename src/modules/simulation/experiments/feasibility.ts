import { decidersPlan } from '../deciders/deciders-plan.js';
import { FLIPS } from './analysis.js';
import type { ExperimentFile } from './experiment.schema.js';
import type { ResolvedArm } from './registration.js';
import { EXACT_PAIRS } from './statistics/permutation.js';

/** The least p that a sign-flip test of so many pairs can give; 1 without a pair. */
function leastP(pairs: number): number {
  return pairs <= EXACT_PAIRS ? Math.min(1, 2 / 2 ** pairs) : 1 / (FLIPS + 1);
}

/** The least p that a sign-flip test of so many pairs can give, adjusted by Holm over all comparisons. */
export function leastAdjustedP(pairs: number, comparisons: number): number {
  return Math.min(1, leastP(pairs) * comparisons);
}

/**
 * The least adjusted p that one of several comparisons could have had, whatever was in its pairs: those that can have a smaller p than it may
 * stand before it, the others make it larger.
 */
export function leastAdjustedPAmong(
  { pairs }: { readonly pairs: number },
  all: readonly { readonly pairs: number }[],
): number {
  return leastAdjustedP(pairs, all.filter((other) => leastP(other.pairs) >= leastP(pairs)).length);
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

/** Language models of arms that may be asked for more than their budgets: what is over is missing. @param ticks of a run */
export function budgetWarnings(arms: readonly ResolvedArm[], ticks: number): string[] {
  return arms.flatMap(({ name, definition }) =>
    decidersPlan(definition, ticks).flatMap(({ decider, questions, budget }) =>
      questions === null || budget === null || questions <= budget
        ? []
        : [
            `in the arm ${name}, deciders[${decider}] may need ${questions} questions a run and has a budget of ${budget}: what is over is missing`,
          ],
    ),
  );
}
