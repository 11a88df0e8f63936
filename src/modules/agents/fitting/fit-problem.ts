import type { CountTable } from './count-table.js';
import type { Cells } from './proportional-fitting.js';

/** What is known of an attribute before people are made of it. */
export interface FitAttribute {
  readonly name: string;
  /** How many levels it has, 1 to 250. */
  readonly size: number;
  /** How many people are to have each level; fractions become one of their neighbours. */
  readonly margin?: CountTable | undefined;
  /** Shares of its levels for every combination of other attributes' levels, a row each. */
  readonly given?: { readonly on: readonly number[]; readonly shares: Float64Array } | undefined;
}

/** Who is asked for, in numbers: what the fit makes whole people of. */
export interface FitProblem {
  readonly count: number;
  readonly attributes: readonly FitAttribute[];
  /** In numbers of people. They agree with each other and with the margins. */
  readonly tables: readonly CountTable[];
  /** Combinations of levels that were seen, from which the fit begins. */
  readonly sample: Cells | undefined;
}

/** What a fit was about that could not be met. */
export type FitSubject =
  | { readonly kind: 'table'; readonly table: number }
  | { readonly kind: 'margin'; readonly attribute: number }
  | { readonly kind: 'ring'; readonly tables: readonly number[] };

/** No whole people meet what is asked for. */
export class Unfittable extends Error {
  constructor(
    readonly subject: FitSubject,
    message: string,
  ) {
    super(message);
  }
}
